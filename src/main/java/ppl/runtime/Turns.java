package ppl.runtime;

import java.util.Arrays;
import java.util.Optional;

/// Instances that take turns at the parts of a loop: each part is done for all who are there, before the next. What fails
/// for one is kept for it, and the others go on.
final class Turns implements Divided {
  private final Divided[] kernels;
  /// Of those who are there, where their failures are kept; null for others.
  private final FirstFailure[] failures;
  /// Null without a crew.
  private Hands hands;

  private Turns(Divided[] kernels, FirstFailure[] failures) {
    this.kernels = kernels;
    this.failures = failures;
  }

  static Turns of(Divided[] kernels, Optional<Crew> crew) {
    var turns = new Turns(kernels, new FirstFailure[kernels.length]);
    crew.ifPresent(c -> turns.hands(new Team(turns, c)));
    return turns;
  }

  /// Nobody is there.
  void clear() {
    Arrays.fill(failures, null);
  }

  /// An instance is there.
  void add(int kernel, FirstFailure failure) {
    failures[kernel] = failure;
  }

  /// Does all parts of a loop.
  void all(int loop, int count) {
    Hands.run(hands, this, loop, count);
  }

  @Override
  public void part(int loop, int part) {
    for (int k = 0; k < kernels.length; k++)
      if (failures[k] != null)
        try {
          kernels[k].part(loop, part);
        } catch (Throwable e) {
          failures[k].add(part, e);
        }
  }

  @Override
  public Divided helper() {
    return new Turns(Arrays.stream(kernels).map(Divided::helper).toArray(Divided[]::new), failures);
  }

  @Override
  public void hands(Hands hands) {
    this.hands = hands;
  }

  @Override
  public long shared() {
    return kernels[0].shared();
  }

  @Override
  public long own() {
    return Arrays.stream(kernels).mapToLong(Divided::own).sum();
  }
}
