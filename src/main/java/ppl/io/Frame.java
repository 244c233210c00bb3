package ppl.io;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Suggest;

/// One table that was given: its rows, and for a table by a factor which row belongs to which level.
///
/// @param rows  number of rows; of a table by a factor, of levels
/// @param order for each level its row in the file; empty where rows keep their order
/// @param sound whether rows can be matched to levels and columns have one length
record Frame(int rows, int[] order, boolean sound) {
  static Frame of(Schema.Table table, Map<String, Gathered.Given> columns, Levels levels, Diagnostics diagnostics) {
    var lengths = lengths(columns);
    if (lengths.isEmpty()) return byLabel(table, columns, levels);
    if (lengths.values().stream().distinct().count() > 1) {
      var said = new TreeMap<Integer, List<String>>();
      lengths.forEach((c, n) -> said.computeIfAbsent(n, _ -> new ArrayList<>()).add("`" + c + "`"));
      diagnostics.add(Diagnostic.error("E0712", table.span(), "%s: the columns of `%s` differ in length: %s",
          columns.values().iterator().next().file(), table.name(), said.entrySet().stream()
              .map(e -> String.join(", ", e.getValue()) + " " + e.getKey()).collect(Collectors.joining("; "))));
      return new Frame(lengths.values().iterator().next(), new int[0], false);
    }
    int rows = lengths.values().iterator().next();
    return table.by().map(f -> keyed(table, f, columns, rows, levels, diagnostics))
        .orElse(new Frame(rows, new int[0], true));
  }

  private static Frame byLabel(Schema.Table table, Map<String, Gathered.Given> columns, Levels levels) {
    int rows = table.by().flatMap(levels::of).map(List::size).orElse(0);
    return new Frame(rows, new int[0], columns.values().stream().anyMatch(g -> g.raw() instanceof Raw.Fields));
  }

  private static Map<String, Integer> lengths(Map<String, Gathered.Given> columns) {
    var out = new LinkedHashMap<String, Integer>();
    columns.forEach((name, given) -> {
      if (given.raw() instanceof Raw.Grid(_, var dims, var flaws) && flaws.isEmpty() && !dims.isEmpty())
        out.put(name, dims.getFirst());
    });
    return out;
  }

  private static Frame keyed(Schema.Table table, String factor, Map<String, Gathered.Given> columns, int rows,
      Levels levels, Diagnostics diagnostics) {
    var known = levels.of(factor).orElse(List.of());
    var key = Optional.ofNullable(columns.get(factor));
    if (key.isEmpty()) return inOrder(table, factor, columns, rows, known, diagnostics);
    if (!(key.get().raw() instanceof Raw.Grid(var cells, var dims, _)) || dims.size() != 1)
      return new Frame(known.size(), new int[0], false);
    return new Keys(table, factor, key.get().file(), cells, known, levels).match(diagnostics);
  }

  private static Frame inOrder(Schema.Table table, String factor, Map<String, Gathered.Given> columns, int rows,
      List<String> known, Diagnostics diagnostics) {
    if (rows == known.size()) return new Frame(rows, new int[0], true);
    diagnostics.add(Diagnostic.error("E0717", table.span(),
            "%s: `%s` has %d rows and no column `%s`, but `%s` has %d levels",
            columns.values().iterator().next().file(), table.name(), rows, factor, factor, known.size())
        .help("add a column `%s` that says which level each row is about", factor));
    return new Frame(known.size(), new int[0], false);
  }

  /// Matches the rows of a table by a factor to its levels.
  private record Keys(Schema.Table table, String factor, String file, Cells cells, List<String> known, Levels levels) {
    private static final int ENOUGH = 5;

    Frame match(Diagnostics diagnostics) {
      int[] order = new int[known.size()];
      java.util.Arrays.fill(order, -1);
      var unknown = new ArrayList<String>();
      var gaps = new ArrayList<String>();
      var twice = new LinkedHashMap<String, List<String>>();
      for (int row = 0; row < cells.size(); row++) {
        if (!cells.isText(row)) {
          gaps.add("row " + (row + 1));
          continue;
        }
        var label = cells.text(row);
        int at = levels.position(factor, label);
        if (at < 0) unknown.add(Numbers.quote(label) + " in row " + (row + 1)
            + Suggest.closest(label, known).map(s -> " (did you mean " + Numbers.quote(s) + "?)").orElse(""));
        else if (order[at] < 0) order[at] = row;
        else {
          int before = order[at] + 1;
          twice.computeIfAbsent(label, _ -> new ArrayList<>(List.of("" + before))).add("" + (row + 1));
        }
      }
      complain(diagnostics, "E0711", "the label is missing in", gaps);
      complain(diagnostics, "E0715", "there is no level", unknown);
      complain(diagnostics, "E0716", "there is more than one row for", twice.entrySet().stream()
          .map(e -> Numbers.quote(e.getKey()) + " (rows " + String.join(", ", e.getValue()) + ")").toList());
      var missing = new ArrayList<String>();
      for (int i = 0; i < order.length; i++) if (order[i] < 0) missing.add(Numbers.quote(known.get(i)));
      complain(diagnostics, "E0717", "there is no row for", missing);
      boolean sound = unknown.isEmpty() && twice.isEmpty() && missing.isEmpty() && gaps.isEmpty();
      return new Frame(known.size(), sound ? order : new int[0], sound);
    }

    private void complain(Diagnostics diagnostics, String code, String what, List<String> places) {
      if (places.isEmpty()) return;
      var more = places.size() > ENOUGH ? ", … and %d more".formatted(places.size() - ENOUGH) : "";
      diagnostics.add(Diagnostic.error(code, table.span(), "%s, column `%s`: %s %s%s", file, factor, what,
          String.join(", ", places.subList(0, Math.min(ENOUGH, places.size()))), more));
    }
  }
}
