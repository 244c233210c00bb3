package ppl.kernels;

/// A few rows of a matrix, from the left divided by a small lower triangle: what is left of a triangular solution and of
/// a factorisation when products of matrices have done their part.
public final class Strips {
  /// Rows that are worked on together.
  public static final int ROWS = 4;
  private static final Gear SOLVE = gear();

  private Strips() {}

  private static Gear gear() {
    var l = new double[ROWS * ROWS];
    java.util.Arrays.fill(l, 1);
    var c = new double[ROWS * Gear.SIZE];
    return Gear.patient(() -> StripLanes.solve(l, 0, ROWS, 1, c, 0, Gear.SIZE, Gear.SIZE));
  }

  /// C, of m <= 4 rows and n columns, becomes L^-1 C. Element (i, k) of L is `l[lAt + i lRow + k lColumn]`, rows of C lie
  /// `cRow` apart; steps may be negative.
  public static void solve(double[] l, int lAt, int lRow, int lColumn, double[] c, int cAt, int cRow, int m, int n) {
    int done = m == ROWS && SOLVE.vectors(n) ? StripLanes.solve(l, lAt, lRow, lColumn, c, cAt, cRow, n) : 0;
    if (done < n) plain(l, lAt, lRow, lColumn, c, cAt + done, cRow, m, n - done);
  }

  static void plain(double[] l, int lAt, int lRow, int lColumn, double[] c, int cAt, int cRow, int m, int n) {
    for (int i = 0; i < m; i++) {
      int to = cAt + i * cRow;
      int row = lAt + i * lRow;
      for (int k = 0; k < i; k++) Rows.addPlain(-l[row + k * lColumn], c, cAt + k * cRow, c, to, n, 0);
      double d = 1 / l[row + i * lColumn];
      for (int j = to; j < to + n; j++) c[j] *= d;
    }
  }
}
