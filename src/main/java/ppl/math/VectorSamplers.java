package ppl.math;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import ppl.kernels.Rows;

/// Draws of vectors and matrices, written into `out` from `at` on. Matrices are stored row by row.
public final class VectorSamplers {
  private VectorSamplers() {}

  /// A point of the simplex, by normalised gamma variables in log space: right also for tiny concentrations.
  public static void dirichlet(RandomGenerator g, double[] alpha, int from, int n, double[] out, int at) {
    for (int k = 0; k < n; k++) {
      out[at + k] = Samplers.logGamma(g, alpha[from + k]);
    }
    double total = LogSpace.log_sum_exp(out, at, n);
    for (int k = at; k < at + n; k++) {
      out[k] = Math.exp(out[k] - total);
    }
  }

  public static void dirichlet(RandomGenerator g, double[] alpha, double[] out) {
    dirichlet(g, alpha, 0, alpha.length, out, 0);
  }

  /// Counts of `trials` over n categories with probabilities proportional to the weights: a chain of binomials.
  public static void multinomial(RandomGenerator g, double trials, double[] weights, int from, int n, double[] out,
      int at) {
    double rest = 0;
    for (int k = from; k < from + n; k++) {
      rest += weights[k];
    }
    int last = n - 1;
    while (last > 0 && weights[from + last] == 0) {
      last--;
    }
    double left = trials;
    for (int k = 0; k < n; k++) {
      double w = weights[from + k];
      double share = rest > 0 ? Math.min(1, w / rest) : 0;
      out[at + k] = k == last ? left : k > last ? 0 : CountSamplers.binomial(g, left, share);
      left -= out[at + k];
      rest -= w;
    }
  }

  public static void multinomial(RandomGenerator g, double trials, double[] weights, double[] out) {
    multinomial(g, trials, weights, 0, weights.length, out, 0);
  }

  /// mean + L z for the lower Cholesky factor L of the covariance, n by n.
  public static void multivariateNormal(RandomGenerator g, double[] mean, int from, double[] l, int n, double[] out,
      int at) {
    for (int k = at; k < at + n; k++) {
      out[k] = g.nextGaussian();
    }
    for (int i = n - 1; i >= 0; i--) {
      out[at + i] = mean[from + i] + Rows.dot(l, i * n, out, at, i + 1);
    }
  }

  /// mean + L'^-1 z for the lower Cholesky factor L of the precision, n by n.
  public static void multivariateNormalPrecision(RandomGenerator g, double[] mean, int from, double[] l, int n,
      double[] out, int at) {
    var z = new double[n];
    Arrays.setAll(z, k -> g.nextGaussian());
    Triangular.solveLowerTransposed(l, n, z, 1);
    for (int k = 0; k < n; k++) {
      out[at + k] = mean[from + k] + z[k];
    }
  }

  /// A Wishart matrix with mean df scale, df > n - 1, by Bartlett's decomposition. NaN where scale is not positive
  /// definite.
  public static void wishart(RandomGenerator g, double df, double[] scale, int n, double[] out, int at) {
    var l = new double[n * n];
    Cholesky.cholesky(scale, n, l);
    var product = new double[n * n];
    Multiply.multiply(l, n, n, bartlett(g, df, n), n, product);
    square(product, n, out, at);
  }

  /// The inverse of a Wishart(df, scale^-1) matrix: its mean is scale / (df - n - 1).
  public static void inverseWishart(RandomGenerator g, double df, double[] scale, int n, double[] out, int at) {
    var l = new double[n * n];
    Cholesky.cholesky(scale, n, l);
    var x = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        x[j * n + i] = l[i * n + j];
      }
    }
    Triangular.solveLower(bartlett(g, df, n), n, x, n);
    var transposed = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        transposed[j * n + i] = x[i * n + j];
      }
    }
    square(transposed, n, out, at);
  }

  private static double[] bartlett(RandomGenerator g, double df, int n) {
    var a = new double[n * n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        a[i * n + j] = g.nextGaussian();
      }
      a[i * n + i] = Math.exp(0.5 * (Math.log(2) + Samplers.logGamma(g, 0.5 * (df - i))));
    }
    return a;
  }

  /// out = B B', symmetric to the last bit.
  private static void square(double[] b, int n, double[] out, int at) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double s = Rows.dot(b, i * n, b, j * n, n);
        out[at + i * n + j] = s;
        out[at + j * n + i] = s;
      }
    }
  }

  /// The Cholesky factor of an LKJ(eta) correlation matrix, row by row. Lewandowski, Kurowicka and Joe (2009),
  /// "Generating random correlation matrices based on vines and extended onion method": row m is a uniform direction
  /// times the root of a Beta(m / 2, eta + (n - 1 - m) / 2) variable, and what is left of its unit length.
  public static void lkjCholesky(RandomGenerator g, double eta, int n, double[] out, int at) {
    Arrays.fill(out, at, at + n * n, 0);
    for (int m = 0; m < n; m++) {
      int row = at + m * n;
      if (m == 0) {
        out[row] = 1;
        continue;
      }
      double squares = 0;
      for (int j = 0; j < m; j++) {
        double z = g.nextGaussian();
        out[row + j] = z;
        squares += z * z;
      }
      double inside = Samplers.logGamma(g, 0.5 * m);
      double outside = Samplers.logGamma(g, eta + 0.5 * (n - 1 - m));
      double length = Math.sqrt(LogSpace.inv_logit(inside - outside) / squares);
      for (int j = 0; j < m; j++) {
        out[row + j] *= length;
      }
      out[row + m] = Math.sqrt(LogSpace.inv_logit(outside - inside));
    }
  }

  /// An LKJ(eta) correlation matrix.
  public static void lkj(RandomGenerator g, double eta, int n, double[] out, int at) {
    var l = new double[n * n];
    lkjCholesky(g, eta, n, l, 0);
    square(l, n, out, at);
    for (int i = 0; i < n; i++) {
      out[at + i * n + i] = 1;
    }
  }
}
