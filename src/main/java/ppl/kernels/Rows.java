package ppl.kernels;

/// Parts of arrays, of `n` elements each.
public final class Rows {
  private static final Gear ADD = adding();
  private static final Gear DOT = multiplying();

  private Rows() {}

  private static Gear adding() {
    var x = new double[Gear.SIZE];
    var y = new double[Gear.SIZE];
    return Gear.patient(() -> RowLanes.add(0, x, 0, 0, x, 0, y, 0, RowLanes.add(0, x, 0, y, 0, Gear.SIZE)));
  }

  private static Gear multiplying() {
    var x = new double[Gear.SIZE];
    return Gear.patient(() -> x[0] = RowLanes.dot(x, 0, x, 0, Gear.SIZE));
  }

  /// `n` elements of `x` from `from` on become those of `y` from `to` on.
  public static void copy(double[] x, double[] y, int from, int to, int n) {
    System.arraycopy(x, from, y, to, n);
  }

  /// y += f x.
  public static void add(double f, double[] x, int from, double[] y, int to, int n) {
    addPlain(f, x, from, y, to, n, ADD.vectors(n) ? RowLanes.add(f, x, from, y, to, n) : 0);
  }

  static void addPlain(double f, double[] x, int from, double[] y, int to, int n, int first) {
    for (int j = first; j < n; j++) y[to + j] = Math.fma(x[from + j], f, y[to + j]);
  }

  /// y += f a + g b.
  public static void add(double f, double[] a, int aAt, double g, double[] b, int bAt, double[] y, int to, int n) {
    addPlain(f, a, aAt, g, b, bAt, y, to, n, ADD.vectors(n) ? RowLanes.add(f, a, aAt, g, b, bAt, y, to, n) : 0);
  }

  static void addPlain(
      double f, double[] a, int aAt, double g, double[] b, int bAt, double[] y, int to, int n, int first) {
    for (int j = first; j < n; j++) y[to + j] = Math.fma(b[bAt + j], g, Math.fma(a[aAt + j], f, y[to + j]));
  }

  /// The sum of products, in the order of [Sums].
  public static double dot(double[] x, int from, double[] y, int to, int n) {
    int end = n - n % Sums.WAYS;
    double sum = DOT.vectors(n / Sums.WAYS) ? RowLanes.dot(x, from, y, to, end) : dotPlain(x, from, y, to, end);
    for (int j = end; j < n; j++) sum = Math.fma(x[from + j], y[to + j], sum);
    return sum;
  }

  static double dotPlain(double[] x, int from, double[] y, int to, int n) {
    double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    for (int j = 0; j < n; j += Sums.WAYS) {
      a = Math.fma(x[from + j], y[to + j], a);
      b = Math.fma(x[from + j + 1], y[to + j + 1], b);
      c = Math.fma(x[from + j + 2], y[to + j + 2], c);
      d = Math.fma(x[from + j + 3], y[to + j + 3], d);
      e = Math.fma(x[from + j + 4], y[to + j + 4], e);
      f = Math.fma(x[from + j + 5], y[to + j + 5], f);
      g = Math.fma(x[from + j + 6], y[to + j + 6], g);
      h = Math.fma(x[from + j + 7], y[to + j + 7], h);
    }
    return Sums.fold(a, b, c, d, e, f, g, h);
  }
}
