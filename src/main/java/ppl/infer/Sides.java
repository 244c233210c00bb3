package ppl.infer;

import java.util.Optional;
import ppl.runtime.Conjugate;
import ppl.runtime.Target;

/// Which closed-form side of a model serves which engine: with auxiliary unknowns or without.
final class Sides {
  private Sides() {}

  /// Every unknown in a block; auxiliaries only where it takes them.
  static Optional<Conjugate> whole(Target target) {
    var plain = target.conjugate();
    return plain.filter(Sides::isWhole).or(() -> target.augmented().filter(Sides::isWhole)).or(() -> plain);
  }

  private static boolean isWhole(Conjugate model) {
    return !model.blocks().isEmpty() && model.dimension() == 0;
  }

  /// As many unknowns in blocks as can be.
  static Optional<Conjugate> largest(Target target) {
    return target.augmented().or(target::conjugate);
  }
}
