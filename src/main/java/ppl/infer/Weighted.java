package ppl.infer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.math.LogSpace;
import ppl.runtime.Draws;
import ppl.runtime.Verdict;
import ppl.stats.Psis;
import ppl.stats.Quantiles;

/// Draws from the posterior itself, by importance sampling from fitted normals with their tails made heavy: where few
/// coordinates are left this is exact but for the number of draws, and gives the evidence.
///
/// @param chosen the positions that were resampled
record Weighted(Approximation.Sample chosen, Draws draws, Map<String, Double> numbers, Verdict verdict) {
  /// Coordinates with which such weights are of use.
  static final int MOST = 30;
  private static final int POOL = 4;
  private static final int ELBO_DRAWS = 500;
  /// Nats below the best fit from which on another mode counts for nothing.
  private static final double NOTHING = 20;

  /// @param fits best first
  /// @return nothing where the weights cannot be trusted
  static Optional<Weighted> of(Gang gang, List<AdviFit> fits, int draws, RandomGenerator random, Progress progress) {
    var worthy = fits.stream().filter(f -> f.bound() > fits.getFirst().bound() - NOTHING).toList();
    var sample = HeavyTails.about(worthy).sample(gang, random, Math.multiplyExact(POOL, draws));
    var psis = Psis.of(sample.logWeight());
    if (!Findings.competent(psis)) return Optional.empty();
    var chosen = sample.chosen(Resampling.choose(psis, draws, random));
    var pushed = Pushed.draws(gang.target(), chosen, random, progress);
    var numbers = new LinkedHashMap<String, Double>();
    var normal = fits.getFirst().approximation().sample(gang, random, ELBO_DRAWS).logWeight();
    numbers.put("elbo", Quantiles.mean(normal));
    numbers.put("elbo_mcse", Quantiles.sd(normal) / Math.sqrt(normal.length));
    numbers.put("log_evidence", LogSpace.log_sum_exp(sample.logWeight()) - Math.log(sample.size()));
    numbers.put("khat", psis.khat());
    numbers.put("ess_importance", psis.effectiveSize());
    numbers.put("modes", (double) worthy.size());
    var where = worthy.size() == 1 ? "" : ", of " + worthy.size() + " modes";
    return Optional.of(new Weighted(chosen, pushed, numbers, Verdict.trustworthy(NutsCheck.format("The draws are the"
        + " posterior's own%s, by importance weights over its %d coordinate%s (PSIS k-hat %.2f, worth %.0f independent"
        + " draws).", where, gang.target().dimension(), gang.target().dimension() == 1 ? "" : "s", psis.khat(),
        psis.effectiveSize()))));
  }
}
