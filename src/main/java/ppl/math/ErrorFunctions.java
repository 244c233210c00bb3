package ppl.math;

/// The error function and the normal distribution function, with full relative accuracy in the tails.
public final class ErrorFunctions {
  static final double LOG_SQRT_TWO_PI = 0.9189385332046728;
  private static final double SQRT_HALF = 0.7071067811865476;
  private static final double SQRT_2_OVER_PI = 0.7978845608028654;
  static final double INV_SQRT_TWO_PI = 0.3989422804014327;

  /// erf(x) / x in x^2 on 0..1/4.
  private static final double[] ERF_P = {
      1.1283791670955126, 0.13273781588831823, 0.04003497179909916, 0.001111947160008201,
      6.53146755682646e-05};
  private static final double[] ERF_Q = {
      1.0, 0.4509691597993518, 0.08580312323455648, 0.008299086420556764,
      0.00035166476084434685};
  /// erfcx(x) on 1/2..2.
  private static final double[] ERFCX_LOW_P = {
      0.99999999999989, 1.5799195232343928, 1.2629965494176012, 0.6217677343635821,
      0.20054008833248282, 0.042039150421104565, 0.005302154239338359, 0.0003118763697107496,
      1.0356572343230974e-10};
  private static final double[] ERFCX_LOW_Q = {
      1.0, 2.708298690327722, 3.3189843698759796, 2.4107946408614147,
      1.1391713814893683, 0.3601287411880817, 0.07479074572436954, 0.00939767796913873,
      0.0005527938349229329};
  /// erfcx(x) on 2..6.
  private static final double[] ERFCX_MID_P = {
      0.999999527195833, 1.930656843757913, 1.831919794214674, 1.0793185653102635,
      0.42365278406620477, 0.11127252187586743, 0.01837816105909154, 0.001554982825819593,
      1.2756755778840908e-13};
  private static final double[] ERFCX_MID_Q = {
      1.0, 3.059032203420364, 4.2836831227672905, 3.606118371998466,
      2.010280910754305, 0.7671919297269761, 0.19860349484888795, 0.032574441633519746,
      0.002756135316066581};
  /// x erfcx(x) in 1 / x^2 on 0..1/36.
  private static final double[] ERFCX_HIGH_P = {
      0.5641895835477563, 13.457810672725579, 102.8654392627993, 292.16729160130376,
      262.7437669863988, 33.90763326999529};
  private static final double[] ERFCX_HIGH_Q = {
      1.0, 24.353348351629805, 193.7509181222512, 598.3384889046434,
      658.657285654665, 173.66985724619582};

  private ErrorFunctions() {}

  public static double erf(double x) {
    double a = Math.abs(x);
    if (a < 0.5) {
      return x * Rational.ratio(ERF_P, ERF_Q, x * x);
    }
    double tail = a > 6 ? 0 : expMinusSquare(a) * erfcxPositive(a);
    return Math.copySign(1 - tail, x) + (Double.isNaN(x) ? x : 0);
  }

  /// 1 - erf(x).
  public static double erfc(double x) {
    if (Math.abs(x) < 0.5) {
      return 1 - erf(x);
    }
    if (x > 27.3) {
      return 0;
    }
    return x > 0 ? expMinusSquare(x) * erfcxPositive(x) : 1 + erf(-x);
  }

  /// exp(x^2) erfc(x).
  public static double erfcx(double x) {
    if (x >= 0.5) {
      return erfcxPositive(x);
    }
    return Double.isNaN(x) ? x : x > -0.5 ? Math.exp(x * x) * (1 - erf(x)) : x < -26.7 ? Double.POSITIVE_INFINITY
        : 2 / expMinusSquare(-x) - erfcx(-x);
  }

  private static double erfcxPositive(double x) {
    if (x < 2) {
      return Rational.ratio(ERFCX_LOW_P, ERFCX_LOW_Q, x);
    }
    if (x < 6) {
      return Rational.ratio(ERFCX_MID_P, ERFCX_MID_Q, x);
    }
    double r = 1 / x;
    return r * Rational.ratio(ERFCX_HIGH_P, ERFCX_HIGH_Q, r * r);
  }

  /// exp(-x^2): the rounding of x^2 would cost x^2 units in the last place, so it is put back.
  private static double expMinusSquare(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    return Math.exp(-square) * (1 - rest);
  }

  /// exp(-x^2 / 2).
  private static double expMinusHalfSquare(double x) {
    double square = x * x;
    double rest = Math.fma(x, x, -square);
    return Math.exp(-0.5 * square) * (1 - 0.5 * rest);
  }

  /// The standard normal distribution function.
  public static double Phi(double x) {
    double z = Math.abs(x);
    if (z < 0.7) {
      return 0.5 + 0.5 * erf(x * SQRT_HALF);
    }
    double tail = z > 38.6 ? 0 : 0.5 * expMinusHalfSquare(z) * erfcx(z * SQRT_HALF);
    return x < 0 ? tail : Double.isNaN(x) ? x : 1 - tail;
  }

  /// log Phi(x), down to x = -1e154.
  public static double log_Phi(double x) {
    if (x < -1) {
      return x == Double.NEGATIVE_INFINITY ? x : -0.5 * x * x + Math.log(0.5 * erfcx(-x * SQRT_HALF));
    }
    return x < 0 ? Math.log(Phi(x)) : Math.log1p(-Phi(-x));
  }

  /// The derivative of `log_Phi`: the normal density over the distribution function.
  public static double log_Phi_dx(double x) {
    return x > 38.6 ? 0 : x < 0 ? SQRT_2_OVER_PI / erfcx(-x * SQRT_HALF)
        : INV_SQRT_TWO_PI * expMinusHalfSquare(x) / Phi(x);
  }

  /// log(Phi(x) - Phi(y)) for x >= y, in both tails.
  public static double log_diff_Phi(double x, double y) {
    if (x + y > 0) {
      return log_diff_Phi(-y, -x);
    }
    double upper = log_Phi(x);
    double lower = log_Phi(y);
    return x - y < 1e-4 * Math.max(1, -x) && x > y ? narrow(x, y) : LogSpace.log_diff_exp(upper, lower);
  }

  /// log of a narrow normal interval: the density's integral about its middle m. With d the half width,
  /// the integral of exp(-m t - t^2 / 2) over -d..d is 2 sinh(m d) / m (1 - d^2 / 6 + ..).
  private static double narrow(double x, double y) {
    double m = 0.5 * (x + y);
    double d = 0.5 * (x - y);
    double md = m * d;
    double md2 = md * md;
    double shape = md2 / 6 + md2 * md2 / 120 - d * d / 6;
    return -0.5 * m * m - LOG_SQRT_TWO_PI + Math.log(2 * d) + Math.log1p(shape);
  }
}
