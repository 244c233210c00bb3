package ppl.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;
import ppl.runtime.Verdict;

/// What is printed after a run: what was done, the table, and how far to believe it.
///
/// @param model   the model's name
/// @param reason  why this method was taken
/// @param all     whether wide families are shown in full
/// @param painted whether doubts may be coloured
public record RunReport(String model, String reason, boolean all, boolean painted) {
  private static final String BOLD_RED = "\u001b[1;31m";
  private static final String PLAIN = "\u001b[0m";

  public String text(Posterior posterior, List<Summary> summaries) {
    var table = SummaryTable.of(posterior.quantities(), summaries, posterior.kind(), all);
    return header(posterior) + "\n" + (table.isEmpty() ? "" : "\n" + table)
        + DiscreteTable.of(posterior, summaries, all) + "\n" + verdicts(posterior);
  }

  private String header(Posterior p) {
    var parts = new ArrayList<String>();
    long unknowns = p.quantities().stream().filter(q -> q.role() == Quantity.Role.UNKNOWN)
        .mapToLong(Quantity::size).sum();
    var why = reason.isEmpty() ? "" : " (" + reason + ")";
    parts.add(model + ": " + count(unknowns, "unknown") + ", " + p.method() + why);
    parts.add(drawn(p));
    Optional.ofNullable(p.seconds().get("total")).ifPresent(s -> parts.add(duration(s)));
    parts.add("seed " + p.seed());
    return String.join("; ", parts) + (p.interrupted() ? "; INTERRUPTED" : "");
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

  static String duration(double seconds) {
    if (seconds < 0.9995) return String.format(Locale.ROOT, "%.0f ms", seconds * 1e3);
    if (seconds < 120) return String.format(Locale.ROOT, "%.1f s", seconds);
    return String.format(Locale.ROOT, "%d min %d s", (long) seconds / 60, (long) seconds % 60);
  }

  private String verdicts(Posterior p) {
    var out = new StringBuilder();
    for (var verdict : p.verdicts()) {
      var words = switch (verdict.level()) {
        case TRUSTWORTHY -> "Trustworthy: ";
        case DOUBTFUL -> paint("DOUBTFUL: ");
        case NOT_TO_BE_USED -> paint("NOT TO BE USED: ");
      };
      out.append(words).append(verdict.sentence());
      if (!verdict.advice().isEmpty()) out.append("\n  ").append(verdict.advice());
      out.append('\n');
    }
    boolean good = p.level() == Verdict.Level.TRUSTWORTHY;
    if (!good && p.verdicts().stream().anyMatch(v -> v.level() == Verdict.Level.TRUSTWORTHY))
      out.append(paint("As a whole: " + p.level().words() + ".")).append('\n');
    return out.toString();
  }

  private String paint(String text) {
    return painted ? BOLD_RED + text + PLAIN : text;
  }
}
