package ppl.math;

import java.util.Arrays;
import ppl.kernels.Inner;
import ppl.kernels.Products;
import ppl.kernels.Rows;

/// Products of dense matrices stored row by row. The `add` forms accumulate into `out`, which is what adjoints need:
/// with C = A B, Abar += Cbar B' is `addMultiplyTransposed(cbar, n, m, b, k, abar, work)` and Bbar += A' Cbar is
/// `addTransposedMultiply(a, n, k, cbar, m, bbar)`. No argument may share storage with `out`.
public final class Multiply {
  /// How many numbers [#cross] wants room for.
  public static final int CROSSED = Inner.CROSSED;

  private Multiply() {}

  /// x'y of vectors of n numbers.
  public static double dot(double[] x, double[] y, int n) {
    return Rows.dot(x, 0, y, 0, n);
  }

  /// u = s g element by element, then p += f u, for vectors of n numbers; gives p'p.
  public static double push(double f, double[] s, double[] g, double[] u, double[] p, int n) {
    return Inner.push(f, s, g, u, p, n);
  }

  /// w = x + y for vectors of n numbers; the first six of `out`, which holds [#CROSSED] numbers, become a'y, b'y, c'x, d'x, a'c
  /// and b'd. Vectors may be the same but for w.
  public static void cross(double[] x, double[] a, double[] b, double[] y, double[] c, double[] d, double[] w, double[] out,
      int n) {
    Inner.cross(x, a, b, y, c, d, w, out, n);
  }

  /// out = A B for A of n by k and B of k by m.
  public static void multiply(double[] a, int n, int k, double[] b, int m, double[] out) {
    Arrays.fill(out, 0, n * m, 0);
    addMultiply(a, n, k, b, m, out);
  }

  /// out += A B for A of n by k and B of k by m.
  public static void addMultiply(double[] a, int n, int k, double[] b, int m, double[] out) {
    if (m == 1) for (int i = 0; i < n; i++) out[i] += Rows.dot(a, i * k, b, 0, k);
    else Products.add(a, 0, k, 1, b, 0, m, out, 0, m, n, m, k);
  }

  /// out += A' B for A of n by k and B of n by m; out is k by m.
  public static void addTransposedMultiply(double[] a, int n, int k, double[] b, int m, double[] out) {
    if (m == 1) for (int i = 0; i < n; i++) Rows.add(b[i], a, i * k, out, 0, k);
    else Products.add(a, 0, 1, k, b, 0, m, out, 0, m, k, m, n);
  }

  /// out += A B' for A of n by m and B of k by m; out is n by k. `work` holds k m numbers.
  public static void addMultiplyTransposed(double[] a, int n, int m, double[] b, int k, double[] out, double[] work) {
    if (m == 1) {
      for (int i = 0; i < n; i++) Rows.add(a[i], b, 0, out, i * k, k);
      return;
    }
    Transpose.of(b, 0, m, work, 0, k, k, m);
    Products.add(a, 0, m, 1, work, 0, k, out, 0, k, n, k, m);
  }
}
