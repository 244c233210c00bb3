package ppl.infer;

import java.util.List;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.stats.Convergence;

/// What the draws of a warm-up's window promise of those to come, in coordinates: worths and ranks are the same in those of
/// unknowns that have coordinates of their own.
///
/// A funnel shows in both numbers. Its scale is a slow walk, and moves the energy of all that it scales by more than a new
/// momentum does.
///
/// Source of the latter: Betancourt, "Diagnosing Suboptimal Cotangent Disintegrations in Hamiltonian Monte Carlo" (2016).
///
/// @param worth how many independent draws of the worst coordinate one draw is worth
/// @param energyFraction the energy fraction of missing information, the smallest of the chains
record Prospect(double worth, double energyFraction) {
  /// The share of what is asked for below which later draws will hardly reach it: those of a warm-up say it roughly.
  private static final double SHARE = 0.5;

  /// The least window that says anything, in draws of a chain.
  static final int LEAST = 100;

  /// @param d coordinates
  static Prospect of(int d, List<Recent> chains, Crew crew) {
    var draws = Draws.of(d, chains.stream().map(Recent::positions).toList());
    double worth = Convergence.of(draws, crew).stream().mapToDouble(c -> Math.min(c.essBulk(), c.essTail()))
        .filter(e -> !Double.isNaN(e)).min().orElse(Double.NaN);
    return new Prospect(worth / chains.stream().mapToInt(Recent::count).sum(),
        chains.stream().mapToDouble(Recent::energyFraction).filter(e -> !Double.isNaN(e)).min().orElse(Double.NaN));
  }

  /// How many independent draws all chains will be worth.
  double of(NutsSettings settings) {
    return worth * settings.draws() * settings.chains();
  }

  /// Whether draws will be worth too little, as in a funnel, or at least their energy will hardly change.
  boolean isPoor(NutsSettings settings) {
    boolean slow = of(settings) < SHARE * Mixing.ESS_PER_CHAIN * settings.chains();
    return energyFraction < (slow ? 1 : SHARE) * NutsCheck.BFMI_LOW;
  }
}
