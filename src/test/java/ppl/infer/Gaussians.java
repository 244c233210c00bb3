package ppl.infer;

import java.util.Random;
import ppl.math.Eigen;
import ppl.runtime.Target;

/// Normal targets with known answers.
///
/// @param mean their mean
/// @param covariance row-major
/// @param precision row-major
record Gaussians(double[] mean, double[] covariance, double[] precision, Target target) {
  /// Eigenvalues of the covariance spread over `10^[-decades, 0]` in a random rotation; the mean some way off.
  static Gaussians rotated(int d, double decades, long seed) {
    var random = new Random(seed);
    var mean = new double[d];
    for (int i = 0; i < d; i++) mean[i] = 3 * random.nextGaussian();
    var basis = new double[d * d];
    Eigen.symmetric(symmetric(d, random), d, new double[d], basis);
    var covariance = new double[d * d];
    var precision = new double[d * d];
    for (int k = 0; k < d; k++) {
      double value = Math.pow(10, d == 1 ? 0 : -decades * k / (d - 1));
      for (int i = 0; i < d; i++) {
        for (int j = 0; j < d; j++) {
          covariance[i * d + j] += value * basis[i * d + k] * basis[j * d + k];
          precision[i * d + j] += basis[i * d + k] * basis[j * d + k] / value;
        }
      }
    }
    return new Gaussians(mean, covariance, precision, Models.gaussian(mean, precision));
  }

  private static double[] symmetric(int d, Random random) {
    var a = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * d + j] = random.nextGaussian();
        a[j * d + i] = a[i * d + j];
      }
    }
    return a;
  }

  double sd(int i) {
    return Math.sqrt(covariance[i * mean.length + i]);
  }

  /// What mean field does to a normal: the standard deviation given all others.
  double conditionalSd(int i) {
    return 1 / Math.sqrt(precision[i * mean.length + i]);
  }
}
