package ppl.math;

import java.util.random.RandomGenerator;

/// Draws from the discrete distributions, as doubles that are whole numbers. Categories count from 1.
public final class CountSamplers {
  private CountSamplers() {}

  public static double bernoulli(RandomGenerator g, double p) {
    return g.nextDouble() < p ? 1 : 0;
  }

  public static double bernoulliLogit(RandomGenerator g, double logit) {
    return bernoulli(g, LogSpace.inv_logit(logit));
  }

  /// Hörmann (1993), "The generation of binomial random variates", algorithm BTRS; inversion for small means.
  public static double binomial(RandomGenerator g, double n, double p) {
    if (!(n >= 0 && n < Double.POSITIVE_INFINITY && p >= 0 && p <= 1)) {
      return Double.NaN;
    }
    if (p > 0.5) {
      return n - binomial(g, n, 1 - p);
    }
    return n * p < 10 ? binomialByInversion(g, n, p) : btrs(g, n, p);
  }

  private static double binomialByInversion(RandomGenerator g, double n, double p) {
    double odds = p / (1 - p);
    double mass = Math.exp(n * Math.log1p(-p));
    double u = g.nextDouble();
    double k = 0;
    while (u >= mass && k < n && mass > 0) {
      u -= mass;
      k++;
      mass *= odds * (n - k + 1) / k;
    }
    return k;
  }

  private static double btrs(RandomGenerator g, double n, double p) {
    double spread = Math.sqrt(n * p * (1 - p));
    double b = 1.15 + 2.53 * spread;
    double a = -0.0873 + 0.0248 * b + 0.01 * p;
    double centre = n * p + 0.5;
    double quick = 0.92 - 4.2 / b;
    double alpha = (2.83 + 5.1 / b) * spread;
    double logOdds = Math.log(p) - Math.log1p(-p);
    double mode = Math.floor((n + 1) * p);
    double top = GammaFunctions.lgamma(mode + 1) + GammaFunctions.lgamma(n - mode + 1);
    while (true) {
      double u = g.nextDouble() - 0.5;
      double v = Samplers.open(g);
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + centre);
      if (us >= 0.07 && v <= quick) {
        return k;
      }
      if (k < 0 || k > n) {
        continue;
      }
      double bound = top - GammaFunctions.lgamma(k + 1) - GammaFunctions.lgamma(n - k + 1) + (k - mode) * logOdds;
      if (Math.log(v * alpha / (a / (us * us) + b)) <= bound) {
        return k;
      }
    }
  }

  public static double betaBinomial(RandomGenerator g, double n, double a, double b) {
    return binomial(g, n, Samplers.beta(g, a, b));
  }

  /// Hörmann (1993), "The transformed rejection method for generating Poisson random variables", algorithm PTRS;
  /// inversion for small rates.
  public static double poisson(RandomGenerator g, double rate) {
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY)) {
      return Double.NaN;
    }
    return rate < 10 ? poissonByInversion(g, rate) : ptrs(g, rate);
  }

  private static double poissonByInversion(RandomGenerator g, double rate) {
    double mass = Math.exp(-rate);
    double u = g.nextDouble();
    double k = 0;
    while (u >= mass && mass > 0) {
      u -= mass;
      k++;
      mass *= rate / k;
    }
    return k;
  }

  private static double ptrs(RandomGenerator g, double rate) {
    double b = 0.931 + 2.53 * Math.sqrt(rate);
    double a = -0.059 + 0.02483 * b;
    double logAlpha = Math.log(1.1239 + 1.1328 / (b - 3.4));
    double quick = 0.9277 - 3.6224 / (b - 2);
    double logRate = Math.log(rate);
    while (true) {
      double u = g.nextDouble() - 0.5;
      double v = Samplers.open(g);
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + rate + 0.43);
      if (us >= 0.07 && v <= quick) {
        return k;
      }
      if (k < 0 || us < 0.013 && v > us) {
        continue;
      }
      if (Math.log(v) + logAlpha - Math.log(a / (us * us) + b) <= k * logRate - rate - GammaFunctions.lgamma(k + 1)) {
        return k;
      }
    }
  }

  /// Variance mean + mean^2 / dispersion.
  public static double negativeBinomial(RandomGenerator g, double mean, double dispersion) {
    return poisson(g, Math.exp(Samplers.logGamma(g, dispersion) + Math.log(mean) - Math.log(dispersion)));
  }

  /// The number of failures before the first success: 0, 1, ..
  public static double geometric(RandomGenerator g, double p) {
    return p >= 1 ? 0 : Math.floor(-Samplers.positiveExponential(g) / Math.log1p(-p));
  }

  public static double discreteUniform(RandomGenerator g, double lower, double upper) {
    return Math.min(upper, lower + Math.floor((upper - lower + 1) * g.nextDouble()));
  }

  /// 1 .. n with probabilities proportional to the n weights that begin at `from`; NaN where no weight is positive.
  public static double categorical(RandomGenerator g, double[] weights, int from, int n) {
    double total = 0;
    for (int k = from; k < from + n; k++) {
      total += weights[k];
    }
    double u = g.nextDouble() * total;
    int last = -1;
    for (int k = 0; k < n; k++) {
      double w = weights[from + k];
      if (w > 0) {
        last = k;
        if (u < w) {
          break;
        }
        u -= w;
      }
    }
    return last < 0 || Double.isNaN(total) ? Double.NaN : last + 1;
  }

  public static double categorical(RandomGenerator g, double[] weights) {
    return categorical(g, weights, 0, weights.length);
  }

  /// 1 .. n with log probabilities, up to a constant, from `from` on: the greatest logit plus Gumbel noise.
  public static double categoricalLogits(RandomGenerator g, double[] logits, int from, int n) {
    double best = Double.NEGATIVE_INFINITY;
    double winner = Double.NaN;
    for (int k = 0; k < n; k++) {
      double x = logits[from + k] + Samplers.gumbel(g, 0, 1);
      if (x > best) {
        best = x;
        winner = k + 1;
      }
    }
    return winner;
  }

  public static double categoricalLogits(RandomGenerator g, double[] logits) {
    return categoricalLogits(g, logits, 0, logits.length);
  }

  /// 1 .. n + 1 with P(y <= k) = inv_logit(cutpoints[k] - eta), for n ascending cutpoints from `from` on.
  public static double orderedLogistic(RandomGenerator g, double eta, double[] cutpoints, int from, int n) {
    return cell(Samplers.logistic(g, eta, 1), cutpoints, from, n);
  }

  /// 1 .. n + 1 with P(y <= k) = Phi(cutpoints[k] - eta).
  public static double orderedProbit(RandomGenerator g, double eta, double[] cutpoints, int from, int n) {
    return cell(Samplers.normal(g, eta, 1), cutpoints, from, n);
  }

  private static double cell(double x, double[] cutpoints, int from, int n) {
    int k = 0;
    while (k < n && x > cutpoints[from + k]) {
      k++;
    }
    return k + 1;
  }
}
