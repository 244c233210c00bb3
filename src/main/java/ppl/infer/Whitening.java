package ppl.infer;

import java.util.Arrays;
import java.util.Optional;
import ppl.math.DenseMatrix;
import ppl.math.Eigen;

/// A linear change of coordinates `z = centre + T u` in which a posterior looks round: `T T'` estimates its
/// covariance. It is a full matrix, or a diagonal where the dimension makes a matrix too dear.
///
/// @param d dimension
/// @param dense whether `t` is a row-major matrix; else it is a diagonal
/// @param logDeterminant log |det T|
record Whitening(int d, boolean dense, double[] t, double logDeterminant) {
  /// Largest dimension with a full matrix, whose factors and products take about a second there.
  static final int DENSE_LIMIT = 600;
  /// How often a step is made shorter where gradients are not finite.
  private static final int SHORTER = 7;

  static Whitening diagonal(double[] scale) {
    return new Whitening(scale.length, false, scale.clone(), Arrays.stream(scale).map(Math::log).sum());
  }

  /// `out = T u` for the first d numbers of `u`.
  void multiply(double[] u, double[] out) {
    if (dense) {
      DenseMatrix.multiply(t, d, u, out);
    } else {
      for (int i = 0; i < d; i++) out[i] = t[i] * u[i];
    }
  }

  /// `out = T' g`.
  void multiplyTransposed(double[] g, double[] out) {
    if (dense) {
      DenseMatrix.multiplyTransposed(t, d, g, out);
    } else {
      multiply(g, out);
    }
  }

  double[] matrix() {
    if (dense) return t;
    var out = new double[d * d];
    for (int i = 0; i < d; i++) out[i * d + i] = t[i];
    return out;
  }

  /// Estimated marginal standard deviations.
  double[] scales() {
    if (!dense) return t;
    var out = new double[d];
    for (int i = 0; i < d; i++) {
      double s = 0;
      for (int j = 0; j < d; j++) s += t[i * d + j] * t[i * d + j];
      out[i] = Math.sqrt(s);
    }
    return out;
  }

  /// The estimated covariance `T T'`.
  double[] covariance() {
    var m = matrix();
    return DenseMatrix.product(m, DenseMatrix.transpose(m, d), d);
  }

  /// The estimated precision `(T T')^-1` of an upper triangular T, as whitening by curvature makes them.
  double[] precision() {
    var inverse = DenseMatrix.inverseTransposed(DenseMatrix.transpose(matrix(), d), d);
    return DenseMatrix.product(DenseMatrix.transpose(inverse, d), inverse, d);
  }

  /// `T M`, for a triangular M given with its log determinant.
  Whitening times(double[] m, double logDeterminantOfM) {
    return new Whitening(d, true, DenseMatrix.product(matrix(), m, d), logDeterminant + logDeterminantOfM);
  }

  /// The negative Hessian of the log density at `centre` in the coordinates u, from differences of gradients over
  /// steps of `h` along the columns of T; empty where the gradient is not finite near `centre`.
  Optional<double[]> curvature(Gang gang, double[] centre, double h) {
    var columns = DenseMatrix.transpose(matrix(), d);
    var a = new double[d * d];
    gang.each(d, gang.pairs(), (w, from, to) -> columns(w, centre, columns, from, to, h, a));
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * d + j] = 0.5 * (a[i * d + j] + a[j * d + i]);
        a[j * d + i] = a[i * d + j];
        if (!Double.isFinite(a[i * d + j])) return Optional.empty();
      }
    }
    return Optional.of(a);
  }

  /// Writes rows `from` to `to - 1` of the curvature, NaN where no step is short enough for finite gradients.
  private void columns(Gang.Worker w, double[] centre, double[] columns, int from, int to, double h, double[] out) {
    for (int j = from; j < to; j++) step(w, centre, columns, j, h, 2 * (j - from));
    w.target.gradients(2 * (to - from), w.at, w.slopes, w.values);
    for (int j = from; j < to; j++) {
      if (isFinite(w, 2 * (j - from))) row(w, j, h, 2 * (j - from), out);
      else Arrays.fill(out, j * d, (j + 1) * d, Double.NaN);
    }
    for (int j = from; j < to; j++) if (Double.isNaN(out[j * d])) column(w, centre, columns, j, h, out);
  }

  /// Writes row `j` of the curvature by shorter steps than `h`.
  private void column(Gang.Worker w, double[] centre, double[] columns, int j, double h, double[] out) {
    double step = h;
    for (int tries = 0; tries < SHORTER; tries++) {
      step *= 0.25;
      step(w, centre, columns, j, step, 0);
      w.target.gradients(2, w.at, w.slopes, w.values);
      if (isFinite(w, 0)) {
        row(w, j, step, 0, out);
        return;
      }
    }
  }

  /// Puts both ends of a step along column `j` at places `k` and `k + 1`.
  private void step(Gang.Worker w, double[] centre, double[] columns, int j, double h, int k) {
    for (int i = 0; i < d; i++) {
      w.at[k][i] = centre[i] + h * columns[j * d + i];
      w.at[k + 1][i] = centre[i] - h * columns[j * d + i];
    }
  }

  private static boolean isFinite(Gang.Worker w, int k) {
    return Finite.all(w.values[k], w.slopes[k]) && Finite.all(w.values[k + 1], w.slopes[k + 1]);
  }

  private void row(Gang.Worker w, int j, double h, int k, double[] out) {
    for (int i = 0; i < d; i++) w.work[i] = (w.slopes[k + 1][i] - w.slopes[k][i]) / (2 * h);
    multiplyTransposed(w.work, w.shift);
    System.arraycopy(w.shift, 0, out, j * d, d);
  }

  /// The whitening by the curvature at `centre`. Directions of negative curvature keep their
  /// scale, or have that of its size where that is smaller. Keeps this one
  /// where the dimension is above [#DENSE_LIMIT] or the curvature cannot be had.
  Whitening refined(Gang gang, double[] centre, double h) {
    if (d > DENSE_LIMIT) return this;
    return curvature(gang, centre, h).map(this::dividedBy).orElse(this);
  }

  /// `T A^-1/2`.
  Whitening dividedBy(double[] a) {
    var factor = DenseMatrix.cholesky(a, d).orElseGet(() -> positivePart(a));
    var inverse = DenseMatrix.inverseTransposed(factor, d);
    double log = 0;
    for (int i = 0; i < d; i++) log -= Math.log(factor[i * d + i]);
    return times(inverse, log);
  }

  private double[] positivePart(double[] a) {
    var values = new double[d];
    var vectors = new double[d * d];
    if (!Eigen.symmetric(a, d, values, vectors)) return DenseMatrix.identity(d);
    double top = Arrays.stream(values).map(Math::abs).max().orElse(1);
    double floor = top > 0 ? 1e-6 * top : 1;
    var scaled = new double[d * d];
    for (int j = 0; j < d; j++) {
      double value = values[j] > 0 ? Math.max(floor, values[j]) : Math.max(1, -values[j]);
      for (int i = 0; i < d; i++) scaled[i * d + j] = vectors[i * d + j] * value;
    }
    var repaired = DenseMatrix.product(scaled, DenseMatrix.transpose(vectors, d), d);
    return DenseMatrix.cholesky(repaired, d).orElseGet(() -> DenseMatrix.identity(d));
  }
}
