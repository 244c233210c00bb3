package ppl.math;

import java.util.Arrays;
import ppl.kernels.Products;
import ppl.kernels.Rows;

/// General square systems by LU factorisation with partial pivoting, row by row, and their adjoints.
public final class Lu {
  private Lu() {}

  /// Factors A, n by n, into `lu` (which may be `a`) and the row exchanges `pivots` (n numbers). Answers the sign of
  /// the permutation, or 0 where A is singular or not finite; solves then give infinities or NaN.
  public static int factor(double[] a, int n, double[] lu, int[] pivots) {
    if (a != lu) {
      System.arraycopy(a, 0, lu, 0, n * n);
    }
    int sign = 1;
    boolean regular = true;
    for (int k = 0; k < n; k++) {
      int p = largest(lu, n, k);
      pivots[k] = p;
      if (p != k) {
        swapRows(lu, n, k, p);
        sign = -sign;
      }
      double pivot = lu[k * n + k];
      regular &= pivot != 0 && Double.isFinite(pivot);
      for (int i = k + 1; i < n; i++) {
        double f = lu[i * n + k] / pivot;
        lu[i * n + k] = f;
        Rows.add(-f, lu, k * n + k + 1, lu, i * n + k + 1, n - k - 1);
      }
    }
    return regular ? sign : 0;
  }

  private static int largest(double[] lu, int n, int k) {
    int p = k;
    for (int i = k + 1; i < n; i++) {
      p = Math.abs(lu[i * n + k]) > Math.abs(lu[p * n + k]) ? i : p;
    }
    return p;
  }

  private static void swapRows(double[] x, int m, int i, int j) {
    for (int c = 0; c < m; c++) {
      double t = x[i * m + c];
      x[i * m + c] = x[j * m + c];
      x[j * m + c] = t;
    }
  }

  /// B, n by m, becomes A^-1 B.
  public static void solve(double[] lu, int[] pivots, int n, double[] b, int m) {
    for (int k = 0; k < n; k++) {
      if (pivots[k] != k) {
        swapRows(b, m, k, pivots[k]);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        Rows.add(-lu[i * n + k], b, k * m, b, i * m, m);
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        Rows.add(-lu[i * n + k], b, k * m, b, i * m, m);
      }
      scale(b, i * m, m, lu[i * n + i]);
    }
  }

  /// B, n by m, becomes A'^-1 B.
  public static void solveTransposed(double[] lu, int[] pivots, int n, double[] b, int m) {
    for (int i = 0; i < n; i++) {
      scale(b, i * m, m, lu[i * n + i]);
      for (int k = i + 1; k < n; k++) {
        Rows.add(-lu[i * n + k], b, i * m, b, k * m, m);
      }
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = 0; k < i; k++) {
        Rows.add(-lu[i * n + k], b, i * m, b, k * m, m);
      }
    }
    for (int k = n - 1; k >= 0; k--) {
      if (pivots[k] != k) {
        swapRows(b, m, k, pivots[k]);
      }
    }
  }

  private static void scale(double[] b, int from, int m, double by) {
    for (int j = from; j < from + m; j++) {
      b[j] /= by;
    }
  }

  /// The adjoint of X = A^-1 B: with G = A'^-1 Xbar, Bbar += G and Abar -= G X'. `work` and `turned` hold
  /// n m numbers each.
  public static void solveAdjoint(double[] lu, int[] pivots, int n, double[] x, int m, double[] xbar, double[] abar,
      double[] bbar, double[] work, double[] turned) {
    for (int i = 0; i < n * m; i++) {
      work[i] = -xbar[i];
    }
    solveTransposed(lu, pivots, n, work, m);
    Rows.add(-1, work, 0, bbar, 0, n * m);
    Multiply.addMultiplyTransposed(work, n, m, x, n, abar, turned);
  }

  /// out = A^-1; `out` may not be `lu`.
  public static void inverse(double[] lu, int[] pivots, int n, double[] out) {
    Arrays.fill(out, 0, n * n, 0);
    for (int i = 0; i < n; i++) {
      out[i * n + i] = 1;
    }
    solve(lu, pivots, n, out, n);
  }

  /// The adjoint of X = A^-1: abar -= X' Xbar X'. `work` and `turned` hold n n numbers each.
  public static void inverseAdjoint(double[] x, double[] xbar, int n, double[] abar, double[] work, double[] turned) {
    Arrays.fill(work, 0, n * n, 0);
    Products.subtract(x, 0, 1, n, xbar, 0, n, work, 0, n, n, n, n);
    Multiply.addMultiplyTransposed(work, n, n, x, n, abar, turned);
  }

  /// log |det A|; negative infinity where A is singular.
  public static double logDeterminant(double[] lu, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(Math.abs(lu[i * n + i]));
    }
    return sum;
  }

  /// The determinant, given the sign that `factor` answered.
  public static double determinant(double[] lu, int n, int sign) {
    double product = sign;
    for (int i = 0; i < n; i++) {
      product *= lu[i * n + i];
    }
    return product;
  }

  /// The adjoint of log |det A|: abar += g A'^-1. `work` holds n n numbers.
  public static void logDeterminantAdjoint(double[] lu, int[] pivots, int n, double g, double[] abar, double[] work) {
    Arrays.fill(work, 0, n * n, 0);
    for (int i = 0; i < n; i++) {
      work[i * n + i] = g;
    }
    solveTransposed(lu, pivots, n, work, n);
    Triangular.addTo(abar, work, n * n);
  }
}
