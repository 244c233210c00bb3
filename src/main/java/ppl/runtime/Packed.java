package ppl.runtime;

import java.util.List;

/// Moments of all blocks, one block after the other in one array, as compiled classes read them.
final class Packed {
  private int[] at = {0};
  private double[] moments = {};

  /// Makes room for these blocks.
  void lay(List<Block> blocks) {
    at = new int[blocks.size() + 1];
    for (int b = 0; b < blocks.size(); b++) at[b + 1] = at[b] + blocks.get(b).shape().moments();
    if (moments.length < at[blocks.size()]) moments = new double[at[blocks.size()]];
  }

  /// All moments, packed.
  double[] of(double[][] m) {
    return but(-1, m);
  }

  /// The same without those of block `one`, which are left as they were.
  double[] but(int one, double[][] m) {
    for (int b = 0; b < m.length; b++) if (b != one) System.arraycopy(m[b], 0, moments, at[b], at[b + 1] - at[b]);
    return moments;
  }
}
