package ppl.infer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.runtime.Draws;
import ppl.runtime.Verdict;
import ppl.stats.Psis;
import ppl.stats.Quantiles;

/// Judges draws from a normal approximation, by the cheapest judge that is competent: their own importance weights;
/// those of a wider normal, with the posterior's estimated full covariance; short Markov chains ([Drift]). Adds to
/// `numbers` and `verdicts`.
///
/// @param q the approximation
/// @param sample draws from it
/// @param draws these pushed through the model's transforms
/// @param advice what to use instead
/// @param remedy what to do where the weights can be trusted, and show that the approximation is off
record SampleCheck(Gang gang, Approximation q, Approximation.Sample sample, Draws draws, String advice, String remedy,
    Map<String, Double> numbers, List<Verdict> verdicts) {
  private static final double SHARE_WIDE = 0.5;
  private static final String NORMAL = "they diverge, so the posterior has regions that a normal approximation misses";
  private static final int WIDE_DRAWS = 500;
  private static final int CHECK_LEAST = 4000;
  private static final int CHECK_SHARE = 4;

  /// How many gradients a check by chains may take after `spent` on the fit.
  static int affordable(int spent) {
    return CHECK_LEAST + CHECK_SHARE * spent;
  }

  /// @param improper  what was found of a density without a finite integral
  /// @param gradients how many gradients a check by chains may take; 0 to do without
  /// @return the draws' own weights, where these can be trusted
  Optional<Psis> judge(Optional<Improper> improper, Whitening whitening, int gradients, RandomGenerator random,
      Progress progress) {
    var weights = improper.isPresent() ? Optional.<Psis>empty() : proper(whitening, gradients, random, progress);
    improper.ifPresent(i -> {
      // what else was found is a consequence of that
      verdicts.clear();
      verdicts.add(i.verdict());
    });
    return weights;
  }

  private Optional<Psis> proper(Whitening whitening, int gradients, RandomGenerator random, Progress progress) {
    var psis = Psis.of(sample.logWeight());
    double elbo = Quantiles.mean(sample.logWeight());
    numbers.put("elbo", elbo);
    numbers.put("elbo_mcse", Quantiles.sd(sample.logWeight()) / Math.sqrt(sample.size()));
    numbers.put("khat", psis.khat());
    numbers.put("ess_importance", psis.effectiveSize());
    if (!Double.isFinite(elbo)) {
      verdicts.add(Verdict.unusable("The approximation reaches where the density is not finite.", advice));
    }
    if (q.factor().length == 0 && whitening.dense() && sample.size() >= 8) {
      var wide = new Approximation(q.mean(), whitening.scales(), whitening.matrix(), whitening.logDeterminant());
      var wideSample = wide.sample(gang, random, WIDE_DRAWS);
      var widePsis = Psis.of(wideSample.logWeight());
      numbers.put("khat_wide", widePsis.khat());
      if (Findings.competent(widePsis) && widePsis.effectiveSize() >= SHARE_WIDE * WIDE_DRAWS) {
        findings().byWeights(widePsis, draws, Pushed.draws(gang.target(), wideSample, random, progress),
            Findings.competent(psis) ? Findings.CLOSE : "The means are those of the posterior",
            "draws with the posterior's full covariance", Findings.competent(psis) ? remedy : advice);
        return Optional.of(psis).filter(Findings::competent);
      }
    }
    if (Findings.competent(psis)) {
      findings().byWeights(psis, draws, draws, Findings.CLOSE, "the approximation's own draws", remedy);
      return Optional.of(psis);
    }
    if (gradients > 0 && sample.size() >= 8) {
      var drift = Drift.of(gang.target(), sample, whitening, random, gradients, progress);
      findings().byChains(drift, psis.khat(), NORMAL, advice);
    } else {
      verdicts.add(Verdict.doubtful(Findings.sentence(psis.khat()), advice));
    }
    return Optional.empty();
  }

  private Findings findings() {
    return new Findings(gang.target().quantities(), numbers, verdicts);
  }
}
