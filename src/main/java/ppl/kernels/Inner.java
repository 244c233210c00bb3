package ppl.kernels;

/// Inner products of the first `n` elements of vectors, taken on the way of what is done to these anyway: each is the one that
/// [Rows#dot] gives, in one pass over memory.
public final class Inner {
  static final int PRODUCTS = 6;

  /// How many numbers [#cross] wants room for: the partial sums of its six products.
  public static final int CROSSED = PRODUCTS * Sums.WAYS;

  /// How many rows [#rows] takes together.
  public static final int TOGETHER = 4;

  private static final Gear ROWS = rowwise();
  private static final Gear PUSH = pushing();
  private static final Gear CROSS = crossing();

  private Inner() {}

  private static Gear rowwise() {
    var x = new double[Gear.SIZE];
    var out = new double[TOGETHER];
    return Gear.patient(() -> InnerLanes.rows(x, 0, 0, x, 0, out, 0, Gear.SIZE));
  }

  private static Gear pushing() {
    var x = new double[Gear.SIZE];
    var g = new double[Gear.SIZE];
    var p = new double[Gear.SIZE];
    return Gear.patient(() -> x[0] = InnerLanes.push(0, x, g, g, p, Gear.SIZE));
  }

  private static Gear crossing() {
    var x = new double[Gear.SIZE];
    var sum = new double[Gear.SIZE];
    var out = new double[CROSSED];
    return Gear.patient(() -> InnerLanes.cross(x, x, x, x, x, x, sum, out, Gear.SIZE));
  }

  /// The least multiple of eight from n on: of so many elements products are fastest.
  public static int whole(int n) {
    return n + Math.floorMod(-n, Sums.WAYS);
  }

  /// Four elements of `out` from `to` on become the products of four rows of `a`, which begin at `at` and every `stride`
  /// further, with x from `from` on.
  public static void rows(double[] a, int at, int stride, double[] x, int from, double[] out, int to, int n) {
    int end = n - n % Sums.WAYS;
    if (ROWS.vectors(TOGETHER * n / Sums.WAYS)) InnerLanes.rows(a, at, stride, x, from, out, to, end);
    else rowsPlain(a, at, stride, x, from, out, to, end);
    if (end == n) return;
    double p = out[to];
    double q = out[to + 1];
    double r = out[to + 2];
    double s = out[to + 3];
    for (int j = end; j < n; j++) {
      double v = x[from + j];
      p = Math.fma(a[at + j], v, p);
      q = Math.fma(a[at + stride + j], v, q);
      r = Math.fma(a[at + 2 * stride + j], v, r);
      s = Math.fma(a[at + 3 * stride + j], v, s);
    }
    out[to] = p;
    out[to + 1] = q;
    out[to + 2] = r;
    out[to + 3] = s;
  }

  static void rowsPlain(double[] a, int at, int stride, double[] x, int from, double[] out, int to, int n) {
    for (int k = 0; k < TOGETHER; k++) out[to + k] = Rows.dotPlain(a, at + k * stride, x, from, n);
  }

  /// u = s g, then p += f u; gives p'p.
  public static double push(double f, double[] s, double[] g, double[] u, double[] p, int n) {
    int end = n - n % Sums.WAYS;
    double square = PUSH.vectors(n) ? InnerLanes.push(f, s, g, u, p, end) : pushPlain(f, s, g, u, p, end);
    for (int i = end; i < n; i++) {
      u[i] = s[i] * g[i];
      p[i] = Math.fma(f, u[i], p[i]);
      square = Math.fma(p[i], p[i], square);
    }
    return square;
  }

  static double pushPlain(double f, double[] s, double[] g, double[] u, double[] p, int n) {
    for (int i = 0; i < n; i++) {
      u[i] = s[i] * g[i];
      p[i] = Math.fma(f, u[i], p[i]);
    }
    return Rows.dotPlain(p, 0, p, 0, n);
  }

  /// w = x + y; the first six of `out`, which holds [#CROSSED] numbers, become a'y, b'y, c'x, d'x, a'c and b'd. Vectors may
  /// be the same but for w.
  public static void cross(double[] x, double[] a, double[] b, double[] y, double[] c, double[] d, double[] w, double[] out,
      int n) {
    int end = n - n % Sums.WAYS;
    if (CROSS.vectors(PRODUCTS * n)) InnerLanes.cross(x, a, b, y, c, d, w, out, end);
    else crossPlain(x, a, b, y, c, d, w, out, end);
    for (int i = end; i < n; i++) {
      w[i] = x[i] + y[i];
      out[0] = Math.fma(a[i], y[i], out[0]);
      out[1] = Math.fma(b[i], y[i], out[1]);
      out[2] = Math.fma(c[i], x[i], out[2]);
      out[3] = Math.fma(d[i], x[i], out[3]);
      out[4] = Math.fma(a[i], c[i], out[4]);
      out[5] = Math.fma(b[i], d[i], out[5]);
    }
  }

  static void crossPlain(double[] x, double[] a, double[] b, double[] y, double[] c, double[] d, double[] w, double[] out,
      int n) {
    for (int i = 0; i < n; i++) w[i] = x[i] + y[i];
    out[0] = Rows.dotPlain(a, 0, y, 0, n);
    out[1] = Rows.dotPlain(b, 0, y, 0, n);
    out[2] = Rows.dotPlain(c, 0, x, 0, n);
    out[3] = Rows.dotPlain(d, 0, x, 0, n);
    out[4] = Rows.dotPlain(a, 0, c, 0, n);
    out[5] = Rows.dotPlain(b, 0, d, 0, n);
  }
}
