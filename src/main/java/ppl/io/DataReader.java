package ppl.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Suggest;

/// Reads data files and sorts their contents by the names of a schema.
final class DataReader {
  private final Names names;
  private final Diagnostics diagnostics;
  private final Gathered out = Gathered.empty();

  private DataReader(Schema schema, Diagnostics diagnostics) {
    this.names = new Names(schema);
    this.diagnostics = diagnostics;
  }

  static Gathered read(Schema schema, List<DataFile> files, Diagnostics diagnostics) {
    var reader = new DataReader(schema, diagnostics);
    for (var file : files) reader.read(file);
    return reader.out;
  }

  private void read(DataFile file) {
    try {
      if (Files.isDirectory(file.path())) throw new Unreadable("E0701", "it is a folder");
      if (Files.size(file.path()) == 0) throw new Unreadable("E0702", "it is empty");
      out.files().add(file.toString());
      if (file.name().isPresent() && !known(file.name().get())) {
        unknownName(file.name().get(), file);
        return;
      }
      if (file.isCsv()) csv(file);
      else json(file);
    } catch (Unreadable e) {
      lost(file, Diagnostic.error(e.code(), "%s: %s", file, e.getMessage()));
    } catch (NoSuchFileException e) {
      lost(file, Diagnostic.error("E0701", "there is no file %s", file));
    } catch (IOException e) {
      lost(file, Diagnostic.error("E0701", "%s cannot be read: %s", file, e.getMessage()));
    }
  }

  private void lost(DataFile file, Diagnostic why) {
    out.lost().add(file.toString());
    diagnostics.add(why);
  }

  private boolean known(String name) {
    return names.slot(name).isPresent() || names.table(name).isPresent();
  }

  private void unknownName(String name, DataFile file) {
    var error = Diagnostic.error("E0706", "the model declares no data `%s` for %s to go to", name, file);
    lost(file, Suggest.help(name, names.all()).map(h -> error.help("%s", h)).orElse(error));
  }

  private void csv(DataFile file) throws IOException, Unreadable {
    var home = new ArrayList<Schema.Table>();
    var rows = CsvData.read(file.path(), header -> {
      names.home(file, header).ifPresent(home::add);
      return column -> csvWant(file, home.stream().findFirst(), column);
    });
    for (var flaw : rows.flaws()) diagnostics.add(Diagnostic.error("E0704", "%s: %s", file, flaw));
    var slot = file.name().flatMap(names::slot);
    if (slot.isPresent()) give(slot.get().name(), rows, file);
    else if (!home.isEmpty()) table(home.getFirst(), rows.columns(), file);
    else columnsAlone(rows, file);
  }

  private Want csvWant(DataFile file, Optional<Schema.Table> home, String column) {
    if (file.name().flatMap(names::slot).isPresent()) return names.want(file, home, List.of());
    if (home.isPresent()) return names.want(new DataFile(home.map(Schema.Table::name), file.path()), home, List.of(column));
    return names.want(file, home, List.of(names.slot(column).isPresent() ? column : Names.stem(column)));
  }

  private void columnsAlone(Raw.Rows rows, DataFile file) {
    boolean any = rows.columns().keySet().stream().anyMatch(c -> names.slot(Names.stem(c)).isPresent());
    if (!any && !names.schema().tables().isEmpty()) {
      var tables = String.join(", ", names.schema().tables().stream().map(t -> "`" + t.name() + "`").toList());
      lost(file, Diagnostic.error("E0719", "%s could be any of the tables %s", file, tables)
          .help("say which: --data %s=%s", names.schema().tables().getFirst().name(), file));
      return;
    }
    merged(rows.columns()).forEach((name, raw) -> top(name, raw, Optional.empty(), file));
  }

  private void json(DataFile file) throws IOException, Unreadable {
    var home = names.home(file, List.of());
    var raw = JsonData.read(file.path(), path -> names.want(file, home, path));
    if (file.name().isPresent()) {
      top(file.name().get(), raw, home, file);
      return;
    }
    switch (raw) {
      case Raw.Fields(var fields) -> merged(fields).forEach((name, value) -> top(name, value, home, file));
      case Raw.Rows rows when home.isPresent() -> top(home.get().name(), rows, home, file);
      case Raw.Rows _, Raw.Grid _, Raw.Ignored _ -> lost(file,
          Diagnostic.error("E0719", "%s holds a value without a name", file).help("give the name: --data NAME=%s", file));
    }
  }

  /// A value under a name that is not inside a table.
  private void top(String name, Raw raw, Optional<Schema.Table> home, DataFile file) {
    var table = names.table(name);
    if (names.slot(name).isPresent()) give(name, raw, file);
    else if (table.isPresent()) table(table.get(), raw, file);
    else if (home.filter(t -> names.belongs(t, name)).isPresent()) column(home.get(), name, raw, file);
    else out.unknown().add(new Gathered.Unknown(name, file.toString(), false));
  }

  private void table(Schema.Table table, Raw raw, DataFile file) {
    switch (raw) {
      case Raw.Fields(var fields) -> table(table, fields, file);
      case Raw.Rows rows -> {
        for (var flaw : rows.flaws()) diagnostics.add(Diagnostic.error("E0704", "%s: %s", file, flaw));
        table(table, rows.columns(), file);
      }
      case Raw.Grid(_, var dims, _) when dims.equals(List.of(0)) ->
          table.columns().forEach(c -> column(table, c.name(), raw, file));
      case Raw.Grid _, Raw.Ignored _ -> lost(file,
          Diagnostic.error("E0708", table.span(), "%s: the table `%s` is an object of columns or an array of row objects",
              file, table.name()));
    }
  }

  private void table(Schema.Table table, Map<String, Raw> columns, DataFile file) {
    out.tables().computeIfAbsent(table.name(), _ -> new LinkedHashMap<>());
    merged(columns).forEach((name, raw) -> {
      if (names.belongs(table, name)) column(table, name, raw, file);
      else out.unknown().add(new Gathered.Unknown(name, file.toString(), true));
    });
  }

  private void column(Schema.Table table, String name, Raw raw, DataFile file) {
    put(out.tables().computeIfAbsent(table.name(), _ -> new LinkedHashMap<>()), name, raw, file);
  }

  private void give(String name, Raw raw, DataFile file) {
    put(out.single(), name, raw, file);
  }

  private void put(Map<String, Gathered.Given> into, String name, Raw raw, DataFile file) {
    var before = into.put(name, new Gathered.Given(raw, file.toString()));
    if (before == null) return;
    diagnostics.add(before.file().equals(file.toString())
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
