package ppl.runtime;

import java.util.random.RandomGenerator;

/// What the compiled class of a model's closed-form side implements, beside [Kernel], whose densities it has not.
/// Moments are arrays of their blocks; values of all blocks stand one after the other in one array.
public interface ClosedKernel extends Kernel {
  /// F(m, u(q)) + log |du/dq|, as [Conjugate#energy] says.
  double energy(double[][] moments, double[] q);

  /// The same, with its gradient by q written to `gradient`.
  double slope(double[][] moments, double[] q, double[] gradient);

  /// dF/dm of one block written to its array of `natural`.
  ///
  /// @param block one element: which
  double natural(double[][] moments, double[][] natural, int[] block, double[] q);

  /// The log joint as the model states it.
  ///
  /// @param whole what stands for the elements of `values` that are whole numbers
  double joint(double[] values, int[] whole, double[] q);

  /// The same without auxiliary unknowns, whose values are not read; only of models that have some.
  default double marginal(double[] values, int[] whole, double[] q) {
    return joint(values, whole, q);
  }

  /// The same, with its gradient by q written to `gradient`.
  default double marginalSlope(double[] values, int[] whole, double[] q, double[] gradient) {
    throw new UnsupportedOperationException("no unknown is auxiliary");
  }

  /// The reported quantities written to `out`.
  double report(double[] values, int[] whole, double[] q, double[] out, RandomGenerator random);

  /// A replicate of every observed name written to `out`.
  double replicate(double[] values, int[] whole, double[] q, double[] out, RandomGenerator random);

  /// Draws of unknowns with mixtures for priors, given all else, written to their places in `out`, which is as that of
  /// [#report]; only of models that have some.
  default double imagine(double[] values, int[] whole, double[] q, double[] out, RandomGenerator random) {
    return 0;
  }

  /// What [#layout] writes to follow from data: for each block, number of its pairs of values, of its events, of an
  /// event's elements, the lowest value and the number of values if discrete; then the size of each member. First of all
  /// the number of coordinates.
  @Override
  double extents(double[] out);

  /// For each block: lower bounds of its events, then upper bounds, if they are scalars; rows of its pairs, then their
  /// columns, each a position among the values, or among the probabilities if discrete.
  double layout(double[] out);
}
