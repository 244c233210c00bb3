package ppl.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Finds a model, and the data that lie beside it.
public final class ModelFiles {
  private static final Pattern DATA = Pattern.compile("data.*\\.json");

  private ModelFiles() {}

  /// The model that a path means: the file itself, in a folder `NAME` the file `NAME.ppl` or else its only `.ppl`
  /// file, or the file that has the ending `.ppl` in addition.
  public static Optional<Path> model(Path path, Diagnostics diagnostics) {
    if (Files.isRegularFile(path)) return Optional.of(path);
    if (Files.isDirectory(path)) return inFolder(path, diagnostics);
    var named = path.resolveSibling(path.getFileName() + ".ppl");
    if (Files.isRegularFile(named)) return Optional.of(named);
    diagnostics.add(Diagnostic.error("E0801", "there is no model %s", path));
    return Optional.empty();
  }

  private static Optional<Path> inFolder(Path folder, Diagnostics diagnostics) {
    var named = folder.resolve(folder.toAbsolutePath().normalize().getFileName() + ".ppl");
    if (Files.isRegularFile(named)) return Optional.of(named);
    var models = list(folder, ".*\\.ppl");
    if (models.size() == 1) return Optional.of(models.getFirst());
    diagnostics.add(models.isEmpty()
        ? Diagnostic.error("E0801", "the folder %s holds no model, no file that ends in .ppl", folder)
        : Diagnostic.error("E0802", "the folder %s holds %d models", folder, models.size())
            .help("name one: %s", models.getFirst()));
    return Optional.empty();
  }

  /// The data beside `model`, of which there may be none: `MODEL.json` or else `data.json` or else the only `data*.json`;
  /// and for each table `TABLE.csv`, or `MODEL.csv` or `data.csv` where there is one table, or none and no JSON.
  public static List<DataFile> data(Path model, Schema schema, Diagnostics diagnostics) {
    if (schema.slots().isEmpty()) return List.of();
    var folder = Optional.ofNullable(model.getParent()).orElse(Path.of(""));
    var stem = model.getFileName().toString().replaceFirst("\\.ppl$", "");
    var found = new ArrayList<DataFile>();
    json(folder, stem, diagnostics).ifPresent(p -> found.add(new DataFile(Optional.empty(), p)));
    for (var table : schema.tables()) csv(folder, stem, table, schema).ifPresent(found::add);
    if (found.isEmpty() && schema.tables().isEmpty())
      first(folder, List.of(stem, "data")).ifPresent(p -> found.add(new DataFile(Optional.empty(), p)));
    return found;
  }

  private static Optional<Path> json(Path folder, String stem, Diagnostics diagnostics) {
    for (var name : List.of(stem + ".json", stem + ".data.json", "data.json")) {
      if (Files.isDirectory(folder.resolve(name))) diagnostics.add(Diagnostic.error("E0701", "%s: it is a folder", folder.resolve(name)));
      if (Files.isRegularFile(folder.resolve(name))) return Optional.of(folder.resolve(name));
    }
    var candidates = list(folder, DATA.pattern());
    if (candidates.size() > 1) {
      diagnostics.add(Diagnostic.error("E0803", "there are several data files beside the model: %s",
          String.join(", ", candidates.stream().map(p -> p.getFileName().toString()).toList()))
          .help("choose one: --data %s", candidates.getFirst()));
      return Optional.empty();
    }
    return candidates.stream().findFirst();
  }

  private static Optional<DataFile> csv(Path folder, String stem, Schema.Table table, Schema schema) {
    var names = new ArrayList<>(List.of(table.name()));
    if (schema.tables().size() == 1) names.addAll(List.of(stem, "data"));
    return first(folder, names).map(p -> new DataFile(Optional.of(table.name()), p));
  }

  private static Optional<Path> first(Path folder, List<String> names) {
    return names.stream().map(n -> folder.resolve(n + ".csv")).filter(Files::isRegularFile).findFirst();
  }

  private static List<Path> list(Path folder, String pattern) {
    try (var files = Files.list(folder.toString().isEmpty() ? Path.of(".") : folder)) {
      return files.filter(Files::isRegularFile).filter(p -> p.getFileName().toString().matches(pattern))
          .map(p -> folder.resolve(p.getFileName())).sorted().toList();
    } catch (IOException e) {
      return List.of();
    }
  }
}
