package ppl.math;

import ppl.kernels.Rows;

/// Orthogonal reduction of many rows to few: an upper triangular R with R'R = A'A, one block of A's rows after the
/// other, so that |A x| = |R x| for every x. Unlike A'A itself, R is as exact as the rows are.
///
/// Householder reflections of R stacked on the block (Golub and Van Loan, *Matrix Computations*, 4th ed., 5.2.2 and
/// 6.5.3); a long block in the coordinates of R, where these are good ones ([TriangularUpdate]).
public final class Orthogonal {
  private Orthogonal() {}

  /// Makes R the factor of what it stands for and of `rows` together.
  ///
  /// @param rows `count` by `n`
  /// @param r    `n` by `n`; what stands below its diagonal is neither read nor written
  public static void absorb(double[] rows, double[] r, int count, int n) {
    if (TriangularUpdate.absorb(rows, r, count, n)) return;
    // column by column: sums and differences of columns are what all of this is
    var a = new double[count * n];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < n; j++) a[j * count + i] = rows[i * n + j];
    }
    for (int j = 0; j < n; j++) reflect(a, r, count, n, j);
  }

  /// Brings the rows to 0 in column `j`.
  private static void reflect(double[] a, double[] r, int count, int n, int j) {
    int v = j * count;
    double diagonal = r[j * n + j];
    double below = 0;
    for (int i = v; i < v + count; i++) below = Math.max(below, Math.abs(a[i]));
    if (below == 0) return;
    double largest = Math.max(Math.abs(diagonal), below);
    double squares = diagonal / largest * (diagonal / largest);
    for (int i = v; i < v + count; i++) squares += a[i] / largest * (a[i] / largest);
    double length = Math.copySign(largest * Math.sqrt(squares), diagonal);
    // the reflection is I - tau v v' with v = (1, a / head)
    double head = diagonal + length;
    double tau = head / length;
    r[j * n + j] = -length;
    for (int i = v; i < v + count; i++) a[i] /= head;
    for (int k = j + 1; k < n; k++) {
      double s = -tau * (r[j * n + k] + Rows.dot(a, v, a, k * count, count));
      r[j * n + k] += s;
      Rows.add(s, a, v, a, k * count, count);
    }
  }
}
