package ppl.infer;

import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.DenseMatrix;

/// The normal approximation that an L-BFGS iterate implies: mean one quasi-Newton step ahead, covariance the inverse
/// Hessian estimate `diag(a) + B C B'` in its low-rank form (Pathfinder, algorithms 3 and 4).
final class CurvatureNormal {
  private final int d;
  private final int k;
  private final double[] centre;
  private final double[] root;
  private final double[][] basis;
  private final double[] factor;
  private final double[] middle;
  private final double logDeterminant;

  private CurvatureNormal(double[] centre, double[] root, double[][] basis, double[] middle, double[] factor) {
    d = centre.length;
    k = basis.length;
    this.centre = centre;
    this.root = root;
    this.basis = basis;
    this.middle = middle;
    this.factor = factor;
    double s = 0;
    for (double r : root) s += 2 * Math.log(r);
    for (int i = 0; i < k; i++) s += 2 * Math.log(factor[i * k + i]);
    logDeterminant = s;
  }

  /// The approximation at `x`, where the negative log density has `gradient`; empty where rounding made it singular.
  static Optional<CurvatureNormal> at(double[] x, double[] gradient, InverseHessian inverse) {
    int d = x.length;
    var root = new double[d];
    for (int i = 0; i < d; i++) root[i] = Math.sqrt(inverse.diagonal()[i]);
    var basis = orthonormal(root, inverse);
    int k = basis.length;
    var step = new double[d];
    inverse.multiply(gradient, step);
    var centre = new double[d];
    for (int i = 0; i < d; i++) centre[i] = x[i] - step[i];
    // In coordinates divided by `root` the covariance is the identity off the span of the basis and
    // basis' (R^-1 H R^-1) basis on it.
    var middle = new double[k * k];
    var u = new double[d];
    var v = new double[d];
    for (int j = 0; j < k; j++) {
      for (int i = 0; i < d; i++) u[i] = basis[j][i] / root[i];
      inverse.multiply(u, v);
      for (int i = 0; i < k; i++) {
        double s = 0;
        for (int l = 0; l < d; l++) s += basis[i][l] * v[l] / root[l];
        middle[i * k + j] = s;
      }
    }
    for (int i = 0; i < k; i++) {
      for (int j = 0; j < i; j++) middle[i * k + j] = 0.5 * (middle[i * k + j] + middle[j * k + i]);
    }
    boolean finite = Arrays.stream(centre).allMatch(Double::isFinite);
    if (!finite) return Optional.empty();
    return DenseMatrix.cholesky(middle, k).map(l -> new CurvatureNormal(centre, root, basis, middle, l));
  }

  /// An orthonormal basis of the span of `R y` and `R^-1 s` over the remembered pairs, by Gram and Schmidt twice.
  private static double[][] orthonormal(double[] root, InverseHessian inverse) {
    int d = root.length;
    var found = new double[Math.min(d, 2 * inverse.count())][];
    int k = 0;
    for (int j = 0; j < 2 * inverse.count() && k < found.length; j++) {
      var v = new double[d];
      for (int i = 0; i < d; i++) {
        v[i] = j % 2 == 0 ? root[i] * inverse.change(j / 2)[i] : inverse.step(j / 2)[i] / root[i];
      }
      if (orthogonalise(v, found, k)) found[k++] = v;
    }
    return Arrays.copyOf(found, k);
  }

  private static boolean orthogonalise(double[] v, double[][] basis, int k) {
    double before = normalise(v);
    double left = 1;
    for (int pass = 0; pass < 2; pass++) {
      for (int j = 0; j < k; j++) {
        double s = 0;
        for (int i = 0; i < v.length; i++) s += basis[j][i] * v[i];
        for (int i = 0; i < v.length; i++) v[i] -= s * basis[j][i];
      }
      left *= normalise(v);
    }
    return before > 0 && left > 1e-8;
  }

  private static double normalise(double[] v) {
    double s = 0;
    for (double x : v) s += x * x;
    double norm = Math.sqrt(s);
    if (norm > 0) {
      for (int i = 0; i < v.length; i++) v[i] /= norm;
    }
    return norm;
  }

  double[] centre() {
    return centre;
  }

  /// Marginal standard deviations.
  double[] marginalScales() {
    var out = new double[d];
    for (int i = 0; i < d; i++) {
      double variance = 1;
      for (int a = 0; a < k; a++) {
        for (int b = 0; b < k; b++) {
          double entry = middle[Math.max(a, b) * k + Math.min(a, b)] - (a == b ? 1 : 0);
          variance += basis[a][i] * entry * basis[b][i];
        }
      }
      out[i] = root[i] * Math.sqrt(Math.max(variance, 1e-12));
    }
    return out;
  }

  /// Writes a draw to `out` and returns its log density.
  double draw(RandomGenerator random, double[] out) {
    double square = 0;
    for (int i = 0; i < d; i++) {
      out[i] = random.nextGaussian();
      square += out[i] * out[i];
    }
    var t = new double[k];
    for (int a = 0; a < k; a++) {
      for (int i = 0; i < d; i++) t[a] += basis[a][i] * out[i];
    }
    for (int a = 0; a < k; a++) {
      double change = -t[a];
      for (int b = 0; b <= a; b++) change += factor[a * k + b] * t[b];
      for (int i = 0; i < d; i++) out[i] += change * basis[a][i];
    }
    for (int i = 0; i < d; i++) out[i] = centre[i] + root[i] * out[i];
    return -0.5 * (square + logDeterminant + d * Math.log(2 * Math.PI));
  }
}
