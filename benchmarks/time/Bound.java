import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import ppl.Compiler;
import ppl.Models;
import ppl.Program;
import ppl.check.ImportLoader;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Models of `models/`, compiled and bound to data.
final class Bound {
  private Bound() {}

  static Source source(Path file) throws IOException {
    return new Source(file.toString(), Files.readString(file));
  }

  static Program program(Source source) {
    return program(source, Map.of());
  }

  static Program program(Source source, Map<String, String> constants) {
    var diagnostics = new Diagnostics();
    ImportLoader none = (from, path) -> new ImportLoader.Loaded.Missing("imports are not read here");
    return Compiler.compile(source, new Compiler.Options(constants, Set.of(), none), diagnostics)
        .orElseThrow(() -> new IllegalStateException(diagnostics.all().toString()));
  }

  /// @param model a folder of `models/`, with `=FILE` after it where the data are not those beside it
  static Target target(String model) {
    var parts = model.split("=", 2);
    var loaded = Models.load(Path.of("models", parts[0]));
    return parts.length == 1 ? loaded.bind() : loaded.bind(parts[1]);
  }
}
