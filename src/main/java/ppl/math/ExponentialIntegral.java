package ppl.math;

/// The exponential integral E1(x) = integral of exp(-t) / t over t > x.
public final class ExponentialIntegral {
  private static final double EULER = 0.57721566490153286;
  private static final double SMALL = 1;
  private static final double DONE = 0x1p-54;

  private ExponentialIntegral() {}

  /// exp(x) E1(x) for x > 0: by its series below 1, by its continued fraction (modified Lentz) above.
  public static double scaled(double x) {
    if (!(x > 0)) return x == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
    return x < SMALL ? Math.exp(x) * series(x) : fraction(x);
  }

  private static double series(double x) {
    double term = 1;
    double sum = 0;
    for (int k = 1; Math.abs(term) > DONE * Math.abs(sum) / 4; k++) {
      term *= -x / k;
      sum -= term / k;
    }
    return sum - EULER - Math.log(x);
  }

  private static double fraction(double x) {
    double b = x + 1;
    double c = Double.POSITIVE_INFINITY;
    double d = 1 / b;
    double h = d;
    for (double n = 1, change = 0; Math.abs(change - 1) > DONE; n++) {
      double a = -n * n;
      b += 2;
      d = 1 / (a * d + b);
      c = b + a / c;
      change = c * d;
      h *= change;
      if (n > 10_000) break;
    }
    return h;
  }
}
