package ppl.check;

import java.util.Optional;
import ppl.lib.Shapes;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Whether a value stretches to a shape.
final class Fit {
  private Fit() {}

  /// What keeps `value` from being stretched over `shape` (of `whole`, for the sentence); nothing if it fits.
  static Optional<String> into(Type shape, TExpr value, TExpr whole, Env env) {
    return into(shape, value, value.type().rank(), whole, env);
  }

  /// The same for the first `rank` dimensions of `value` alone.
  static Optional<String> into(Type shape, TExpr value, int rank, TExpr whole, Env env) {
    if (rank > shape.rank()) return Optional.of("%s has type %s where %s has %s".formatted(
        Shapes.name(value), value.written(), Shapes.name(whole), shape.isScalar() ? "one number" : "type " + shape));
    for (int back = 1; back <= rank; back++) {
      var apart = Shapes.agree(shape.dims().get(shape.rank() - back), whole,
          value.type().dims().get(rank - back), value, env.checks());
      if (apart.isPresent()) return apart;
    }
    return Optional.empty();
  }
}
