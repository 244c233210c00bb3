package ppl.math;

import java.util.Arrays;
import ppl.kernels.Rows;

/// What normal densities need of a symmetric positive definite A: r' A^-1 r and log det(A) / 2, without what is between
/// them and A. With L L' = A the adjoint of A is made of A^-1 = L'^-1 L^-1 and a = A^-1 r alone: d(r' A^-1 r) = -a' dA a
/// and d(log det A) = tr(A^-1 dA). That costs as much as the factorisation run backward, but is all products of
/// matrices.
public final class SpdForm {
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
      Rows.add(-z[i], u, i * n + i + 1, z, i + 1, n - i - 1);
      logs += Math.log(pivot);
    }
    y[0] = Rows.dot(z, 0, z, 0, n);
    y[1] = logs;
  }

  /// The adjoint, added to the lower part of `abar`, which is all that is read of A, and to `rbar`. `work` holds
  /// (n + 16) n numbers.
  public static void adjoint(double[] u, double[] z, double[] ybar, double[] abar, double[] rbar, double[] work, int n) {
    int solution = n * n;
    Cholesky.inverse(u, n, 1, n, work, work, solution);
    System.arraycopy(z, 0, work, solution, n);
    for (int i = n - 1; i >= 0; i--) {
      double sum = Rows.dot(u, i * n + i + 1, work, solution + i + 1, n - i - 1);
      work[solution + i] = (work[solution + i] - sum) / u[i * n + i];
    }
    Rows.add(2 * ybar[0], work, solution, rbar, 0, n);
    for (int i = 0; i < n; i++) {
      double f = -2 * ybar[0] * work[solution + i];
      Rows.add(f, work, solution, ybar[1], work, i * n, abar, i * n, i);
      abar[i * n + i] += 0.5 * (f * work[solution + i] + ybar[1] * work[i * n + i]);
    }
  }
}
