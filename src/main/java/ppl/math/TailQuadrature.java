package ppl.math;

/// The double exponential rule for integrals over u in 0..infinity of a function that falls off at least as exp(-u):
/// u = exp(t - exp(-t)) by the trapezoidal rule in t. Takahasi and Mori (1974), "Double exponential formulas for
/// numerical integration". Nodes crowd towards 0 geometrically, so that a wrong guess of the scale costs little.
final class TailQuadrature {
  private static final double STEP = 1.0 / 16;
  private static final double FIRST = -3.75;
  private static final double LAST = 6.5;
  static final int COUNT = (int) Math.round((LAST - FIRST) / STEP) + 1;
  /// Below this exponent the rest of a log-concave integrand does not show in the sum.
  static final double NEGLIGIBLE = -44;
  private static final double[] NODES = new double[COUNT];
  private static final double[] WEIGHTS = new double[COUNT];

  static {
    for (int k = 0; k < COUNT; k++) {
      double t = FIRST + k * STEP;
      NODES[k] = StrictMath.exp(t - StrictMath.exp(-t));
      WEIGHTS[k] = STEP * NODES[k] * (1 + StrictMath.exp(-t));
    }
  }

  private TailQuadrature() {}

  static double node(int k) {
    return NODES[k];
  }

  static double weight(int k) {
    return WEIGHTS[k];
  }

  /// exp(v) - 1 - v without cancellation.
  static double expm1mx(double v) {
    if (Math.abs(v) > 0.3) {
      return Math.expm1(v) - v;
    }
    double term = 0.5 * v * v;
    double sum = 0;
    for (int k = 3; k < 17; k++) {
      sum += term;
      term *= v / k;
    }
    return sum;
  }
}
