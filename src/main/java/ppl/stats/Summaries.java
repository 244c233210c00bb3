package ppl.stats;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Summary;

/// Summary tables from draws.
public final class Summaries {
  private Summaries() {}

  /// One summary for every element of every quantity, in order. Chains of unequal length are cut to the shortest.
  public static List<Summary> of(Posterior posterior) {
    var names = posterior.quantities().stream()
        .flatMap(q -> IntStream.range(0, q.size()).mapToObj(q::element)).toList();
    var whole = whole(posterior);
    return Elements.map(names.size(), posterior.draws(), i -> element(names.get(i), whole.get(i), i, posterior));
  }

  /// Which columns hold whole numbers.
  private static BitSet whole(Posterior posterior) {
    var whole = new BitSet();
    int from = 0;
    for (var q : posterior.quantities()) {
      whole.set(from, from + q.size(), q.integer());
      from += q.size();
    }
    return whole;
  }

  /// The summary of one element, such as `theta[1]`.
  ///
  /// @throws IllegalArgumentException if nothing reported has this name
  public static Summary of(Posterior posterior, String element) {
    int column = posterior.column(element);
    return element(element, whole(posterior).get(column), column, posterior);
  }

  /// What is known in closed form stands in place of what draws say, and has no Monte Carlo error.
  private static Summary element(String name, boolean whole, int column, Posterior posterior) {
    var drawn = drawn(name, whole, posterior.draws(), column, posterior.kind());
    if (posterior.marginals().isEmpty()) return drawn;
    var m = posterior.marginals().get();
    return new Summary(name, known(m.mean()[column], drawn.mean()), known(m.sd()[column], drawn.sd()),
        known(m.q5()[column], drawn.q5()), known(m.q50()[column], drawn.q50()), known(m.q95()[column], drawn.q95()),
        Double.isNaN(m.mean()[column]) ? drawn.mcseMean() : 0, drawn.essBulk(), drawn.essTail(), drawn.rhat());
  }

  private static double known(double exact, double drawn) {
    return Double.isNaN(exact) ? drawn : exact;
  }

  private static Summary drawn(String name, boolean whole, Draws draws, int column, Posterior.Kind kind) {
    var chains = draws.column(column);
    var all = Ranks.pooled(chains);
    var sorted = all.clone();
    Arrays.sort(sorted);
    boolean finite = Arrays.stream(all).allMatch(Double::isFinite);
    double mean = all.length == 0 ? Double.NaN : Quantiles.mean(all);
    boolean constant = finite && all.length > 0 && Quantiles.same(sorted[0], sorted[all.length - 1]);
    double sd = constant ? 0 : finite ? Quantiles.sd(all) : Double.NaN;
    boolean markov = kind == Posterior.Kind.CHAINS;
    var convergence = Convergence.of(markov ? chains : new double[0][]);
    return new Summary(name, mean, sd,
        quantile(sorted, 0.05, whole), quantile(sorted, 0.5, whole), quantile(sorted, 0.95, whole),
        markov ? convergence.mcseMean() : sd / Math.sqrt(all.length),
        convergence.essBulk(), convergence.essTail(), convergence.rhat());
  }

  /// NaN where a draw is: NaN comes last, and no quantile is known.
  private static double quantile(double[] sorted, double p, boolean whole) {
    if (sorted.length > 0 && Double.isNaN(sorted[sorted.length - 1])) return Double.NaN;
    return whole ? Quantiles.amongSorted(sorted, p) : Quantiles.ofSorted(sorted, p);
  }
}
