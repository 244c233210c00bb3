package ppl.math;

import java.util.Arrays;
import ppl.kernels.Products;
import ppl.kernels.Rows;
import ppl.kernels.Strips;

/// The Cholesky factorisation of symmetric positive definite matrices stored row by row, and what follows from it.
public final class Cholesky {
  /// Rows that are worked on together: forward, and backward.
  private static final int STRIP = Strips.ROWS;
  private static final int PANEL = 16;
  /// Columns in whole vectors of any machine.
  private static final int WHOLE = 8;

  private Cholesky() {}

  /// out = L with L L' = A, lower triangular with zeros above. Only the lower part of A is read; `out` may be `a`.
  /// Where A is not positive definite, `out` is filled with NaN and the answer is false.
  public static boolean cholesky(double[] a, int n, double[] out) {
    boolean done = upper(a, n, out);
    if (done) {
      Transpose.upper(out, n);
      for (int i = 0; i < n; i++) Arrays.fill(out, i * n + i + 1, (i + 1) * n, 0);
    }
    return done;
  }

  /// out = L' with L L' = A; what stands below its diagonal is of no account. Only the lower part of A is read; `out`
  /// may be `a`. Where A is not positive definite, `out` is filled with NaN and the answer is false.
  static boolean upper(double[] a, int n, double[] out) {
    Transpose.lower(a, out, n);
    for (int from = 0; from < n; from += STRIP) {
      int to = Math.min(from + STRIP, n);
      int width = Math.ceilDiv(n - from, WHOLE) * WHOLE;
      int column = width <= n ? n - width : from;
      Products.subtract(out, from, 1, n, out, column, n, out, from * n + column, n, to - from, n - column, from);
      if (!block(out, n, from, to)) {
        Arrays.fill(out, 0, n * n, Double.NaN);
        return false;
      }
      Strips.solve(out, from * n + from, 1, n, out, from * n + to, n, to - from, n - to);
    }
    return true;
  }

  /// Factors the block on the diagonal from `from` to `to`, of the upper triangle.
  private static boolean block(double[] u, int n, int from, int to) {
    for (int k = from; k < to; k++) {
      for (int j = k; j < to; j++) {
        for (int i = from; i < k; i++) u[k * n + j] = Math.fma(-u[i * n + k], u[i * n + j], u[k * n + j]);
      }
      double pivot = u[k * n + k];
      if (!(pivot > 0) || pivot == Double.POSITIVE_INFINITY) return false;
      double root = Math.sqrt(pivot);
      u[k * n + k] = root;
      for (int j = k + 1; j < to; j++) u[k * n + j] /= root;
    }
    return true;
  }

  /// The adjoint: adds to the lower part of `abar`, which is all that is read of A, what `lbar` says about L; only the
  /// lower part of `lbar` is read. The factorisation by blocks is run backward, as in Murray (2016), "Differentiation of the Cholesky decomposition",
  /// section 4.2. `work` holds (n + 16) n numbers.
  public static void choleskyAdjoint(double[] l, double[] lbar, int n, double[] abar, double[] work) {
    System.arraycopy(lbar, 0, work, 0, n * n);
    for (int to = n; to > 0; to = (to - 1) / PANEL * PANEL) {
      int from = (to - 1) / PANEL * PANEL;
      blockAdjoint(l, n, from, to, work);
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) abar[i * n + j] += work[i * n + j];
    }
  }

  /// With D the block on the diagonal, R left of it, C below it and B below R: the adjoints of these in L become those
  /// of what they were made of. Beyond the matrix, and right of the block, `work` is free.
  private static void blockAdjoint(double[] l, int n, int from, int to, double[] work) {
    int free = n * n;
    int right = from * n + to;
    int size = to - from;
    int below = n - to;
    int d = from * n + from;
    int c = to * n + from;
    invert(l, d, n, size, work, free);
    for (int i = 0; i < below; i++) {
      int row = c + i * n;
      for (int j = 0; j < size; j++) work[right + j * n + i] = -work[row + j];
      Arrays.fill(work, row, row + size, 0);
    }
    Products.subtract(work, right, 1, n, work, free, size, work, c, n, below, size, size);
    Products.subtract(work, c, n, 1, l, from * n, n, work, to * n, n, below, from, size);
    Products.subtract(work, c, 1, n, l, c, n, work, d, n, size, size, below);
    diagonalAdjoint(l, d, n, size, work);
    Products.subtract(work, c, 1, n, l, to * n, n, work, from * n, n, size, from, below);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double w = work[d + i * n + j];
        work[free + i * size + j] = i == j ? 2 * w : w;
        work[free + j * size + i] = work[free + i * size + j];
      }
    }
    Products.subtract(work, free, size, 1, l, from * n, n, work, from * n, n, size, from, size);
  }

  /// The inverse of the lower triangular block at `at` goes to `to`.
  private static void invert(double[] l, int at, int n, int size, double[] out, int to) {
    Arrays.fill(out, to, to + size * size, 0);
    for (int i = 0; i < size; i++) {
      int row = to + i * size;
      for (int k = 0; k < i; k++) Rows.add(-l[at + i * n + k], out, to + k * size, out, row, k + 1);
      double pivot = l[at + i * n + i];
      for (int j = 0; j < i; j++) out[row + j] /= pivot;
      out[row + i] = 1 / pivot;
    }
  }

  /// The adjoint of the factorisation of one block, row by row from the last, as in Smith (1995), "Differentiation of
  /// the Cholesky algorithm".
  private static void diagonalAdjoint(double[] l, int at, int n, int size, double[] work) {
    for (int i = size - 1; i >= 0; i--) {
      int row = at + i * n;
      work[row + i] /= 2 * l[row + i];
      Rows.add(-2 * work[row + i], l, row, work, row, i);
      for (int j = i - 1; j >= 0; j--) {
        work[row + j] /= l[at + j * n + j];
        Rows.add(-work[row + j], l, at + j * n, work, row, j);
      }
      for (int j = 0; j < i; j++) {
        Rows.add(-work[row + j], l, row, work, at + j * n, j + 1);
      }
    }
  }

  /// `choleskyAdjoint` with working storage of its own.
  public static void choleskyAdjoint(double[] l, double[] lbar, int n, double[] abar) {
    choleskyAdjoint(l, lbar, n, abar, new double[(n + PANEL) * n]);
  }

  /// log det(L L').
  public static double logDeterminant(double[] l, int n) {
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += Math.log(l[i * n + i]);
    }
    return 2 * sum;
  }

  /// out = (L L')^-1.
  public static void inverse(double[] l, int n, double[] out) {
    inverse(l, 1, n, n, out, new double[STRIP * WHOLE], 0);
  }

  /// out = (U' U)^-1 for an upper triangular U of which element (i, k) is `u[i uRow + k uColumn]`. With Z the inverse,
  /// U Z = U'^-1 is lower triangular with 1 / U(i, i) on the diagonal: rows of Z from the last to the first, each from
  /// those below and, Z being symmetric, right of it. `work` holds 32 numbers
  /// (or n n, if that is less) from `free` on.
  static void inverse(double[] u, int uRow, int uColumn, int n, double[] out, double[] work, int free) {
    int step = uRow + uColumn;
    for (int to = n; to > 0; to = (to - 1) / STRIP * STRIP) {
      int from = (to - 1) / STRIP * STRIP;
      int rows = to - from;
      int last = (to - 1) * step;
      int right = n - to;
      int column = Math.max(n - Math.ceilDiv(right, WHOLE) * WHOLE, 0);
      int at = from * uRow + to * uColumn;
      for (int i = from; i < to; i++) Arrays.fill(out, i * n + column, (i + 1) * n, 0);
      Products.subtract(u, at, uRow, uColumn, out, to * n + column, n, out, from * n + column, n, rows, n - column, right);
      Strips.solve(u, last, -uRow, -uColumn, out, (to - 1) * n + to, -n, rows, right);
      Transpose.of(out, from * n + to, n, out, to * n + from, n, rows, right);
      int first = Math.max(Math.min(from, n - WHOLE), 0);
      int width = Math.min(WHOLE, n);
      Arrays.fill(work, free, free + rows * width, 0);
      Products.subtract(u, at, uRow, uColumn, out, to * n + first, n, work, free, width, rows, width, right);
      for (int a = to - 1; a >= from; a--) {
        double pivot = 1 / u[a * step];
        for (int j = to - 1; j >= a; j--) {
          double z = work[free + (a - from) * width + j - first];
          if (j == a) z += pivot;
          for (int k = a + 1; k < to; k++) z = Math.fma(-u[a * uRow + k * uColumn], out[k * n + j], z);
          out[a * n + j] = z * pivot;
          out[j * n + a] = z * pivot;
        }
      }
    }
  }

  /// B, n by m, becomes (L L')^-1 B.
  public static void solve(double[] l, int n, double[] b, int m) {
    Triangular.solveLower(l, n, b, m);
    Triangular.solveLowerTransposed(l, n, b, m);
  }
}
