package ppl.math;

/// The regularised incomplete gamma functions P(a, x) (lower) and Q(a, x) = 1 - P(a, x) (upper), their logs and their
/// derivatives, for a >= 0 and x >= 0. The smaller of the two has full relative accuracy, also where it underflows and
/// only its log can be seen.
///
/// P is x^a exp(-x) / Gamma(a + 1) times a series of positive terms; the tails for x >= a, and for large a on both
/// sides, are x^a exp(-x) / Gamma(a) times the integral over u of exp(+-a u -+ x (exp(+-u) - 1)), which is t = x
/// exp(+-u) put into the definition. The derivative of the log with respect to a is then log x - digamma(a) plus the
/// mean of +-u under that integrand: nothing is lost by cancellation in the tails.
public final class IncompleteGamma {
  /// From this shape on the lower tail is integrated: its series would need 9 sqrt(a) terms.
  private static final double LARGE_SHAPE = 100;

  private IncompleteGamma() {}

  /// P(a, x): the distribution function of a gamma variable with shape a and rate 1.
  public static double gamma_p(double a, double x) {
    if (isEdge(a, x)) {
      return edge(a, x);
    }
    return isLower(a, x) ? Math.exp(logLower(a, x)) : -Math.expm1(logUpper(a, x));
  }

  /// Q(a, x) = 1 - P(a, x).
  public static double gamma_q(double a, double x) {
    if (isEdge(a, x)) {
      return 1 - edge(a, x);
    }
    return isLower(a, x) ? upperFromLower(a, x) : Math.exp(logUpper(a, x));
  }

  /// log P(a, x).
  public static double log_gamma_p(double a, double x) {
    if (isEdge(a, x)) {
      return Math.log(edge(a, x));
    }
    if (!isLower(a, x)) {
      return LogSpace.log1m_exp(logUpper(a, x));
    }
    double log = logLower(a, x);
    return log < -0.5 ? log : Math.log1p(-upperFromLower(a, x));
  }

  /// log Q(a, x).
  public static double log_gamma_q(double a, double x) {
    if (isEdge(a, x)) {
      return Math.log1p(-edge(a, x));
    }
    if (!isLower(a, x)) {
      return logUpper(a, x);
    }
    double log = logLower(a, x);
    return log < -0.5 ? Math.log1p(-Math.exp(log)) : Math.log(upperFromLower(a, x));
  }

  /// The derivative of P with respect to a; that of Q is its negative.
  public static double gamma_p_da(double a, double x) {
    if (isEdge(a, x)) {
      return 0;
    }
    return isLower(a, x) ? Math.exp(logLower(a, x)) * lowerSlope(a, x) : -Math.exp(logUpper(a, x)) * upperSlope(a, x);
  }

  /// The derivative of log P with respect to a.
  public static double log_gamma_p_da(double a, double x) {
    if (isEdge(a, x)) {
      return 0;
    }
    return isLower(a, x) ? lowerSlope(a, x)
        : -Math.exp(logUpper(a, x) - log_gamma_p(a, x)) * upperSlope(a, x);
  }

  /// The derivative of log Q with respect to a.
  public static double log_gamma_q_da(double a, double x) {
    if (isEdge(a, x)) {
      return 0;
    }
    return isLower(a, x) ? -Math.exp(logLower(a, x) - log_gamma_q(a, x)) * lowerSlope(a, x) : upperSlope(a, x);
  }

  /// The derivative of P with respect to x: the density of a gamma variable with shape a and rate 1. At x = 0 it is
  /// infinite for shapes below 1 and taken as 0, as that of log P is for all: what scales an x of 0 moves nothing.
  public static double gamma_p_dx(double a, double x) {
    return x <= 0 ? (x == 0 && a == 1 ? 1 : 0) : Math.exp(logFront(a, x)) / x;
  }

  /// The derivative of log P with respect to x.
  public static double log_gamma_p_dx(double a, double x) {
    return x <= 0 || x == Double.POSITIVE_INFINITY ? 0 : Math.exp(logFront(a, x) - log_gamma_p(a, x)) / x;
  }

  /// The derivative of log Q with respect to x.
  public static double log_gamma_q_dx(double a, double x) {
    return x <= 0 ? -gamma_p_dx(a, x) : -Math.exp(logFront(a, x) - log_gamma_q(a, x)) / x;
  }

  private static boolean isEdge(double a, double x) {
    return !(a > 0 && x > 0 && a < Double.POSITIVE_INFINITY && x < Double.POSITIVE_INFINITY);
  }

  private static double edge(double a, double x) {
    if (Double.isNaN(a) || Double.isNaN(x) || a < 0) {
      return Double.NaN;
    }
    return x <= 0 ? 0 : x == Double.POSITIVE_INFINITY ? 1 : a == 0 ? 1 : 0;
  }

  private static boolean isLower(double a, double x) {
    return x < a || x < 1;
  }

  /// log of x^a exp(-x) / Gamma(a).
  private static double logFront(double a, double x) {
    if (a < 10) {
      return a * Math.log(x) - x - GammaFunctions.lgamma(a);
    }
    return a * LogSpace.log1pmx((x - a) / a, x / a) + 0.5 * Math.log(a) - GammaFunctions.HALF_LOG_TWO_PI
        - GammaFunctions.stirlingError(a);
  }

  private static double logLower(double a, double x) {
    if (a > LARGE_SHAPE) {
      return logFront(a, x) + Math.log(integral(a, x, -1, false));
    }
    return a * Math.log(x) - x - GammaFunctions.lgamma1p(a) + Math.log(series(a, x, false));
  }

  private static double logUpper(double a, double x) {
    return logFront(a, x) + Math.log(integral(a, x, 1, false));
  }

  private static double lowerSlope(double a, double x) {
    double mean = a > LARGE_SHAPE ? -integral(a, x, -1, true) - GammaFunctions.digamma(a)
        : series(a, x, true) - GammaFunctions.digamma(a + 1);
    return Math.log(x) + mean;
  }

  private static double upperSlope(double a, double x) {
    return Math.log(x) - GammaFunctions.digamma(a) + integral(a, x, 1, true);
  }

  /// 1 - P where P comes from the series. For small shapes P is near 1, and what is left is
  /// 1 - x^a / Gamma(1 + a) (1 + a sum over n >= 1 of (-x)^n / (n! (a + n))).
  private static double upperFromLower(double a, double x) {
    if (a >= 1 || x >= 1) {
      return -Math.expm1(logLower(a, x));
    }
    double sum = 0;
    double term = 1;
    for (int n = 1; n < 25; n++) {
      term *= -x / n;
      sum += term / (a + n);
    }
    double log = a * Math.log(x) - GammaFunctions.lgamma1p(a);
    return -Math.expm1(log) - Math.exp(log) * a * sum;
  }

  /// S = the sum over n of x^n / ((a + 1) .. (a + n)), or the derivative of log S with respect to a.
  private static double series(double a, double x, boolean slope) {
    double sum = 1;
    double weighted = 0;
    double harmonic = 0;
    double term = 1;
    for (int n = 1; term > 1e-17 * sum; n++) {
      term *= x / (a + n);
      harmonic += 1 / (a + n);
      sum += term;
      weighted += term * harmonic;
    }
    return slope ? -weighted / sum : sum;
  }

  /// The integral over u > 0 of exp(side (a u) - side x (exp(side u) - 1)), or the mean of u under that integrand.
  private static double integral(double a, double x, int side, boolean mean) {
    double fall = side * (x - a);
    double scale = 2 / (fall + Math.sqrt(fall * fall + 2 * x));
    double sum = 0;
    double moment = 0;
    for (int k = 0; k < TailQuadrature.COUNT; k++) {
      double u = scale * TailQuadrature.node(k);
      double exponent = -fall * u - x * TailQuadrature.expm1mx(side * u);
      if (exponent < TailQuadrature.NEGLIGIBLE) {
        break;
      }
      double f = TailQuadrature.weight(k) * Math.exp(exponent);
      sum += f;
      moment += f * u;
    }
    return mean ? moment / sum : scale * sum;
  }
}
