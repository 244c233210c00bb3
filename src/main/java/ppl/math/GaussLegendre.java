package ppl.math;

/// The 16-point Gauss-Legendre rule on -1..1, its nodes by Newton's method on the Legendre polynomial.
final class GaussLegendre {
  static final int COUNT = 16;
  private static final double[] NODES = new double[COUNT];
  private static final double[] WEIGHTS = new double[COUNT];

  static {
    for (int i = 0; i < COUNT; i++) {
      double x = StrictMath.cos(Math.PI * (i + 0.75) / (COUNT + 0.5));
      double slope = 1;
      for (int step = 0; step < 8; step++) {
        double p = 1;
        double before = 0;
        for (int n = 1; n <= COUNT; n++) {
          double next = ((2 * n - 1) * x * p - (n - 1) * before) / n;
          before = p;
          p = next;
        }
        slope = COUNT * (x * p - before) / (x * x - 1);
        x -= p / slope;
      }
      NODES[i] = x;
      WEIGHTS[i] = 2 / ((1 - x * x) * slope * slope);
    }
  }

  private GaussLegendre() {}

  static double node(int k) {
    return NODES[k];
  }

  static double weight(int k) {
    return WEIGHTS[k];
  }
}
