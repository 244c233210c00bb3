package ppl.math;

import java.util.Arrays;
import ppl.kernels.Products;

/// What normal densities need of a symmetric positive definite A: r' A^-1 r and log det(A) / 2, without what is between
/// them and A. With L L' = A the adjoint of A is made of A^-1 = L'^-1 L^-1 and a = A^-1 r alone: d(r' A^-1 r) = -a' dA a
/// and d(log det A) = tr(A^-1 dA). That costs as much as the factorisation run backward, but is all products of
/// matrices.
public final class SpdForm {
  /// Rows, and columns, that are worked on together.
  private static final int STRIP = 4;
  private static final int BLOCK = 8;
  private static final int CHUNK = 48;

  private SpdForm() {}

  /// `y` becomes r' A^-1 r, log det(A) / 2, and `z` L^-1 r; `u` keeps L'. Only the lower part of A is read. All is NaN
  /// where A is not positive definite.
  public static void value(double[] a, double[] r, double[] y, double[] z, double[] u, int n) {
    if (!Cholesky.upper(a, n, u)) {
      Arrays.fill(y, 0, 2, Double.NaN);
      Arrays.fill(z, 0, n, Double.NaN);
      return;
    }
    System.arraycopy(r, 0, z, 0, n);
    double logs = 0;
    for (int i = 0; i < n; i++) {
      double pivot = u[i * n + i];
      z[i] /= pivot;
      Multiply.axpy(-z[i], u, i * n + i + 1, z, i + 1, n - i - 1);
      logs += Math.log(pivot);
    }
    y[0] = Multiply.dot(z, 0, z, 0, n);
    y[1] = logs;
  }

  /// The adjoint, added to the lower part of `abar`, which is all that is read of A, and to `rbar`. `work` holds
  /// (n + 16) n numbers.
  public static void adjoint(double[] u, double[] z, double[] ybar, double[] abar, double[] rbar, double[] work, int n) {
    inverse(u, n, work);
    int solution = n * n;
    int block = solution + n;
    Arrays.fill(work, solution, block, 0);
    for (int i = 0; i < n; i++) Multiply.axpy(z[i], work, i * n, work, solution, i + 1);
    Multiply.axpy(2 * ybar[0], work, solution, rbar, 0, n);
    for (int from = 0; from < n; from += BLOCK) {
      int to = Math.min(from + BLOCK, n);
      Arrays.fill(work, block, block + (to - from) * n, 0);
      Products.subtract(work, from * n + from, 1, n, work, from * n, n, work, block, n, to - from, to, n - from);
      for (int i = from; i < to; i++) {
        int row = block + (i - from) * n;
        double f = 2 * ybar[0] * work[solution + i];
        addRow(f, work, solution, ybar[1], row, abar, i * n, i);
        abar[i * n + i] -= 0.5 * (f * work[solution + i] + ybar[1] * work[row + i]);
      }
    }
  }

  /// out -= f a + g b, n elements.
  private static void addRow(double f, double[] x, int a, double g, int b, double[] out, int to, int n) {
    for (int j = 0; j < n; j++) out[to + j] -= f * x[a + j] + g * x[b + j];
  }

  /// out = L^-1 with zeros above, given L'.
  public static void inverse(double[] u, int n, double[] out) {
    for (int from = 0; from < n; from += STRIP) {
      int to = Math.min(from + STRIP, n);
      Arrays.fill(out, from * n, to * n, 0);
      for (int column = 0; column < from; column += CHUNK) {
        int width = Math.min(Math.min(CHUNK, Math.ceilDiv(from - column, BLOCK) * BLOCK), n - column);
        Products.subtract(u, column * n + from, 1, n, out, column * n + column, n, out, from * n + column, n, to - from,
            width, from - column);
      }
      for (int i = from; i < to; i++) {
        out[i * n + i] = 1;
        for (int k = from; k < i; k++) Multiply.axpy(-u[k * n + i], out, k * n, out, i * n, k + 1);
        double pivot = u[i * n + i];
        for (int j = 0; j <= i; j++) out[i * n + j] /= pivot;
      }
    }
  }
}
