package ppl.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.parse.Parser;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;
import ppl.typed.Typed;

/// A text, checked, with what was said of it.
public record Check(Optional<Typed> typed, List<Diagnostic> said) {
  public static Check of(String text) {
    return of(new Source("model.ppl", text), Map.of(), Map.of());
  }

  /// @param files texts that can be imported, by path
  public static Check of(Source source, Map<String, String> sets, Map<String, String> files) {
    var out = new Diagnostics();
    var typed = Parser.parse(source, out).flatMap(ast -> Checker.check(ast, sets, loader(files, out), out));
    return new Check(typed, out.all());
  }

  private static ImportLoader loader(Map<String, String> files, Diagnostics out) {
    return (from, path) -> {
      if (!files.containsKey(path)) return new ImportLoader.Loaded.Missing("there is no such file");
      var ast = Parser.parse(new Source(path, files.get(path)), out);
      return ast.<ImportLoader.Loaded>map(a -> new ImportLoader.Loaded.File(path, a))
          .orElseGet(ImportLoader.Loaded.Broken::new);
    };
  }

  public Typed ok() {
    return typed.orElseThrow(() -> new AssertionError(said.toString()));
  }

  public List<String> codes() {
    return said.stream().map(Diagnostic::code).toList();
  }

  static List<Path> files(String directory) {
    try (var files = Files.list(Path.of("src/test/resources/ppl", directory))) {
      return files.filter(f -> f.toString().endsWith(".ppl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Source read(Path file) {
    try {
      return new Source(file.getFileName().toString(), Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
