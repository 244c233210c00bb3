package ppl.math;

/// Sums, differences and the logistic function without overflow and without cancellation. Names are Stan's.
public final class LogSpace {
  private static final double LOG_2 = 0.6931471805599453;

  private LogSpace() {}

  /// log(1 + x), within two units in the last place: the logarithm of 1 + x as rounded, and what rounding lost of x, by the
  /// slope there (Kahan). Compiled it takes half of the time of `Math.log1p`, which no JVM knows by name as it does `Math.log`.
  public static double log1p(double x) {
    double u = 1 + x;
    if (u == 1) return x;
    return u > 0 && u < Double.POSITIVE_INFINITY ? Math.log(u) + (x - (u - 1)) / u : Math.log(u);
  }

  /// log(1 + exp(x)), the softplus.
  public static double log1p_exp(double x) {
    return x > 0 ? x + log1p(Math.exp(-x)) : log1p(Math.exp(x));
  }

  /// log(1 - exp(x)) for x <= 0; NaN above 0. Mächler (2012), "Accurately computing log(1 - exp(-|a|))".
  public static double log1m_exp(double x) {
    return x > -LOG_2 ? Math.log(-Math.expm1(x)) : log1p(-Math.exp(x));
  }

  /// log(1 - x) for x <= 1.
  public static double log1m(double x) {
    return log1p(-x);
  }

  /// log(exp(x) + exp(y)).
  public static double log_sum_exp(double x, double y) {
    double m = Math.max(x, y);
    return Double.isInfinite(m) ? m : m + log1p(Math.exp(Math.min(x, y) - m));
  }

  /// log(exp(x) - exp(y)) for x >= y; negative infinity where they are equal, NaN where x < y.
  public static double log_diff_exp(double x, double y) {
    if (x == y) {
      return x == Double.POSITIVE_INFINITY ? Double.NaN : Double.NEGATIVE_INFINITY;
    }
    return y == Double.NEGATIVE_INFINITY ? x : x + log1m_exp(y - x);
  }

  /// log of the sum of exp(x[i]); negative infinity for no elements.
  public static double log_sum_exp(double[] x) {
    return log_sum_exp(x, 0, x.length);
  }

  /// log of the sum of exp over the n elements that begin at `from`.
  public static double log_sum_exp(double[] x, int from, int n) {
    double m = Double.NEGATIVE_INFINITY;
    for (int i = from; i < from + n; i++) {
      m = Math.max(m, x[i]);
    }
    if (Double.isInfinite(m) || Double.isNaN(m)) {
      return m;
    }
    double s = 0;
    for (int i = from; i < from + n; i++) {
      s += Math.exp(x[i] - m);
    }
    return m + Math.log(s);
  }

  /// 1 / (1 + exp(-x)), with full relative accuracy in the left tail.
  public static double inv_logit(double x) {
    if (x >= 0) {
      return 1 / (1 + Math.exp(-x));
    }
    double e = Math.exp(x);
    return e / (1 + e);
  }

  /// log(p / (1 - p)), accurate also near one half.
  public static double logit(double p) {
    return p > 0.3 && p < 0.7 ? log1p((2 * p - 1) / (1 - p)) : Math.log(p) - log1p(-p);
  }

  /// log(inv_logit(x)).
  public static double log_inv_logit(double x) {
    return -log1p_exp(-x);
  }

  /// log(1 - inv_logit(x)).
  public static double log1m_inv_logit(double x) {
    return -log1p_exp(x);
  }

  /// log(inv_logit(x) - inv_logit(y)) for x >= y: the log probability of a middle category of an ordered logistic.
  public static double log_inv_logit_diff(double x, double y) {
    if (y == Double.NEGATIVE_INFINITY) {
      return log_inv_logit(x);
    }
    if (x == Double.POSITIVE_INFINITY) {
      return log1m_inv_logit(y);
    }
    return log1m_exp(y - x) + log_inv_logit(x) + log1m_inv_logit(y);
  }

  /// 1 - exp(-exp(x)), the inverse of the complementary log-log link.
  public static double inv_cloglog(double x) {
    return -Math.expm1(-Math.exp(x));
  }

  /// x log(y), and 0 where x is 0, whatever y is (unless y is NaN).
  public static double lmultiply(double x, double y) {
    return x == 0 && !Double.isNaN(y) ? 0 : x * Math.log(y);
  }

  /// x log(1 + y), and 0 where x is 0.
  public static double xlog1py(double x, double y) {
    return x == 0 && !Double.isNaN(y) ? 0 : x * log1p(y);
  }

  /// log(theta exp(x) + (1 - theta) exp(y)).
  public static double log_mix(double theta, double x, double y) {
    return log_sum_exp(Math.log(theta) + x, log1p(-theta) + y);
  }

  /// log(1 + d) - d, without cancellation for small d.
  static double log1pmx(double d) {
    return log1pmx(d, 1 + d);
  }

  /// The same where 1 + d is known better than by adding.
  static double log1pmx(double d, double onePlusD) {
    if (d < -0.4 || d > 0.6) {
      return Math.log(onePlusD) - d;
    }
    double r = d / (2 + d);
    double r2 = r * r;
    double sum = 0;
    double power = r2;
    for (int k = 3; power > 1e-18; k += 2) {
      sum += power / k;
      power *= r2;
    }
    return r * (2 * sum - d);
  }
}
