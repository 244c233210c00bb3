package ppl.io;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Suggest;

/// Reports names that are declared but not given, and names that are given but not declared.
record Absent(Schema schema, Gathered data, Diagnostics diagnostics) {
  private static final int ENOUGH = 5;
  private static final int MANY = 12;

  void report() {
    if (!data.lost().isEmpty()) return;
    if (data.files().isEmpty() && !schema.slots().isEmpty()) {
      noData();
      return;
    }
    Set<Gathered.Unknown> explained = new HashSet<>();
    for (var table : schema.tables()) {
      if (!data.tables().containsKey(table.name())) table(table, explained);
    }
    for (var slot : schema.slots()) {
      if (!given(slot)) slot(slot, explained);
    }
    undeclared(explained);
  }

  private void noData() {
    var names = new ArrayList<String>();
    schema.slots().stream().filter(s -> s.table().isEmpty()).forEach(s -> names.add(s.name()));
    schema.tables().forEach(t -> names.add(t.name()));
    diagnostics.add(Diagnostic.error("E0705", schema.slots().getFirst().span(), "the model needs data: %s",
        names.stream().map(n -> "`" + n + "`").collect(Collectors.joining(", "))).help("give them with --data FILE"));
  }

  private boolean given(Schema.Slot slot) {
    return slot.table()
        .map(t -> !data.tables().containsKey(t) || data.tables().get(t).containsKey(slot.name()))
        .orElseGet(() -> data.single().containsKey(slot.name()));
  }

  private void table(Schema.Table table, Set<Gathered.Unknown> explained) {
    var error = Diagnostic.error("E0705", table.span(), "the table `%s` is not in the data", table.name());
    diagnostics.add(suggest(error, table.name(), explained, false,
        data.files().equals(JavaData.SOURCE) ? "" : "--data " + table.name() + "=FILE"));
  }

  private void slot(Schema.Slot slot, Set<Gathered.Unknown> explained) {
    if (slot.table().isPresent()) {
      var file = data.tables().get(slot.table().get()).values().stream().map(Gathered.Given::file).findFirst();
      var error = Diagnostic.error("E0705", slot.span(), "%s: the table `%s` has no column `%s`",
          file.orElse(data.files().getFirst()), slot.table().get(), slot.name());
      diagnostics.add(suggest(error, slot.name(), explained, true, columns(slot.table().get())));
      return;
    }
    var error = Diagnostic.error("E0705", slot.span(), "`%s`, declared %s, is not in the data (%s)", slot.name(),
        slot.declared(), String.join(", ", data.files()));
    var around = data.unknown().stream().filter(u -> u.inside().contains(slot.name())).findFirst();
    around.ifPresent(explained::add);
    diagnostics.add(around.map(u -> error.help("in %s it stands inside `%s`: what a model declares stands at the top of the file", u.file(), u.name()))
        .orElseGet(() -> suggest(error, slot.name(), explained, false, implied(slot))));
  }

  /// What the file of a table has instead.
  private String columns(String table) {
    var given = data.tables().get(table);
    var files = given.values().stream().map(Gathered.Given::file).collect(Collectors.toSet());
    var all = Stream.concat(given.keySet().stream(), data.unknown().stream()
        .filter(u -> u.column() && (files.isEmpty() || files.contains(u.file()))).map(Gathered.Unknown::name)).toList();
    var shown = all.stream().limit(MANY).map(n -> "`" + n + "`").collect(Collectors.joining(", "));
    return all.isEmpty() ? "" : "its columns are " + shown + (all.size() > MANY ? " and %d more".formatted(all.size() - MANY) : "");
  }

  private Diagnostic suggest(Diagnostic error, String name, Set<Gathered.Unknown> explained, boolean column, String other) {
    var candidates = data.unknown().stream().filter(u -> u.column() == column).toList();
    var names = candidates.stream().map(Gathered.Unknown::name).toList();
    var near = Suggest.closest(name, names).flatMap(n -> candidates.stream().filter(u -> u.name().equals(n)).findFirst());
    near.ifPresent(explained::add);
    return near.map(u -> error.help("%s has `%s`, which is not declared; did you mean `%s`?", u.file(), u.name(), name))
        .orElse(other.isEmpty() ? error : error.help("%s", other));
  }

  /// What a missing size must be, from the arrays that have it.
  private String implied(Schema.Slot slot) {
    Map<Integer, List<String>> sizes = new LinkedHashMap<>();
    for (var other : schema.slots()) {
      var given = data.single().get(other.name());
      if (other.table().isPresent() || given == null || !(given.raw() instanceof Raw.Grid(_, var dims, var flaws))) continue;
      for (int d = 0; d < other.dims().size(); d++) {
        boolean sized = other.dims().get(d).free().filter(slot.name()::equals).isPresent();
        if (sized && flaws.isEmpty() && dims.size() == other.dims().size())
          sizes.computeIfAbsent(dims.get(d), _ -> new ArrayList<>())
              .add("`%s`, declared %s".formatted(other.name(), other.declared()));
      }
    }
    if (sizes.size() != 1) return "";
    var only = sizes.entrySet().iterator().next();
    return "add \"%s\": %d; %s, has %s there".formatted(slot.name(), only.getKey(), only.getValue().getFirst(),
        Shapes.show(List.of(only.getKey())));
  }

  /// Undeclared columns of a table are nothing special; undeclared names beside the tables are worth a note.
  private void undeclared(Set<Gathered.Unknown> explained) {
    var byFile = data.unknown().stream().filter(u -> !u.column() && !explained.contains(u))
        .collect(Collectors.groupingBy(Gathered.Unknown::file, LinkedHashMap::new, Collectors.toList()));
    byFile.forEach((file, all) -> {
      var names = all.stream().map(u -> "`" + u.name() + "`").limit(ENOUGH).collect(Collectors.joining(", "));
      var more = all.size() > ENOUGH ? " and %d more".formatted(all.size() - ENOUGH) : "";
      diagnostics.add(new Diagnostic(Diagnostic.Severity.NOTE, "N0718", java.util.Optional.empty(),
          "%s: the model does not declare %s%s".formatted(file, names, more), List.of(), java.util.Optional.empty()));
    });
  }
}
