package ppl.math;

import java.util.Arrays;

/// Orthogonal reduction of many rows to few: an upper triangular R with R'R = A'A, one block of A's rows after the
/// other, so that |A x| = |R x| for every x. Unlike A'A itself, R is as exact as the rows are.
///
/// Householder reflections of R stacked on the block: Golub and Van Loan, *Matrix Computations* (4th ed.), 5.2.2 and
/// 6.5.3.
public final class Orthogonal {
  private Orthogonal() {}

  /// Makes R the factor of what it stands for and of `rows` together.
  ///
  /// @param rows `count` by `n`
  /// @param r    `n` by `n`; what stands below its diagonal is neither read nor written
  public static void absorb(double[] rows, double[] r, int count, int n) {
    var a = Arrays.copyOf(rows, count * n);
    var w = new double[n];
    for (int j = 0; j < n; j++) reflect(a, r, w, count, n, j);
  }

  /// Brings the rows to 0 in column `j`.
  private static void reflect(double[] a, double[] r, double[] w, int count, int n, int j) {
    double diagonal = r[j * n + j];
    double largest = Math.abs(diagonal);
    double below = 0;
    for (int i = 0; i < count; i++) below = Math.max(below, Math.abs(a[i * n + j]));
    if (below == 0) return;
    largest = Math.max(largest, below);
    double squares = diagonal / largest * (diagonal / largest);
    for (int i = 0; i < count; i++) squares += a[i * n + j] / largest * (a[i * n + j] / largest);
    double length = Math.copySign(largest * Math.sqrt(squares), diagonal);
    // the reflection is I - tau v v' with v = (1, a / head)
    double head = diagonal + length;
    double tau = head / length;
    r[j * n + j] = -length;
    for (int i = 0; i < count; i++) a[i * n + j] /= head;
    int m = n - j - 1;
    if (m == 0) return;
    System.arraycopy(r, j * n + j + 1, w, 0, m);
    for (int i = 0; i < count; i++) Multiply.axpy(a[i * n + j], a, i * n + j + 1, w, 0, m);
    Multiply.axpy(-tau, w, 0, r, j * n + j + 1, m);
    for (int i = 0; i < count; i++) Multiply.axpy(-tau * a[i * n + j], w, 0, a, i * n + j + 1, m);
  }
}
