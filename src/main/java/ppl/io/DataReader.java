package ppl.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.runtime.Schema;
import ppl.runtime.TooLargeException;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Suggest;

/// Reads data files and sorts their contents by the names of a schema.
public final class DataReader {
  private final Names names;
  private final Diagnostics diagnostics;
  private final Gathered out = Gathered.empty();

  private DataReader(Schema schema, Diagnostics diagnostics) {
    this.names = new Names(schema);
    this.diagnostics = diagnostics;
  }

  /// Reads `files`, keeping what `schema` declares. Unreadable files are reported, the others still read.
  public static GivenData read(Schema schema, List<DataFile> files, Diagnostics diagnostics) {
    var reader = new DataReader(schema, diagnostics);
    for (var file : files) reader.read(file);
    return new GivenData(reader.out);
  }

  private Sorting sorting(DataFile file) {
    return new Sorting(names, out, file.toString(), diagnostics);
  }

  private void read(DataFile file) {
    try {
      if (Files.isDirectory(file.path())) throw new Unreadable("E0701", "it is a folder");
      if (Files.size(file.path()) == 0) throw new Unreadable("E0702", "it is empty");
      var signature = Signature.of(file.path());
      if (signature.isPresent()) throw new Unreadable("E0703", signature.get());
      out.files().add(file.toString());
      if (file.name().isPresent() && !known(file.name().get())) {
        unknownName(file.name().get(), file);
        return;
      }
      if (file.isCsv()) csv(file);
      else json(file);
    } catch (Unreadable e) {
      lost(file, Diagnostic.error(e.code(), "%s: %s", file, e.getMessage()));
    } catch (TooLargeException e) {
      lost(file, Diagnostic.error("E0902", "%s: %s", file, e.getMessage()));
    } catch (NoSuchFileException e) {
      lost(file, Diagnostic.error("E0701", "there is no file %s", file));
    } catch (IOException e) {
      lost(file, Diagnostic.error("E0701", "%s cannot be read: %s", file, Reason.of(e)));
    }
  }

  private void lost(DataFile file, Diagnostic why) {
    sorting(file).lost(why);
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
    if (slot.isPresent()) sorting(file).give(slot.get().name(), rows);
    else if (!home.isEmpty()) sorting(file).table(home.getFirst(), rows.columns());
    else columnsAlone(rows, file);
  }

  private Field csvWant(DataFile file, Optional<Schema.Table> home, String column) {
    if (file.name().flatMap(names::slot).isPresent()) return new Field(names.want(file, home, List.of()), file.name());
    boolean part = !names.declares(column) && !Names.subscripts(column).isEmpty();
    var array = Optional.of(Names.stem(column)).filter(_ -> part);
    if (home.isPresent())
      return new Field(names.want(new DataFile(home.map(Schema.Table::name), file.path()), home, List.of(column)), array);
    return new Field(names.want(file, home, List.of(names.slot(column).isPresent() ? column : Names.stem(column))), array);
  }

  private void columnsAlone(Raw.Rows rows, DataFile file) {
    boolean any = rows.columns().keySet().stream().anyMatch(c -> names.slot(Names.stem(c)).isPresent());
    if (!any && !names.schema().tables().isEmpty()) {
      var tables = String.join(", ", names.schema().tables().stream().map(t -> "`" + t.name() + "`").toList());
      lost(file, Diagnostic.error("E0719", "%s could be any of the tables %s", file, tables)
          .help("say which: --data %s=%s", names.schema().tables().getFirst().name(), file));
      return;
    }
    sorting(file).names(rows.columns(), Optional.empty());
  }

  private void json(DataFile file) throws IOException, Unreadable {
    var home = names.home(file, List.of());
    var raw = JsonData.read(file.path(), path -> names.want(file, home, path));
    if (file.name().isPresent()) {
      sorting(file).top(file.name().get(), raw, home);
      return;
    }
    switch (raw) {
      case Raw.Fields(var fields) -> sorting(file).names(fields, home);
      case Raw.Rows rows when home.isPresent() -> sorting(file).top(home.get().name(), rows, home);
      case Raw.Rows rows when rows.columns().keySet().stream().anyMatch(c -> names.slot(c).isPresent()) -> lost(file, ofRows(file, rows));
      case Raw.Rows _, Raw.Grid _, Raw.Ignored _ -> lost(file,
          Diagnostic.error("E0719", "%s holds a value without a name", file).help("give the name: --data NAME=%s", file));
    }
  }

  /// Rows, where the model has arrays.
  private Diagnostic ofRows(DataFile file, Raw.Rows rows) {
    var known = rows.columns().keySet().stream().filter(c -> names.slot(c).isPresent()).toList();
    return Diagnostic.error("E0719", "%s holds rows, and the model has no table for them", file)
        .help("write an array for each name, `{%s}`; or declare a table, `data rows { %s }`",
            known.stream().map(c -> "\"" + c + "\": [..]").collect(Collectors.joining(", ")),
            known.stream().map(c -> c + " : real").collect(Collectors.joining("  ")));
  }
}
