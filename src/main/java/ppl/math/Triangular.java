package ppl.math;

import ppl.kernels.Products;
import ppl.kernels.Rows;
import ppl.kernels.Strips;

/// Solves with a lower triangular L, n by n, stored row by row; what stands above its diagonal is not read. Right-hand
/// sides are n by m matrices (m = 1: vectors) and are replaced by the solution. A zero on the diagonal gives
/// infinities or NaN.
public final class Triangular {
  private Triangular() {}

  /// B becomes L^-1 B.
  public static void solveLower(double[] l, int n, double[] b, int m) {
    if (m == 1) {
      for (int i = 0; i < n; i++) b[i] = (b[i] - Rows.dot(l, i * n, b, 0, i)) / l[i * n + i];
      return;
    }
    for (int from = 0; from < n; from += Strips.ROWS) {
      int rows = Math.min(Strips.ROWS, n - from);
      Products.subtract(l, from * n, n, 1, b, 0, m, b, from * m, m, rows, m, from);
      Strips.solve(l, from * (n + 1), n, 1, b, from * m, m, rows, m);
    }
  }

  /// B becomes L'^-1 B.
  public static void solveLowerTransposed(double[] l, int n, double[] b, int m) {
    if (m == 1) {
      for (int i = n - 1; i >= 0; i--) {
        b[i] /= l[i * n + i];
        Rows.add(-b[i], l, i * n, b, 0, i);
      }
      return;
    }
    for (int to = n; to > 0; to -= Strips.ROWS) {
      int from = Math.max(to - Strips.ROWS, 0);
      int rows = to - from;
      Products.subtract(l, to * n + from, 1, n, b, to * m, m, b, from * m, m, rows, m, n - to);
      Strips.solve(l, (to - 1) * (n + 1), -1, -n, b, (to - 1) * m, -m, rows, m);
    }
  }

  /// The adjoint of X = L^-1 B: with G = L'^-1 Xbar, Bbar += G and Lbar -= the lower part of G X'.
  /// `work` and `turned` hold n m numbers each.
  public static void solveLowerAdjoint(double[] l, int n, double[] x, int m, double[] xbar, double[] lbar,
      double[] bbar, double[] work, double[] turned) {
    System.arraycopy(xbar, 0, work, 0, n * m);
    solveLowerTransposed(l, n, work, m);
    addTo(bbar, work, n * m);
    subtractLowerProduct(work, x, n, m, lbar, turned);
  }

  /// The adjoint of X = L'^-1 B: with G = L^-1 Xbar, Bbar += G and Lbar -= the lower part of X G'.
  /// `work` and `turned` hold n m numbers each.
  public static void solveLowerTransposedAdjoint(double[] l, int n, double[] x, int m, double[] xbar, double[] lbar,
      double[] bbar, double[] work, double[] turned) {
    System.arraycopy(xbar, 0, work, 0, n * m);
    solveLower(l, n, work, m);
    addTo(bbar, work, n * m);
    subtractLowerProduct(x, work, n, m, lbar, turned);
  }

  /// out -= the lower part of A B'; `work` becomes B'.
  private static void subtractLowerProduct(double[] a, double[] b, int n, int m, double[] out, double[] work) {
    if (m == 1) {
      for (int i = 0; i < n; i++) Rows.add(-a[i], b, 0, out, i * n, i + 1);
      return;
    }
    Transpose.of(b, 0, m, work, 0, n, n, m);
    for (int from = 0; from < n; from += Strips.ROWS) {
      int to = Math.min(from + Strips.ROWS, n);
      Products.subtract(a, from * m, m, 1, work, 0, n, out, from * n, n, to - from, from, m);
      for (int i = from; i < to; i++) {
        for (int j = from; j <= i; j++) out[i * n + j] -= Rows.dot(a, i * m, b, j * m, m);
      }
    }
  }

  static void addTo(double[] out, double[] x, int count) {
    for (int i = 0; i < count; i++) {
      out[i] += x[i];
    }
  }
}
