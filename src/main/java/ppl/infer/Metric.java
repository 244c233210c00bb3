package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.math.DenseMatrix;

/// A Euclidean metric given by its inverse, an estimate of the posterior covariance.
sealed interface Metric {
  /// `out = M^-1 p`.
  void velocity(double[] p, double[] out);

  /// Draws a momentum from `Normal(0, M)`.
  void momentum(RandomGenerator random, double[] p);

  /// Independent coordinates.
  ///
  /// @param variance the diagonal of the inverse metric, positive
  record Diagonal(double[] variance) implements Metric {
    @Override
    public void velocity(double[] p, double[] out) {
      for (int i = 0; i < variance.length; i++) out[i] = variance[i] * p[i];
    }

    @Override
    public void momentum(RandomGenerator random, double[] p) {
      for (int i = 0; i < variance.length; i++) p[i] = random.nextGaussian() / Math.sqrt(variance[i]);
    }
  }

  /// A full matrix.
  ///
  /// @param covariance the inverse metric, row-major
  /// @param factor its lower Cholesky factor
  record Dense(int n, double[] covariance, double[] factor) implements Metric {
    @Override
    public void velocity(double[] p, double[] out) {
      DenseMatrix.multiply(covariance, n, p, out);
    }

    @Override
    public void momentum(RandomGenerator random, double[] p) {
      for (int i = 0; i < n; i++) p[i] = random.nextGaussian();
      DenseMatrix.solveLowerTransposed(factor, n, p);
    }
  }
}
