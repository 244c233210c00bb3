package ppl.infer;

import java.util.Arrays;
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
  /// Coordinates with which thousands of draws leave no place for a spike.
  static final int PLAIN = 4;
  private static final double UNKNOWN = 0.01;
  private static final double KHAT_GOOD = 0.3;
  private static final double SHARE_GOOD = 0.4;
  private static final double KHAT_USABLE = 0.7;
  private static final double SHARE_USABLE = 0.75;
  private static final int ELBO_DRAWS = 500;
  private static final int ROUNDS = 6;
  /// Independent draws for each coordinate that a covariance takes.
  private static final int EACH = 5;
  /// Of a standard deviation.
  private static final double CENTRE = 0.15;
  /// Of its logarithm.
  private static final double SPREAD = 0.15;
  /// Nats below the best fit from which on another mode counts for nothing.
  private static final double NOTHING = 20;

  /// Weights that are to replace every other doubt must be good ones: where a spike of the posterior lies beside all
  /// draws, such as that of a hierarchy whose scale may vanish, weights are usable by all that they show themselves.
  private static boolean good(Psis psis, int d) {
    if (d <= PLAIN) return Findings.competent(psis);
    double share = psis.effectiveSize() / psis.logWeights().length;
    return psis.khat() <= KHAT_GOOD && share >= SHARE_GOOD || psis.khat() <= KHAT_USABLE && share >= SHARE_USABLE;
  }

  /// Weighted draws.
  ///
  /// @param settled whether drawing again about what they say of the posterior's centre and spread would say the same
  private record Widened(Approximation.Sample sample, Psis psis, boolean settled) {}

  /// Draws about fits and, where the posterior turns out to be elsewhere or wider than a single one, about that as well:
  /// tails that a fit hardly reaches show in the weights of few draws, if at all.
  private static Widened widened(Gang gang, List<AdviFit> fits, int count, RandomGenerator random, Progress progress) {
    var tails = HeavyTails.about(fits);
    var sample = tails.sample(gang, random, count);
    var psis = Psis.of(sample.logWeight());
    if (fits.size() > 1) return new Widened(sample, psis, true);
    var known = fits.getFirst().approximation();
    for (int round = 0; ; round++) {
      var now = psis.effectiveSize() < EACH * known.mean().length ? Optional.<Approximation>empty() : Approximation.of(sample, psis);
      if (now.isEmpty()) return new Widened(sample, psis, false);
      if (agree(known, now.get())) return new Widened(sample, psis, true);
      if (round == ROUNDS) return new Widened(sample, psis, false);
      known = now.get();
      tails = tails.with(known);
      sample = tails.sample(gang, random, count);
      psis = Psis.of(sample.logWeight());
    }
  }

  private static boolean agree(Approximation a, Approximation b) {
    for (int i = 0; i < a.mean().length; i++) {
      if (Math.abs(a.mean()[i] - b.mean()[i]) > CENTRE * b.sd()[i]) return false;
      if (Math.abs(Math.log(a.sd()[i] / b.sd()[i])) > SPREAD) return false;
    }
    return true;
  }

  /// @param fits   best first
  /// @param doubts where what speaks against the weights is added
  /// @return nothing where the weights cannot be trusted
  static Optional<Weighted> of(Gang gang, List<AdviFit> fits, int draws, RandomGenerator random, Progress progress,
      List<Verdict> doubts) {
    if (!Double.isFinite(fits.getFirst().bound())) return Optional.empty();
    var worthy = fits.stream().filter(f -> f.bound() >= fits.getFirst().bound() - NOTHING).toList();
    var widened = widened(gang, worthy, Math.multiplyExact(POOL, draws), random, progress);
    var sample = widened.sample;
    long unknown = Arrays.stream(sample.logDensity()).filter(Double::isNaN).count();
    if (unknown > UNKNOWN * sample.size()) {
      doubts.add(Verdict.doubtful(unknown + " of " + sample.size() + " draws about the approximation fall where rounding"
          + " leaves nothing of the density: the posterior may have no end there.", "Give proper priors that say what is"
          + " possible."));
      return Optional.empty();
    }
    var psis = widened.psis;
    if (!good(psis, gang.target().dimension())) {
      doubts.add(Verdict.doubtful(NutsCheck.format("Draws with heavy tails about the approximation are worth %.0f of %d"
          + " (%s): the posterior may have regions that it hardly reaches.", psis.effectiveSize(),
          sample.size(), Findings.tail(psis.khat(), "")), "Use --method nuts."));
      return Optional.empty();
    }
    if (!widened.settled) {
      doubts.add(Verdict.doubtful("Draws with heavy tails reach further each time that they are drawn about what was reached before:"
          + " the posterior has heavier tails.", "Use --method nuts, or give priors that say what is possible."));
      return Optional.empty();
    }
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
        + " posterior's own%s, by importance weights over its %d coordinate%s (%s, worth %.0f independent"
        + " draws).", where, gang.target().dimension(), gang.target().dimension() == 1 ? "" : "s", Findings.tail(psis.khat(), ""),
        psis.effectiveSize()))));
  }
}
