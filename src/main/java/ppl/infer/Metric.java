package ppl.infer;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import ppl.math.DenseMatrix;

/// A Euclidean metric given by its inverse, an estimate of the posterior covariance.
sealed interface Metric {
  /// `out = M^-1 p`.
  void velocity(double[] p, double[] out);

  /// Draws a momentum from `Normal(0, M)`.
  void momentum(RandomGenerator random, double[] p);

  /// Overwrites `q` with coordinates in which this metric is the identity: `L^-1 q` where `L L' = M^-1`.
  void whiten(double[] q);

  /// The metric whose inverse is `K K'` in the coordinates of [#whiten], for a lower triangular K.
  Dense unwhitened(double[] k);

  /// The metric that is the identity in the coordinates of `whitening`.
  static Metric of(Whitening whitening) {
    int d = whitening.d();
    var covariance = whitening.dense() ? whitening.covariance() : new double[0];
    return (whitening.dense() ? DenseMatrix.cholesky(covariance, d) : Optional.<double[]>empty())
        .<Metric>map(l -> new Dense(d, covariance, l))
        .orElseGet(() -> new Diagonal(Arrays.stream(whitening.scales()).map(s -> s * s).toArray()));
  }

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

    @Override
    public void whiten(double[] q) {
      for (int i = 0; i < variance.length; i++) q[i] /= Math.sqrt(variance[i]);
    }

    @Override
    public Dense unwhitened(double[] k) {
      int n = variance.length;
      var factor = k.clone();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) factor[i * n + j] *= Math.sqrt(variance[i]);
      }
      return Dense.of(n, factor);
    }
  }

  /// A full matrix.
  ///
  /// @param covariance the inverse metric, row-major
  /// @param factor its lower Cholesky factor
  record Dense(int n, double[] covariance, double[] factor) implements Metric {
    private static final int POWERS = 30;

    static Dense of(int n, double[] factor) {
      return new Dense(n, DenseMatrix.product(factor, DenseMatrix.transpose(factor, n), n), factor);
    }

    @Override
    public void velocity(double[] p, double[] out) {
      DenseMatrix.multiply(covariance, n, p, out);
    }

    @Override
    public void momentum(RandomGenerator random, double[] p) {
      for (int i = 0; i < n; i++) p[i] = random.nextGaussian();
      DenseMatrix.solveLowerTransposed(factor, n, p);
    }

    @Override
    public void whiten(double[] q) {
      DenseMatrix.solveLower(factor, n, q);
    }

    @Override
    public Dense unwhitened(double[] k) {
      return of(n, DenseMatrix.product(factor, k, n));
    }

    Diagonal diagonal() {
      var variance = new double[n];
      for (int i = 0; i < n; i++) variance[i] = covariance[i * n + i];
      return new Diagonal(variance);
    }

    /// How many times longer trajectories would be with the diagonal alone: the root of the condition number of the
    /// correlation matrix, nearly, by power iteration.
    double gain() {
      var scale = new double[n];
      for (int i = 0; i < n; i++) scale[i] = Math.sqrt(covariance[i * n + i]);
      var work = new double[n];
      double largest = dominant(x -> {
        for (int i = 0; i < n; i++) work[i] = x[i] / scale[i];
        DenseMatrix.multiply(covariance, n, work, x);
        for (int i = 0; i < n; i++) x[i] /= scale[i];
      });
      double smallest = dominant(x -> {
        for (int i = 0; i < n; i++) x[i] *= scale[i];
        DenseMatrix.solveLower(factor, n, x);
        DenseMatrix.solveLowerTransposed(factor, n, x);
        for (int i = 0; i < n; i++) x[i] *= scale[i];
      });
      return Math.sqrt(largest * smallest);
    }

    /// The largest eigenvalue of a positive definite map, or a little less.
    private double dominant(Consumer<double[]> map) {
      var x = new double[n];
      for (int i = 0; i < n; i++) x[i] = 1 + 0.5 * Math.sin(i + 1.0);
      double size = 1;
      for (int t = 0; t < POWERS; t++) {
        double before = norm(x);
        for (int i = 0; i < n; i++) x[i] /= before;
        map.accept(x);
        size = norm(x);
      }
      return size;
    }

    private static double norm(double[] x) {
      double s = 0;
      for (double v : x) s += v * v;
      return Math.sqrt(s);
    }
  }
}
