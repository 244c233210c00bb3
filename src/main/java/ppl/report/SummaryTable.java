package ppl.report;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Summary;

/// The summary of a posterior as an aligned table, one element a row. Families of more than a dozen elements show the
/// first and last few, unless all are asked for. Unknowns that are whole numbers have a table of their own.
public final class SummaryTable {
  private static final int WIDE = 12;
  private static final int FIRST = 5;
  private static final int LAST = 2;
  private static final Pattern LONG = Pattern.compile("(\\S{24})\\S{13,}(\\S{12})");
  static final String HIDDEN = "(--all shows every element, --out DIR keeps them)\n";

  private SummaryTable() {}

  /// The table, with line ends.
  ///
  /// @param summaries of all elements of all quantities, in order
  /// @param kind      chains have columns for their errors
  /// @param all       whether wide families are shown in full
  public static String of(List<Quantity> quantities, List<Summary> summaries, Posterior.Kind kind, boolean all) {
    boolean chains = kind == Posterior.Kind.CHAINS;
    var rows = new ArrayList<List<String>>();
    rows.add(chains
        ? List.of("", "mean", "sd", "5%", "50%", "95%", "mcse", "ess bulk", "ess tail", "R-hat")
        : List.of("", "mean", "sd", "5%", "50%", "95%"));
    var constants = new Constants(quantities, summaries);
    boolean hidden = each(quantities, q -> !DiscreteTable.has(q), constants::has, all, more -> rows.add(List.of(more)),
        i -> rows.add(row(summaries.get(i), constants.quantity(i).integer(), chains)));
    return rows.size() == 1 ? "" : align(rows) + (hidden ? HIDDEN : "") + constants.note();
  }

  /// The elements of families of real numbers that are always the same where others are not, as the zeros of a Cholesky
  /// factor are. A whole number may always be the same because it is certain.
  private record Constants(List<Quantity> quantities, List<Summary> summaries, BitSet columns, List<Quantity> byColumn) {
    Constants(List<Quantity> quantities, List<Summary> summaries) {
      this(quantities, summaries, new BitSet(), new ArrayList<>());
      for (var q : quantities) {
        int from = byColumn.size();
        for (int i = 0; i < q.size(); i++) byColumn.add(q);
        boolean vary = summaries.subList(from, byColumn.size()).stream().anyMatch(s -> s.sd() > 0);
        if (vary && !q.integer())
          for (int i = from; i < byColumn.size(); i++) if (summaries.get(i).sd() == 0) columns.set(i);
      }
    }

    boolean has(int column) {
      return columns.get(column);
    }

    Quantity quantity(int column) {
      return byColumn.get(column);
    }

    String note() {
      int count = columns.cardinality();
      if (count == 0) return "";
      var first = summaries.get(columns.nextSetBit(0)).name();
      return count == 1 ? "(" + first + " is a constant)\n"
          : "(" + first + " and " + (count - 1) + " other element" + (count == 2 ? "" : "s") + " are constants)\n";
    }
  }

  /// Goes through the elements of the quantities that are wanted, in the middle of a wide family saying how many are
  /// left out; true if any are.
  static boolean each(List<Quantity> quantities, Predicate<Quantity> wanted, boolean all, Consumer<String> more, IntConsumer row) {
    return each(quantities, wanted, column -> false, all, more, row);
  }

  /// The same without some columns.
  private static boolean each(List<Quantity> quantities, Predicate<Quantity> wanted, IntPredicate without, boolean all,
      Consumer<String> more, IntConsumer row) {
    boolean hidden = false;
    int from = 0;
    for (var quantity : quantities) {
      var columns = IntStream.range(from, from + quantity.size()).filter(without.negate()).toArray();
      int size = columns.length;
      boolean wide = !all && size > WIDE;
      for (int i = 0; i < size && wanted.test(quantity); i++) {
        hidden |= wide;
        if (!wide || i < FIRST || i >= size - LAST) row.accept(columns[i]);
        else if (i == FIRST) more.accept("  … " + (size - FIRST - LAST) + " more");
      }
      from += quantity.size();
    }
    return hidden;
  }

  private static List<String> row(Summary s, boolean whole, boolean chains) {
    var digits = Digits.of(s.mean(), s.sd(), s.mcseMean());
    var cells = new ArrayList<String>();
    cells.add(shortened(s.name()));
    cells.add(digits.show(s.mean()));
    cells.add(digits.spread(s.sd()).show(s.sd()));
    var quantiles = whole && !digits.scientific() ? new Digits(0, false) : digits;
    for (double x : new double[] {s.q5(), s.q50(), s.q95()}) cells.add(quantiles.show(x));
    if (chains) {
      cells.add(Digits.brief(s.mcseMean()));
      cells.add(whole(s.essBulk()));
      cells.add(whole(s.essTail()));
      cells.add(Double.isFinite(s.rhat()) ? String.format(Locale.ROOT, "%.3f", s.rhat()) : "-");
    }
    return cells;
  }

  /// A text in which words too long for a line have a gap in the middle.
  static String shortened(String text) {
    return LONG.matcher(text).replaceAll("$1…$2");
  }

  private static String whole(double x) {
    return Double.isFinite(x) ? String.format(Locale.ROOT, "%.0f", x) : "-";
  }

  static String align(List<List<String>> rows) {
    int[] widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      for (int c = 0; c < row.size(); c++) widths[c] = Math.max(widths[c], length(row.get(c)));
    }
    var out = new StringBuilder();
    for (var row : rows) {
      var line = new StringBuilder();
      for (int c = 0; c < row.size(); c++) {
        var pad = " ".repeat(widths[c] - length(row.get(c)));
        line.append(c == 0 ? row.get(c) + pad : "  " + pad + row.get(c));
      }
      out.append(line.toString().stripTrailing()).append('\n');
    }
    return out.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
