package ppl.runtime;

/// What the compiled class of a model's closed-form side over batches implements, beside [Kernel], whose densities it
/// has not. Moments are arrays of their blocks; blocks of rows have those of the batch alone.
///
/// A batch says which rows of which plates are taken. It begins with three numbers for each plate: how many rows, where
/// in the batch their list begins, and where the list of each row's place in that list.
public interface BatchKernel extends Kernel {
  /// The weighted sum, as [Batches] says.
  ///
  /// @param weight of what is no sum over rows, and of the rows
  double energy(double[][] moments, int[] batch, double[] weight, double[] q);

  /// The same, with its gradient by q written to `gradient`.
  double slope(double[][] moments, int[] batch, double[] weight, double[] q, double[] gradient);

  /// Its derivative by the moments of one block written to its array of `natural`.
  ///
  /// @param block one element: which
  double natural(double[][] moments, double[][] natural, int[] block, int[] batch, double[] weight, double[] q);

  /// What [ClosedKernel#extents] writes, for a batch; then the number of rows of every plate.
  double shapes(int[] batch, double[] out);

  /// What [ClosedKernel#layout] writes, for a batch.
  double layout(int[] batch, double[] out);

  /// For each row of every plate but the first the row of the first that it belongs to.
  double owners(double[] out);
}
