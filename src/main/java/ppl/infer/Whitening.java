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

  static Whitening diagonal(double[] scale) {
    return new Whitening(scale.length, false, scale.clone(), Arrays.stream(scale).map(Math::log).sum());
  }

  /// `out = T u`.
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
    gang.each(d, (w, j) -> column(w, centre, columns, j, h, a));
    for (int i = 0; i < d; i++) {
      for (int j = 0; j <= i; j++) {
        a[i * d + j] = 0.5 * (a[i * d + j] + a[j * d + i]);
        a[j * d + i] = a[i * d + j];
        if (!Double.isFinite(a[i * d + j])) return Optional.empty();
      }
    }
    return Optional.of(a);
  }

  /// Writes row `j` of the curvature, NaN where no step is short enough for finite gradients.
  private void column(Gang.Worker w, double[] centre, double[] columns, int j, double h, double[] out) {
    double step = h;
    for (int tries = 0; tries < 8; tries++, step *= 0.25) {
      if (gradientAt(w, centre, columns, j, step, w.up) && gradientAt(w, centre, columns, j, -step, w.down)) {
        for (int i = 0; i < d; i++) w.z[i] = (w.down[i] - w.up[i]) / (2 * step);
        multiplyTransposed(w.z, w.shift);
        System.arraycopy(w.shift, 0, out, j * d, d);
        return;
      }
    }
    Arrays.fill(out, j * d, (j + 1) * d, Double.NaN);
  }

  private boolean gradientAt(Gang.Worker w, double[] centre, double[] columns, int j, double h, double[] out) {
    for (int i = 0; i < d; i++) w.z[i] = centre[i] + h * columns[j * d + i];
    return Finite.all(w.target.gradient(w.z, out), out);
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
