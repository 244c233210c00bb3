package ppl.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.runtime.Draws;
import ppl.runtime.Verdict;
import ppl.stats.Psis;

/// What a run of [Advi] says about itself.
///
/// @param diagnostics named numbers
/// @param verdicts findings in words
/// @param weights importance weights of the sample, where these can be trusted
record AdviCheck(Map<String, Double> diagnostics, List<Verdict> verdicts, Optional<Psis> weights) {
  private static final double MEAN_DOUBT = 0.25;
  static final double RIVAL = 5;

  static AdviCheck of(Gang gang, List<AdviFit> fits, Optional<Improper> improper, Approximation.Sample sample,
      Draws draws, AdviSettings settings, RandomGenerator random, Watch watch) {
    var numbers = new LinkedHashMap<String, Double>();
    var verdicts = new ArrayList<Verdict>();
    var best = fits.getFirst();
    if (!best.settled()) unsettled(best, watch.stopped(), settings, verdicts);
    numbers.put("mean_error_fit", best.moved());
    numbers.put("rounds", (double) best.rounds());
    int d = gang.target().dimension();
    if (settings.fullRank() && !AdviFit.fullRank(settings, d)) {
      verdicts.add(Verdict.doubtful("With " + d + " unknowns a full covariance is out of reach (the limit is "
          + Whitening.DENSE_LIMIT + "): the approximation is mean-field.", "Use --method nuts."));
    }
    String advice = settings.fullRank() ? "Use --method nuts." : "Use --family fullrank or --method nuts.";
    if (watch.stopped()) {
      if (verdicts.isEmpty()) verdicts.add(Verdict.doubtful("The run was interrupted before its answer was checked.", "Let it run to its end."));
      return new AdviCheck(numbers, verdicts, Optional.empty());
    }
    int spent = fits.stream().mapToInt(AdviFit::gradients).sum();
    int gradients = settings.check() ? SampleCheck.affordable(spent) : 0;
    String remedy = "Use --correct yes. " + advice;
    var weights = new SampleCheck(gang, best.approximation(), sample, draws, advice, remedy, numbers, verdicts)
        .judge(improper, best.whitening(), gradients, random, watch);
    if (settings.correct()) corrected(weights, verdicts);
    rivals(fits, verdicts);
    return new AdviCheck(numbers, verdicts, weights);
  }

  private static void unsettled(AdviFit fit, boolean stopped, AdviSettings settings, List<Verdict> verdicts) {
    if (stopped) {
      verdicts.add(Verdict.unusable("The run was interrupted before the fit came to rest.", "Let it run to its end."));
    } else {
      String sentence = NutsCheck.format("The fit did not settle: with other fixed draws a mean moves by %.2f posterior"
          + " standard deviations.", fit.moved());
      verdicts.add(fit.moved() > MEAN_DOUBT
          ? Verdict.unusable(sentence, "Raise --max-noise or --max-iterations, or use --method nuts.")
          : Verdict.doubtful(sentence, "Raise --max-noise (it was " + settings.maxNoise() + ")."));
    }
  }

  /// Resampled draws make findings about the approximation's own means and spread void.
  private static void corrected(Optional<Psis> weights, List<Verdict> verdicts) {
    if (weights.isPresent()) {
      verdicts.removeIf(v -> v.level() != Verdict.Level.NOT_TO_BE_USED);
      verdicts.add(Verdict.trustworthy(NutsCheck.format("The draws were corrected by importance weights (%s,"
          + " worth %.0f independent draws).", Findings.tail(weights.get().khat(), ""), weights.get().effectiveSize())));
    } else {
      verdicts.add(new Verdict(Verdict.Level.TRUSTWORTHY, "The draws are not corrected: their importance weights cannot"
          + " be trusted.", ""));
    }
  }

  /// Of another mode, so many nats lower.
  static Verdict rival(double lower, String advice) {
    return Verdict.doubtful(NutsCheck.format("Another start led to a different solution of nearly the same height (%.2g nats lower):"
        + " the posterior has several modes, and one is shown.", lower), advice);
  }

  private static void rivals(List<AdviFit> fits, List<Verdict> verdicts) {
    var best = fits.getFirst();
    fits.stream().skip(1)
        .filter(f -> f.bound() > best.bound() - RIVAL && Advi.elsewhere(best, f.approximation().mean())).findFirst()
        .ifPresent(f -> verdicts.add(rival(best.bound() - f.bound(), "Use --method nuts, and order exchangeable components.")));
  }
}
