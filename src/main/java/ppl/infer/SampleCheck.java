package ppl.infer;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import ppl.runtime.Draws;
import ppl.runtime.Quantity;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Psis;
import ppl.stats.Quantiles;

/// Judges draws from an approximation: by their importance weights where these have a usable tail, else by short
/// Markov chains ([Drift]). Adds to `numbers` and `verdicts`.
///
/// @param draws the sample pushed through the model's transforms
/// @param advice what to use instead
record SampleCheck(Target target, Approximation.Sample sample, Draws draws, String advice,
    Map<String, Double> numbers, List<Verdict> verdicts) {
  private static final double KHAT_USABLE = 0.7;
  private static final double MEAN_DOUBT = 0.25;
  private static final double MEAN_BAD = 1;
  private static final double SPREAD_DOUBT = 1.5;

  /// @param chains whether chains may be run
  void judge(Whitening whitening, boolean chains, RandomGenerator random, Progress progress) {
    var psis = Psis.of(sample.logWeight());
    double elbo = Quantiles.mean(sample.logWeight());
    numbers.put("elbo", elbo);
    numbers.put("elbo_mcse", Quantiles.sd(sample.logWeight()) / Math.sqrt(sample.size()));
    numbers.put("khat", psis.khat());
    numbers.put("ess_importance", psis.effectiveSize());
    if (!Double.isFinite(elbo)) {
      verdicts.add(Verdict.doubtful("The approximation reaches where the density is not finite.", advice));
    }
    if (psis.khat() <= KHAT_USABLE) {
      byWeights(psis);
    } else if (chains && sample.size() >= 8) {
      byChains(Drift.of(target, sample, whitening, random, progress), psis.khat());
    } else {
      verdicts.add(Verdict.doubtful(sentence(psis.khat()), advice));
    }
  }

  private static String sentence(double khat) {
    return NutsCheck.format("Importance weights cannot vouch for the approximation (PSIS k-hat %.2f, above 0.7).", khat);
  }

  private void byWeights(Psis psis) {
    double worst = 0;
    String element = "";
    int column = 0;
    for (var quantity : target.quantities()) {
      for (int e = 0; e < quantity.size(); e++, column++) {
        if (quantity.role() != Quantity.Role.UNKNOWN && quantity.role() != Quantity.Role.DETERMINISTIC) continue;
        var x = draws.column(0, column);
        double shift = Math.abs(psis.mean(x) - Quantiles.mean(x)) / Math.max(psis.sd(x), Quantiles.sd(x));
        if (shift > worst) {
          worst = shift;
          element = quantity.element(e);
        }
      }
    }
    numbers.put("max_importance_shift", worst);
    if (worst <= MEAN_DOUBT) {
      verdicts.add(Verdict.trustworthy(
          NutsCheck.format("The approximation is close to the posterior (PSIS k-hat %.2f).", psis.khat())));
    } else {
      verdicts.add(Verdict.doubtful(NutsCheck.format("The approximation overlaps the posterior (PSIS k-hat %.2f), but"
          + " importance weights move the mean of %s by %.2f standard deviations.", psis.khat(), element, worst),
          advice));
    }
  }

  private void byChains(Drift drift, double khat) {
    numbers.put("max_drift", drift.worst());
    numbers.put("max_sd_ratio", drift.wider());
    numbers.put("drift_divergent", drift.divergent());
    if (drift.worst() > MEAN_DOUBT) {
      String sentence = NutsCheck.format("Means are biased: short Markov chains from the approximation move the mean of"
          + " %s by %.1f standard deviations (PSIS k-hat %.2f).", drift.element(), drift.worst(), khat);
      verdicts.add(drift.worst() > MEAN_BAD ? Verdict.unusable(sentence, advice) : Verdict.doubtful(sentence, advice));
    } else if (drift.divergent() > 0.01) {
      verdicts.add(Verdict.doubtful(sentence(khat) + " Nor can short Markov chains: they diverge, so the posterior"
          + " has regions that a normal approximation misses.", "Write hierarchies non-centred, or use --method nuts."));
    } else {
      verdicts.add(Verdict.trustworthy(NutsCheck.format("Means hold: short Markov chains from the approximation leave"
          + " them where they are, although its shape differs from the posterior's (PSIS k-hat %.2f).", khat)));
    }
    if (drift.wider() > SPREAD_DOUBT) {
      verdicts.add(Verdict.doubtful(NutsCheck.format("Standard deviations are too small, that of %s by a factor of"
          + " about %.1f.", drift.widerElement(), drift.wider()), advice));
    }
  }
}
