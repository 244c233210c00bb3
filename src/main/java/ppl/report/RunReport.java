package ppl.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;
import ppl.runtime.Verdict;
import ppl.stats.Tails;

/// What is printed after a run: what was done, the table, and how far to believe it.
///
/// @param model     the model's name
/// @param unknowns  how many names stand for unknowns
/// @param dimension the number of free coordinates of its unknowns
/// @param reason  why this method was taken
/// @param all     whether wide families are shown in full
/// @param painted whether doubts may be coloured
public record RunReport(String model, int unknowns, int dimension, String reason, boolean all, boolean painted) {
  private static final String BOLD_RED = "\u001b[1;31m";
  private static final int MOST_NAMES = 5;
  private static final String PLAIN = "\u001b[0m";

  public String text(Posterior posterior, List<Summary> summaries) {
    var table = SummaryTable.of(posterior.quantities(), summaries, posterior.kind(), all);
    return header(posterior) + "\n" + (table.isEmpty() ? "" : "\n" + table + notNumbers(posterior, summaries) + heavy(posterior, summaries))
        + DiscreteTable.of(posterior, summaries, all) + "\n" + verdicts(posterior);
  }

  private String header(Posterior p) {
    var parts = new ArrayList<String>();
    var why = reason.isEmpty() ? "" : " (" + SummaryTable.shortened(reason) + ")";
    parts.add(model + ": " + extent() + (unknowns > 0 ? ", " + p.method() + why : ""));
    if (p.draws().width() > 0) parts.add(drawn(p));
    Optional.ofNullable(p.seconds().get("total")).ifPresent(s -> parts.add(duration(s)));
    parts.add("seed " + p.seed());
    return String.join("; ", parts) + (p.interrupted() ? "; INTERRUPTED" : "");
  }

  private String extent() {
    if (unknowns == 0) return "no unknowns";
    return count(unknowns, "unknown") + (dimension == 0 || dimension == unknowns ? "" : " in " + count(dimension, "dimension"));
  }

  /// Which quantities cannot be summed up because some draws of them are no numbers.
  private static String notNumbers(Posterior p, List<Summary> summaries) {
    var out = new StringBuilder();
    int from = 0;
    boolean undrawn = false;
    for (var q : p.quantities()) {
      int first = from;
      var bad = IntStream.range(first, first + q.size()).filter(c -> Double.isNaN(summaries.get(c).mean())).toArray();
      from += q.size();
      if (bad.length == 0 || p.draws().total() == 0) continue;
      long draws = IntStream.range(0, p.draws().chains().size())
          .mapToLong(c -> Arrays.stream(p.draws().column(c, bad[0])).filter(Double::isNaN).count()).sum();
      undrawn |= draws > 0 && q.integer() && q.role() == Quantity.Role.GENERATED;
      out.append("(").append(q.element(bad[0] - first));
      if (draws == 0) out.append(" is infinite in some draws, so that it has no mean)\n");
      else out.append(" is not a number in ").append(draws).append(" of ").append(count(p.draws().total(), "draw"))
          .append(bad.length > 1 ? "; so are others of " + q.name() + ")\n" : ")\n");
    }
    if (undrawn) out.append("(a whole number that no distribution gives ends `generate` in that draw: nothing that it gives is a number then)\n");
    return out.toString();
  }

  /// Which quantities may have no standard deviation, and perhaps no mean.
  private static String heavy(Posterior p, List<Summary> summaries) {
    var names = new ArrayList<String>();
    var heavy = Tails.heavy(p, summaries);
    int column = 0;
    for (var q : p.quantities()) {
      for (int e = 0; e < q.size(); e++) if (heavy.get(column++) && !DiscreteTable.has(q)) names.add(q.element(e));
    }
    if (names.isEmpty()) return "";
    var some = String.join(", ", names.subList(0, Math.min(names.size(), MOST_NAMES)));
    boolean one = names.size() == 1;
    return "(" + some + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " others" : "")
        + (one ? " has tails so heavy that its mean or sd" : " have tails so heavy that their means or sds")
        + " may not exist: read " + (one ? "its" : "their") + " quantiles)\n";
  }

  private static String drawn(Posterior p) {
    int total = p.draws().total();
    if (p.kind() == Posterior.Kind.INDEPENDENT) return count(total, "draw");
    int chains = p.draws().chains().size();
    boolean equal = chains > 0 && total == chains * p.draws().length(0);
    var warmup = Optional.ofNullable(p.settings().get("warmup")).map(w -> " after " + w + " of warm-up").orElse("");
    return (equal ? count(chains, "chain") + " of " + count(p.draws().length(0), "draw")
        : count(total, "draw") + " in " + count(chains, "chain")) + warmup;
  }

  private static String count(long n, String what) {
    return n + " " + what + (n == 1 ? "" : "s");
  }

  /// As a reader wants to know it.
  public static String duration(double seconds) {
    if (seconds < 0.9995) return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
    if (seconds < 120) return String.format(Locale.ROOT, "%.1f s", seconds);
    return String.format(Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
  }

  /// What is found in good order is the verdict where nothing is doubtful; beside a doubt, and after the first, it is a
  /// remark.
  private String verdicts(Posterior p) {
    var out = new StringBuilder();
    boolean good = p.level() == Verdict.Level.TRUSTWORTHY;
    for (var verdict : p.verdicts()) {
      var words = switch (verdict.level()) {
        case TRUSTWORTHY -> good && verdict == p.verdicts().getFirst() ? "Trustworthy: " : "Note: ";
        case DOUBTFUL -> paint("DOUBTFUL: ");
        case NOT_TO_BE_USED, NO_POSTERIOR -> paint("NOT TO BE USED: ");
      };
      out.append(words).append(verdict.sentence());
      if (!verdict.advice().isEmpty()) out.append("\n  ").append(verdict.advice());
      out.append('\n');
    }
    if (p.verdicts().stream().map(Verdict::level).filter(l -> l != Verdict.Level.TRUSTWORTHY)
        .map(Verdict.Level::words).distinct().count() > 1)
      out.append(paint("As a whole: " + p.level().words() + ".")).append('\n');
    return out.toString();
  }

  private String paint(String text) {
    return painted ? BOLD_RED + text + PLAIN : text;
  }
}
