package ppl.infer;

import java.util.Optional;
import java.util.function.Consumer;
import ppl.math.DenseMatrix;
import ppl.math.Multiply;

/// A Euclidean metric given by a factor of its inverse, `L L' = M^-1`, an estimate of the posterior covariance.
///
/// In the coordinates `L^-1 q` the metric is the identity. Momenta and slopes are kept in these: a momentum is `L' p`, a
/// slope `L'` times the gradient. There momenta are standard normal and are velocities too, and what tells a turn or an energy are
/// products of momenta alone.
sealed interface Metric {
  /// Half a step of momentum along the slope of `from`, then a step of the position. `from` may be `to`, whose slope is lost.
  void drift(State from, State to, double step);

  /// `out` becomes the slope.
  void slope(double[] gradient, double[] out);

  /// Gives `s` the slope of a gradient, and moves its momentum along it; gives the square of that.
  double kick(double[] gradient, State s, double step);

  /// Overwrites `q` with the coordinates in which this metric is the identity.
  void whiten(double[] q);

  /// The metric whose inverse is `K K'` in the coordinates of [#whiten], for a lower triangular K.
  Dense unwhitened(double[] k);

  /// The metric that is the identity in the coordinates of `whitening`.
  static Metric of(Whitening whitening) {
    int d = whitening.d();
    var covariance = whitening.dense() ? whitening.covariance() : new double[0];
    return (whitening.dense() ? DenseMatrix.cholesky(covariance, d) : Optional.<double[]>empty())
        .<Metric>map(l -> new Dense(d, covariance, l, DenseMatrix.transpose(l, d)))
        .orElseGet(() -> new Diagonal(whitening.scales()));
  }

  /// Independent coordinates.
  ///
  /// @param scale the diagonal of L, positive
  record Diagonal(double[] scale) implements Metric {
    @Override
    public void drift(State from, State to, double step) {
      drift(from.q, from.p, from.slope, to.q, to.p, step);
    }

    private void drift(double[] q, double[] p, double[] slope, double[] toQ, double[] toP, double step) {
      double half = 0.5 * step;
      for (int i = 0; i < scale.length; i++) {
        double v = p[i] + half * slope[i];
        toP[i] = v;
        toQ[i] = q[i] + step * scale[i] * v;
      }
    }

    @Override
    public void slope(double[] gradient, double[] out) {
      for (int i = 0; i < scale.length; i++) out[i] = scale[i] * gradient[i];
    }

    @Override
    public double kick(double[] gradient, State s, double step) {
      return Multiply.push(step, scale, gradient, s.slope, s.p, scale.length);
    }

    @Override
    public void whiten(double[] q) {
      for (int i = 0; i < scale.length; i++) q[i] /= scale[i];
    }

    @Override
    public Dense unwhitened(double[] k) {
      int n = scale.length;
      var factor = k.clone();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j <= i; j++) factor[i * n + j] *= scale[i];
      }
      return Dense.of(n, factor);
    }
  }

  /// A full matrix.
  ///
  /// @param covariance the inverse metric, row-major
  /// @param factor its lower Cholesky factor
  /// @param transposed that factor, transposed
  record Dense(int n, double[] covariance, double[] factor, double[] transposed) implements Metric {
    private static final int POWERS = 30;

    static Dense of(int n, double[] factor) {
      var transposed = DenseMatrix.transpose(factor, n);
      return new Dense(n, DenseMatrix.product(factor, transposed, n), factor, transposed);
    }

    @Override
    public void drift(State from, State to, double step) {
      double half = 0.5 * step;
      for (int i = 0; i < n; i++) to.p[i] = from.p[i] + half * from.slope[i];
      DenseMatrix.multiplyLower(factor, n, to.p, to.slope);
      for (int i = 0; i < n; i++) to.q[i] = from.q[i] + step * to.slope[i];
    }

    @Override
    public void slope(double[] gradient, double[] out) {
      DenseMatrix.multiplyUpper(transposed, n, gradient, out);
    }

    @Override
    public double kick(double[] gradient, State s, double step) {
      slope(gradient, s.slope);
      for (int i = 0; i < n; i++) s.p[i] += step * s.slope[i];
      return Multiply.dot(s.p, s.p, n);
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
      return new Diagonal(scales());
    }

    private double[] scales() {
      var scale = new double[n];
      for (int i = 0; i < n; i++) scale[i] = Math.sqrt(covariance[i * n + i]);
      return scale;
    }

    /// How many times longer trajectories would be with the diagonal alone: the root of the condition number of the
    /// correlation matrix, nearly, by power iteration.
    double gain() {
      var scale = scales();
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
