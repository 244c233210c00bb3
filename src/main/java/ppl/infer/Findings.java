package ppl.infer;

import java.util.List;
import java.util.Map;
import ppl.runtime.Draws;
import ppl.runtime.Quantity;
import ppl.runtime.Verdict;
import ppl.stats.Psis;
import ppl.stats.Quantiles;

/// What importance weights or short Markov chains say of an approximation, in words. Adds to `numbers` and `verdicts`.
record Findings(List<Quantity> quantities, Map<String, Double> numbers, List<Verdict> verdicts) {
  static final String CLOSE = "The approximation is close to the posterior";
  private static final double KHAT_GOOD = 0.5;
  private static final double SHARE_GOOD = 0.1;
  private static final double KHAT_USABLE = 0.7;
  private static final double SHARE_USABLE = 0.25;
  private static final double MEAN_DOUBT = 0.25;
  private static final double MEAN_BAD = 1;
  private static final double SPREAD_DOUBT = 1.2;
  private static final double VAGUE = 0.2;

  /// A light tail, or a usable one with weights well spread: tails that the draws never reach do not show in k-hat.
  static boolean competent(Psis psis) {
    double share = psis.effectiveSize() / psis.logWeights().length;
    return psis.khat() <= KHAT_GOOD && share >= SHARE_GOOD || psis.khat() <= KHAT_USABLE && share >= SHARE_USABLE;
  }

  static String sentence(double khat) {
    return "Importance weights cannot vouch for the approximation (" + tail(khat, "") + ").";
  }

  /// How heavy the tail of importance weights is: [Psis#khat] in words, which may be infinite.
  ///
  /// @param whose the draws that have them, after " of ", or nothing
  static String tail(double khat, String whose) {
    return khat == Double.NEGATIVE_INFINITY ? "the largest importance weights" + whose + " are equal"
        : khat == Double.POSITIVE_INFINITY ? "no tail can be fitted to the importance weights" + whose
            : NutsCheck.format("PSIS k-hat%s %.2f", whose, khat);
  }

  /// An element that varies by less than this of its size is a constant.
  private static final double ROUNDING = 1e-12;

  /// Compares the means and standard deviations of an approximation's draws with those of weighted ones.
  void byWeights(Psis psis, Draws draws, Draws weighted, String praise, String which, String advice) {
    var worst = new Largest();
    var wider = new Largest();
    int column = 0;
    for (var quantity : quantities) {
      for (int e = 0; e < quantity.size(); e++, column++) {
        if (quantity.role() != Quantity.Role.UNKNOWN && quantity.role() != Quantity.Role.DETERMINISTIC) continue;
        var x = draws.column(0, column);
        var w = weighted.column(0, column);
        double sd = psis.sd(w);
        double spread = Math.max(sd, Quantiles.sd(x));
        if (!(spread > ROUNDING * Math.abs(Quantiles.mean(x)))) continue;
        worst.see(Math.abs(psis.mean(w) - Quantiles.mean(x)) / spread, quantity, e);
        if (!quantity.integer()) wider.see(sd / Quantiles.sd(x), quantity, e);
      }
    }
    numbers.put("max_mean_shift", worst.value());
    numbers.put("max_sd_ratio", wider.value());
    if (worst.value() <= MEAN_DOUBT) {
      verdicts.add(Verdict.trustworthy(NutsCheck.format("%s (%s).", praise, tail(psis.khat(), " of " + which))));
    } else {
      verdicts.add(Verdict.doubtful(NutsCheck.format("Importance weights (%s) move the mean of %s by"
          + " %.2f standard deviations.", tail(psis.khat(), " of " + which), worst.element(), worst.value()), advice));
    }
    spread(wider.value(), wider.element(), advice);
  }

  /// Whether chains leave where they began, by more than a mean may be wrong.
  static boolean biased(Drift drift) {
    return drift.worst() > MEAN_DOUBT;
  }

  /// @param divergence what it means if chains diverge
  void byChains(Drift drift, double khat, String divergence, String advice) {
    numbers.put("max_drift", drift.worst());
    numbers.put("drift_error", drift.error());
    numbers.put("max_sd_ratio", drift.wider());
    numbers.put("drift_divergent", drift.divergent());
    if (biased(drift)) {
      String sentence = NutsCheck.format("Means are biased: short Markov chains from the approximation move the mean of"
          + " %s by %.1f standard deviations (%s).", drift.element(), drift.worst(), tail(khat, ""));
      verdicts.add(drift.worst() > MEAN_BAD ? Verdict.unusable(sentence, advice) : Verdict.doubtful(sentence, advice));
    } else if (drift.divergent() > 0.01) {
      verdicts.add(Verdict.doubtful(sentence(khat) + " Nor can short Markov chains: " + divergence + ".",
          "Write hierarchies non-centred, or use --method nuts."));
    } else if (drift.error() > VAGUE) {
      verdicts.add(Verdict.doubtful(sentence(khat) + NutsCheck.format(" Nor can short Markov chains: they mix too"
          + " slowly to tell the mean of %s.", drift.vague()), advice));
    } else if (drift.wider() > SPREAD_DOUBT) {
      verdicts.add(Verdict.doubtful(sentence(khat) + " Short Markov chains do not move its means much, but they find the"
          + " posterior far wider, and may not have seen all of it.", advice));
    } else {
      verdicts.add(Verdict.trustworthy(NutsCheck.format("Means hold: short Markov chains from the approximation leave"
          + " them where they are, although its shape differs from the posterior's (%s).", tail(khat, ""))));
    }
    spread(drift.wider(), drift.widerElement(), advice);
  }

  private void spread(double wider, String element, String advice) {
    if (!(wider > SPREAD_DOUBT)) return;
    verdicts.add(Verdict.doubtful(NutsCheck.format("Standard deviations are too small, that of %s by a factor of"
        + " about %.1f.", element, wider), advice));
  }
}
