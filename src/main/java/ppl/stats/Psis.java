package ppl.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/// Pareto-smoothed importance sampling.
///
/// Source: Vehtari, Simpson, Gelman, Yao, Gabry, "Pareto smoothed importance sampling", JMLR 25 (2024); the
/// generalised Pareto fit is that of Zhang and Stephens, Technometrics 51 (2009), with the former's weak prior.
///
/// @param khat estimated shape of the weights' tail: below 0.5 good, to 0.7 usable, above not; infinite where
///     weights cannot be used at all, negative infinity where the largest are equal but for a thousandth: these have no
///     tail, and a shape fitted to their rounding means nothing
/// @param logWeights smoothed log weights, normalised so that weights sum to one; where none can be used all weights are 0
/// @param weights the same without logarithms
public record Psis(double khat, double[] logWeights, double[] weights) {
  private static final int LEAST_TAIL = 5;
  /// Of the largest weight.
  private static final double EQUAL = 1e-3;

  private Psis(double khat, double[] logWeights) {
    this(khat, logWeights, Arrays.stream(logWeights).map(Math::exp).toArray());
  }

  /// Smooths log weights `log p - log q`. Not-finite ones count as weight zero.
  public static Psis of(double[] logRatios) {
    int s = logRatios.length;
    double max = Arrays.stream(logRatios).filter(Double::isFinite).max().orElse(Double.NaN);
    if (Double.isNaN(max)) return new Psis(Double.POSITIVE_INFINITY, nothing(s));
    var lw = new double[s];
    for (int i = 0; i < s; i++) {
      lw[i] = Double.isFinite(logRatios[i]) ? logRatios[i] - max : Double.NEGATIVE_INFINITY;
    }
    int m = (int) Math.ceil(Math.min(0.2 * s, 3 * Math.sqrt(s)));
    double khat = m < LEAST_TAIL || m >= s ? Double.POSITIVE_INFINITY : smoothTail(lw, largest(lw, m + 1));
    normalise(lw);
    return new Psis(khat, lw);
  }

  /// Effective number of draws `1 / sum w^2`; 0 where no weight can be used.
  public double effectiveSize() {
    double s = 0;
    for (double l : logWeights) s += Math.exp(2 * l);
    return s == 0 ? 0 : 1 / s;
  }

  /// Weighted mean.
  public double mean(double[] x) {
    double s = 0;
    for (int i = 0; i < x.length; i++) s += weights[i] * x[i];
    return s;
  }

  /// Weighted standard deviation.
  public double sd(double[] x) {
    double m = mean(x);
    double s = 0;
    for (int i = 0; i < x.length; i++) s += weights[i] * (x[i] - m) * (x[i] - m);
    return Math.sqrt(s);
  }

  /// Where the `n` largest weights are, from the least of them on; of equal ones the later.
  private static int[] largest(double[] lw, int n) {
    var order = Comparator.<Integer>comparingDouble(i -> lw[i]).thenComparing(Comparator.naturalOrder());
    var heap = new PriorityQueue<>(n + 1, order);
    for (int i = 0; i < lw.length; i++) {
      if (heap.size() == n && lw[i] < lw[heap.element()]) continue;
      heap.add(i);
      if (heap.size() > n) heap.remove();
    }
    return IntStream.range(0, n).map(i -> heap.remove()).toArray();
  }

  /// Replaces the weights at `tail`, but for the first of these, by the expected order statistics of the fitted tail.
  private static double smoothTail(double[] lw, int[] tail) {
    int m = tail.length - 1;
    double cut = Math.exp(lw[tail[0]]);
    var excess = new double[m];
    for (int i = 0; i < m; i++) excess[i] = Math.exp(lw[tail[1 + i]]) - cut;
    if (!(excess[m - 1] > EQUAL)) return Double.NEGATIVE_INFINITY;
    for (int i = 0; i < m; i++) excess[i] = Math.max(excess[i], 1e-300);
    var fit = Pareto.fit(excess);
    if (!Double.isFinite(fit.k())) return Double.POSITIVE_INFINITY;
    for (int i = 0; i < m; i++) {
      lw[tail[1 + i]] = Math.min(0, Math.log(cut + fit.quantile((i + 0.5) / m)));
    }
    return fit.k();
  }

  private static void normalise(double[] lw) {
    double sum = 0;
    for (double l : lw) sum += Math.exp(l);
    for (int i = 0; i < lw.length; i++) lw[i] -= Math.log(sum);
  }

  private static double[] nothing(int s) {
    var out = new double[s];
    Arrays.fill(out, Double.NEGATIVE_INFINITY);
    return out;
  }

  /// Generalised Pareto distribution with location 0.
  record Pareto(double k, double sigma) {
    static Pareto fit(double[] sorted) {
      int n = sorted.length;
      int grid = 30 + (int) Math.sqrt(n);
      double quarter = sorted[Math.max(0, (int) Math.floor(n / 4.0 + 0.5) - 1)];
      var theta = new double[grid];
      var loglik = new double[grid];
      for (int j = 0; j < grid; j++) {
        theta[j] = 1 / sorted[n - 1] + (1 - Math.sqrt(grid / (j + 0.5))) / (3 * quarter);
        double k = shape(theta[j], sorted);
        loglik[j] = n * (Math.log(-theta[j] / k) - k - 1);
      }
      double best = 0;
      for (int j = 0; j < grid; j++) {
        double sum = 0;
        for (int i = 0; i < grid; i++) sum += Math.exp(loglik[i] - loglik[j]);
        best += theta[j] / sum;
      }
      double k = shape(best, sorted);
      double sigma = -k / best;
      return new Pareto((k * n + 0.5 * 10) / (n + 10), sigma);
    }

    private static double shape(double theta, double[] x) {
      double s = 0;
      for (double v : x) s += Math.log1p(-theta * v);
      return s / x.length;
    }

    double quantile(double p) {
      return Math.abs(k) < 1e-12 ? -sigma * Math.log1p(-p) : sigma * Math.expm1(-k * Math.log1p(-p)) / k;
    }
  }
}
