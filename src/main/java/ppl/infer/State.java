package ppl.infer;

/// A point in phase space: a position, and in the coordinates in which the [Metric] is the identity its momentum and the slope of
/// the log density.
final class State {
  final double[] q;
  final double[] p;
  final double[] slope;
  /// The square of the momentum.
  double square;
  double logDensity;
  double energy;
  /// How many there are that need it, as [States] counts them.
  int holders;

  State(int d) {
    q = new double[d];
    p = new double[d];
    slope = new double[d];
  }

  /// Tells the energy, when all else is known.
  void weigh(double square) {
    this.square = square;
    energy = 0.5 * square - logDensity;
  }
}
