package ppl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import ppl.check.ImportLoader;
import ppl.parse.Parser;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Imports from files, relative to the file that imports.
///
/// @param diagnostics what is wrong with their syntax
public record ImportedFiles(Diagnostics diagnostics) implements ImportLoader {
  @Override
  public Loaded load(Source from, String path) {
    var folder = Optional.ofNullable(Path.of(from.name()).getParent()).orElse(Path.of(""));
    var file = folder.resolve(path).normalize();
    try {
      var ast = Parser.parse(new Source(file.toString(), Files.readString(file)), diagnostics);
      return ast.filter(a -> a.unread().isEmpty() && a.misread().isEmpty())
          .<Loaded>map(a -> new Loaded.File(file.toAbsolutePath().toString(), a)).orElseGet(Loaded.Broken::new);
    } catch (IOException e) {
      return new Loaded.Missing(Files.exists(file) ? "it cannot be read" : "there is no file " + file);
    }
  }
}
