package ppl.kernels;

/// Sums in a fixed order: eight partial sums of every eighth element, which are then added by halves.
public final class Sums {
  static final int WAYS = 8;

  private static final Gear SUM = gear();

  private Sums() {}

  private static Gear gear() {
    var x = new double[Gear.SIZE];
    var out = new double[WAYS];
    return new Gear(() -> SumLanes.sum(x, out, x.length));
  }

  /// `out[0]` becomes the sum of the first `n` elements; `out` holds 8 numbers.
  public static void sum(double[] x, double[] out, int n) {
    int i = SUM.vectors(n / WAYS) ? SumLanes.sum(x, out, n) : plain(x, out, n);
    for (; i < n; i++) out[i % WAYS] += x[i];
    out[0] = fold(out, 0);
  }

  static int plain(double[] x, double[] out, int n) {
    double a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
    int end = n - n % WAYS;
    for (int i = 0; i < end; i += WAYS) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
      e += x[i + 4];
      f += x[i + 5];
      g += x[i + 6];
      h += x[i + 7];
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
