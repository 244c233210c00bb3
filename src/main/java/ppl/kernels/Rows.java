package ppl.kernels;

/// Parts of arrays.
public final class Rows {
  private Rows() {}

  /// `n` elements of `x` from `from` on become those of `y` from `to` on.
  public static void copy(double[] x, double[] y, int from, int to, int n) {
    System.arraycopy(x, from, y, to, n);
  }
}
