package ppl.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import ppl.math.NormalQuantile;

/// The definitions of Vehtari et al. (2021) and of quantiles, as they stand in the books: slow.
final class PlainSummary {
  /// Sums of autocorrelations end where a pair of them is not positive. Pairs so close to 0 may be either.
  private static final double CLOSE = 1e-9;

  private PlainSummary() {}

  static double rhat(double[][] chains) {
    var halves = split(chains);
    double location = plainRhat(normalScores(halves));
    double median = quantile(pooled(halves), 0.5);
    double spread = plainRhat(normalScores(map(halves, x -> Math.abs(x - median))));
    return Double.isNaN(spread) ? location : Math.max(location, spread);
  }

  static List<Double> essBulk(double[][] chains) {
    return ess(normalScores(split(chains)));
  }

  static List<Double> essTail(double[][] chains) {
    var high = essBelow(chains, quantile(pooled(chains), 0.95));
    return essBelow(chains, quantile(pooled(chains), 0.05)).stream()
        .flatMap(a -> high.stream().map(b -> Math.min(a, b))).toList();
  }

  static List<Double> mcseMean(double[][] chains) {
    double sd = Math.sqrt(variance(pooled(chains)));
    return ess(split(chains)).stream().map(e -> sd / Math.sqrt(e)).toList();
  }

  private static List<Double> essBelow(double[][] chains, double bound) {
    boolean all = Arrays.stream(pooled(chains)).allMatch(x -> x <= bound);
    return all ? List.of(Double.NaN) : ess(split(map(chains, x -> x <= bound ? 1 : 0)));
  }

  static boolean isDefined(double[][] chains) {
    var all = pooled(chains);
    return chains.length > 0 && chains[0].length >= 4 && Arrays.stream(all).allMatch(Double::isFinite)
        && !isConstant(all);
  }

  static boolean isConstant(double[] x) {
    return Arrays.stream(x).allMatch(v -> v == x[0]);
  }

  private static double[][] split(double[][] chains) {
    return Arrays.stream(chains).flatMap(c -> Stream.of(Arrays.copyOfRange(c, 0, c.length / 2),
        Arrays.copyOfRange(c, c.length - c.length / 2, c.length))).toArray(double[][]::new);
  }

  private static double[][] normalScores(double[][] chains) {
    var sorted = pooled(chains);
    Arrays.sort(sorted);
    return map(chains, x -> {
      int from = Arrays.binarySearch(sorted, x);
      int to = from;
      while (from > 0 && Double.compare(sorted[from - 1], x) == 0) from--;
      while (to < sorted.length && Double.compare(sorted[to], x) == 0) to++;
      return NormalQuantile.inv_Phi(((from + to + 1) / 2.0 - 0.375) / (sorted.length + 0.25));
    });
  }

  static double[] pooled(double[][] chains) {
    return Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray();
  }

  static double[][] map(double[][] chains, java.util.function.DoubleUnaryOperator f) {
    return Arrays.stream(chains).map(c -> Arrays.stream(c).map(f).toArray()).toArray(double[][]::new);
  }

  static double quantile(double[] x, double p) {
    var sorted = x.clone();
    Arrays.sort(sorted);
    double h = (sorted.length - 1) * p;
    int i = (int) h;
    int j = Math.min(i + 1, sorted.length - 1);
    return sorted[i] == sorted[j] ? sorted[i] : sorted[i] + (h - i) * (sorted[j] - sorted[i]);
  }

  static double mean(double[] x) {
    double m = Arrays.stream(x).sum() / x.length;
    return m + Arrays.stream(x).map(v -> v - m).sum() / x.length;
  }

  static double variance(double[] x) {
    double m = mean(x);
    return DoubleStream.of(x).map(v -> (v - m) * (v - m)).sum() / (x.length - 1);
  }

  private static double plainRhat(double[][] x) {
    int n = x[0].length;
    double within = Arrays.stream(x).mapToDouble(PlainSummary::variance).average().orElseThrow();
    double between = variance(Arrays.stream(x).mapToDouble(PlainSummary::mean).toArray());
    return within == 0 && between == 0 ? Double.NaN : Math.sqrt((n - 1.0) / n + between / within);
  }

  /// Equations 10 to 13; several where rounding decides.
  private static List<Double> ess(double[][] x) {
    int n = x[0].length;
    if (n < 3) return List.of(Double.NaN);
    var means = Arrays.stream(x).mapToDouble(PlainSummary::mean).toArray();
    double within = Arrays.stream(x).mapToDouble(PlainSummary::variance).average().orElseThrow();
    double total = within * (n - 1) / n + variance(means);
    if (!(total > 0)) return List.of(Double.NaN);
    var out = new ArrayList<Double>();
    double sum = 0;
    double last = Double.POSITIVE_INFINITY;
    for (int t = 0; t + 1 < n - 2; t += 2) {
      double even = t == 0 ? 1 : 1 - (within - product(x, means, t)) / total;
      double pair = even + 1 - (within - product(x, means, t + 1)) / total;
      if (!(pair > CLOSE)) out.add(ess(x, sum, Math.max(0, even)));
      if (!(pair > -CLOSE)) return out;
      last = Math.min(last, pair);
      sum += last;
    }
    out.add(ess(x, sum, 0));
    return out;
  }

  private static double ess(double[][] x, double sum, double trailing) {
    double size = (double) x.length * x[0].length;
    return size / Math.max(-1 + 2 * sum + trailing, 1 / Math.log10(size));
  }

  private static double product(double[][] x, double[] means, int lag) {
    double s = 0;
    for (int c = 0; c < x.length; c++)
      for (int i = 0; i + lag < x[c].length; i++) s += (x[c][i] - means[c]) * (x[c][i + lag] - means[c]);
    return s / x.length / x[0].length;
  }
}
