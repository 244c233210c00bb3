package ppl.stats;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import ppl.runtime.Crew;
import ppl.runtime.Draws;

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
  static final Convergence UNDEFINED = new Convergence(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /// Of every column, on the threads of a crew.
  public static List<Convergence> of(Draws draws, Crew crew) {
    var wanted = new BitSet();
    wanted.set(0, draws.width());
    return Elements.map(wanted, draws, crew, (column, _) -> column.convergence()).stream().map(Optional::orElseThrow).toList();
  }

  public static Convergence of(double[][] chains) {
    if (chains.length == 0) return UNDEFINED;
    int length = chains[0].length;
    var column = new Column(chains.length, length);
    var all = new double[chains.length * length];
    for (int c = 0; c < chains.length; c++) System.arraycopy(chains[c], 0, all, c * length, length);
    column.take(all, 0);
    return column.convergence();
  }
}
