package ppl.stats;

import java.util.Arrays;

/// Convergence diagnostics of Markov chains `[chain][draw]`, all chains of one length.
///
/// Source: Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and localization: an
/// improved R-hat", Bayesian Analysis 16 (2021). Every number is NaN for fewer than four draws a chain, for values
/// that are not finite and for constants.
///
/// @param rhat rank-normalised split R-hat: the larger of those of the location and of the spread
/// @param essBulk effective sample size for the centre of the distribution
/// @param essTail the smaller of the effective sample sizes for the 5 % and the 95 % quantile
/// @param mcseMean Monte Carlo standard error of the mean
public record Convergence(double rhat, double essBulk, double essTail, double mcseMean) {
  private static final Convergence UNDEFINED = new Convergence(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  public static Convergence of(double[][] chains) {
    if (undefined(chains)) return UNDEFINED;
    var split = Ranks.split(chains);
    var bulk = Ranks.normalScores(split);
    double location = plainRhat(bulk);
    double spread = plainRhat(Ranks.normalScores(Ranks.folded(split)));
    var sorted = Ranks.pooled(chains);
    double sd = Quantiles.sd(sorted);
    Arrays.sort(sorted);
    return new Convergence(
        Double.isNaN(spread) ? location : Math.max(location, spread),
        ess(bulk),
        Math.min(essBelow(chains, Quantiles.ofSorted(sorted, 0.05)),
            essBelow(chains, Quantiles.ofSorted(sorted, 0.95))),
        sd / Math.sqrt(ess(split)));
  }

  private static double essBelow(double[][] chains, double bound) {
    var indicator = Ranks.map(chains, x -> x <= bound ? 1 : 0);
    double first = indicator[0][0];
    boolean constant = Arrays.stream(indicator).allMatch(c -> Arrays.stream(c).allMatch(x -> x == first));
    return constant ? Double.NaN : ess(Ranks.split(indicator));
  }

  private static boolean undefined(double[][] chains) {
    if (chains.length == 0 || chains[0].length < 4) return true;
    double first = chains[0][0];
    boolean constant = true;
    for (var chain : chains) {
      for (double x : chain) {
        if (!Double.isFinite(x)) return true;
        constant &= Quantiles.same(x, first);
      }
    }
    return constant;
  }

  private static double plainRhat(double[][] x) {
    int n = x[0].length;
    double within = Arrays.stream(x).mapToDouble(Quantiles::variance).average().orElseThrow();
    double between = x.length < 2 ? 0 : Quantiles.variance(Arrays.stream(x).mapToDouble(Quantiles::mean).toArray());
    return within == 0 && between == 0 ? Double.NaN : Math.sqrt((n - 1.0) / n + between / within);
  }

  /// Equations 10 to 13, with Geyer's initial positive and initial monotone sequences.
  private static double ess(double[][] x) {
    int n = x[0].length;
    if (n < 3) return Double.NaN;
    var lags = new Autocorrelation(x);
    if (!(lags.total() > 0)) return Double.NaN;
    double sum = 0;
    double last = Double.POSITIVE_INFINITY;
    double trailing = 0;
    for (int t = 0; t + 1 < n - 2; t += 2) {
      double even = t == 0 ? 1 : lags.at(t);
      double pair = even + lags.at(t + 1);
      if (!(pair > 0)) {
        trailing = Math.max(0, even);
        break;
      }
      last = Math.min(last, pair);
      sum += last;
    }
    double size = (double) x.length * n;
    double tau = Math.max(-1 + 2 * sum + trailing, 1 / Math.log10(size));
    return size / tau;
  }
}
