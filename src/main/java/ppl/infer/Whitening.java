package ppl.infer;

import java.util.Arrays;
import java.util.Optional;
import ppl.math.DenseMatrix;
import ppl.runtime.Target;

/// A linear change of coordinates `z = centre + T u` in which a posterior looks round: `T T'` estimates its
/// covariance. It is a full matrix, or a diagonal where the dimension makes a matrix too dear.
///
/// @param d dimension
/// @param dense whether `t` is a row-major matrix; else it is a diagonal
/// @param logDeterminant log |det T|
record Whitening(int d, boolean dense, double[] t, double logDeterminant) {
  /// Largest dimension with a full matrix: 8 MB, and a Cholesky factor in a fraction of a second.
  static final int DENSE_LIMIT = 1000;

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

  /// The estimated precision `(T T')^-1`, empty where rounding made it singular.
  Optional<double[]> precision() {
    return DenseMatrix.cholesky(covariance(), d).map(l -> {
      var u = DenseMatrix.inverseTransposed(l, d);
      return DenseMatrix.product(u, DenseMatrix.transpose(u, d), d);
    });
  }

  /// `T M`, for a triangular M given with its log determinant.
  Whitening times(double[] m, double logDeterminantOfM) {
    return new Whitening(d, true, DenseMatrix.product(matrix(), m, d), logDeterminant + logDeterminantOfM);
  }

  /// The negative Hessian of the log density at `centre` in the coordinates u, from differences of gradients over
  /// steps of `h` along the columns of T; empty where the gradient is not finite near `centre`.
  Optional<double[]> curvature(Target target, double[] centre, double h) {
    var columns = DenseMatrix.transpose(matrix(), d);
    var a = new double[d * d];
    var z = new double[d];
    var up = new double[d];
    var down = new double[d];
    var row = new double[d];
    for (int j = 0; j < d; j++) {
      double step = h;
      boolean ok = false;
      for (int tries = 0; tries < 8 && !ok; tries++, step *= 0.25) {
        ok = gradientAt(target, centre, columns, j, step, z, up) && gradientAt(target, centre, columns, j, -step, z, down);
        if (ok) {
          for (int i = 0; i < d; i++) z[i] = (down[i] - up[i]) / (2 * step);
        }
      }
      if (!ok) return Optional.empty();
      multiplyTransposed(z, row);
      System.arraycopy(row, 0, a, j * d, d);
    }
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) {
        a[i * d + j] = 0.5 * (a[i * d + j] + a[j * d + i]);
        a[j * d + i] = a[i * d + j];
      }
    }
    return Optional.of(a);
  }

  private boolean gradientAt(
      Target target, double[] centre, double[] columns, int j, double h, double[] z, double[] out) {
    for (int i = 0; i < d; i++) z[i] = centre[i] + h * columns[j * d + i];
    return Finite.all(target.gradient(z, out), out);
  }

  /// The whitening by the curvature at `centre`. Directions of negative curvature count by its size. Keeps this one
  /// where the dimension is above [#DENSE_LIMIT] or the curvature cannot be had.
  Whitening refined(Target target, double[] centre, double h) {
    if (d > DENSE_LIMIT) return this;
    return curvature(target, centre, h).map(this::dividedBy).orElse(this);
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
    var eigen = DenseMatrix.eigen(a, d);
    double top = Arrays.stream(eigen.values()).map(Math::abs).max().orElse(1);
    double floor = top > 0 ? 1e-6 * top : 1;
    var scaled = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        scaled[i * d + j] = eigen.vectors()[i * d + j] * Math.max(floor, Math.abs(eigen.values()[j]));
      }
    }
    var repaired = DenseMatrix.product(scaled, DenseMatrix.transpose(eigen.vectors(), d), d);
    return DenseMatrix.cholesky(repaired, d).orElseGet(() -> DenseMatrix.identity(d));
  }
}
