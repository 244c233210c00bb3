package ppl.math;

/// Polynomials and ratios of polynomials, coefficients from the constant term upwards. The coefficient tables of this
/// package interpolate the function at Chebyshev points in 50-digit arithmetic and are then rounded; each table says
/// its interval.
final class Rational {
  private Rational() {}

  /// p(x) / q(x).
  static double ratio(double[] p, double[] q, double x) {
    return horner(p, x) / horner(q, x);
  }

  static double horner(double[] c, double x) {
    double s = c[c.length - 1];
    for (int i = c.length - 2; i >= 0; i--) {
      s = Math.fma(s, x, c[i]);
    }
    return s;
  }
}
