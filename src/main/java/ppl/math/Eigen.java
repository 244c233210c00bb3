package ppl.math;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/// The eigendecomposition of symmetric matrices stored row by row: A = V diag(values) V'. Values ascend; the columns of
/// V have norm 1 and their largest component (the first of equals) is positive.
public final class Eigen {
  private Eigen() {}

  /// Fills `values` (n) and `vectors` (n by n, eigenvectors in columns). NaN-fills both where A is not finite or the
  /// iteration does not converge, and answers false.
  public static boolean symmetric(double[] a, int n, double[] values, double[] vectors) {
    EigenDecomposition_F64<DMatrixRMaj> eig = DecompositionFactory_DDRM.eig(n, true, true);
    boolean finite = Arrays.stream(a, 0, n * n).allMatch(Double::isFinite);
    if (!finite || !eig.decompose(symmetrised(a, n))) {
      Arrays.fill(values, 0, n, Double.NaN);
      Arrays.fill(vectors, 0, n * n, Double.NaN);
      return false;
    }
    for (int k = 0; k < n; k++) {
      double value = eig.getEigenvalue(k).getReal();
      int rank = 0;
      for (int other = 0; other < n; other++) {
        double v = eig.getEigenvalue(other).getReal();
        rank += v < value || v == value && other < k ? 1 : 0;
      }
      values[rank] = value;
      putColumn(eig.getEigenVector(k).getData(), n, vectors, rank);
    }
    return true;
  }

  private static DMatrixRMaj symmetrised(double[] a, int n) {
    var m = new DMatrixRMaj(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        m.set(i, j, 0.5 * (a[i * n + j] + a[j * n + i]));
      }
    }
    return m;
  }

  private static void putColumn(double[] v, int n, double[] vectors, int column) {
    int top = 0;
    double norm = 0;
    for (int i = 0; i < n; i++) {
      top = Math.abs(v[i]) > Math.abs(v[top]) * (1 + 1e-10) ? i : top;
      norm += v[i] * v[i];
    }
    double scale = (v[top] < 0 ? -1 : 1) / Math.sqrt(norm);
    for (int i = 0; i < n; i++) {
      vectors[i * n + column] = scale * v[i];
    }
  }

  /// The adjoint: abar += V (diag(valuesBar) + F .* (V' vectorsBar)) V', made symmetric, F[i, j] = 1 / (values[j] -
  /// values[i]) off the diagonal. Eigenvectors of equal values are not differentiable: a zero adjoint for them
  /// contributes nothing, another one gives infinities.
  public static void symmetricAdjoint(double[] values, double[] vectors, int n, double[] valuesBar,
      double[] vectorsBar, double[] abar) {
    var inner = new double[n * n];
    Multiply.addTransposedMultiply(vectors, n, n, vectorsBar, n, inner);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double m = inner[i * n + j];
        inner[i * n + j] = i == j ? valuesBar[i] : m == 0 ? 0 : m / (values[j] - values[i]);
      }
    }
    var left = new double[n * n];
    var whole = new double[n * n];
    Multiply.addMultiply(vectors, n, n, inner, n, left);
    Multiply.addMultiplyTransposed(left, n, n, vectors, n, whole, inner);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        abar[i * n + j] += 0.5 * (whole[i * n + j] + whole[j * n + i]);
      }
    }
  }
}
