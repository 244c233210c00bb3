package ppl.infer;

/// One end of a walk through phase space: position, momentum, gradient, velocity `M^-1 p`, and `M^-1 gradient`. Keeping
/// the last two costs one product with the metric a step instead of two.
final class Edge {
  final double[] q;
  final double[] p;
  final double[] g;
  final double[] v;
  final double[] w;
  double logDensity;
  double energy;

  Edge(int d) {
    q = new double[d];
    p = new double[d];
    g = new double[d];
    v = new double[d];
    w = new double[d];
  }

  void copy(Edge other) {
    int d = q.length;
    System.arraycopy(other.q, 0, q, 0, d);
    System.arraycopy(other.p, 0, p, 0, d);
    System.arraycopy(other.g, 0, g, 0, d);
    System.arraycopy(other.v, 0, v, 0, d);
    System.arraycopy(other.w, 0, w, 0, d);
    logDensity = other.logDensity;
    energy = other.energy;
  }
}
