package ppl.runtime;

import java.util.random.RandomGenerator;

/// What a compiled model class implements. It is created by its public no-argument constructor, then bound.
/// Not thread-safe; see [#fork].
public interface Kernel {
  /// Takes the data (an `int[]` or `double[]` for each slot, row-major, one element for a scalar; kept, not copied),
  /// computes extents, allocates workspace and runs what depends on data alone. Returns this.
  Kernel bind(Object[] data);

  /// Writes what follows from the data's extents to `out`: the number of unconstrained coordinates, then the extents
  /// of every reported quantity, outermost first, then those of every replicate, in their order.
  double extents(double[] out);

  /// Looks at what data decide and no density depends on. Adds to the first number of `out` where an argument of a
  /// distribution has no meaning, to the second what means nothing.
  double check(double[] out);

  /// log density at the unconstrained position `q`, in nats.
  double logDensity(double[] q);

  /// log density, and its gradient written to `gradient`.
  double gradient(double[] q, double[] gradient);

  /// The reported quantities at `q`, written to `out`.
  double constrain(double[] q, double[] out, RandomGenerator random);

  /// Whether [#constrain] may draw random numbers.
  default boolean draws() {
    return true;
  }

  /// Replicated observations at `q`, written to `out`.
  double predict(double[] q, double[] out, RandomGenerator random);

  /// Another instance over the same data and prepared arrays, with workspace of its own.
  Kernel fork();
}
