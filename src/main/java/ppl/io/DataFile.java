package ppl.io;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A file with data, and the name that its content goes under if the file does not say.
///
/// @param name a table or a data name; empty where the file names its content
public record DataFile(Optional<String> name, Path path) {
  /// Reads `homes.csv` or `homes=data/homes.csv`. A file that exists under the whole text is meant as such.
  public static DataFile parse(String text) {
    int at = text.indexOf('=');
    if (at <= 0 || Files.exists(Path.of(text))) return new DataFile(Optional.empty(), Path.of(text));
    return new DataFile(Optional.of(text.substring(0, at)), Path.of(text.substring(at + 1)));
  }

  boolean isCsv() {
    var file = path.getFileName().toString().toLowerCase(java.util.Locale.ROOT);
    return file.endsWith(".csv") || file.endsWith(".tsv");
  }

  /// The file's name without its last extension.
  String stem() {
    var file = path.getFileName().toString();
    int dot = file.lastIndexOf('.');
    return dot > 0 ? file.substring(0, dot) : file;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
