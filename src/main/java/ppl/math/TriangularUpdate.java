package ppl.math;

import java.util.Arrays;
import ppl.kernels.Rows;

/// Many rows A given to a triangular R that stands for others: with Z = A R^-1, R'R + A'A = R' (I + Z'Z) R, and the factor
/// of I + Z'Z makes the new R. Products of rows lose digits where these are nearly dependent; in the coordinates of R they
/// are not, as long as A has no direction that is new to R.
///
/// Rows are worked on column by column, many side by side, and sums are kept one for each place: what the JVM makes
/// vectors of, four times as fast as reflections. For Cholesky factors as preconditioners see Yamamoto et al. 2015,
/// *Roundoff error analysis of the CholeskyQR2 algorithm*.
final class TriangularUpdate {
  /// Rows from which on this pays.
  static final int LEAST = 256;
  /// Squared length of a column of Z, up to which I + Z'Z is as good as any matrix.
  private static final double LONG = 100;
  private static final int PARTS = 4;
  private static final int LANES = 256;
  /// Of the sums that are kept: with more columns than these have room for, lanes become too few.
  private static final int ROOM = 1 << 16;

  private final int n;
  private final int lanes;
  private final double[][][] columns;
  private final double[][] sums;

  private TriangularUpdate(int n, int lanes) {
    this.n = n;
    this.lanes = lanes;
    this.columns = new double[PARTS][n][lanes];
    this.sums = new double[n * (n + 1) / 2][lanes];
  }

  /// Whether R was made the factor of what it stood for and of `rows` together; else it is as it was.
  static boolean absorb(double[] rows, double[] r, int count, int n) {
    int lanes = Math.min(LANES, Integer.highestOneBit(ROOM / (n * (n + 1) / 2)));
    if (count < LEAST || lanes < LANES / 4) return false;
    for (int j = 0; j < n; j++) if (r[j * n + j] == 0) return false;
    var update = new TriangularUpdate(n, lanes);
    for (int at = 0; at < count; at += PARTS * lanes) update.add(rows, r, at, count);
    return update.finish(r);
  }

  private void add(double[] rows, double[] r, int from, int count) {
    for (int p = 0; p < PARTS; p++) {
      int first = Math.min(count, from + p * lanes);
      place(rows, first, Math.min(count, first + lanes) - first, columns[p]);
      solve(r, columns[p]);
    }
    for (int j = 0, k = 0; j < n; j++) for (int i = 0; i <= j; i++, k++) products(i, j, sums[k]);
  }

  /// Rows that there are not are zeros.
  private void place(double[] rows, int first, int count, double[][] to) {
    for (int k = 0; k < n; k++) {
      var column = to[k];
      for (int i = 0; i < count; i++) column[i] = rows[(first + i) * n + k];
      Arrays.fill(column, count, lanes, 0);
    }
  }

  /// Columns of A become those of Z.
  private void solve(double[] r, double[][] z) {
    for (int j = 0; j < n; j++) {
      int i = 0;
      for (; i + 3 < j; i += 4)
        subtract(r[i * n + j], z[i], r[(i + 1) * n + j], z[i + 1], r[(i + 2) * n + j], z[i + 2], r[(i + 3) * n + j],
            z[i + 3], z[j]);
      for (; i < j; i++) subtract(r[i * n + j], z[i], z[j]);
      divide(z[j], r[j * n + j]);
    }
  }

  private static void subtract(double s, double[] x, double[] y) {
    for (int i = 0; i < y.length; i++) y[i] -= s * x[i];
  }

  private static void subtract(
      double s, double[] a, double t, double[] b, double u, double[] c, double v, double[] d, double[] y) {
    for (int i = 0; i < y.length; i++) y[i] -= (s * a[i] + t * b[i]) + (u * c[i] + v * d[i]);
  }

  private static void divide(double[] y, double by) {
    for (int i = 0; i < y.length; i++) y[i] /= by;
  }

  private void products(int i, int j, double[] out) {
    products(columns[0][i], columns[0][j], columns[1][i], columns[1][j], columns[2][i], columns[2][j], columns[3][i],
        columns[3][j], out);
  }

  private static void products(double[] a, double[] b, double[] c, double[] d, double[] e, double[] f, double[] g,
      double[] h, double[] out) {
    for (int i = 0; i < out.length; i++) out[i] += (a[i] * b[i] + c[i] * d[i]) + (e[i] * f[i] + g[i] * h[i]);
  }

  private boolean finish(double[] r) {
    var gram = new double[n * n];
    for (int j = 0, k = 0; j < n; j++) for (int i = 0; i <= j; i++, k++) gram[j * n + i] = sum(sums[k]);
    for (int j = 0; j < n; j++) {
      if (!(gram[j * n + j] < LONG)) return false;
      gram[j * n + j] += 1;
    }
    var factor = DenseMatrix.cholesky(gram, n);
    factor.ifPresent(l -> multiply(l, r));
    return factor.isPresent();
  }

  private static double sum(double[] x) {
    double a = 0, b = 0, c = 0, d = 0;
    for (int i = 0; i < x.length; i += 4) {
      a += x[i];
      b += x[i + 1];
      c += x[i + 2];
      d += x[i + 3];
    }
    return (a + b) + (c + d);
  }

  /// R becomes L'R: row by row from above, each from itself and those below.
  private void multiply(double[] l, double[] r) {
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) r[i * n + j] *= l[i * n + i];
      for (int k = i + 1; k < n; k++) Rows.add(l[k * n + i], r, k * n + k, r, i * n + k, n - k);
    }
  }
}
