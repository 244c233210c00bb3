package ppl.kernels;

/// Exponentials and logarithms of single numbers, by the very operations of [ElementaryLanes].
///
/// exp(x) = 2^k exp(r) with |r| <= log(2) / 2, and log(2^k m) = k log 2 + log m with sqrt(1/2) <= m < sqrt(2), as in
/// Tang (1989, 1990), "Table-driven implementation of the exponential / logarithm function", without the tables;
/// polynomials are Chebyshev fits.
final class Elementary {
  static final double LOG2E = 1.4426950408889634;
  /// Adding it rounds to a whole number, which then stands in the last bits.
  static final double MAGIC = 0x1.8p52;
  static final double LN2_HIGH = 6.93147180369123816490e-01;
  static final double LN2_LOW = 1.90821492927058770002e-10;
  /// Beyond these, exp is 0 or infinite.
  static final double LEAST = -746;
  static final double MOST = 710;
  /// Up to it exp(x) and exp(-x) are normal numbers.
  static final double NEAR = 708;
  /// (exp(r) - 1 - r) / r^2.
  static final double E0 = 0.5, E1 = 0.1666666666666667, E2 = 0.04166666666666667, E3 = 0.008333333333326084,
      E4 = 0.0013888888888883711, E5 = 0.0001984126987500228, E6 = 2.480158732567746e-05, E7 = 2.755725517000089e-06,
      E8 = 2.755727347871858e-07, E9 = 2.5105312729622103e-08, E10 = 2.09147553258932e-09;
  /// (2 artanh(s) / s - 2) / s^2 in s^2, for |s| <= 0.1716.
  static final double L0 = 0.6666666666666666, L1 = 0.40000000000000885, L2 = 0.28571428570799784,
      L3 = 0.22222222392581045, L4 = 0.18181795547521137, L5 = 0.15386244737621665, L6 = 0.13268638369266825,
      L7 = 0.13088034850927555;
  /// The same for 0 <= s <= 1/3.
  static final double P0 = 0.6666666666666666, P1 = 0.40000000000000013, P2 = 0.28571428571421936,
      P3 = 0.2222222222333306, P4 = 0.181818180859226, P5 = 0.15384620257534107, P6 = 0.13333176845154815,
      P7 = 0.11767999621908995, P8 = 0.10480378055059916, P9 = 0.09942174626855363, P10 = 0.06333514257523104,
      P11 = 0.15232286637463646;
  /// The bits of sqrt(1/2).
  static final long ROOT_HALF = 0x3fe6a09e667f3bcdL;
  static final int BIAS = 1023;

  private Elementary() {}

  static double exp(double x) {
    double y = Math.min(Math.max(x, LEAST), MOST);
    double whole = Math.fma(y, LOG2E, MAGIC);
    double kd = whole - MAGIC;
    double r = Math.fma(kd, -LN2_LOW, Math.fma(kd, -LN2_HIGH, y));
    double p = reduced(r);
    long k = Double.doubleToRawLongBits(whole) - Double.doubleToRawLongBits(MAGIC);
    long half = k >> 1;
    double one = Double.longBitsToDouble(half + BIAS << 52);
    double other = Double.longBitsToDouble(k - half + BIAS << 52);
    return Math.fma(p, one, one) * other;
  }

  /// exp(-|x|), and 0 where that is no normal number.
  static double decay(double x) {
    double a = Math.abs(x);
    double whole = Math.fma(-a, LOG2E, MAGIC);
    double kd = whole - MAGIC;
    double p = reduced(Math.fma(kd, -LN2_LOW, Math.fma(kd, -LN2_HIGH, -a))) + 1;
    double y = Double.longBitsToDouble(Double.doubleToRawLongBits(p) + (Double.doubleToRawLongBits(whole) << 52));
    return a > NEAR ? 0 : y;
  }

  /// exp(r) - 1 for |r| <= log(2) / 2.
  static double reduced(double r) {
    double p = Math.fma(E10, r, E9);
    p = Math.fma(p, r, E8);
    p = Math.fma(p, r, E7);
    p = Math.fma(p, r, E6);
    p = Math.fma(p, r, E5);
    p = Math.fma(p, r, E4);
    p = Math.fma(p, r, E3);
    p = Math.fma(p, r, E2);
    p = Math.fma(p, r, E1);
    p = Math.fma(p, r, E0);
    return Math.fma(p * r, r, r);
  }

  /// Whether [#normalLog] has an answer.
  static boolean isNormal(double x) {
    return x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE;
  }

  static double log(double x) {
    return isNormal(x) ? normalLog(x) : Math.log(x);
  }

  private static double normalLog(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long k = bits - ROOT_HALF >> 52;
    double m = Double.longBitsToDouble(bits - (k << 52));
    double kd = k;
    double f = m - 1;
    double s = f / (f + 2);
    double z = s * s;
    double p = artanh(z);
    double half = 0.5 * f * f;
    return Math.fma(kd, LN2_HIGH, f - (half - Math.fma(s, Math.fma(p, z, half), kd * LN2_LOW)));
  }

  /// (2 artanh(s) / s - 2) / s^2 for z = s^2.
  static double artanh(double z) {
    double p = Math.fma(L7, z, L6);
    p = Math.fma(p, z, L5);
    p = Math.fma(p, z, L4);
    p = Math.fma(p, z, L3);
    p = Math.fma(p, z, L2);
    p = Math.fma(p, z, L1);
    return Math.fma(p, z, L0);
  }

  static double log1p(double x) {
    double u = 1 + x;
    return isNormal(u) ? normalLog(u) + (x - (u - 1)) / u : Math.log1p(x);
  }

  /// log(1 + t) for 0 <= t <= 1.
  static double log1pSmall(double t) {
    double s = t / (t + 2);
    double z = s * s;
    double p = Math.fma(P11, z, P10);
    p = Math.fma(p, z, P9);
    p = Math.fma(p, z, P8);
    p = Math.fma(p, z, P7);
    p = Math.fma(p, z, P6);
    p = Math.fma(p, z, P5);
    p = Math.fma(p, z, P4);
    p = Math.fma(p, z, P3);
    p = Math.fma(p, z, P2);
    p = Math.fma(p, z, P1);
    p = Math.fma(p, z, P0);
    double half = 0.5 * t * t;
    return t - (half - s * Math.fma(p, z, half));
  }

  /// log(1 + exp(x)), given t = exp(-|x|).
  static double softplus(double x, double t) {
    return Math.max(x, 0) + log1pSmall(t);
  }

  /// 1 / (1 + exp(-x)), given t = exp(-|x|).
  static double sigmoid(double x, double t) {
    double q = 1 / (1 + t);
    return x >= 0 ? q : t * q;
  }
}
