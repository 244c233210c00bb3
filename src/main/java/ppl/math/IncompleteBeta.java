package ppl.math;

/// The regularised incomplete beta function I(x; a, b), its complement, their logs and their derivatives, for a, b > 0
/// and 0 <= x <= 1. The smaller of I and 1 - I has full relative accuracy, also where it underflows and only its log
/// can be seen.
///
/// The tail is x^a (1 - x)^b / B(a, b) times the integral over u > 0 of exp(-a u - (a + b) log(1 - x + x exp(-u))), the
/// definition with the logit of t moved u below that of x; the integrand is log-concave and, on the smaller side,
/// falls from 1. The derivatives of the log are means under the same integrand (see `BetaTail`, also for the series
/// that serves small shapes).
public final class IncompleteBeta {
  private IncompleteBeta() {}

  /// I(x; a, b): the distribution function of a beta variable.
  public static double inc_beta(double a, double b, double x) {
    return value(a, b, x, 1 - x);
  }

  /// 1 - I(x; a, b).
  public static double inc_beta_c(double a, double b, double x) {
    return value(b, a, 1 - x, x);
  }

  /// log I(x; a, b).
  public static double log_inc_beta(double a, double b, double x) {
    return log(a, b, x, 1 - x);
  }

  /// log(1 - I(x; a, b)).
  public static double log_inc_beta_c(double a, double b, double x) {
    return log(b, a, 1 - x, x);
  }

  public static double inc_beta_da(double a, double b, double x) {
    return Math.exp(log(a, b, x, 1 - x)) * logSlopeA(a, b, x, 1 - x);
  }

  public static double inc_beta_db(double a, double b, double x) {
    return Math.exp(log(a, b, x, 1 - x)) * logSlopeB(a, b, x, 1 - x);
  }

  /// The beta density.
  public static double inc_beta_dx(double a, double b, double x) {
    return x < 0 || x > 1 ? 0 : slope(x, Math.exp(logDensity(a, b, x, 1 - x)));
  }

  public static double log_inc_beta_da(double a, double b, double x) {
    return logSlopeA(a, b, x, 1 - x);
  }

  public static double log_inc_beta_db(double a, double b, double x) {
    return logSlopeB(a, b, x, 1 - x);
  }

  public static double log_inc_beta_dx(double a, double b, double x) {
    return slope(x, Math.exp(logDensity(a, b, x, 1 - x) - log(a, b, x, 1 - x)));
  }

  public static double log_inc_beta_c_da(double a, double b, double x) {
    return logSlopeB(b, a, 1 - x, x);
  }

  public static double log_inc_beta_c_db(double a, double b, double x) {
    return logSlopeA(b, a, 1 - x, x);
  }

  public static double log_inc_beta_c_dx(double a, double b, double x) {
    return -slope(x, Math.exp(logDensity(a, b, x, 1 - x) - log(b, a, 1 - x, x)));
  }

  /// A derivative by x, taken as 0 where it is infinite at an end.
  private static double slope(double x, double atX) {
    return (x <= 0 || x >= 1) && !Double.isFinite(atX) ? 0 : atX;
  }

  /// I(x; a, b) where the caller knows y = 1 - x without rounding.
  static double value(double a, double b, double x, double y) {
    if (isEdge(a, b, x, y)) {
      return edge(a, b, x, y);
    }
    return isLower(a, b, x, y) ? Math.exp(BetaTail.log(a, b, x, y)) : -Math.expm1(BetaTail.log(b, a, y, x));
  }

  /// log I(x; a, b), y = 1 - x.
  static double log(double a, double b, double x, double y) {
    if (isEdge(a, b, x, y)) {
      return Math.log(edge(a, b, x, y));
    }
    return isLower(a, b, x, y) ? BetaTail.log(a, b, x, y) : LogSpace.log1m_exp(BetaTail.log(b, a, y, x));
  }

  /// The derivative of log I(x; a, b) with respect to a, y = 1 - x.
  static double logSlopeA(double a, double b, double x, double y) {
    if (isEdge(a, b, x, y)) {
      return 0;
    }
    return isLower(a, b, x, y) ? BetaTail.slopeNear(a, b, x, y)
        : oddsOfTail(b, a, y, x) * BetaTail.slopeFar(b, a, y, x);
  }

  /// The derivative of log I(x; a, b) with respect to b, y = 1 - x.
  static double logSlopeB(double a, double b, double x, double y) {
    if (isEdge(a, b, x, y)) {
      return 0;
    }
    return isLower(a, b, x, y) ? BetaTail.slopeFar(a, b, x, y)
        : oddsOfTail(b, a, y, x) * BetaTail.slopeNear(b, a, y, x);
  }

  /// log of the beta density at x, y = 1 - x.
  static double logDensity(double a, double b, double x, double y) {
    if (x > 0 && y > 0) {
      return BetaTail.logFront(a, b, x, y) - Math.log(x) - Math.log(y);
    }
    return LogSpace.lmultiply(a - 1, x) + LogSpace.lmultiply(b - 1, y) - GammaFunctions.lbeta(a, b);
  }

  /// -C / (1 - C) for the tail C.
  private static double oddsOfTail(double a, double b, double x, double y) {
    double log = BetaTail.log(a, b, x, y);
    return -Math.exp(log - LogSpace.log1m_exp(log));
  }

  /// Which tail to compute: the one on x's side of the mean, but at the singular end of a shape below 1 the lower one
  /// as long as its series is short, for there the other integrand has an edge far from where it starts.
  private static boolean isLower(double a, double b, double x, double y) {
    boolean near = isSingularEnd(a, b, x);
    boolean far = isSingularEnd(b, a, y);
    return near == far ? b * x <= a * y : near;
  }

  private static boolean isSingularEnd(double a, double b, double x) {
    return a < 1 && x <= 0.5 && (a + b) * x < 1;
  }

  private static boolean isEdge(double a, double b, double x, double y) {
    return !(a > 0 && b > 0 && a + b < Double.POSITIVE_INFINITY && x > 0 && y > 0);
  }

  private static double edge(double a, double b, double x, double y) {
    if (Double.isNaN(a + b + x + y) || a < 0 || b < 0 || a + b == 0) {
      return Double.NaN;
    }
    if (x <= 0 || y <= 0) {
      return x <= 0 ? 0 : 1;
    }
    return a == 0 || b == Double.POSITIVE_INFINITY ? 1 : 0;
  }
}
