package ppl.math;

import java.util.Arrays;
import java.util.Optional;
import ppl.kernels.Inner;
import ppl.kernels.Rows;

/// Small dense square matrices as row-major arrays of length `n * n`: what the engines need of linear algebra, as
/// values.
public final class DenseMatrix {
  private static final double ROUNDING = 1e-14;
  /// Rows of triangles at most for which sums in sequence are as fast as kernels over vectors, and several times as fast as
  /// the plain form of these.
  private static final int SMALL = 20;

  private DenseMatrix() {}

  public static double[] identity(int n) {
    var out = new double[n * n];
    for (int i = 0; i < n; i++) out[i * n + i] = 1;
    return out;
  }

  /// The lower triangular L with `L L' = a`, or empty where `a` is not positive definite beyond rounding: a pivot
  /// below 1e-14 of its diagonal element is nothing but rounding. Reads the lower triangle only.
  public static Optional<double[]> cholesky(double[] a, int n) {
    var l = new double[n * n];
    if (!Cholesky.cholesky(a, n, l)) return Optional.empty();
    for (int i = 0; i < n; i++) {
      double pivot = l[i * n + i] * l[i * n + i];
      if (!(pivot > ROUNDING * a[i * n + i])) return Optional.empty();
    }
    return Optional.of(l);
  }

  /// Overwrites `x` with the solution of `L y = x`.
  public static void solveLower(double[] l, int n, double[] x) {
    Triangular.solveLower(l, n, x, 1);
  }

  /// Overwrites `x` with the solution of `L' y = x`.
  public static void solveLowerTransposed(double[] l, int n, double[] x) {
    Triangular.solveLowerTransposed(l, n, x, 1);
  }

  /// The upper triangular `L^-T` of a lower triangular L.
  public static double[] inverseTransposed(double[] l, int n) {
    var inverse = identity(n);
    Triangular.solveLower(l, n, inverse, n);
    return transpose(inverse, n);
  }

  /// `out = a x`.
  public static void multiply(double[] a, int n, double[] x, double[] out) {
    for (int i = 0; i < n; i++) out[i] = Rows.dot(a, i * n, x, 0, n);
  }

  /// `out = a' x`.
  public static void multiplyTransposed(double[] a, int n, double[] x, double[] out) {
    Arrays.fill(out, 0, n, 0);
    for (int i = 0; i < n; i++) Rows.add(x[i], a, i * n, out, 0, n);
  }

  /// `out = L x` for a lower triangular L, zeros above its diagonal and all.
  public static void multiplyLower(double[] l, int n, double[] x, double[] out) {
    if (n <= SMALL) {
      for (int i = 0; i < n; i++) out[i] = row(l, i * n, x, 0, i + 1);
      return;
    }
    int i = 0;
    for (; i + Inner.TOGETHER <= n; i += Inner.TOGETHER) Inner.rows(l, i * n, n, x, 0, out, i, Math.min(n, Inner.whole(i + Inner.TOGETHER)));
    for (; i < n; i++) out[i] = Rows.dot(l, i * n, x, 0, i + 1);
  }

  /// `out = U x` for an upper triangular U, zeros below its diagonal and all.
  public static void multiplyUpper(double[] u, int n, double[] x, double[] out) {
    if (n <= SMALL) {
      for (int i = 0; i < n; i++) out[i] = row(u, i * n, x, i, n);
      return;
    }
    int i = 0;
    for (; i + Inner.TOGETHER <= n; i += Inner.TOGETHER) {
      int from = Math.max(0, n - Inner.whole(n - i));
      Inner.rows(u, i * n + from, n, x, from, out, i, n - from);
    }
    for (; i < n; i++) out[i] = Rows.dot(u, i * n + i, x, i, n - i);
  }

  /// The product of elements `from` to `to - 1` of a row that begins at `at` with those of `x`, in sequence.
  private static double row(double[] a, int at, double[] x, int from, int to) {
    double sum = 0;
    for (int j = from; j < to; j++) sum = Math.fma(a[at + j], x[j], sum);
    return sum;
  }

  /// The product `a b`.
  public static double[] product(double[] a, double[] b, int n) {
    var out = new double[n * n];
    Multiply.multiply(a, n, n, b, n, out);
    return out;
  }

  public static double[] transpose(double[] a, int n) {
    var out = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) out[j * n + i] = a[i * n + j];
    }
    return out;
  }
}
