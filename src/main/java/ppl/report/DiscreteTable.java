package ppl.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;

/// Unknowns that are whole numbers: the most probable value of each and its probability, beside mean, standard
/// deviation and quantiles, which say little of a label.
final class DiscreteTable {
  private DiscreteTable() {}

  static boolean has(Quantity q) {
    return q.integer() && q.role() == Quantity.Role.UNKNOWN;
  }

  /// The table, or nothing where there are no such unknowns.
  ///
  /// @param summaries of all elements of all quantities, in order
  static String of(Posterior posterior, List<Summary> summaries, boolean all) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("", "most probable", "probability", "mean", "sd", "5%", "50%", "95%"));
    boolean hidden = SummaryTable.each(posterior.quantities(), DiscreteTable::has, all,
        more -> rows.add(List.of(more)), i -> rows.add(row(posterior, i, summaries.get(i))));
    return rows.size() == 1 ? "" : "\n" + SummaryTable.align(rows) + (hidden ? SummaryTable.HIDDEN : "");
  }

  private static List<String> row(Posterior posterior, int element, Summary s) {
    var counts = new TreeMap<Double, Integer>();
    int total = 0;
    for (var chain : posterior.draws().column(element))
      for (double x : chain) {
        counts.merge(x, 1, Integer::sum);
        total++;
      }
    double best = Double.NaN;
    int most = 0;
    for (var e : counts.entrySet())
      if (e.getValue() > most) {
        best = e.getKey();
        most = e.getValue();
      }
    var digits = Digits.of(s.mean(), s.sd(), s.mcseMean());
    return List.of(SummaryTable.shortened(s.name()), whole(best), String.format(Locale.ROOT, "%.3f", most / (double) total),
        digits.show(s.mean()), digits.show(s.sd()), whole(s.q5()), whole(s.q50()), whole(s.q95()));
  }

  private static String whole(double x) {
    return x == Math.rint(x) ? String.format(Locale.ROOT, "%.0f", x) : String.format(Locale.ROOT, "%.1f", x);
  }
}
