package ppl.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.math.NormalQuantile;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;
import ppl.runtime.Verdict;
import ppl.stats.Convergence;
import ppl.stats.RankCorrelation;
import ppl.stats.Summaries;

/// Whether chains agree, and what their draws are worth.
///
/// R-hat should be below 1.01; where there are hundreds of quantities one in fifty may lie above by chance, to 1.03. Where draws are
/// worth enough it may lie above by as much as chance explains: of m half chains that agree and are worth n independent draws each,
/// `R-hat^2 - 1` is about `chi^2 / ((m - 1) n)` with m - 1 degrees of freedom. Effective sample sizes count what chains differ by,
/// so that chains that do not agree have no such excuse.
///
/// Modes that are copies of each other, under another numbering of parts or turned or mirrored, have the same height, and
/// what does not depend on that is the same in all. So where chains of about the same height agree about some names, the
/// others are set aside, and the chains are judged by what they agree about. What goes with the height is no copy: it is the scale of
/// a funnel, where the density of all that it scales is the higher the smaller it is.
///
/// @param rhat  the largest of what longer chains may agree about
/// @param worth how many independent draws the least of that is worth
/// @param summaries of what was looked at, in the places of the columns
record Mixing(double rhat, double worth, List<Optional<Summary>> summaries) {
  private static final double RHAT_GOOD = 1.01;
  /// Of R-hats as they are shown.
  private static final double HALF_DIGIT = 0.0005;
  /// Fewer draws a chain have no halves to compare.
  private static final int FEW = 6;
  private static final double RHAT_SHARE = 0.02;
  private static final double RHAT_POOR = 1.03;
  /// How many runs of chains that agree may be doubted for their R-hat.
  private static final double CHANCE = 0.01;
  private static final double RHAT_BAD = 1.1;
  /// Chains that disagree so much are in different modes: they do not meet by running longer.
  private static final double RHAT_HOPELESS = 1.5;
  static final double ESS_PER_CHAIN = 100;
  private static final double ESS_BAD_PER_CHAIN = 10;
  private static final int MOST_NAMES = 8;
  /// Rank correlation with the log density, beyond which what mixes badly does so for what it does to that.
  private static final double TIED = 0.5;

  /// One element's convergence.
  ///
  /// @param column its place in draws
  private record Row(Quantity quantity, Summary values, int column) {
    String name() {
      return values.name();
    }

    double rhat() {
      return values.rhat();
    }

    double ess() {
      return Math.min(values.essBulk(), values.essTail());
    }

    /// Its rank correlation with the log density.
    double height(Draws draws, double[][] heights) {
      return RankCorrelation.of(draws.column(column), heights);
    }

    /// Whether nothing can be said of it.
    boolean lost(int chains) {
      return rhat() > RHAT_BAD || ess() < ESS_BAD_PER_CHAIN * chains;
    }

    boolean disagrees(int chains, int rows) {
      return rhat() > limit(chains, rows);
    }

    /// The R-hat above which chains disagree: what that of one among `rows` quantities is by
    /// chance, where draws are worth enough.
    double limit(int chains, int rows) {
      boolean worth = ess() >= ESS_PER_CHAIN * chains;
      return worth ? Math.clamp(1 + chance(chains, rows), RHAT_GOOD, RHAT_POOR) : RHAT_GOOD;
    }

    /// By the approximation of Wilson and Hilferty (1931) for quantiles of the chi-squared distribution; there are two R-hats.
    private double chance(int chains, int rows) {
      int halves = 2 * chains;
      double k = halves - 1;
      double spread = 2 / (9 * k);
      double z = -NormalQuantile.inv_Phi(CHANCE / (2.0 * rows));
      return Math.pow(1 - spread + z * Math.sqrt(spread), 3) * halves / (2 * ess());
    }

    boolean vague(int chains) {
      return rhat() > RHAT_POOR || ess() < ESS_PER_CHAIN * chains;
    }
  }

  /// @param heights log densities of the draws
  static Mixing of(List<Quantity> quantities, Draws draws, double[][] heights, Map<String, Double> numbers,
      List<Verdict> verdicts, Crew crew) {
    int chains = draws.chains().size();
    var summaries = varying(quantities, draws, crew, Quantity.Role.UNKNOWN, Quantity.Role.DETERMINISTIC);
    var all = rows(quantities, summaries);
    numbers.put("max_rhat", all.stream().mapToDouble(Row::rhat).max().orElse(Double.NaN));
    numbers.put("min_ess_bulk", all.stream().mapToDouble(r -> r.values().essBulk()).min().orElse(Double.NaN));
    numbers.put("min_ess_tail", all.stream().mapToDouble(r -> r.values().essTail()).min().orElse(Double.NaN));
    var rows = all;
    var hopeful = all;
    var scale = all.stream().filter(r -> r.lost(chains)).filter(r -> Math.abs(r.height(draws, heights)) > TIED)
        .min(Comparator.comparingDouble(Row::ess));
    if (chains > 1 && scale.isEmpty() && all.stream().anyMatch(r -> r.lost(chains)) && Convergence.of(heights).rhat() <= RHAT_BAD) {
      var more = new ArrayList<>(all);
      more.addAll(rows(quantities, varying(quantities, draws, crew, Quantity.Role.GENERATED)));
      var kept = without(more, r -> r.lost(chains));
      if (!kept.isEmpty()) {
        var sure = without(more, r -> r.vague(chains));
        hopeful = kept;
        rows = sure.isEmpty() ? kept : sure;
        verdicts.add(copies(all, rows));
      }
    }
    double rhat = rows.stream().mapToDouble(Row::rhat).max().orElse(Double.NaN);
    var fewest = rows.stream().min(Comparator.comparingDouble(Row::ess));
    double ess = fewest.map(Row::ess).orElse(Double.NaN);
    int judged = rows.size();
    var above = rows.stream().filter(r -> r.disagrees(chains, judged)).toList();
    if (rhat > RHAT_POOR || above.size() > RHAT_SHARE * judged) {
      var worst = above.stream().max(Comparator.comparingDouble(Row::rhat)).orElseThrow();
      disagreement(worst, worst.limit(chains, judged), chains, verdicts);
    }
    if (draws.width() > 0 && IntStream.range(0, chains).anyMatch(c -> draws.length(c) < FEW))
      verdicts.add(Verdict.doubtful("There are too few draws to tell whether the chains agree.", "Raise --draws."));
    if (ess < ESS_PER_CHAIN * chains) {
      String sentence = "The draws of " + fewest.orElseThrow().name() + " are worth only " + NutsCheck.format("%.0f", ess)
          + " independent ones.";
      verdicts.add(ess < ESS_BAD_PER_CHAIN * chains
          ? Verdict.unusable(sentence, "Run much longer, or write the model so that its unknowns are less entangled.")
          : Verdict.doubtful(sentence, "Run longer (--draws, --max-thin) if you need its quantiles or its mean precisely."));
    }
    scale.ifPresent(s -> verdicts.add(funnel(s, s.height(draws, heights))));
    return new Mixing(hopeful.stream().mapToDouble(Row::rhat).max().orElse(Double.NaN),
        hopeful.stream().mapToDouble(Row::ess).min().orElse(Double.NaN), summaries);
  }

  /// Whether draws are worth too little, and more would help.
  boolean needsMore(int chains) {
    return worth < ESS_PER_CHAIN * chains && rhat < RHAT_HOPELESS;
  }

  /// What draws say of numbers. Whole numbers are drawn or computed from the others.
  private static List<Optional<Summary>> varying(List<Quantity> quantities, Draws draws, Crew crew, Quantity.Role... roles) {
    var wanted = Set.of(roles);
    return Summaries.of(quantities, draws, Posterior.Kind.CHAINS, q -> wanted.contains(q.role()) && !q.integer(), crew);
  }

  /// Those that vary.
  private static List<Row> rows(List<Quantity> quantities, List<Optional<Summary>> summaries) {
    var rows = new ArrayList<Row>();
    int column = 0;
    for (var quantity : quantities) {
      int end = column + quantity.size();
      for (; column < end; column++) {
        if (column >= summaries.size() || summaries.get(column).isEmpty()) continue;
        var row = new Row(quantity, summaries.get(column).get(), column);
        if (!Double.isNaN(row.rhat()) && !Double.isNaN(row.ess())) rows.add(row);
      }
    }
    return rows;
  }

  /// The elements of those names of which none is as it is asked for.
  private static List<Row> without(List<Row> rows, Predicate<Row> which) {
    var apart = rows.stream().filter(which).map(Row::quantity).collect(Collectors.toSet());
    return rows.stream().filter(r -> !apart.contains(r.quantity())).toList();
  }

  private static Verdict copies(List<Row> all, List<Row> kept) {
    var agreed = kept.stream().map(Row::quantity).collect(Collectors.toSet());
    var apart = names(all, r -> !agreed.contains(r.quantity()));
    var worst = all.stream().max(Comparator.comparingDouble(Row::rhat)).orElseThrow();
    return Verdict.doubtful("The chains are at about the same height, agree about " + names(kept, r -> true)
        + ", and do not about " + apart + " (R-hat of " + worst.name() + " is " + NutsCheck.format("%.3f", worst.rhat())
        + "), as it is where parts may have another numbering, sign or rotation.", "Use " + names(kept, r -> true)
        + ". Of " + apart + ", use what does not depend on numbering, sign or rotation, computed in `generate`.");
  }

  private static Verdict funnel(Row scale, double height) {
    return Verdict.doubtful(NutsCheck.format("%s mixes badly and goes with the log density (rank correlation %.2f), as the scale of a"
        + " funnel does.", scale.name(), height), "If it scales other unknowns, write these relative to it (x = mean + sd * z with"
        + " z ~ Normal(0, 1)), or give it a prior that keeps away from 0 and from infinity.");
  }

  private static String names(List<Row> rows, Predicate<Row> wanted) {
    var names = rows.stream().filter(wanted).map(r -> r.quantity().name()).distinct().toList();
    return names.size() <= MOST_NAMES ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_NAMES - 1)) + " and " + (names.size() - MOST_NAMES + 1) + " others";
  }

  /// @param limit the R-hat above which there is disagreement
  private static void disagreement(Row worst, double limit, int chains, List<Verdict> verdicts) {
    boolean excused = limit > RHAT_GOOD && limit < RHAT_POOR;
    String sentence = NutsCheck.format("%s: R-hat of %s is %.3f (1 is perfect, %s).",
        chains > 1 ? "The chains disagree" : "The halves of the chain disagree", worst.name(), worst.rhat(),
        excused ? NutsCheck.format("and chance explains up to %.3f", limit) : "more than " + limit + " is too much");
    verdicts.add(worst.rhat() > RHAT_BAD
        ? Verdict.unusable(sentence, "The posterior may have several modes, or unknowns that data do not tell apart:"
            + " compare the chains one by one. Order exchangeable components, or give tighter priors.")
        : Verdict.doubtful(sentence, "Run longer (--warmup, --draws)."));
  }

  /// What is said of the largest R-hat of chains of which nothing is doubtful.
  static String agreement(double rhat) {
    return NutsCheck.format("R-hat at most %.3f", rhat)
        + (rhat > RHAT_GOOD + HALF_DIGIT ? " (above " + RHAT_GOOD + ", by no more than chance explains)" : "");
  }
}
