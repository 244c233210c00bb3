package ppl.math;

/// The gamma function and its relatives. Names are Stan's. Poles (0 and the negative integers) give infinity for
/// `lgamma` and NaN for the derivatives there, except that `digamma(0)` is negative infinity.
public final class GammaFunctions {
  static final double HALF_LOG_TWO_PI = 0.9189385332046728;
  private static final double LOG_PI = 1.1447298858494002;
  /// From here on the asymptotic series are exact to the last bits.
  private static final double LARGE = 10;
  /// The positive zero of digamma, and what its rounding left over.
  private static final double DIGAMMA_ZERO = 1.4616321449683622;
  private static final double DIGAMMA_ZERO_REST = 9.549995429965697e-17;

  /// lgamma(1 + z) / (z (z - 1)) on 0..1.
  private static final double[] LGAMMA_P = {
      0.5772156649015329, 1.6820338260351562, 1.8707344397470345, 0.9930539511620571,
      0.25669829592642, 0.029220238177271075, 0.0010806808353176355, 2.9464583706502804e-06};
  private static final double[] LGAMMA_Q = {
      1.0, 3.3389343216915495, 4.390349291918918, 2.8861913529065033,
      0.9950486887673503, 0.1724069213280993, 0.01299531649521575, 0.0002909818225875854};
  /// digamma(1 + z) / (1 + z - its zero) on 0..1.
  private static final double[] DIGAMMA_P = {
      1.2503801375034054, 2.0411087477806844, 1.2230507843318603, 0.34147280190464624,
      0.04591029345598592, 0.0027161996380116174, 5.23549255486597e-05, 6.368515133880996e-08};
  private static final double[] DIGAMMA_Q = {
      1.0, 2.315937386980913, 1.9594031821041815, 0.7901860963473188,
      0.1626356759950898, 0.016650272465346456, 0.0007449827179226764, 1.0084992601278136e-05};
  /// B(2k) / (2k (2k - 1)): Stirling's series in 1 / x^2, times x.
  private static final double[] STIRLING = {
      1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400};
  /// B(2k) / (2k).
  private static final double[] DIGAMMA_SERIES = {
      1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160};
  /// The Bernoulli numbers B(2), B(4), ...
  private static final double[] BERNOULLI = {
      1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510, 43867.0 / 798,
      -174611.0 / 330};

  private GammaFunctions() {}

  /// log |Gamma(x)|.
  public static double lgamma(double x) {
    if (x >= LARGE) {
      return x < 1e300 ? (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirling(x) : x * (Math.log(x) - 1);
    }
    if (x > 2) {
      double product = 1;
      double t = x;
      while (t > 2) {
        t -= 1;
        product *= t;
      }
      return Math.log(product) + lgammaNearOne(t - 1);
    }
    if (x >= 1) {
      return lgammaNearOne(x - 1);
    }
    if (x > 0) {
      return lgammaNearOne(x) - Math.log(x);
    }
    return lgammaReflected(x);
  }

  private static double lgammaNearOne(double z) {
    return z * (z - 1) * Rational.ratio(LGAMMA_P, LGAMMA_Q, z);
  }

  private static double lgammaReflected(double x) {
    if (Double.isNaN(x) || x == Math.rint(x)) {
      return Double.isNaN(x) ? x : Double.POSITIVE_INFINITY;
    }
    return LOG_PI - Math.log(Math.abs(sinPi(x))) - Math.log(-x) - lgamma(-x);
  }

  /// log Gamma(1 + x) for x > -1, exact in relative terms near 0.
  public static double lgamma1p(double x) {
    return x >= 0 && x <= 1 ? lgammaNearOne(x)
        : x < 0 && x > -0.5 ? lgammaNearOne(x + 1) - Math.log1p(x) : lgamma(1 + x);
  }

  private static double stirling(double x) {
    double r = 1 / x;
    return Rational.horner(STIRLING, r * r) * r;
  }

  /// lgamma(x) - ((x - 1/2) log x - x + log(2 pi) / 2) for x > 0: the error of Stirling's formula.
  static double stirlingError(double x) {
    return x >= LARGE ? stirling(x) : lgamma(x) - ((x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI);
  }

  /// The derivative of `lgamma`.
  public static double digamma(double x) {
    if (x >= LARGE) {
      double r = 1 / x;
      return Math.log(x) - 0.5 * r - Rational.horner(DIGAMMA_SERIES, r * r) * (r * r);
    }
    if (x >= 1) {
      double sum = 0;
      double t = x;
      while (t > 2) {
        t -= 1;
        sum += 1 / t;
      }
      return sum + digammaNearOne(t - 1);
    }
    if (x > 0) {
      return digammaNearOne(x) - 1 / x;
    }
    if (x == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    return Double.isNaN(x) || x == Math.rint(x) ? Double.NaN : digamma(1 - x) - Math.PI / tanPi(x);
  }

  /// log x - 1 / (2 x) - digamma(x) for x > 0: the error of the first terms of its series.
  static double digammaError(double x) {
    double r = 1 / x;
    return x >= LARGE ? Rational.horner(DIGAMMA_SERIES, r * r) * (r * r) : Math.log(x) - 0.5 * r - digamma(x);
  }

  /// digamma(x) - log y for x, y > 0, without cancellation for large arguments.
  public static double digamma_minus_log(double x, double y) {
    return x >= LARGE ? Math.log(x / y) - 0.5 / x - digammaError(x) : digamma(x) - Math.log(y);
  }

  /// The entropy of a gamma variable with rate 1, x + lgamma(x) + (1 - x) digamma(x), without cancellation for large
  /// shapes.
  public static double gamma_entropy(double x) {
    return x >= LARGE ? 0.5 * Math.log(x) + HALF_LOG_TWO_PI + 0.5 - 0.5 / x + stirling(x) + (x - 1) * digammaError(x)
        : x + lgamma(x) + (1 - x) * digamma(x);
  }

  private static double digammaNearOne(double z) {
    double fromZero = (z - (DIGAMMA_ZERO - 1)) - DIGAMMA_ZERO_REST;
    return fromZero * Rational.ratio(DIGAMMA_P, DIGAMMA_Q, z);
  }

  /// The second derivative of `lgamma`.
  public static double trigamma(double x) {
    return polygamma(1, x);
  }

  /// The derivative of order n + 1 of `lgamma`: n = 0 is digamma, 1 trigamma. For n > 2, x must be positive.
  public static double polygamma(int n, double x) {
    if (n == 0) {
      return digamma(x);
    }
    if (x > 0) {
      return polygammaPositive(n, x);
    }
    if (x == Math.rint(x) || Double.isInfinite(x) || Double.isNaN(x)) {
      return x == 0 && n == 1 ? Double.POSITIVE_INFINITY : Double.NaN;
    }
    double s = sinPi(x);
    return switch (n) {
      case 1 -> Math.PI * Math.PI / (s * s) - polygammaPositive(1, 1 - x);
      case 2 -> polygammaPositive(2, 1 - x) - 2 * Math.PI * Math.PI * Math.PI * cosPi(x) / (s * s * s);
      default -> Double.NaN;
    };
  }

  /// (-1)^(n+1) n! sum over k of 1 / (x + k)^(n+1): the first terms as they are, the rest by Euler and Maclaurin.
  private static double polygammaPositive(int n, double x) {
    double sum = 0;
    double t = x;
    for (; t < LARGE + n; t += 1) {
      sum += power(1 / t, n + 1);
    }
    double r = 1 / t;
    double coefficient = 0.5 * (n + 1);
    double series = 0;
    double r2k = r * r;
    for (int k = 0; k < BERNOULLI.length; k++) {
      series += BERNOULLI[k] * coefficient * r2k;
      r2k *= r * r;
      coefficient *= (n + 2 * k + 2.0) * (n + 2 * k + 3.0) / ((2 * k + 3.0) * (2 * k + 4.0));
    }
    sum += power(r, n) * (1.0 / n + 0.5 * r + series);
    double factorial = 1;
    for (int k = 2; k <= n; k++) {
      factorial *= k;
    }
    return (n % 2 == 0 ? -1 : 1) * factorial * sum;
  }

  private static double power(double x, int n) {
    double p = x;
    for (int i = 1; i < n; i++) {
      p *= x;
    }
    return p;
  }

  /// log B(a, b) = lgamma(a) + lgamma(b) - lgamma(a + b) for a, b >= 0, without cancellation for large arguments.
  public static double lbeta(double a, double b) {
    double p = Math.min(a, b);
    double q = Math.max(a, b);
    if (p == 0) {
      return q == Double.POSITIVE_INFINITY ? Double.NaN : Double.POSITIVE_INFINITY;
    }
    if (q == Double.POSITIVE_INFINITY) {
      return Double.NEGATIVE_INFINITY;
    }
    if (p >= LARGE) {
      double correction = stirling(p) + stirling(q) - stirling(p + q);
      return -0.5 * Math.log(q) + HALF_LOG_TWO_PI + (p - 0.5) * Math.log(p / (p + q)) - q * Math.log1p(p / q)
          + correction;
    }
    return q >= LARGE ? lgamma(p) - log_rising_factorial(q, p) : lgamma(p) + lgamma(q) - lgamma(p + q);
  }

  /// log Gamma(x + n) - log Gamma(x) for x > 0, x + n > 0 and real n: accurate also where n is small beside x.
  public static double log_rising_factorial(double x, double n) {
    if (n < 0) {
      return -log_rising_factorial(x + n, -n);
    }
    if (x < LARGE) {
      return n < 1 && x > 0.5 ? log_rising_factorial(x + 1, n) - Math.log1p(n / x) : lgamma(x + n) - lgamma(x);
    }
    return (x - 0.5) * Math.log1p(n / x) + n * Math.log(x + n) - n + (stirling(x + n) - stirling(x));
  }

  /// log Gamma(x + 1) - log Gamma(x - n + 1) for real n < x + 1.
  public static double log_falling_factorial(double x, double n) {
    return log_rising_factorial(x - n + 1, n);
  }

  /// log of the binomial coefficient for real n >= k >= 0.
  public static double lchoose(double n, double k) {
    if (k == 0 || k == n) {
      return 0;
    }
    return k < 0 || k > n ? Double.NEGATIVE_INFINITY : -Math.log1p(n) - lbeta(n - k + 1, k + 1);
  }

  /// The multivariate log gamma function of dimension k at x > (k - 1) / 2.
  public static double lmgamma(int k, double x) {
    double sum = 0.25 * k * (k - 1) * LOG_PI;
    for (int j = 0; j < k; j++) {
      sum += lgamma(x - 0.5 * j);
    }
    return sum;
  }

  /// The derivative of `lmgamma` with respect to x.
  public static double lmgamma_dx(int k, double x) {
    double sum = 0;
    for (int j = 0; j < k; j++) {
      sum += digamma(x - 0.5 * j);
    }
    return sum;
  }

  /// log Gamma(x + 1), the log factorial of a real number.
  public static double lfactorial(double x) {
    return lgamma1p(x);
  }

  /// The gamma function itself.
  public static double tgamma(double x) {
    if (x < 0) {
      return x == Math.rint(x) || Double.isInfinite(x) ? Double.NaN : Math.PI / (sinPi(x) * tgamma(1 - x));
    }
    if (x > 20) {
      return Math.exp(lgamma(x));
    }
    double product = 1;
    double t = x;
    while (t > 2) {
      t -= 1;
      product *= t;
    }
    return t >= 1 ? product * Math.exp(lgammaNearOne(t - 1)) : Math.exp(lgammaNearOne(t)) / t;
  }

  /// sin(pi x), exact at the integers.
  static double sinPi(double x) {
    double r = x - 2 * Math.rint(0.5 * x);
    double folded = Math.abs(r) > 0.5 ? Math.copySign(1, r) - r : r;
    return Math.sin(Math.PI * folded);
  }

  static double cosPi(double x) {
    double r = Math.abs(x - 2 * Math.rint(0.5 * x));
    return r > 0.25 && r < 0.75 ? Math.sin(Math.PI * (0.5 - r)) : Math.cos(Math.PI * r);
  }

  private static double tanPi(double x) {
    return sinPi(x) / cosPi(x);
  }
}
