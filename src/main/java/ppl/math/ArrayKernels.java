package ppl.math;

import java.util.Arrays;

/// Matrix kernels in the form in which generated code calls them: input arrays, then output arrays, then extents.
/// Matrices are stored row by row. Adjoints add to their outputs; outputs named `work` and `turned` are scratch.
public final class ArrayKernels {
  private ArrayKernels() {}

  /// L with L L' = A; NaN where A is not positive definite.
  public static void cholesky(double[] a, double[] l, int n) {
    Cholesky.cholesky(a, n, l);
  }

  public static void choleskyAdjoint(double[] l, double[] lbar, double[] abar, double[] work, int n) {
    Cholesky.choleskyAdjoint(l, lbar, n, abar, work);
  }

  /// r' A^-1 r and log det(A) / 2; see [SpdForm].
  public static void spdForm(double[] a, double[] r, double[] y, double[] z, double[] u, int n) {
    SpdForm.value(a, r, y, z, u, n);
  }

  public static void spdFormAdjoint(double[] u, double[] z, double[] ybar, double[] abar, double[] rbar, double[] work,
      int n) {
    SpdForm.adjoint(u, z, ybar, abar, rbar, work, n);
  }

  /// X = L^-1 B.
  public static void solveLower(double[] l, double[] b, double[] x, int n, int m) {
    System.arraycopy(b, 0, x, 0, n * m);
    Triangular.solveLower(l, n, x, m);
  }

  public static void solveLowerAdjoint(double[] l, double[] x, double[] xbar, double[] lbar, double[] bbar,
      double[] work, double[] turned, int n, int m) {
    Triangular.solveLowerAdjoint(l, n, x, m, xbar, lbar, bbar, work, turned);
  }

  /// X = L'^-1 B.
  public static void solveLowerTransposed(double[] l, double[] b, double[] x, int n, int m) {
    System.arraycopy(b, 0, x, 0, n * m);
    Triangular.solveLowerTransposed(l, n, x, m);
  }

  public static void solveLowerTransposedAdjoint(double[] l, double[] x, double[] xbar, double[] lbar, double[] bbar,
      double[] work, double[] turned, int n, int m) {
    Triangular.solveLowerTransposedAdjoint(l, n, x, m, xbar, lbar, bbar, work, turned);
  }

  /// X = A^-1 B; leaves the factors of A.
  public static void solve(double[] a, double[] b, double[] x, double[] lu, int[] pivots, int n, int m) {
    Lu.factor(a, n, lu, pivots);
    System.arraycopy(b, 0, x, 0, n * m);
    Lu.solve(lu, pivots, n, x, m);
  }

  public static void solveAdjoint(double[] lu, int[] pivots, double[] x, double[] xbar, double[] abar, double[] bbar,
      double[] work, double[] turned, int n, int m) {
    Lu.solveAdjoint(lu, pivots, n, x, m, xbar, abar, bbar, work, turned);
  }

  /// X = A^-1.
  public static void inverse(double[] a, double[] x, double[] lu, int[] pivots, int n) {
    Lu.factor(a, n, lu, pivots);
    Lu.inverse(lu, pivots, n, x);
  }

  public static void inverseAdjoint(double[] x, double[] xbar, double[] abar, double[] work, double[] turned, int n) {
    Lu.inverseAdjoint(x, xbar, n, abar, work, turned);
  }

  /// log |det A| in `y[0]`; leaves the factors of A.
  public static void logDeterminant(double[] a, double[] y, double[] lu, int[] pivots, int n) {
    Lu.factor(a, n, lu, pivots);
    y[0] = Lu.logDeterminant(lu, n);
  }

  public static void logDeterminantAdjoint(double[] lu, int[] pivots, double[] ybar, double[] abar, double[] work,
      int n) {
    Lu.logDeterminantAdjoint(lu, pivots, n, ybar[0], abar, work);
  }

  /// C = A B for A of n by k and B of k by m.
  public static void multiply(double[] a, double[] b, double[] c, int n, int k, int m) {
    Multiply.multiply(a, n, k, b, m, c);
  }

  /// Abar += Cbar B'.
  public static void multiplyAdjointLeft(double[] b, double[] cbar, double[] abar, double[] work, int n, int k, int m) {
    Multiply.addMultiplyTransposed(cbar, n, m, b, k, abar, work);
  }

  /// Bbar += A' Cbar.
  public static void multiplyAdjointRight(double[] a, double[] cbar, double[] bbar, int n, int k, int m) {
    Multiply.addTransposedMultiply(a, n, k, cbar, m, bbar);
  }

  /// Ascending eigenvalues of a symmetric matrix, and its eigenvectors as columns.
  public static void eigen(double[] a, double[] values, double[] vectors, int n) {
    Eigen.symmetric(a, n, values, vectors);
  }

  public static void eigenAdjoint(double[] values, double[] vectors, double[] valuesBar, double[] vectorsBar,
      double[] abar, int n) {
    Eigen.symmetricAdjoint(values, vectors, n, valuesBar, vectorsBar, abar);
  }

  /// The elements in ascending order, and where each was; equal elements keep their order.
  public static void sort(double[] x, double[] sorted, int[] from, int n) {
    var order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, 0, n, (i, j) -> Double.compare(x[i], x[j]));
    for (int i = 0; i < n; i++) {
      from[i] = order[i];
      sorted[i] = x[order[i]];
    }
  }

  /// R with R'R = R'R + A'A for an upper triangular R; see [Orthogonal].
  public static void absorb(double[] a, double[] r, int count, int n) {
    Orthogonal.absorb(a, r, count, n);
  }

  /// Equal rows brought together; see [Grouping].
  public static void group(Object keys, int[] order, int[] start, int[] groups, int rows, int columns) {
    Grouping.group(keys, order, start, groups, rows, columns);
  }

  /// Sums along a chain, as [LogChain] says.
  public static void logChain(double[] steps, double[] moves, double[] last, double[] shares, double[] factors,
      double[] scales, double[] weights, double[] logs, int length, int states) {
    LogChain.forward(steps, moves, last, shares, factors, scales, weights, logs, length, states);
  }

  public static void logChainAdjoint(double[] moves, double[] shares, double[] factors, double[] scales, double[] weights,
      double[] logs, double[] lastBar, double[] stepsBar, double[] movesBar, double[] work, int length, int states) {
    LogChain.adjoint(moves, shares, factors, scales, weights, logs, lastBar, stepsBar, movesBar, work, length, states);
  }
}
