package ppl.kernels;

/// Sums in a fixed order: eight partial sums of every eighth element, which are then added by halves.
public final class Sums {
  static final int WAYS = 8;

  private static final Gear SUM = gear();

  private Sums() {}

  private static Gear gear() {
    var x = new double[Gear.SIZE];
    var out = new double[WAYS];
    return new Gear(() -> SumLanes.sum(x, 0, out, x.length));
  }

  /// `out[0]` becomes the sum of the first `n` elements; `out` holds 8 numbers.
  public static void sum(double[] x, double[] out, int n) {
    int i = SUM.vectors(n / WAYS) ? SumLanes.sum(x, 0, out, n) : plain(x, 0, out, n);
    for (; i < n; i++) out[i % WAYS] += x[i];
    out[0] = fold(out, 0);
  }

  /// The sum of `n` elements from `from` on; `work` holds 8 numbers.
  static double of(double[] x, int from, double[] work, int n) {
    int i = SUM.vectors(n / WAYS) ? SumLanes.sum(x, from, work, n) : plain(x, from, work, n);
    for (; i < n; i++) work[i % WAYS] += x[from + i];
    return fold(work, 0);
  }

  static int plain(double[] x, int from, double[] out, int n) {
    double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    int end = n - n % WAYS;
    for (int i = 0; i < end; i += WAYS) {
      a += x[from + i];
      b += x[from + i + 1];
      c += x[from + i + 2];
      d += x[from + i + 3];
      e += x[from + i + 4];
      f += x[from + i + 5];
      g += x[from + i + 6];
      h += x[from + i + 7];
    }
    out[0] = a;
    out[1] = b;
    out[2] = c;
    out[3] = d;
    out[4] = e;
    out[5] = f;
    out[6] = g;
    out[7] = h;
    return end;
  }

  /// The sum of the eight numbers that begin at `from`.
  static double fold(double[] x, int from) {
    return fold(x[from], x[from + 1], x[from + 2], x[from + 3], x[from + 4], x[from + 5], x[from + 6], x[from + 7]);
  }

  static double fold(double a, double b, double c, double d, double e, double f, double g, double h) {
    return a + e + (c + g) + (b + f + (d + h));
  }
}
