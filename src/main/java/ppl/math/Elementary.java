package ppl.math;

/// Elementary functions that `Math` lacks.
public final class Elementary {
  private Elementary() {}

  /// The nearest whole number, halves away from 0.
  public static double round(double x) {
    double down = Math.floor(Math.abs(x));
    return Math.copySign(Math.abs(x) - down >= 0.5 ? down + 1 : down, x);
  }

  /// The whole part.
  public static double trunc(double x) {
    return x < 0 ? Math.ceil(x) : Math.floor(x);
  }

  /// 0 below 0, else 1; NaN stays.
  public static double step(double x) {
    return x < 0 ? 0 : x >= 0 ? 1 : x;
  }

  /// The inverse of `sinh`, accurate near 0 and for large arguments.
  public static double asinh(double x) {
    double a = Math.abs(x);
    double y = a > 1e8 ? Math.log(a) + Math.log(2) : Math.log1p(a + a * a / (1 + Math.sqrt(1 + a * a)));
    return Math.copySign(y, x);
  }

  /// The inverse of `cosh` on x >= 1, accurate near 1.
  public static double acosh(double x) {
    double t = x - 1;
    return x > 1e8 ? Math.log(x) + Math.log(2) : Math.log1p(t + Math.sqrt(t * (x + 1)));
  }

  /// The inverse of `tanh` on -1 < x < 1, accurate near 0.
  public static double atanh(double x) {
    return 0.5 * (Math.log1p(x) - Math.log1p(-x));
  }
}
