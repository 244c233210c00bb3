package ppl.stats;

import java.util.stream.IntStream;
import ppl.runtime.Summary;

/// One column of draws after the other, and what is to be said of each: sorted once, in arrays that are reused.
///
/// Halves of chains are compared; the middle draw of an odd number belongs to none.
final class Column {
  private final int chains;
  private final int length;
  private final double[] draws;
  private final Ordering ordering;
  private final double[] sorted;
  private final int[] places;
  private final Folded folded;
  private final Ranks ranks;
  private final double[] scores;
  private final int[] starts;
  private final Autocorrelation halves;
  private boolean isSorted;

  /// @param length of each chain
  Column(int chains, int length) {
    int half = length / 2;
    this.chains = chains;
    this.length = length;
    draws = new double[Math.multiplyExact(chains, length)];
    ordering = new Ordering(draws.length);
    scores = new double[draws.length];
    starts = IntStream.range(0, 2 * chains).map(h -> h / 2 * length + h % 2 * (length - half)).toArray();
    int kept = 2 * half * chains;
    sorted = new double[kept];
    places = new int[kept];
    folded = new Folded(kept);
    ranks = new Ranks(kept);
    halves = new Autocorrelation(2 * chains, half);
  }

  /// Takes the draws of the next column from `all`, chain after chain.
  void take(double[] all, int from) {
    System.arraycopy(all, from, draws, 0, draws.length);
    isSorted = false;
  }

  /// Chain after chain.
  double[] draws() {
    return draws;
  }

  /// In ascending order; NaN comes last.
  double[] sorted() {
    if (!isSorted) ordering.sort(draws);
    isSorted = true;
    return ordering.values();
  }

  private boolean isFinite() {
    var all = sorted();
    return all.length == 0 || Double.isFinite(all[0]) && Double.isFinite(all[all.length - 1]);
  }

  /// Whether draws differ by rounding alone.
  private boolean isConstant() {
    var all = sorted();
    return all.length > 0 && Quantiles.same(all[0], all[all.length - 1]);
  }

  /// As [Convergence] has it.
  Convergence convergence() {
    if (chains == 0 || length < 4 || !isFinite() || isConstant()) return Convergence.UNDEFINED;
    split();
    ranks.scores(sorted, places, scores);
    halves.of(scores, starts);
    double location = halves.rhat();
    double bulk = halves.effectiveSize();
    folded.fold(sorted, places);
    ranks.scores(folded.values(), folded.places(), scores);
    halves.of(scores, starts);
    double spread = halves.rhat();
    halves.of(draws, starts);
    double whole = halves.effectiveSize();
    return new Convergence(Double.isNaN(spread) ? location : Math.max(location, spread), bulk,
        Math.min(essBelow(Quantiles.ofSorted(sorted(), 0.05)), essBelow(Quantiles.ofSorted(sorted(), 0.95))),
        Quantiles.sd(draws) / Math.sqrt(whole));
  }

  /// What of the order belongs to the halves.
  private void split() {
    var all = sorted();
    var from = ordering.places();
    if (length % 2 == 0) {
      System.arraycopy(all, 0, sorted, 0, all.length);
      System.arraycopy(from, 0, places, 0, all.length);
      return;
    }
    int k = 0;
    for (int i = 0; i < all.length; i++) {
      if (from[i] % length == length / 2) continue;
      sorted[k] = all[i];
      places[k++] = from[i];
    }
  }

  /// Of the share of draws up to `bound`.
  private double essBelow(double bound) {
    if (sorted()[draws.length - 1] <= bound) return Double.NaN;
    for (int i = 0; i < draws.length; i++) scores[i] = draws[i] <= bound ? 1 : 0;
    halves.of(scores, starts);
    return halves.effectiveSize();
  }

  /// @param whole whether quantiles are whole numbers
  /// @param markov whether draws are those of chains
  Summary summary(String name, boolean whole, boolean markov) {
    int n = draws.length;
    double mean = n == 0 ? Double.NaN : Quantiles.mean(draws);
    double sd = !isFinite() ? Double.NaN : isConstant() ? 0 : Quantiles.sd(draws);
    var convergence = markov ? convergence() : Convergence.UNDEFINED;
    return new Summary(name, mean, sd, quantile(0.05, whole), quantile(0.5, whole), quantile(0.95, whole),
        markov ? convergence.mcseMean() : sd / Math.sqrt(n), convergence.essBulk(), convergence.essTail(), convergence.rhat());
  }

  /// NaN where a draw is: no quantile is known then.
  private double quantile(double p, boolean whole) {
    var all = sorted();
    if (all.length > 0 && Double.isNaN(all[all.length - 1])) return Double.NaN;
    return whole ? Quantiles.amongSorted(all, p) : Quantiles.ofSorted(all, p);
  }
}
