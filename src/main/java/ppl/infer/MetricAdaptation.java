package ppl.infer;

import java.util.Arrays;
import ppl.math.DenseMatrix;

/// Learns a [Metric] from the positions of a warm-up window (Welford's running moments).
///
/// Variances are shrunk as if five further draws said `0.001` of the variance. Stan shrinks towards the absolute
/// number 0.001, which swamps coordinates whose scale is far below it; here the pull is relative, so that the
/// sampler does not care about units.
///
/// A full covariance is learned in the coordinates in which the metric before makes the posterior round. There
/// correlations are mostly noise, and are shrunk by as much as the draws say that they are noise (Schäfer and
/// Strimmer 2005, with the variance of a normal's correlations): a window shorter than the dimension corrects the
/// metric before instead of replacing it. A full matrix that does not pay gives way to its
/// diagonal ([MetricShape]).
final class MetricAdaptation {
  private static final double PRIOR_DRAWS = 5;
  private static final double PRIOR_SCALE = 1e-3;

  private final MetricShape shape;
  private final boolean full;
  private final int d;
  private final double[] mean;
  private final double[] moment;
  private final double[] position;
  private final double[] before;
  private final double[] after;
  private Metric frame;
  private int count;

  /// @param frame the metric to begin with
  MetricAdaptation(MetricShape shape, Metric frame, int d) {
    this.shape = shape;
    this.frame = frame;
    this.d = d;
    full = shape.considersDense(d);
    mean = new double[d];
    moment = new double[full ? d * d : d];
    position = new double[d];
    before = new double[d];
    after = new double[d];
  }

  void add(double[] q) {
    count++;
    System.arraycopy(q, 0, position, 0, d);
    if (full) frame.whiten(position);
    for (int i = 0; i < d; i++) {
      before[i] = position[i] - mean[i];
      mean[i] += before[i] / count;
      after[i] = position[i] - mean[i];
    }
    if (!full) {
      for (int i = 0; i < d; i++) moment[i] += before[i] * after[i];
      return;
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) moment[i * d + j] += before[i] * after[j];
    }
  }

  /// The metric of the draws since the last call; the one before where they do not determine one.
  Metric finish() {
    if (count >= 2) frame = full ? covariance() : diagonal();
    count = 0;
    Arrays.fill(mean, 0);
    Arrays.fill(moment, 0);
    return frame;
  }

  private Metric diagonal() {
    var scale = new double[d];
    for (int i = 0; i < d; i++) {
      double variance = shrunk(moment[i] / (count - 1));
      if (!usable(variance)) return frame;
      scale[i] = Math.sqrt(variance);
    }
    return new Metric.Diagonal(scale);
  }

  private Metric covariance() {
    var u = new double[d * d];
    for (int i = 0; i < d; i++) {
      u[i * d + i] = shrunk(moment[i * d + i] / (count - 1));
      if (!usable(u[i * d + i])) return frame;
    }
    double keep = 1 - shrinkage();
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        u[i * d + j] = keep * moment[i * d + j] / (count - 1);
        u[j * d + i] = u[i * d + j];
      }
    }
    return DenseMatrix.cholesky(u, d).map(frame::unwhitened)
        .<Metric>map(dense -> shape.prefers(dense) ? dense : dense.diagonal()).orElse(frame);
  }

  /// The share of the correlations that is taken for noise.
  private double shrinkage() {
    double noise = 0;
    double seen = 0;
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        double r2 = moment[i * d + j] * moment[i * d + j] / (moment[i * d + i] * moment[j * d + j]);
        noise += (1 - r2) * (1 - r2);
        seen += r2;
      }
    }
    double least = (PRIOR_DRAWS + d) / (count + PRIOR_DRAWS + d);
    return seen > 0 ? Math.clamp(noise / (0.5 * count * seen), least, 1) : 1;
  }

  private double shrunk(double variance) {
    return variance * (count + PRIOR_DRAWS * PRIOR_SCALE) / (count + PRIOR_DRAWS);
  }

  private static boolean usable(double variance) {
    return variance > 0 && variance < Double.POSITIVE_INFINITY;
  }
}
