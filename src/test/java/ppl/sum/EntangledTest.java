package ppl.sum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ppl.Compiler;
import ppl.check.ImportLoader;
import ppl.pipeline.Whole;
import ppl.source.Diagnostics;
import ppl.source.Renderer;
import ppl.source.Source;

/// Discrete unknowns that cannot be summed out, and what is said of them. `-Dppl.golden=write` writes the expectations
/// anew; read the difference before committing it.
class EntangledTest {
  static List<Path> programs() throws IOException {
    try (var files = Files.list(Path.of("src/test/resources/ppl/entangled"))) {
      return files.filter(f -> f.toString().endsWith(".ppl")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void itIsSaidWhatStandsInTheWay(Path file) throws IOException {
    var diagnostics = new Diagnostics();
    var source = new Source(file.getFileName().toString(), Files.readString(file));
    ImportLoader none = (from, path) -> new ImportLoader.Loaded.Missing("no imports");
    var checked = Compiler.check(source, new Compiler.Options(Map.of(), Set.of(), none), diagnostics);
    var said = Renderer.plain().render(diagnostics);
    var expected = Path.of(file.toString().replace(".ppl", ".expected"));
    if ("write".equals(System.getProperty("ppl.golden"))) Files.writeString(expected, said);
    assertEquals(Files.readString(expected), said);
    assertTrue(checked.isEmpty());
  }

  @Test
  void sumsThatDataMakeTooLongAreRefused() {
    var diagnostics = new Diagnostics();
    var text = """
        data N : int
        data y : real
        a : int ~ DiscreteUniform(1, N)
        b : int ~ DiscreteUniform(1, N)
        y ~ Normal(a * b, 1)
        """;
    assertTrue(Whole.attempt(text, "{\"N\": 10, \"y\": 1}", diagnostics).isPresent());
    assertTrue(Whole.attempt(text, "{\"N\": 100000, \"y\": 1}", diagnostics).isEmpty());
    assertEquals("E0501 summing out `a` for every value of `b` takes 1.0e+10 terms in each evaluation at `a`", Whole.said(diagnostics));
  }
}
