package ppl.math;

/// Distribution functions of counts: log P(Y <= k) and log P(Y > k) through the incomplete gamma and beta functions.
/// k may be any real number; below 0 the first is negative infinity, and the fractional part does not matter.
public final class DiscreteCdfs {
  private DiscreteCdfs() {}

  public static double poisson_lcdf(double k, double rate) {
    return k < 0 ? Double.NEGATIVE_INFINITY : IncompleteGamma.log_gamma_q(Math.floor(k) + 1, rate);
  }

  public static double poisson_lccdf(double k, double rate) {
    return k < 0 ? 0 : IncompleteGamma.log_gamma_p(Math.floor(k) + 1, rate);
  }

  /// n trials with success probability p.
  public static double binomial_lcdf(double k, double n, double p) {
    if (k < 0 || k >= n) {
      return k < 0 ? Double.NEGATIVE_INFINITY : 0;
    }
    return IncompleteBeta.log(n - Math.floor(k), Math.floor(k) + 1, 1 - p, p);
  }

  public static double binomial_lccdf(double k, double n, double p) {
    if (k < 0 || k >= n) {
      return k < 0 ? 0 : Double.NEGATIVE_INFINITY;
    }
    return IncompleteBeta.log(Math.floor(k) + 1, n - Math.floor(k), p, 1 - p);
  }

  /// Variance mean + mean^2 / dispersion.
  public static double neg_binomial_2_lcdf(double k, double mean, double dispersion) {
    double total = mean + dispersion;
    return k < 0 ? Double.NEGATIVE_INFINITY
        : IncompleteBeta.log(dispersion, Math.floor(k) + 1, dispersion / total, mean / total);
  }

  public static double neg_binomial_2_lccdf(double k, double mean, double dispersion) {
    double total = mean + dispersion;
    return k < 0 ? 0 : IncompleteBeta.log(Math.floor(k) + 1, dispersion, mean / total, dispersion / total);
  }
}
