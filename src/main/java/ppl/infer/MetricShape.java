package ppl.infer;

/// What the [Metric] of a run may look like.
enum MetricShape {
  /// A full matrix where it pays, else independent coordinates.
  AUTO,
  DIAGONAL,
  DENSE;

  /// A product with a full matrix costs d^2 operations where a gradient costs some multiple of d: the matrix must make
  /// trajectories shorter by a factor that grows with d.
  private static final double WORTH = 1.5;
  private static final double WORTH_PER_COORDINATE = 0.01;

  /// Whether full matrices are considered in `d` dimensions.
  boolean considersDense(int d) {
    return switch (this) {
      case AUTO -> d > 1 && d <= Whitening.DENSE_LIMIT;
      case DIAGONAL -> false;
      case DENSE -> true;
    };
  }

  /// Whether `dense` is better than its diagonal.
  boolean prefers(Metric.Dense dense) {
    return switch (this) {
      case AUTO -> dense.gain() > WORTH + WORTH_PER_COORDINATE * dense.n();
      case DIAGONAL -> false;
      case DENSE -> true;
    };
  }
}
