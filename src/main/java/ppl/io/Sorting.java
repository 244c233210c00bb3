package ppl.io;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Sorts what was read by the names of a schema.
///
/// @param file what messages call the place that it was read from
record Sorting(Names names, Gathered out, String file, Diagnostics diagnostics) {
  void lost(Diagnostic why) {
    out.lost().add(file);
    diagnostics.add(why);
  }

  /// Values by name, outside tables.
  ///
  /// @param home the table that undeclared names may be columns of
  void names(Map<String, Raw> values, Optional<Schema.Table> home) {
    merged(values).forEach((name, raw) -> top(name, raw, home));
  }

  /// A value under a name that is not inside a table.
  void top(String name, Raw raw, Optional<Schema.Table> home) {
    var table = names.table(name);
    if (names.slot(name).isPresent()) give(name, raw);
    else if (table.isPresent()) table(table.get(), raw);
    else if (home.filter(t -> names.belongs(t, name)).isPresent()) column(home.get(), name, raw);
    else out.unknown().add(new Gathered.Unknown(name, file, false, raw instanceof Raw.Ignored i ? i.names() : Set.of()));
  }

  private void table(Schema.Table table, Raw raw) {
    switch (raw) {
      case Raw.Fields(var fields) -> table(table, fields);
      case Raw.Rows rows -> {
        for (var flaw : rows.flaws()) diagnostics.add(Diagnostic.error("E0704", "%s: %s", file, flaw));
        table(table, rows.columns());
      }
      case Raw.Grid(_, var dims, _) when dims.equals(List.of(0)) ->
          table.columns().forEach(c -> column(table, c.name(), raw));
      case Raw.Grid _, Raw.Ignored _ -> lost(
          Diagnostic.error("E0708", table.span(),
              "%s: the table `%s` is an object of columns or an array of row objects", file, table.name()));
    }
  }

  void table(Schema.Table table, Map<String, Raw> columns) {
    out.tables().computeIfAbsent(table.name(), _ -> new LinkedHashMap<>());
    merged(columns).forEach((name, raw) -> {
      if (names.belongs(table, name)) column(table, name, raw);
      else out.unknown().add(new Gathered.Unknown(name, file, true, Set.of()));
    });
  }

  private void column(Schema.Table table, String name, Raw raw) {
    put(out.tables().computeIfAbsent(table.name(), _ -> new LinkedHashMap<>()), name, raw);
  }

  void give(String name, Raw raw) {
    put(out.single(), name, raw);
  }

  private void put(Map<String, Gathered.Given> into, String name, Raw raw) {
    var before = into.put(name, new Gathered.Given(raw, file));
    if (before == null) return;
    diagnostics.add(before.file().equals(file)
        ? Diagnostic.error("E0707", "%s gives `%s` twice", file, name)
        : Diagnostic.error("E0707", "`%s` is given by %s and again by %s", name, before.file(), file));
  }

  /// Joins the columns `x[1]`, `x[2]`, .. (or `x.1`, `x.2`) of an array in a table.
  private Map<String, Raw> merged(Map<String, Raw> columns) {
    var groups = new LinkedHashMap<String, Map<List<Integer>, Raw.Grid>>();
    var out = new LinkedHashMap<String, Raw>();
    columns.forEach((name, raw) -> {
      var index = names.declares(name) ? List.<Integer>of() : Names.subscripts(name);
      if (index.isEmpty() || !(raw instanceof Raw.Grid grid) || grid.dims().size() != 1) out.put(name, raw);
      else groups.computeIfAbsent(Names.stem(name), _ -> new LinkedHashMap<>()).put(index, grid);
    });
    groups.forEach((name, parts) -> out.put(name, Join.columns(name, parts)));
    return out;
  }
}
