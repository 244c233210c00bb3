package ppl.infer;

import static ppl.infer.Polynomial.block;
import static ppl.infer.Polynomial.dense;
import static ppl.infer.Polynomial.pair;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import ppl.infer.Polynomial.Terms;
import ppl.math.GammaFunctions;
import ppl.runtime.Block;
import ppl.runtime.Statistic;

/// Textbook models by their monomials.
public final class Conjugates {
  static final double LOG_TWO_PI = Math.log(2 * Math.PI);
  private static final double INF = Double.POSITIVE_INFINITY;

  private Conjugates() {}

  static Block scalars(String name, int count, double lower, double upper, Statistic... statistics) {
    var lo = new double[count];
    var hi = new double[count];
    Arrays.fill(lo, lower);
    Arrays.fill(hi, upper);
    return block(name, count, new Block.Independent(Block.Space.SCALAR, List.of(statistics), count, 1, lo, hi));
  }

  static Block gammas(String name, int count) {
    return scalars(name, count, 0, INF, Statistic.VALUE, Statistic.LOG);
  }

  /// log Gamma(x; a, b), for event i of `count` in block `b`.
  static void gammaPrior(Terms t, int block, int count, int i, double a, double b) {
    t.add(a * Math.log(b) - GammaFunctions.lgamma(a));
    t.add(a - 1, block, count + i).add(-b, block, i);
  }

  /// x_i ~ N(m, sd) for value i of the normal block of n, centred at c.
  static void normalPrior(Terms t, int block, int n, int i, double m, double sd, double[] c) {
    double p = 1 / (sd * sd);
    double d = m - c[i];
    t.add(-0.5 * LOG_TWO_PI - Math.log(sd) - 0.5 * p * d * d);
    t.add(p * d, block, i).add(-0.5 * p, block, n + i);
  }

  /// y ~ N(x' beta, tau^-1), with dense beta in block 0 of n centred at c and tau event 0 of block 1; by row.
  static void regressionRow(Terms t, int n, double[] x, double y, double[] c) {
    double r = y;
    for (int j = 0; j < n; j++) r -= x[j] * c[j];
    t.add(-0.5 * LOG_TWO_PI).add(0.5, 1, 1).add(-0.5 * r * r, 1, 0);
    for (int j = 0; j < n; j++) {
      t.add(r * x[j], 1, 0, 0, j).add(-0.5 * x[j] * x[j], 1, 0, 0, n + j);
      for (int k = 0; k < j; k++) t.add(-x[j] * x[k], 1, 0, 0, pair(n, j, k));
    }
  }

  /// A regression's data.
  public record Rows(double[][] x, double[] y) {
    public static Rows random(int rows, int n, double sd, double offset, long seed) {
      var r = new Random(seed);
      var x = new double[rows][n];
      var y = new double[rows];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < n; j++) x[i][j] = j == 0 ? 1 : r.nextGaussian();
        y[i] = offset + sd * r.nextGaussian();
        for (int j = 0; j < n; j++) y[i] += (j - 0.5) * x[i][j];
      }
      return new Rows(x, y);
    }
  }

  /// tau ~ Gamma(a, b), beta ~ N(0, sd) or, with `scaled`, N(0, sd / sqrt(tau)).
  public static Polynomial regression(Rows rows, double sd, double a, double b, boolean scaled) {
    int n = rows.x[0].length;
    return new Polynomial(List.of(block("beta", n, dense(n)), gammas("tau", 1)), 0, centres -> {
      var t = new Terms();
      var c = centres[0];
      gammaPrior(t, 1, 1, 0, a, b);
      for (int j = 0; j < n; j++) {
        if (scaled) {
          double p = 1 / (sd * sd);
          t.add(-0.5 * LOG_TWO_PI - Math.log(sd)).add(0.5, 1, 1).add(-0.5 * p * c[j] * c[j], 1, 0);
          t.add(-p * c[j], 1, 0, 0, j).add(-0.5 * p, 1, 0, 0, n + j);
        } else {
          normalPrior(t, 0, n, j, 0, sd, c);
        }
      }
      for (int i = 0; i < rows.y.length; i++) regressionRow(t, n, rows.x[i], rows.y[i], c);
      return t;
    });
  }

  /// mu_k ~ N(0, s0), tau_k ~ Gamma(a, b), w ~ Dirichlet(alpha), z_i ~ w, y_i ~ N(mu_z, tau_z). Blocks mu, tau, w, z.
  public static Polynomial mixture(double[] y, int k, double s0, double a, double b, double alpha) {
    int n = y.length;
    var w = new Block.Independent(Block.Space.SIMPLEX, List.of(Statistic.LOG), 1, k, new double[0], new double[0]);
    var categories = new int[n];
    Arrays.fill(categories, k);
    var one = new int[n];
    Arrays.fill(one, 1);
    var none = new int[0];
    var z = new Block.Discrete(one, categories, none, none, none, none);
    return new Polynomial(List.of(block("mu", k, new Block.Gaussian(k, none, none)), gammas("tau", k),
        block("w", k, w), block("z", n, z)), 0, centres -> {
      var t = new Terms();
      var c = centres[0];
      t.add(GammaFunctions.lgamma(k * alpha) - k * GammaFunctions.lgamma(alpha));
      for (int j = 0; j < k; j++) {
        normalPrior(t, 0, k, j, 0, s0, c);
        gammaPrior(t, 1, k, j, a, b);
        t.add(alpha - 1, 2, j);
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < k; j++) {
          int at = i * k + j;
          double r = y[i] - c[j];
          t.add(1, 3, at, 2, j);
          t.add(-0.5 * LOG_TWO_PI, 3, at).add(0.5, 3, at, 1, k + j).add(-0.5 * r * r, 3, at, 1, j);
          t.add(r, 3, at, 1, j, 0, j).add(-0.5, 3, at, 1, j, 0, k + j);
        }
      }
      return t;
    });
  }

  /// theta_d ~ Dirichlet(alpha), phi_k ~ Dirichlet(beta), z ~ theta_d, word ~ phi_z. Blocks theta, phi, z.
  static Polynomial lda(int[] doc, int[] word, int docs, int words, int k, double alpha, double beta) {
    int n = doc.length;
    var theta = new Block.Independent(Block.Space.SIMPLEX, List.of(Statistic.LOG), docs, k, new double[0], new double[0]);
    var phi = new Block.Independent(Block.Space.SIMPLEX, List.of(Statistic.LOG), k, words, new double[0], new double[0]);
    var categories = new int[n];
    Arrays.fill(categories, k);
    var none = new int[0];
    var z = new Block.Discrete(new int[n], categories, none, none, none, none);
    return new Polynomial(List.of(block("theta", docs * k, theta), block("phi", k * words, phi), block("z", n, z)), 0,
        centres -> {
          var t = new Terms();
          double a = GammaFunctions.lgamma(k * alpha) - k * GammaFunctions.lgamma(alpha);
          double b = GammaFunctions.lgamma(words * beta) - words * GammaFunctions.lgamma(beta);
          t.add(docs * a + k * b);
          for (int i = 0; i < docs * k; i++) t.add(alpha - 1, 0, i);
          for (int i = 0; i < words * k; i++) t.add(beta - 1, 1, i);
          for (int i = 0; i < n; i++)
            for (int j = 0; j < k; j++)
              t.add(1, 2, i * k + j, 0, doc[i] * k + j).add(1, 2, i * k + j, 1, j * words + word[i]);
          return t;
        });
  }

  /// A hidden Markov chain with known parameters (logs): one discrete block.
  static Polynomial hmm(double[] start, double[][] step, double[][] emission) {
    int n = emission.length;
    int k = start.length;
    var row = new int[(n - 1) * k * k];
    var a = new int[row.length];
    var column = new int[row.length];
    var b = new int[row.length];
    for (int i = 0, p = 0; i < n - 1; i++) {
      for (int x = 0; x < k; x++) {
        for (int y = 0; y < k; y++, p++) {
          row[p] = i;
          a[p] = x;
          column[p] = i + 1;
          b[p] = y;
        }
      }
    }
    var categories = new int[n];
    Arrays.fill(categories, k);
    var shape = new Block.Discrete(new int[n], categories, row, a, column, b);
    return new Polynomial(List.of(block("z", n, shape)), 0, centres -> {
      var t = new Terms();
      for (int x = 0; x < k; x++) t.add(start[x], 0, x);
      for (int i = 0; i < n; i++) for (int x = 0; x < k; x++) t.add(emission[i][x], 0, i * k + x);
      for (int p = 0; p < row.length; p++) t.add(step[a[p]][b[p]], 0, n * k + p);
      return t;
    });
  }

  /// A random walk observed with noise: x_1 ~ N(0, 10), x_t ~ N(x_{t-1}, 1/sqrt(walk)), y_t ~ N(x_t, 1/sqrt(noise)); both
  /// precisions unknown, Gamma(2, 1).
  public static Polynomial localLevel(double[] y) {
    int n = y.length;
    var row = new int[n - 1];
    var column = new int[n - 1];
    for (int i = 0; i < n - 1; i++) {
      row[i] = i;
      column[i] = i + 1;
    }
    return new Polynomial(List.of(block("x", n, new Block.Gaussian(n, row, column)), gammas("precision", 2)), 0, c -> {
      var t = new Terms();
      gammaPrior(t, 1, 2, 0, 2, 1);
      gammaPrior(t, 1, 2, 1, 2, 1);
      normalPrior(t, 0, n, 0, 0, 10, c[0]);
      for (int i = 0; i < n; i++) {
        double r = y[i] - c[0][i];
        t.add(-0.5 * LOG_TWO_PI).add(0.5, 1, 3).add(-0.5 * r * r, 1, 1);
        t.add(r, 1, 1, 0, i).add(-0.5, 1, 1, 0, n + i);
        if (i == 0) continue;
        double d = c[0][i] - c[0][i - 1];
        t.add(-0.5 * LOG_TWO_PI).add(0.5, 1, 2).add(-0.5 * d * d, 1, 0);
        t.add(-d, 1, 0, 0, i).add(d, 1, 0, 0, i - 1);
        t.add(-0.5, 1, 0, 0, n + i).add(-0.5, 1, 0, 0, n + i - 1).add(1, 1, 0, 0, 2 * n + i - 1);
      }
      return t;
    });
  }

  /// Probabilistic principal components: z_ik ~ N(0, 1), w_dk ~ N(0, 3), y_id ~ N(sum over k of w_dk z_ik, tau^-1),
  /// tau ~ Gamma(2, 1). Blocks w, z, tau; the first two are joint normals of independent groups of k.
  static Polynomial components(double[][] y, int k) {
    int n = y.length;
    int d = y[0].length;
    return new Polynomial(List.of(block("w", d * k, groups(d, k)), block("z", n * k, groups(n, k)), gammas("tau", 1)), 0,
        centres -> {
          var t = new Terms();
          for (int i = 0; i < d * k; i++) normalPrior(t, 0, d * k, i, 0, 3, centres[0]);
          for (int i = 0; i < n * k; i++) normalPrior(t, 1, n * k, i, 0, 1, centres[1]);
          gammaPrior(t, 2, 1, 0, 2, 1);
          for (int i = 0; i < n; i++) for (int j = 0; j < d; j++) point(t, y[i][j], i, j, n, d, k, centres);
          return t;
        });
  }

  private static Block.Gaussian groups(int count, int k) {
    int pairs = k * (k - 1) / 2;
    var row = new int[count * pairs];
    var column = new int[count * pairs];
    for (int g = 0, p = 0; g < count; g++)
      for (int a = 0; a < k; a++)
        for (int b = 0; b < a; b++, p++) {
          row[p] = g * k + a;
          column[p] = g * k + b;
        }
    return new Block.Gaussian(count * k, row, column);
  }

  /// The moment of w (or z) that is element a times element b of group g: places and coefficients of (x + c)(x' + c').
  private record Product(double[] coefficient, int[] moment) {
    static Product of(int g, int a, int b, int count, int k, double[] c) {
      int size = count * k;
      int i = g * k + a;
      int j = g * k + b;
      int square = a == b ? size + i
          : 2 * size + g * k * (k - 1) / 2 + Math.max(a, b) * (Math.max(a, b) - 1) / 2 + Math.min(a, b);
      return new Product(new double[] {1, c[i], c[j], c[i] * c[j]}, new int[] {square, j, i, -1});
    }
  }

  private static void point(Terms t, double y, int i, int j, int n, int d, int k, double[][] c) {
    t.add(-0.5 * LOG_TWO_PI).add(0.5, 2, 1).add(-0.5 * y * y, 2, 0);
    for (int a = 0; a < k; a++) {
      int w = j * k + a;
      int z = i * k + a;
      t.add(y, 2, 0, 0, w, 1, z).add(y * c[0][w], 2, 0, 1, z).add(y * c[1][z], 2, 0, 0, w);
      t.add(y * c[0][w] * c[1][z], 2, 0);
      for (int b = 0; b < k; b++) {
        var p = Product.of(j, a, b, d, k, c[0]);
        var q = Product.of(i, a, b, n, k, c[1]);
        for (int x = 0; x < 4; x++) for (int v = 0; v < 4; v++) {
          double coefficient = -0.5 * p.coefficient[x] * q.coefficient[v];
          if (coefficient == 0) continue;
          if (p.moment[x] >= 0 && q.moment[v] >= 0) t.add(coefficient, 2, 0, 0, p.moment[x], 1, q.moment[v]);
          else if (p.moment[x] >= 0) t.add(coefficient, 2, 0, 0, p.moment[x]);
          else if (q.moment[v] >= 0) t.add(coefficient, 2, 0, 1, q.moment[v]);
          else t.add(coefficient, 2, 0);
        }
      }
    }
  }

  /// Eight schools, centred: mu ~ N(0, 5), tau ~ half-normal(5), theta_j ~ N(mu, tau), y_j ~ N(theta_j, sigma_j).
  /// Blocks (theta, mu) jointly normal, and tau by log tau, tau^-2 and tau^2.
  static Polynomial schools(double[] y, double[] sigma) {
    int n = y.length;
    var row = new int[n];
    var column = new int[n];
    for (int i = 0; i < n; i++) {
      row[i] = i;
      column[i] = n;
    }
    var normal = new Block(List.of(new Block.Member("theta", n), new Block.Member("mu", 1)),
        new Block.Gaussian(n + 1, row, column));
    var tau = scalars("tau", 1, 0, INF, Statistic.LOG, new Statistic.Power(-2), Statistic.SQUARE);
    int m = n + 1;
    return new Polynomial(List.of(normal, tau), 0, centres -> {
      var t = new Terms();
      var c = centres[0];
      normalPrior(t, 0, m, n, 0, 5, c);
      t.add(Math.log(2) - 0.5 * LOG_TWO_PI - Math.log(5)).add(-0.5 / 25, 1, 2);
      for (int i = 0; i < n; i++) {
        normalPrior(t, 0, m, i, y[i], sigma[i], c);
        double d = c[i] - c[n];
        t.add(-0.5 * LOG_TWO_PI).add(-1, 1, 0).add(-0.5 * d * d, 1, 1);
        t.add(-d, 1, 1, 0, i).add(d, 1, 1, 0, n);
        t.add(-0.5, 1, 1, 0, m + i).add(-0.5, 1, 1, 0, m + n).add(1, 1, 1, 0, 2 * m + i);
      }
      return t;
    });
  }
}
