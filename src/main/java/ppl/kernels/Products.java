package ppl.kernels;

/// Products of matrices that are parts of arrays. Every element is summed in one order by fused operations, so that the
/// two forms have the same bits.
public final class Products {
  /// Rows, and vectors of columns, that are worked on together.
  static final int ROWS = 4;
  private static final int SAMPLE = 16;
  private static final int WIDE = 48;
  private static final Gear ADD = gear();

  private Products() {}

  private static Gear gear() {
    var a = new double[SAMPLE * WIDE];
    var c = new double[SAMPLE * WIDE];
    return Gear.patient(() -> ProductLanes.all(a, c, SAMPLE, WIDE));
  }

  /// C += A B for A of m by k and B of k by n. Element (i, l) of A is `a[aAt + i aRow + l aColumn]`; rows of B and C lie
  /// `bRow` and `cRow` apart.
  public static void add(double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, double[] c, int cAt,
      int cRow, int m, int n, int k) {
    add(1, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, m, n, k);
  }

  /// C -= A B.
  public static void subtract(double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, double[] c,
      int cAt, int cRow, int m, int n, int k) {
    add(-1, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, m, n, k);
  }

  /// Signs are changed before and after: a product takes none.
  private static void add(double sign, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow,
      double[] c, int cAt, int cRow, int m, int n, int k) {
    int done = ADD.vectors(m * n * k / 8)
        ? ProductLanes.add(sign, a, aAt, aRow, aColumn, b, bAt, bRow, c, cAt, cRow, m, n, k) : 0;
    if (done < n) plain(sign, a, aAt, aRow, aColumn, b, bAt + done, bRow, c, cAt + done, cRow, m, n - done, k);
  }

  static void plain(double sign, double[] a, int aAt, int aRow, int aColumn, double[] b, int bAt, int bRow, double[] c,
      int cAt, int cRow, int m, int n, int k) {
    for (int i = 0; i < m; i++) {
      int to = cAt + i * cRow;
      int l = 0;
      for (; l + 3 < k; l += 4) {
        int at = aAt + i * aRow + l * aColumn;
        four(l == 0 ? sign : 1, a[at], a[at + aColumn], a[at + 2 * aColumn], a[at + 3 * aColumn], b, bAt + l * bRow,
            bRow, c, to, n, l + 4 == k ? sign : 1);
      }
      for (; l < k; l++)
        one(l == 0 ? sign : 1, a[aAt + i * aRow + l * aColumn], b, bAt + l * bRow, c, to, n, l + 1 == k ? sign : 1);
    }
  }

  private static void one(double before, double f, double[] b, int at, double[] c, int to, int n, double after) {
    for (int j = 0; j < n; j++) c[to + j] = after * Math.fma(f, b[at + j], before * c[to + j]);
  }

  private static void four(double before, double f0, double f1, double f2, double f3, double[] b, int at, int row,
      double[] c, int to, int n, double after) {
    int b1 = at + row;
    int b2 = b1 + row;
    int b3 = b2 + row;
    for (int j = 0; j < n; j++) {
      double sum = Math.fma(f0, b[at + j], before * c[to + j]);
      sum = Math.fma(f1, b[b1 + j], sum);
      sum = Math.fma(f2, b[b2 + j], sum);
      c[to + j] = after * Math.fma(f3, b[b3 + j], sum);
    }
  }
}
