package ppl.math;

import java.util.Arrays;

/// The Cholesky factorisation of symmetric positive definite matrices stored row by row, and what follows from it.
public final class Cholesky {
  /// Rows that are worked on together, as many as [Multiply#axpy4] takes.
  private static final int PANEL = 4;

  private Cholesky() {}

  /// out = L with L L' = A, lower triangular with zeros above. Only the lower part of A is read; `out` may be `a`.
  /// Where A is not positive definite, `out` is filled with NaN and the answer is false.
  public static boolean cholesky(double[] a, int n, double[] out) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        out[j * n + i] = a[i * n + j];
      }
    }
    for (int from = 0; from < n; from += PANEL) {
      int to = Math.min(from + PANEL, n);
      if (!panel(out, n, from, to)) {
        Arrays.fill(out, 0, n * n, Double.NaN);
        return false;
      }
      eliminate(out, n, from, to);
    }
    transposeUpper(out, n);
    return true;
  }

  /// Finishes the rows from .. to - 1 of the upper triangle, whose rows are contiguous.
  private static boolean panel(double[] u, int n, int from, int to) {
    for (int k = from; k < to; k++) {
      int row = k * n;
      for (int i = from; i < k; i++) {
        Multiply.axpy(-u[i * n + k], u, i * n + k, u, row + k, n - k);
      }
      double pivot = u[row + k];
      if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) {
        return false;
      }
      double root = Math.sqrt(pivot);
      u[row + k] = root;
      for (int j = k + 1; j < n; j++) {
        u[row + j] /= root;
      }
    }
    return true;
  }

  /// Takes the outer products of the rows from .. to - 1 off the rows below.
  private static void eliminate(double[] u, int n, int from, int to) {
    if (to - from < PANEL) return;
    int f = from * n;
    for (int i = to; i < n; i++) {
      Multiply.axpy4(-u[f + i], -u[f + n + i], -u[f + 2 * n + i], -u[f + 3 * n + i], u, f + i, n, u, i * n + i, n - i);
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

  /// The adjoint: adds to `abar`, symmetrically, what `lbar` says about L; only the lower part of `lbar` is read. The
  /// factorisation by rows is run backward, as in Smith (1995), "Differentiation of the Cholesky algorithm", for the
  /// rows of a panel together. `work` holds n n numbers.
  public static void choleskyAdjoint(double[] l, double[] lbar, int n, double[] abar, double[] work) {
    System.arraycopy(lbar, 0, work, 0, n * n);
    for (int to = n; to > 0; to -= PANEL) {
      int from = Math.max(to - PANEL, 0);
      for (int i = to - 1; i >= from; i--) {
        rowAdjoint(l, n, i, work);
        for (int j = from; j < i; j++) {
          Multiply.axpy(-work[i * n + j], l, i * n, work, j * n, j + 1);
        }
      }
      panelAdjoint(l, n, from, to, work);
    }
    for (int i = 0; i < n; i++) {
      abar[i * n + i] += work[i * n + i];
      for (int j = 0; j < i; j++) {
        double half = 0.5 * work[i * n + j];
        abar[i * n + j] += half;
        abar[j * n + i] += half;
      }
    }
  }

  /// The adjoints of L in row i become those of A, if the factor above the row is taken as given: those of the
  /// diagonal element go to the row, and the row is solved with L' from the right.
  private static void rowAdjoint(double[] l, int n, int i, double[] work) {
    int row = i * n;
    work[row + i] /= 2 * l[row + i];
    Multiply.axpy(-2 * work[row + i], l, row, work, row, i);
    int j = i;
    while (j > 0) {
      int down = Math.max(j - PANEL, 0);
      for (int k = j - 1; k >= down; k--) {
        work[row + k] /= l[k * n + k];
        Multiply.axpy(-work[row + k], l, k * n + down, work, row + down, k - down);
      }
      if (j - down == PANEL) {
        Multiply.axpy4(-work[row + down], -work[row + down + 1], -work[row + down + 2], -work[row + down + 3],
            l, down * n, n, work, row, down);
      }
      j = down;
    }
  }

  /// What the rows from .. to - 1 say about the factor above them.
  private static void panelAdjoint(double[] l, int n, int from, int to, double[] work) {
    int f = from * n;
    for (int j = 0; j < from; j++) {
      if (to - from == PANEL) {
        Multiply.axpy4(-work[f + j], -work[f + n + j], -work[f + 2 * n + j], -work[f + 3 * n + j],
            l, f, n, work, j * n, j + 1);
        continue;
      }
      for (int i = from; i < to; i++) {
        Multiply.axpy(-work[i * n + j], l, i * n, work, j * n, j + 1);
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
