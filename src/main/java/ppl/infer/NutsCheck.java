package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;
import ppl.runtime.Verdict;
import ppl.stats.Quantiles;

/// What a run of [Nuts] says about itself.
///
/// @param draws of all chains
/// @param sampler the columns that go with them
/// @param summaries what the draws say of columns, as far as that was asked
/// @param diagnostics named numbers
/// @param verdicts findings in words
/// @param needsMore whether draws are worth too little, and more would help
record NutsCheck(
    Draws draws, Draws sampler, List<Optional<Summary>> summaries, Map<String, Double> diagnostics, List<Verdict> verdicts,
    boolean needsMore) {
  private static final double DIVERGENT_DOUBT = 0.001;
  private static final double DIVERGENT_BAD = 0.1;
  static final double BFMI_LOW = 0.3;
  private static final int USUAL_WARMUP = 1000;
  private static final int HEIGHT = NutsChain.COLUMNS.indexOf("lp__");
  private static final int DEPTH = NutsChain.COLUMNS.indexOf("treedepth__");
  private static final int DIVERGENT = NutsChain.COLUMNS.indexOf("divergent__");
  private static final int ACCEPT = NutsChain.COLUMNS.indexOf("accept_stat__");
  private static final int STEP_SIZE = NutsChain.COLUMNS.indexOf("stepsize__");
  private static final int ENERGY = NutsChain.COLUMNS.indexOf("energy__");

  static NutsCheck of(List<Quantity> quantities, List<NutsChain.Outcome> outcomes, int thin, NutsSettings settings,
      Crew crew) {
    var numbers = new LinkedHashMap<String, Double>();
    var verdicts = new ArrayList<Verdict>();
    int width = quantities.stream().mapToInt(Quantity::size).sum();
    var draws = new Draws(width, outcomes.stream().map(NutsChain.Outcome::draws).toList());
    var sampler = Draws.of(NutsChain.COLUMNS.size(), outcomes.stream().map(NutsChain.Outcome::sampler).toList());
    boolean stopped = !outcomes.stream().allMatch(NutsChain.Outcome::complete);
    int total = sampler.total();
    numbers.put("draws", (double) total);
    numbers.put("thin", (double) thin);
    if (total == 0) {
      verdicts.add(Verdict.unusable("The run was stopped before its first draw.", "Let it run longer."));
      return new NutsCheck(draws, sampler, List.of(), numbers, verdicts, false);
    }
    if (isStill(sampler)) verdicts.add(Verdict.unusable("No chain moved: all draws of a chain are the same.",
        settings.warmup() < USUAL_WARMUP ? "Give chains a warm-up: --warmup " + USUAL_WARMUP + "."
            : "Divide data that are very large, or multiply such as are very small: steps may be lost in rounding."));
    var mixing = Mixing.of(quantities, draws, sampler.column(HEIGHT), numbers, verdicts, crew);
    divergences(sampler, settings, numbers, verdicts);
    energy(outcomes, sampler, numbers, verdicts);
    depth(sampler, settings, numbers, verdicts);
    numbers.put("mean_accept_stat", mean(sampler, ACCEPT));
    numbers.put("mean_stepsize", mean(sampler, STEP_SIZE));
    numbers.put("leapfrog_steps", (double) outcomes.stream().mapToLong(NutsChain.Outcome::gradients).sum());
    prolonged(thin, verdicts);
    closing(numbers, verdicts, stopped, total);
    return new NutsCheck(draws, sampler, mixing.summaries(), numbers, verdicts,
        !stopped && mixing.needsMore(outcomes.size()));
  }

  /// Whether the log density never changed while it was sampled.
  private static boolean isStill(Draws sampler) {
    var heights = sampler.column(HEIGHT);
    return sampler.total() > heights.length && Arrays.stream(heights).allMatch(c -> Arrays.stream(c).allMatch(h -> h == c[0]));
  }

  /// Whether fewer or less grave doubts are left than by `other`, or else the least of the effective sample sizes is larger.
  boolean isBetterThan(NutsCheck other) {
    int difference = gravity().compareTo(other.gravity());
    return difference < 0 || difference == 0 && worth() > other.worth();
  }

  private Verdict.Level gravity() {
    return verdicts.stream().map(Verdict::level).max(Comparator.naturalOrder()).orElse(Verdict.Level.TRUSTWORTHY);
  }

  /// How many independent draws the draws are worth, at least.
  double worth() {
    return Math.min(diagnostics.getOrDefault("min_ess_bulk", Double.NaN), diagnostics.getOrDefault("min_ess_tail", Double.NaN));
  }

  /// Says that sampling was prolonged, if it was.
  static void prolonged(int thin, List<Verdict> verdicts) {
    if (thin > 1)
      verdicts.add(Verdict.trustworthy("Sampling took " + thin + " times its iterations, because draws are worth little;"
          + " every " + ordinal(thin) + " draw was kept."));
  }

  /// Says that a run was stopped, or that nothing was found amiss.
  static void closing(Map<String, Double> numbers, List<Verdict> verdicts, boolean stopped, int total) {
    if (stopped) {
      verdicts.add(interrupted(total));
    }
    if (verdicts.stream().allMatch(v -> v.level() == Verdict.Level.TRUSTWORTHY)) {
      verdicts.addFirst(Double.isNaN(numbers.get("max_rhat"))
          ? Verdict.trustworthy("The chains drew nothing that varies.")
          : Verdict.trustworthy("The chains agree and mixed well: " + Mixing.agreement(numbers.get("max_rhat")) + ", effective sample size at least "
          + format("%.0f", Math.min(numbers.get("min_ess_bulk"), numbers.get("min_ess_tail"))) + "."));
    }
  }

  static Verdict interrupted(int draws) {
    return Verdict.doubtful("The run was interrupted; " + draws + " draws were kept.", "Let it run to its end.");
  }

  private static String ordinal(int n) {
    return n == 2 ? "second" : n == 3 ? "third" : n + "th";
  }

  private static void divergences(
      Draws sampler, NutsSettings settings, Map<String, Double> numbers, List<Verdict> verdicts) {
    double share = mean(sampler, DIVERGENT);
    double count = Math.rint(share * sampler.total());
    numbers.put("divergences", count);
    if (count == 0) return;
    String sentence = format("%.0f", count) + " of " + sampler.total() + " trajectories diverged: "
        + (share > DIVERGENT_DOUBT ? "the posterior has regions so curved that the sampler cannot enter them, and its"
            + " answer may miss them." : "so few that the answer hardly suffers.");
    String advice = "Raise --target-accept (it was " + settings.targetAccept() + "). If divergences stay, write"
        + " hierarchies non-centred (x = mean + sd * z with z ~ Normal(0, 1)), or use tighter priors on scales.";
    var level = share > DIVERGENT_BAD ? Verdict.Level.NOT_TO_BE_USED
        : share > DIVERGENT_DOUBT ? Verdict.Level.DOUBTFUL : Verdict.Level.TRUSTWORTHY;
    verdicts.add(new Verdict(level, sentence, advice));
  }

  /// The energy fraction of missing information (Betancourt 2016), the smallest of the chains.
  private static void energy(List<NutsChain.Outcome> outcomes, Draws sampler, Map<String, Double> numbers,
      List<Verdict> verdicts) {
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < outcomes.size(); c++) {
      var e = sampler.column(c, ENERGY);
      double spread = e.length > 3 ? Quantiles.variance(e) : 0;
      if (spread > 0) least = Math.min(least, outcomes.get(c).energyChange() / spread);
    }
    if (least == Double.POSITIVE_INFINITY) return;
    numbers.put("min_ebfmi", least);
    if (least < BFMI_LOW) {
      verdicts.add(Verdict.doubtful("The energy changes too slowly between trajectories (E-BFMI "
          + format("%.2f", least) + ", below 0.3): the tails are explored badly.",
          "Heavy tails or a funnel: write hierarchies non-centred, or use lighter-tailed priors."));
    }
  }

  private static void depth(
      Draws sampler, NutsSettings settings, Map<String, Double> numbers, List<Verdict> verdicts) {
    int full = 0;
    double deepest = 0;
    for (int c = 0; c < sampler.chains().size(); c++) {
      for (double depth : sampler.column(c, DEPTH)) {
        if (depth >= settings.maxDepth()) full++;
        deepest = Math.max(deepest, depth);
      }
    }
    numbers.put("max_treedepth", deepest);
    numbers.put("saturated_trees", (double) full);
    if (full > 0.01 * sampler.total()) {
      verdicts.add(new Verdict(Verdict.Level.TRUSTWORTHY, full + " of " + sampler.total() + " trajectories were cut"
          + " at --max-depth " + settings.maxDepth() + ": correct, but slow.",
          "Try --metric dense, or write the model so that its unknowns are less entangled."));
    }
  }

  private static double mean(Draws sampler, int column) {
    double s = 0;
    for (int c = 0; c < sampler.chains().size(); c++) {
      for (double x : sampler.column(c, column)) s += x;
    }
    return s / sampler.total();
  }

  static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
