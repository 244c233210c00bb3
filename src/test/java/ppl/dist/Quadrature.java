package ppl.dist;

import java.util.function.DoubleUnaryOperator;

/// Integrals over finite and infinite intervals: a double exponential substitution (Takahasi and Mori, 1974), then
/// adaptive Simpson, which finds kinks.
final class Quadrature {
  private static final double END = 5.2;
  private static final int PANELS = 48;
  private static final int DEPTH = 14;
  private static final double TOLERANCE = 1e-11;

  private Quadrature() {}

  /// @param centre a point near the mass
  /// @param scale  its width
  static double integrate(DoubleUnaryOperator f, double lower, double upper, double centre, double scale) {
    if (Double.isInfinite(lower) && Double.isInfinite(upper))
      return integrate(f, centre, upper, centre, scale) + integrate(f, lower, centre, centre, scale);
    if (Double.isInfinite(upper)) return simpson(t -> {
      double u = scale * Math.exp(Math.PI / 2 * Math.sinh(t));
      return f.applyAsDouble(lower + u) * u * Math.PI / 2 * Math.cosh(t);
    });
    if (Double.isInfinite(lower)) return integrate(v -> f.applyAsDouble(-v), -upper, -lower, -centre, scale);
    return simpson(t -> {
      double s = Math.PI / 2 * Math.sinh(t);
      double rest = 1 / (1 + Math.exp(2 * Math.abs(s)));
      double at = s < 0 ? lower + (upper - lower) * rest : upper - (upper - lower) * rest;
      double slope = (upper - lower) * Math.PI / 4 * Math.cosh(t) / Math.pow(Math.cosh(s), 2);
      return at <= lower || at >= upper || slope == 0 ? 0 : f.applyAsDouble(at) * slope;
    });
  }

  private static double simpson(DoubleUnaryOperator g) {
    double h = 2 * END / PANELS;
    double total = 0;
    for (int i = 0; i < PANELS; i++) {
      double a = -END + i * h;
      total += panel(g, a, a + h, value(g, a), value(g, a + h / 2), value(g, a + h), DEPTH);
    }
    return total;
  }

  private static double panel(DoubleUnaryOperator g, double a, double b, double fa, double fm, double fb, int depth) {
    double m = (a + b) / 2;
    double left = value(g, (a + m) / 2);
    double right = value(g, (m + b) / 2);
    double coarse = (b - a) / 6 * (fa + 4 * fm + fb);
    double fine = (b - a) / 12 * (fa + 4 * left + 2 * fm + 4 * right + fb);
    if (depth == 0 || Math.abs(fine - coarse) < 15 * Math.max(TOLERANCE, 1e-9 * Math.abs(fine)))
      return fine + (fine - coarse) / 15;
    return panel(g, a, m, fa, left, fm, depth - 1) + panel(g, m, b, fm, right, fb, depth - 1);
  }

  private static double value(DoubleUnaryOperator g, double t) {
    double y = g.applyAsDouble(t);
    return Double.isFinite(y) ? y : 0;
  }
}
