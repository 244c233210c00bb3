package ppl.infer;

import ppl.math.Multiply;

/// Line search by bracketing, for the weak Wolfe conditions (Lewis and Overton, Mathematical Programming 141, 2013),
/// which makes the next quasi-Newton update positive definite and copes with values that are not finite. New points
/// come from the cubic through the bracket's ends where that is trustworthy, else from bisection. Near a minimum,
/// where values drown in rounding, the approximate Wolfe conditions of Hager and Zhang (2005) take over.
final class LineSearch {
  private static final double DECREASE = 1e-4;
  private static final double CURVATURE = 0.9;
  private static final double ROUNDING = 1e-13;
  private static final int MAX_EVALUATIONS = 60;

  private final Objective f;
  private final int n;
  final double[] x;
  final double[] gradient;
  double value;
  int evaluations;

  LineSearch(Objective f, int n) {
    this.f = f;
    this.n = n;
    x = new double[n];
    gradient = new double[n];
  }

  /// Searches from `x0` along `direction`, whose slope there is `slope0 < 0`, first at `step`. Leaves the point
  /// found in the fields. Returns false where none is better than `x0`.
  boolean search(double[] x0, double value0, double[] direction, double slope0, double step) {
    double slack = ROUNDING * Math.max(1, Math.abs(value0));
    double lo = 0;
    double loValue = value0;
    double loSlope = slope0;
    double hi = Double.POSITIVE_INFINITY;
    double t = step;
    for (int i = 0; i < MAX_EVALUATIONS; i++) {
      double slope = at(x0, direction, t);
      boolean finite = Double.isFinite(value) && Double.isFinite(slope);
      boolean low = finite && (value <= value0 + DECREASE * t * slope0
          || value <= value0 + slack && slope <= (2 * DECREASE - 1) * slope0);
      if (low && slope >= CURVATURE * slope0) return true;
      double next;
      if (low) {
        next = hi == Double.POSITIVE_INFINITY ? grow(lo, loSlope, t, slope) : Double.NaN;
        lo = t;
        loValue = value;
        loSlope = slope;
      } else {
        next = finite ? cubic(lo, loValue, loSlope, t, value, slope) : lo + 0.1 * (t - lo);
        hi = t;
      }
      t = Double.isNaN(next) ? 0.5 * (lo + hi) : next;
      if (!(hi - lo > 1e-15 * hi)) break;
    }
    if (lo == 0) return false;
    at(x0, direction, lo);
    return value < value0;
  }

  private double at(double[] x0, double[] direction, double t) {
    evaluations++;
    for (int i = 0; i < n; i++) x[i] = x0[i] + t * direction[i];
    value = f.evaluate(x, gradient);
    return Multiply.dot(gradient, direction, n);
  }

  /// Extrapolates to where the slope would vanish, between twice and ten times as far.
  private static double grow(double lo, double loSlope, double t, double slope) {
    double secant = slope > loSlope ? t + (t - lo) * slope / (loSlope - slope) : 10 * t;
    return Math.clamp(secant, 2 * t, 10 * t);
  }

  /// The minimiser of the cubic through both ends, kept away from them.
  private static double cubic(double a, double fa, double ga, double b, double fb, double gb) {
    double d1 = ga + gb - 3 * (fa - fb) / (a - b);
    double square = d1 * d1 - ga * gb;
    if (!(square >= 0)) return Double.NaN;
    double d2 = Math.sqrt(square);
    double t = b - (b - a) * (gb + d2 - d1) / (gb - ga + 2 * d2);
    double w = b - a;
    return Double.isFinite(t) ? Math.clamp(t, a + 0.05 * w, b - 0.05 * w) : Double.NaN;
  }
}
