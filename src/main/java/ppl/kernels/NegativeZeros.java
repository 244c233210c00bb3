package ppl.kernels;

/// The zeros with a sign in a matrix of data: no product depends on them, and forms that products are taken with do not hold
/// their signs.
public final class NegativeZeros {
  private static final long BITS = Double.doubleToRawLongBits(-0.0);

  private NegativeZeros() {}

  /// How many of the first `n` elements are: written to `out`.
  public static void count(double[] x, int[] out, int n) {
    int count = 0;
    for (int i = 0; i < n; i++) if (Double.doubleToRawLongBits(x[i]) == BITS) count++;
    out[0] = count;
  }

  /// Where they stand.
  public static void find(double[] x, int[] places, int n) {
    for (int i = 0, to = 0; i < n; i++) if (Double.doubleToRawLongBits(x[i]) == BITS) places[to++] = i;
  }

  /// Puts the first `n` there again.
  public static void put(int[] places, double[] out, int n) {
    for (int i = 0; i < n; i++) out[places[i]] = -0.0;
  }
}
