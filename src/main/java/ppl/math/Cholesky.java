package ppl.math;

import java.util.Arrays;

/// The Cholesky factorisation of symmetric positive definite matrices stored row by row, and what follows from it.
public final class Cholesky {
  private Cholesky() {}

  /// out = L with L L' = A, lower triangular with zeros above. Only the lower part of A is read; `out` may be `a`.
  /// Where A is not positive definite, `out` is filled with NaN and the answer is false.
  public static boolean cholesky(double[] a, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        out[j * n + i] = a[i * n + j];
      }
    }
    for (int k = 0; k < n; k++) {
      double pivot = out[k * n + k];
      if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
        Arrays.fill(out, 0, n * n, Double.NaN);
        return false;
      }
      eliminate(out, n, k, Math.sqrt(pivot));
    }
    transposeUpper(out, n);
    return true;
  }

  /// One step of the outer-product form on the upper triangle, whose rows are contiguous.
  private static void eliminate(double[] u, int n, int k, double root) {
    int row = k * n;
    u[row + k] = root;
    for (int j = k + 1; j < n; j++) {
      u[row + j] /= root;
    }
    for (int i = k + 1; i < n; i++) {
      Multiply.axpy(-u[row + i], u, row + i, u, i * n + i, n - i);
    }
  }

  private static void transposeUpper(double[] u, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        u[j * n + i] = u[i * n + j];
        u[i * n + j] = 0;
      }
    }
  }

  /// The adjoint: adds to `abar`, symmetrically, what `lbar` says about L. Giles (2008), "An extended collection of
  /// matrix derivative results": Abar = L'^-1 S L^-1 / 2, S the lower part of L' Lbar mirrored. Only the lower part of
  /// `lbar` is read. `work` holds n n numbers.
  public static void choleskyAdjoint(double[] l, double[] lbar, int n, double[] abar, double[] work) {
    Arrays.fill(work, 0, n * n, 0);
    for (int k = 0; k < n; k++) {
      for (int i = 0; i <= k; i++) {
        Multiply.axpy(l[k * n + i], lbar, k * n, work, i * n, i + 1);
      }
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        work[j * n + i] = work[i * n + j];
      }
    }
    Triangular.solveLowerTransposed(l, n, work, n);
    Triangular.solveLowerRight(l, n, work, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        abar[i * n + j] += 0.25 * (work[i * n + j] + work[j * n + i]);
      }
    }
  }

  /// `choleskyAdjoint` with working storage of its own.
  public static void choleskyAdjoint(double[] l, double[] lbar, int n, double[] abar) {
    choleskyAdjoint(l, lbar, n, abar, new double[n * n]);
  }

  /// log det(L L').
  public static double logDeterminant(double[] l, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(l[i * n + i]);
    }
    return 2 * sum;
  }

  /// The adjoint of log det A with A = L L': abar += g A^-1. `work` holds n n numbers.
  public static void logDeterminantAdjoint(double[] l, int n, double g, double[] abar, double[] work) {
    inverse(l, n, work);
    Multiply.axpy(g, work, 0, abar, 0, n * n);
  }

  /// out = (L L')^-1.
  public static void inverse(double[] l, int n, double[] out) {
    Arrays.fill(out, 0, n * n, 0);
    for (int i = 0; i < n; i++) {
      out[i * n + i] = 1;
    }
    solve(l, n, out, n);
  }

  /// B, n by m, becomes (L L')^-1 B.
  public static void solve(double[] l, int n, double[] b, int m) {
    Triangular.solveLower(l, n, b, m);
    Triangular.solveLowerTransposed(l, n, b, m);
  }
}
