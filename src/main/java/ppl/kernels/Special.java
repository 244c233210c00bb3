package ppl.kernels;

import static ppl.kernels.Elementary.*;
import static ppl.kernels.Polynomials.*;

/// Special functions of single numbers, by the very operations of [SpecialLanes].
///
/// - erfc(x) = exp(-x^2) g(x), where exp(-x^2) is corrected for the rounding of x^2 and g is a polynomial in
///   (x - 4) / (x + 4), as in Shepherd and Laframboise (1981), "Chebyshev approximation of (1 + 2x) exp(x^2) erfc x".
/// - log Gamma and digamma: Stirling's series from [#FAR] on; below, a polynomial about 2 and the recurrence.
/// - x^y = exp(y log x) with log x in two numbers.
final class Special {
  /// Where Stirling's series begin.
  static final double FAR = 8.5;
  /// Beyond this, exp(-x^2) and exp(-x^2 / 2) are 0.
  static final double GONE = 60;
  static final double LARGE = 1e300;
  /// Within these, 2^k of [Elementary#exp] is one number.
  static final double PLAIN = 700;
  static final double ROOT = 0.7071067811865476;
  /// 1 / sqrt(2 pi).
  static final double DENSITY = 0.3989422804014327;
  /// (log(2 pi) - 1) / 2.
  static final double STIRLING = 0.41893853320467274;

  private Special() {}

  static double expm1(double x) {
    return Math.abs(x) <= PLAIN ? plainExpm1(x) : Math.expm1(x);
  }

  static double plainExpm1(double x) {
    double whole = Math.fma(x, LOG2E, MAGIC);
    double kd = whole - MAGIC;
    double p = reduced(Math.fma(kd, -LN2_LOW, Math.fma(kd, -LN2_HIGH, x)));
    double power = Double.longBitsToDouble(Double.doubleToRawLongBits(whole) + BIAS << 52);
    return Math.fma(p, power, power - 1);
  }

  static double tanh(double x) {
    double a = 2 * Math.abs(x);
    double e = plainExpm1(-(a > GONE ? GONE : a));
    double t = -e / (e + 2);
    return x < 0 ? -t : t;
  }

  /// exp(-scale x^2) for scale 1 or 1/2.
  static double bell(double x, double scale) {
    double a = Math.abs(x);
    a = a > GONE ? GONE : a;
    double square = a * a;
    double rest = Math.fma(a, a, -square);
    double e = Elementary.exp(-scale * square);
    return Math.fma(-scale * rest, e, e);
  }

  /// exp(x^2) erfc(x) for |x| in place of x.
  static double scaled(double x) {
    double a = Math.abs(x);
    a = a > LARGE ? LARGE : a;
    return tail((a - 4) / (a + 4)) / Math.fma(2, a, 1);
  }

  static double erfc(double x) {
    double t = bell(x, 1) * scaled(x);
    return x < 0 ? 2 - t : t;
  }

  static double erf(double x) {
    double a = Math.abs(x);
    if (a < 1) return x * center(x * x);
    double t = 1 - bell(x, 1) * scaled(x);
    return x < 0 ? -t : t;
  }

  static double phi(double x) {
    double t = 0.5 * (bell(x, 0.5) * scaled(ROOT * x));
    return x > 0 ? 1 - t : t;
  }

  static double logPhi(double x) {
    double g = 0.5 * scaled(ROOT * x);
    double w = -(bell(x, 0.5) * g);
    double u = w + 1;
    return x > 0 ? Elementary.log(u) + (w - (u - 1)) / u : Elementary.log(g) + -0.5 * x * x;
  }

  /// The derivative of [#logPhi].
  static double logPhiSlope(double x) {
    double g = 0.5 * scaled(ROOT * x);
    double e = bell(x, 0.5);
    return x > 0 ? DENSITY * e / (1 - e * g) : DENSITY / g;
  }

  /// Whether [#lgamma] and [#digamma] are computed as they usually are.
  static boolean isUsual(double x) {
    return x > 0 && x < Double.POSITIVE_INFINITY;
  }

  static double lgamma(double x) {
    if (!isUsual(x)) return edgeOfLgamma(x);
    double y = Elementary.log(product(x));
    if (x >= FAR) {
      double r = 1 / x;
      return Math.fma(x - 0.5, y - 1, Math.fma(gammaFar(r * r), r, STIRLING));
    }
    double c = whole(x);
    double t = x - c;
    double p = t * gammaNear(t);
    return c >= 2 ? p + y : p - y;
  }

  /// The nearest whole number.
  private static double whole(double x) {
    return x + MAGIC - MAGIC;
  }

  /// What the argument's logarithm is taken of: the argument if it is far, else what leads by the recurrence to 2.
  private static double product(double x) {
    if (x >= FAR) return x;
    double c = whole(x);
    if (c <= 0) return x * (x + 1);
    if (c <= 1) return x;
    double q = 1;
    for (int j = 1; j <= 6; j++) q = c >= j + 2 ? q * (x - j) : q;
    return q;
  }

  private static double edgeOfLgamma(double x) {
    if (Double.isNaN(x) || x == Math.rint(x)) return Double.isNaN(x) ? x : Double.POSITIVE_INFINITY;
    return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (x - Math.rint(x))))) - Math.log(-x) - lgamma(-x);
  }

  static double digamma(double x) {
    if (!isUsual(x)) return edgeOfDigamma(x);
    if (x >= FAR) {
      double r = 1 / x;
      return Math.fma(Math.fma(digammaFar(r * r), r, 0.5), -r, Elementary.log(x));
    }
    double c = whole(x);
    double near = digammaNear(x - c);
    if (c <= 0) return near - Math.fma(2, x, 1) / (x * (x + 1));
    if (c <= 1) return near - 1 / x;
    if (c >= 3) near = near + above(x, c, 1);
    return c >= 6 ? near + above(x, c, 4) : near;
  }

  /// The sum of 1 / (x - j) for three j from `first` on, as far as x - j is not below 1.5.
  private static double above(double x, double c, int first) {
    double below = x - first;
    double above = 1;
    for (int j = first + 1; j < first + 3; j++)
      if (c >= j + 2) {
        above = j == first + 1 ? x - j + below : Math.fma(above, x - j, below);
        below = below * (x - j);
      }
    return above / below;
  }

  private static double edgeOfDigamma(double x) {
    if (x == 0) return Double.NEGATIVE_INFINITY;
    if (x == Double.POSITIVE_INFINITY) return x;
    if (Double.isNaN(x) || x == Math.rint(x)) return Double.NaN;
    return digamma(-x) - 1 / x - Math.PI / Math.tan(Math.PI * (x - Math.rint(x)));
  }

  static double pow(double x, double y) {
    if (!Elementary.isNormal(x)) return Math.pow(x, y);
    long bits = Double.doubleToRawLongBits(x);
    long k = bits - ROOT_HALF >> 52;
    double f = Double.longBitsToDouble(bits - (k << 52)) - 1;
    double d = f + 2;
    double s = f / d;
    double rest = Math.fma(-s, f - (d - 2), Math.fma(-s, d, f)) / d;
    double z = s * s;
    double tail = Math.fma(s * z, artanh(z), 2 * rest);
    double kd = k;
    double large = kd * LN2_HIGH;
    double high = Math.fma(2, s, large);
    double low = Math.fma(2, s, -(high - large)) + Math.fma(kd, LN2_LOW, tail);
    double log = high + low;
    low = low - (log - high);
    double p = y * log;
    if (!(Math.abs(p) < PLAIN)) return Math.pow(x, y);
    double error = Math.fma(y, low, Math.fma(y, log, -p));
    double e = Elementary.exp(p);
    return Math.fma(e, error, e);
  }
}
