package ppl.math;

/// Solves with a lower triangular L, n by n, stored row by row; what stands above its diagonal is not read. Right-hand
/// sides are n by m matrices (m = 1: vectors) and are replaced by the solution. A zero on the diagonal gives
/// infinities or NaN.
public final class Triangular {
  private Triangular() {}

  /// B becomes L^-1 B.
  public static void solveLower(double[] l, int n, double[] b, int m) {
    for (int i = 0; i < n; i++) {
      if (m == 1) {
        b[i] = (b[i] - Multiply.dot(l, i * n, b, 0, i)) / l[i * n + i];
        continue;
      }
      for (int k = 0; k < i; k++) {
        Multiply.axpy(-l[i * n + k], b, k * m, b, i * m, m);
      }
      divide(b, i * m, m, l[i * n + i]);
    }
  }

  /// B becomes L'^-1 B.
  public static void solveLowerTransposed(double[] l, int n, double[] b, int m) {
    for (int i = n - 1; i >= 0; i--) {
      divide(b, i * m, m, l[i * n + i]);
      if (m == 1) {
        Multiply.axpy(-b[i], l, i * n, b, 0, i);
        continue;
      }
      for (int k = 0; k < i; k++) {
        Multiply.axpy(-l[i * n + k], b, i * m, b, k * m, m);
      }
    }
  }

  /// The adjoint of X = L^-1 B: with G = L'^-1 Xbar, Bbar += G and Lbar -= the lower part of G X'.
  /// `work` holds n m numbers.
  public static void solveLowerAdjoint(double[] l, int n, double[] x, int m, double[] xbar, double[] lbar,
      double[] bbar, double[] work) {
    System.arraycopy(xbar, 0, work, 0, n * m);
    solveLowerTransposed(l, n, work, m);
    addTo(bbar, work, n * m);
    subtractLowerProduct(work, x, n, m, lbar);
  }

  /// The adjoint of X = L'^-1 B: with G = L^-1 Xbar, Bbar += G and Lbar -= the lower part of X G'.
  /// `work` holds n m numbers.
  public static void solveLowerTransposedAdjoint(double[] l, int n, double[] x, int m, double[] xbar, double[] lbar,
      double[] bbar, double[] work) {
    System.arraycopy(xbar, 0, work, 0, n * m);
    solveLower(l, n, work, m);
    addTo(bbar, work, n * m);
    subtractLowerProduct(x, work, n, m, lbar);
  }

  private static void subtractLowerProduct(double[] a, double[] b, int n, int m, double[] out) {
    for (int i = 0; i < n; i++) {
      if (m == 1) {
        Multiply.axpy(-a[i], b, 0, out, i * n, i + 1);
        continue;
      }
      for (int j = 0; j <= i; j++) {
        out[i * n + j] -= Multiply.dot(a, i * m, b, j * m, m);
      }
    }
  }

  static void addTo(double[] out, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      out[i] += x[i];
    }
  }

  private static void divide(double[] b, int from, int n, double by) {
    for (int j = from; j < from + n; j++) {
      b[j] /= by;
    }
  }
}
