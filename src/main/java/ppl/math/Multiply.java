package ppl.math;

/// Products of dense matrices stored row by row. The inner loops run along rows (y += s x), the shape that the JIT
/// compiler turns into vector code. The `add` forms accumulate into `out`, which is what adjoints need: with C = A B,
/// Abar += Cbar B' is `addMultiplyTransposed(cbar, n, m, b, k, abar)` and Bbar += A' Cbar is
/// `addTransposedMultiply(a, n, k, cbar, m, bbar)`. No argument may share storage with `out`.
public final class Multiply {
  private Multiply() {}

  /// out = A B for A of n by k and B of k by m.
  public static void multiply(double[] a, int n, int k, double[] b, int m, double[] out) {
    java.util.Arrays.fill(out, 0, n * m, 0);
    addMultiply(a, n, k, b, m, out);
  }

  /// out += A B for A of n by k and B of k by m.
  public static void addMultiply(double[] a, int n, int k, double[] b, int m, double[] out) {
    if (m == 1) {
      for (int i = 0; i < n; i++) {
        out[i] += dot(a, i * k, b, 0, k);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      rows(a, i * k, b, 0, m, k, out, i * m, m);
    }
  }

  /// out += A' B for A of n by k and B of n by m; out is k by m.
  public static void addTransposedMultiply(double[] a, int n, int k, double[] b, int m, double[] out) {
    if (m == 1) {
      for (int i = 0; i < n; i++) {
        axpy(b[i], a, i * k, out, 0, k);
      }
      return;
    }
    for (int i = 0; i < n; i++) {
      for (int l = 0; l < k; l++) {
        axpy(a[i * k + l], b, i * m, out, l * m, m);
      }
    }
  }

  /// out += A B' for A of n by m and B of k by m; out is n by k.
  public static void addMultiplyTransposed(double[] a, int n, int m, double[] b, int k, double[] out) {
    for (int i = 0; i < n; i++) {
      if (m == 1) {
        axpy(a[i], b, 0, out, i * k, k);
        continue;
      }
      for (int l = 0; l < k; l++) {
        out[i * k + l] += dot(a, i * m, b, l * m, m);
      }
    }
  }

  /// y[yAt ..] += s x[xAt ..], n elements.
  public static void axpy(double s, double[] x, int xAt, double[] y, int yAt, int n) {
    for (int j = 0; j < n; j++) {
      y[yAt + j] += s * x[xAt + j];
    }
  }

  /// y += c[cAt] x0 + c[cAt + 1] x1 + .. for `count` rows x0, x1, .. of n elements, each `stride` after the one before.
  /// Four rows are added at a time, so that y is read and written a quarter as often.
  static void rows(double[] c, int cAt, double[] x, int xAt, int stride, int count, double[] y, int yAt, int n) {
    int r = 0;
    for (; r + 3 < count; r += 4) {
      axpy4(c[cAt + r], c[cAt + r + 1], c[cAt + r + 2], c[cAt + r + 3], x, xAt + r * stride, stride, y, yAt, n);
    }
    for (; r < count; r++) {
      axpy(c[cAt + r], x, xAt + r * stride, y, yAt, n);
    }
  }

  /// y += s0 x0 + s1 x1 + s2 x2 + s3 x3 for four rows of n elements, each `stride` after the one before.
  static void axpy4(double s0, double s1, double s2, double s3, double[] x, int xAt, int stride, double[] y, int yAt,
      int n) {
    int x1 = xAt + stride;
    int x2 = x1 + stride;
    int x3 = x2 + stride;
    for (int j = 0; j < n; j++) {
      y[yAt + j] += (s0 * x[xAt + j] + s1 * x[x1 + j]) + (s2 * x[x2 + j] + s3 * x[x3 + j]);
    }
  }

  /// The inner product of n elements, in four interleaved partial sums.
  public static double dot(double[] x, int xAt, double[] y, int yAt, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int j = 0;
    for (; j + 3 < n; j += 4) {
      s0 += x[xAt + j] * y[yAt + j];
      s1 += x[xAt + j + 1] * y[yAt + j + 1];
      s2 += x[xAt + j + 2] * y[yAt + j + 2];
      s3 += x[xAt + j + 3] * y[yAt + j + 3];
    }
    for (; j < n; j++) {
      s0 += x[xAt + j] * y[yAt + j];
    }
    return (s0 + s1) + (s2 + s3);
  }
}
