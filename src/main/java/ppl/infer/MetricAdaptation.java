package ppl.infer;

import java.util.Arrays;
import ppl.math.DenseMatrix;
import ppl.runtime.Storage;

/// Learns a [Metric] from the positions of a warm-up window (Welford's running moments).
///
/// The estimate is shrunk as if five further draws said `0.001` of the variance and no correlation. Stan shrinks
/// towards the absolute number 0.001, which swamps coordinates whose scale is far below it; here the pull is
/// relative, so that the sampler does not care about units.
final class MetricAdaptation {
  private static final double PRIOR_DRAWS = 5;
  private static final double PRIOR_SCALE = 1e-3;

  private final boolean dense;
  private final int d;
  private final double[] mean;
  private final double[] moment;
  private final double[] before;
  private final double[] after;
  private int count;

  MetricAdaptation(boolean dense, int d) {
    this.dense = dense;
    this.d = d;
    mean = new double[d];
    moment = Storage.reals(dense ? (long) d * d : d);
    before = new double[d];
    after = new double[d];
  }

  void add(double[] q) {
    count++;
    for (int i = 0; i < d; i++) {
      before[i] = q[i] - mean[i];
      mean[i] += before[i] / count;
      after[i] = q[i] - mean[i];
    }
    if (!dense) {
      for (int i = 0; i < d; i++) moment[i] += before[i] * after[i];
      return;
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) moment[i * d + j] += before[i] * after[j];
    }
  }

  /// The metric of the draws since the last call; `old` where they do not determine one.
  Metric finish(Metric old) {
    var estimate = count < 2 ? old : dense ? full(old) : diagonal(old);
    count = 0;
    Arrays.fill(mean, 0);
    Arrays.fill(moment, 0);
    return estimate;
  }

  private Metric diagonal(Metric old) {
    var variance = new double[d];
    for (int i = 0; i < d; i++) {
      variance[i] = shrunk(moment[i] / (count - 1));
      if (!usable(variance[i])) return old;
    }
    return new Metric.Diagonal(variance);
  }

  private Metric full(Metric old) {
    var covariance = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        covariance[i * d + j] = moment[i * d + j] / (count - 1) * count / (count + PRIOR_DRAWS);
        covariance[j * d + i] = covariance[i * d + j];
      }
      double variance = moment[i * d + i] / (count - 1);
      if (!usable(variance)) return old;
      covariance[i * d + i] = variance;
    }
    return DenseMatrix.cholesky(covariance, d).<Metric>map(l -> new Metric.Dense(d, covariance, l)).orElse(old);
  }

  private double shrunk(double variance) {
    return variance * (count + PRIOR_DRAWS * PRIOR_SCALE) / (count + PRIOR_DRAWS);
  }

  private static boolean usable(double variance) {
    return variance > 0 && variance < Double.POSITIVE_INFINITY;
  }
}
