package ppl.math;

import java.util.Arrays;
import java.util.Optional;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/// Small dense square matrices as row-major arrays of length `n * n`: what the engines need of linear algebra.
public final class DenseMatrix {
  private DenseMatrix() {}

  /// Eigenvalues, and the unit eigenvectors as columns of a row-major matrix.
  public record Eigen(double[] values, double[] vectors) {}

  public static double[] identity(int n) {
    var out = new double[n * n];
    for (int i = 0; i < n; i++) out[i * n + i] = 1;
    return out;
  }

  /// The lower triangular L with `L L' = a`, or empty where `a` is not (numerically) positive definite.
  /// Reads the lower triangle only.
  public static Optional<double[]> cholesky(double[] a, int n) {
    var l = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double s = a[i * n + j];
        for (int k = 0; k < j; k++) s -= l[i * n + k] * l[j * n + k];
        if (i > j) {
          l[i * n + j] = s / l[j * n + j];
        } else if (s > 1e-14 * Math.abs(a[i * n + i]) && s < Double.POSITIVE_INFINITY) {
          l[i * n + i] = Math.sqrt(s);
        } else {
          return Optional.empty();
        }
      }
    }
    return Optional.of(l);
  }

  /// Overwrites `x` with the solution of `L y = x`.
  public static void solveLower(double[] l, int n, double[] x) {
    for (int i = 0; i < n; i++) {
      double s = x[i];
      for (int k = 0; k < i; k++) s -= l[i * n + k] * x[k];
      x[i] = s / l[i * n + i];
    }
  }

  /// Overwrites `x` with the solution of `L' y = x`.
  public static void solveLowerTransposed(double[] l, int n, double[] x) {
    for (int i = n - 1; i >= 0; i--) {
      double y = x[i] / l[i * n + i];
      x[i] = y;
      for (int k = 0; k < i; k++) x[k] -= l[i * n + k] * y;
    }
  }

  /// The upper triangular `L^-T` of a lower triangular L.
  public static double[] inverseTransposed(double[] l, int n) {
    var out = new double[n * n];
    var x = new double[n];
    for (int j = 0; j < n; j++) {
      Arrays.fill(x, 0);
      x[j] = 1;
      solveLower(l, n, x);
      for (int i = j; i < n; i++) out[j * n + i] = x[i];
    }
    return out;
  }

  /// `out = a x`.
  public static void multiply(double[] a, int n, double[] x, double[] out) {
    for (int i = 0; i < n; i++) {
      double s = 0;
      for (int j = 0, o = i * n; j < n; j++) s += a[o + j] * x[j];
      out[i] = s;
    }
  }

  /// `out = a' x`.
  public static void multiplyTransposed(double[] a, int n, double[] x, double[] out) {
    Arrays.fill(out, 0, n, 0);
    for (int i = 0; i < n; i++) {
      double xi = x[i];
      for (int j = 0, o = i * n; j < n; j++) out[j] += a[o + j] * xi;
    }
  }

  /// The product `a b`.
  public static double[] product(double[] a, double[] b, int n) {
    var out = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < n; k++) {
        double aik = a[i * n + k];
        if (aik == 0) continue;
        for (int j = 0, o = i * n, p = k * n; j < n; j++) out[o + j] += aik * b[p + j];
      }
    }
    return out;
  }

  public static double[] transpose(double[] a, int n) {
    var out = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) out[j * n + i] = a[i * n + j];
    }
    return out;
  }

  /// Eigenvalues and eigenvectors of a symmetric matrix.
  ///
  /// @throws ArithmeticException where it does not converge, as for entries that are not finite
  public static Eigen eigen(double[] a, int n) {
    var decomposition = DecompositionFactory_DDRM.eig(n, true, true);
    for (double x : a) {
      if (!Double.isFinite(x)) throw new ArithmeticException("eigenvalues of a matrix with " + x);
    }
    if (!decomposition.decompose(DMatrixRMaj.wrap(n, n, a.clone()))) {
      throw new ArithmeticException("the eigenvalue iteration does not converge");
    }
    var values = new double[n];
    var vectors = new double[n * n];
    for (int j = 0; j < n; j++) {
      values[j] = decomposition.getEigenvalue(j).getReal();
      for (int i = 0; i < n; i++) vectors[i * n + j] = decomposition.getEigenVector(j).get(i, 0);
    }
    return new Eigen(values, vectors);
  }
}
