package ppl.pipeline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.Compiler;
import ppl.Program;
import ppl.check.ImportLoader;
import ppl.io.Binder;
import ppl.io.DataFile;
import ppl.io.DataReader;
import ppl.plan.Interpreted;
import ppl.runtime.Dataset;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// The way of `ppl run` up to an engine, for tests: a text and JSON data to a program and the data that fit it.
public final class Whole {
  private Whole() {}

  /// A program with data that fit.
  public record Ready(Program program, Dataset data) {}

  /// The program with its data; an assertion error with all diagnostics if there is none.
  public static Ready ready(String text, String json) {
    var diagnostics = new Diagnostics();
    return attempt(text, json, diagnostics).orElseThrow(() -> new AssertionError(said(diagnostics) + "\n" + text + "\n" + json));
  }

  public static Ready ready(String text, Map<String, String> json) {
    return ready(text, object(json));
  }

  /// The same, or what is wrong, in `diagnostics`.
  public static Optional<Ready> attempt(String text, String json, Diagnostics diagnostics) {
    var source = new Source("model.ppl", text);
    var plain = Compiler.check(source, options(), diagnostics);
    if (plain.isEmpty()) return Optional.empty();
    try {
      var file = Files.createTempFile("ppl", ".json");
      try {
        Files.writeString(file, json);
        var schema = ppl.lower.Schemas.of(plain.get(), Interpreted::new).schema();
        var given = DataReader.read(schema, List.of(new DataFile(Optional.empty(), file)), diagnostics);
        var options = new Compiler.Options(Map.of(), given.missing(schema), options().imports());
        var again = new Diagnostics();
        var compiled = Compiler.compile(source, options, again);
        if (compiled.isEmpty()) {
          again.all().forEach(diagnostics::add);
          return Optional.empty();
        }
        var program = compiled.get();
        var data = Binder.bind(program.schema(), given, diagnostics);
        data.ifPresent(d -> program.problems(d).forEach(diagnostics::add));
        return data.filter(d -> !diagnostics.hasErrors()).map(d -> new Ready(program, d));
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A JSON object of names and JSON values.
  public static String object(Map<String, String> json) {
    return json.entrySet().stream().map(e -> "\"" + e.getKey() + "\": " + e.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  public static String said(Diagnostics diagnostics) {
    return diagnostics.all().stream().filter(Diagnostic::isError)
        .map(d -> d.code() + " " + d.message() + d.span().map(s -> " at `" + s.text() + "`").orElse(""))
        .collect(Collectors.joining("\n"));
  }

  static Compiler.Options options() {
    return new Compiler.Options(Map.of(), java.util.Set.of(), (from, path) -> new ImportLoader.Loaded.Missing("there is no file " + path));
  }
}
