package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.runtime.Quantity;
import ppl.runtime.Target;

/// Targets written by hand, gradients included.
final class Models {
  private Models() {}

  /// Log density and gradient; stateless.
  interface Density {
    double at(double[] q, double[] g);
  }

  /// Unconstrained position to outputs.
  interface Outputs {
    void write(double[] q, double[] out);
  }

  record Plain(int dimension, Density density, List<Quantity> quantities, Outputs outputs, double spread)
      implements Target {
    @Override
    public double logDensity(double[] q) {
      return density.at(q, new double[dimension]);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return density.at(q, gradient);
    }

    @Override
    public int outputSize() {
      return quantities.stream().mapToInt(Quantity::size).sum();
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      outputs.write(q, out);
    }

    @Override
    public void start(RandomGenerator random, double[] q) {
      for (int i = 0; i < dimension; i++) q[i] = spread * (2 * random.nextDouble() - 1);
    }

    @Override
    public Target fork() {
      return this;
    }
  }

  static Quantity scalar(String name) {
    return new Quantity(name, List.of(), List.of(), Quantity.Role.UNKNOWN, false);
  }

  static Quantity vector(String name, int n) {
    return new Quantity(name, List.of(n), List.of(Optional.empty()), Quantity.Role.UNKNOWN, false);
  }

  /// Unknowns that are their own outputs.
  static Target plain(int d, Density density) {
    return new Plain(d, density, List.of(vector("x", d)), (q, out) -> System.arraycopy(q, 0, out, 0, d), 2);
  }

  /// Normal with a row-major precision matrix, without its constant.
  static Target gaussian(double[] mean, double[] precision) {
    int d = mean.length;
    return plain(d, (q, g) -> {
      double s = 0;
      for (int i = 0; i < d; i++) {
        double t = 0;
        for (int j = 0; j < d; j++) t += precision[i * d + j] * (q[j] - mean[j]);
        g[i] = -t;
        s -= 0.5 * t * (q[i] - mean[i]);
      }
      return s;
    });
  }

  static final double[] Y = {28, 8, -3, 7, -1, 1, 18, 12};
  static final double[] SIGMA = {15, 10, 16, 11, 9, 11, 10, 18};

  /// mu ~ Normal(0, 5), tau ~ HalfCauchy(5), theta = mu + tau eta; q = (mu, log tau, eta).
  static Target eightSchools() {
    Density f = (q, g) -> {
      double mu = q[0];
      double tau = Math.exp(q[1]);
      double lp = -mu * mu / 50 + Math.log(2 / (Math.PI * 5)) - Math.log1p(tau * tau / 25) + q[1];
      g[0] = -mu / 25;
      g[1] = -2 * tau * tau / (25 + tau * tau) + 1;
      for (int j = 0; j < 8; j++) {
        double eta = q[2 + j];
        double r = (Y[j] - mu - tau * eta) / (SIGMA[j] * SIGMA[j]);
        lp -= 0.5 * eta * eta + 0.5 * r * r * SIGMA[j] * SIGMA[j];
        g[0] += r;
        g[1] += r * tau * eta;
        g[2 + j] = -eta + r * tau;
      }
      return lp;
    };
    return new Plain(10, f, List.of(scalar("mu"), scalar("tau"), vector("eta", 8), vector("theta", 8)), (q, out) -> {
      out[0] = q[0];
      out[1] = Math.exp(q[1]);
      for (int j = 0; j < 8; j++) {
        out[2 + j] = q[2 + j];
        out[10 + j] = q[0] + out[1] * q[2 + j];
      }
    }, 2);
  }

  /// The same with theta ~ Normal(mu, tau); q = (mu, log tau, theta).
  static Target eightSchoolsCentred() {
    Density f = (q, g) -> {
      double mu = q[0];
      double tau = Math.exp(q[1]);
      double lp = -mu * mu / 50 - Math.log1p(tau * tau / 25) + q[1];
      g[0] = -mu / 25;
      g[1] = -2 * tau * tau / (25 + tau * tau) + 1;
      for (int j = 0; j < 8; j++) {
        double z = (q[2 + j] - mu) / tau;
        double r = (Y[j] - q[2 + j]) / SIGMA[j];
        lp -= 0.5 * z * z + q[1] + 0.5 * r * r;
        g[0] += z / tau;
        g[1] += z * z - 1;
        g[2 + j] = -z / tau + r / SIGMA[j];
      }
      return lp;
    };
    return new Plain(10, f, List.of(scalar("mu"), scalar("tau"), vector("theta", 8)), (q, out) -> {
      System.arraycopy(q, 0, out, 0, 10);
      out[1] = Math.exp(q[1]);
    }, 2);
  }

  /// Neal's funnel: v ~ Normal(0, 3), x ~ Normal(0, exp(v / 2)).
  static Target funnel(int n) {
    return plain(n + 1, (q, g) -> {
      double v = q[0];
      double lp = -v * v / 18;
      g[0] = -v / 9;
      for (int i = 1; i <= n; i++) {
        double w = Math.exp(-v);
        lp -= 0.5 * q[i] * q[i] * w + 0.5 * v;
        g[0] += 0.5 * q[i] * q[i] * w - 0.5;
        g[i] = -q[i] * w;
      }
      return lp;
    });
  }

  /// Logistic regression with an intercept, Normal(0, 10 / scale) priors.
  static Target logistic(double[][] x, int[] y, double prior) {
    int k = x[0].length;
    return plain(k + 1, (q, g) -> {
      double lp = 0;
      for (int j = 0; j <= k; j++) {
        lp -= 0.5 * q[j] * q[j] / (prior * prior);
        g[j] = -q[j] / (prior * prior);
      }
      for (int i = 0; i < y.length; i++) {
        double eta = q[0];
        for (int j = 0; j < k; j++) eta += x[i][j] * q[j + 1];
        double m = Math.max(eta, 0);
        lp += y[i] * eta - m - Math.log(Math.exp(-m) + Math.exp(eta - m));
        double r = y[i] - 1 / (1 + Math.exp(-eta));
        g[0] += r;
        for (int j = 0; j < k; j++) g[j + 1] += r * x[i][j];
      }
      return lp;
    });
  }

  /// Mixture of K normals with ordered means: Dirichlet(2), Normal(0, 10), LogNormal(0, 1).
  /// q = (softmax weights against the last, first mean and log gaps, log sds).
  static Target mixture(double[] y, int k, boolean quantileStarts) {
    int d = 3 * k - 1;
    Density f = (q, g) -> {
      var lw = logWeights(q, k);
      var mu = means(q, k);
      double lp = 0;
      var gw = new double[k];
      var gm = new double[k];
      for (int c = 0; c < k; c++) {
        lp += 2 * lw[c] - 0.5 * mu[c] * mu[c] / 100;
        gw[c] = 2;
        gm[c] = -mu[c] / 100;
        double ls = q[2 * k - 1 + c];
        lp -= 0.5 * ls * ls;
        g[2 * k - 1 + c] = -ls;
        if (c > 0) lp += q[k - 1 + c];
      }
      var t = new double[k];
      for (double yi : y) {
        double max = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < k; c++) {
          double ls = q[2 * k - 1 + c];
          double z = (yi - mu[c]) * Math.exp(-ls);
          t[c] = lw[c] - ls - 0.5 * z * z;
          max = Math.max(max, t[c]);
        }
        double sum = 0;
        for (int c = 0; c < k; c++) sum += Math.exp(t[c] - max);
        lp += max + Math.log(sum);
        for (int c = 0; c < k; c++) {
          double r = Math.exp(t[c] - max) / sum;
          double s = Math.exp(-q[2 * k - 1 + c]);
          double z = (yi - mu[c]) * s;
          gw[c] += r;
          gm[c] += r * z * s;
          g[2 * k - 1 + c] += r * (z * z - 1);
        }
      }
      double total = 0;
      for (int c = 0; c < k; c++) total += gw[c];
      for (int c = 0; c < k - 1; c++) g[c] = gw[c] - total * Math.exp(lw[c]);
      double tail = 0;
      for (int c = k - 1; c >= 0; c--) {
        tail += gm[c];
        g[k - 1 + c] = c == 0 ? tail : tail * Math.exp(q[k - 1 + c]) + 1;
      }
      return lp;
    };
    Outputs out = (q, o) -> {
      var lw = logWeights(q, k);
      var mu = means(q, k);
      for (int c = 0; c < k; c++) {
        o[c] = Math.exp(lw[c]);
        o[k + c] = mu[c];
        o[2 * k + c] = Math.exp(q[2 * k - 1 + c]);
      }
    };
    var base = new Plain(d, f, List.of(vector("theta", k), vector("mu", k), vector("sigma", k)), out, 2);
    if (!quantileStarts) return base;
    var sorted = y.clone();
    Arrays.sort(sorted);
    return new Started(base, (random, q) -> {
      base.start(random, q);
      for (int c = 0; c < k; c++) {
        double at = sorted[(int) ((c + 0.25 + 0.5 * random.nextDouble()) / k * sorted.length)];
        double before = c == 0 ? 0 : sorted[(int) ((c - 0.5) / k * sorted.length)];
        q[k - 1 + c] = c == 0 ? at : Math.log(Math.max(at - before, 1e-2));
        q[2 * k - 1 + c] *= 0.25;
        if (c < k - 1) q[c] *= 0.25;
      }
    });
  }

  interface Start {
    void write(RandomGenerator random, double[] q);
  }

  record Started(Plain base, Start start) implements Target {
    @Override
    public int dimension() {
      return base.dimension();
    }

    @Override
    public double logDensity(double[] q) {
      return base.logDensity(q);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return base.gradient(q, gradient);
    }

    @Override
    public List<Quantity> quantities() {
      return base.quantities();
    }

    @Override
    public int outputSize() {
      return base.outputSize();
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      base.constrain(q, random, out);
    }

    @Override
    public void start(RandomGenerator random, double[] q) {
      start.write(random, q);
    }

    @Override
    public Target fork() {
      return this;
    }
  }

  private static double[] logWeights(double[] q, int k) {
    double max = 0;
    for (int c = 0; c < k - 1; c++) max = Math.max(max, q[c]);
    double sum = Math.exp(-max);
    for (int c = 0; c < k - 1; c++) sum += Math.exp(q[c] - max);
    var out = new double[k];
    for (int c = 0; c < k; c++) out[c] = (c < k - 1 ? q[c] : 0) - max - Math.log(sum);
    return out;
  }

  private static double[] means(double[] q, int k) {
    var mu = new double[k];
    for (int c = 0; c < k; c++) mu[c] = c == 0 ? q[k - 1] : mu[c - 1] + Math.exp(q[k - 1 + c]);
    return mu;
  }

  /// Varying intercepts and slopes; q = (mu_a, mu_b, log sds (3), a, b).
  static Target radon(int[] group, double[] x, double[] y, int groups) {
    int d = 5 + 2 * groups;
    Density f = (q, g) -> {
      double sa = Math.exp(q[2]);
      double sb = Math.exp(q[3]);
      double s = Math.exp(q[4]);
      double lp = -(q[0] * q[0] + q[1] * q[1]) / 50 - 0.5 * (sa * sa + sb * sb + s * s) + q[2] + q[3] + q[4];
      g[0] = -q[0] / 25;
      g[1] = -q[1] / 25;
      g[2] = 1 - sa * sa - groups;
      g[3] = 1 - sb * sb - groups;
      g[4] = 1 - s * s - y.length;
      lp -= groups * (q[2] + q[3]) + y.length * q[4];
      for (int j = 0; j < groups; j++) {
        double za = (q[5 + j] - q[0]) / sa;
        double zb = (q[5 + groups + j] - q[1]) / sb;
        lp -= 0.5 * (za * za + zb * zb);
        g[0] += za / sa;
        g[1] += zb / sb;
        g[2] += za * za;
        g[3] += zb * zb;
        g[5 + j] = -za / sa;
        g[5 + groups + j] = -zb / sb;
      }
      double ss = 0;
      double w = 1 / (s * s);
      for (int i = 0; i < y.length; i++) {
        double r = y[i] - q[5 + group[i]] - q[5 + groups + group[i]] * x[i];
        ss += r * r;
        g[5 + group[i]] += r * w;
        g[5 + groups + group[i]] += r * w * x[i];
      }
      g[4] += ss * w;
      return lp - 0.5 * ss * w;
    };
    var quantities = List.of(scalar("mu_a"), scalar("mu_b"), scalar("sigma_a"), scalar("sigma_b"), scalar("sigma"),
        vector("a", groups), vector("b", groups));
    return new Plain(d, f, quantities, (q, out) -> {
      System.arraycopy(q, 0, out, 0, d);
      for (int i = 2; i < 5; i++) out[i] = Math.exp(q[i]);
    }, 2);
  }

  /// Names of all outputs.
  static List<String> names(Target target) {
    var out = new ArrayList<String>();
    for (var q : target.quantities()) IntStream.range(0, q.size()).mapToObj(q::element).forEach(out::add);
    return out;
  }
}
