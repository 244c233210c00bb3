package ppl.stats;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Summary;

/// Summary tables from draws.
public final class Summaries {
  private Summaries() {}

  /// One summary for every element of every quantity, in order. Chains of unequal length are cut to the shortest.
  public static List<Summary> of(Posterior posterior) {
    var out = new ArrayList<Summary>();
    int column = 0;
    for (var quantity : posterior.quantities()) {
      for (int e = 0; e < quantity.size(); e++) {
        out.add(element(quantity.element(e), posterior.draws(), column++, posterior.kind()));
      }
    }
    return out;
  }

  private static Summary element(String name, Draws draws, int column, Posterior.Kind kind) {
    var chains = draws.column(column);
    var all = Ranks.pooled(chains);
    var sorted = all.clone();
    Arrays.sort(sorted);
    boolean finite = Arrays.stream(all).allMatch(Double::isFinite);
    double mean = all.length == 0 ? Double.NaN : Quantiles.mean(all);
    double sd = finite ? Quantiles.sd(all) : Double.NaN;
    boolean markov = kind == Posterior.Kind.CHAINS;
    return new Summary(name, mean, sd,
        Quantiles.ofSorted(sorted, 0.05), Quantiles.ofSorted(sorted, 0.5), Quantiles.ofSorted(sorted, 0.95),
        markov ? Convergence.mcseMean(chains) : sd / Math.sqrt(all.length),
        markov ? Convergence.essBulk(chains) : Double.NaN,
        markov ? Convergence.essTail(chains) : Double.NaN,
        markov ? Convergence.rhat(chains) : Double.NaN);
  }
}
