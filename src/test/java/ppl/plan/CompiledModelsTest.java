package ppl.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ppl.Compiler;
import ppl.check.ImportLoader;
import ppl.io.Binder;
import ppl.io.DataReader;
import ppl.io.ModelFiles;
import ppl.runtime.Target;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// The models of `models/` with their data: compiled code and the interpreter say the same, and the gradient is the
/// slope of the density. The interpreter is left out where there are so many data that it takes long.
class CompiledModelsTest {
  private static final long MOST_BYTES = 100_000;

  static Stream<Path> models() throws IOException {
    try (var folders = Files.list(Path.of("models"))) {
      return folders.filter(Files::isDirectory).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void compiledIsInterpreted(Path folder) throws IOException {
    var file = folder.resolve(folder.getFileName() + ".ppl");
    var diagnostics = new Diagnostics();
    var source = new Source(file.toString(), Files.readString(file));
    ImportLoader none = (from, path) -> new ImportLoader.Loaded.Missing("no imports");
    var plain = Compiler.compile(source, new Compiler.Options(Map.of(), Set.of(), none), diagnostics).orElseThrow();
    var given = DataReader.read(plain.schema(), ModelFiles.data(file, plain.schema(), diagnostics), diagnostics);
    var missing = given.missing(plain.schema());
    var program = missing.isEmpty() ? plain
        : Compiler.compile(source, new Compiler.Options(Map.of(), missing, none), diagnostics).orElseThrow();
    var data = Binder.bind(program.schema(), given, diagnostics).orElseThrow(
        () -> new AssertionError(diagnostics.all().toString()));
    var compiled = program.bind(data);
    var q = new Random(7).doubles(compiled.dimension(), -0.5, 0.5).toArray();
    slope(compiled, q);
    sameDensity(compiled.fork(), compiled, q);
    sameOutput(compiled.fork(), compiled, q);
    if (bytes(folder) > MOST_BYTES) return;
    var interpreted = program.interpret(data);
    assertEquals(interpreted.dimension(), compiled.dimension());
    sameDensity(compiled, interpreted, q);
    sameOutput(compiled, interpreted, q);
  }

  private static long bytes(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(f -> !f.endsWith("expected.json")).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  private static void sameDensity(Target compiled, Target interpreted, double[] q) {
    var expected = new double[q.length];
    var actual = new double[q.length];
    double density = interpreted.gradient(q, expected);
    assertTrue(Double.isFinite(density));
    assertClose(density, compiled.gradient(q, actual), Math.abs(density));
    assertClose(density, compiled.logDensity(q), Math.abs(density));
    for (int i = 0; i < q.length; i++) assertClose(expected[i], actual[i], norm(expected));
  }

  private static void sameOutput(Target compiled, Target interpreted, double[] q) {
    var expected = new double[compiled.outputSize()];
    var actual = new double[expected.length];
    assertEquals(interpreted.outputSize(), expected.length);
    interpreted.constrain(q, RandomGeneratorFactory.of("L64X128MixRandom").create(3), expected);
    compiled.constrain(q, RandomGeneratorFactory.of("L64X128MixRandom").create(3), actual);
    for (int i = 0; i < expected.length; i++) assertClose(expected[i], actual[i], Math.abs(expected[i]));
  }

  /// The derivative along a random direction.
  private static void slope(Target target, double[] q) {
    var direction = new Random(8).doubles(q.length, -1, 1).toArray();
    var g = new double[q.length];
    target.gradient(q, g);
    double h = 1e-5;
    double exact = 0;
    for (int i = 0; i < q.length; i++) exact += g[i] * direction[i];
    double ahead = target.logDensity(moved(q, direction, h)) - target.logDensity(moved(q, direction, -h));
    double further = target.logDensity(moved(q, direction, 2 * h)) - target.logDensity(moved(q, direction, -2 * h));
    assertFalse(Double.isNaN(exact));
    assertEquals(exact, (8 * ahead - further) / (12 * h), 1e-5 * (1 + norm(g)));
  }

  private static double[] moved(double[] q, double[] direction, double by) {
    var to = q.clone();
    for (int i = 0; i < q.length; i++) to[i] += by * direction[i];
    return to;
  }

  private static double norm(double[] x) {
    double max = 0;
    for (double v : x) max = Math.max(max, Math.abs(v));
    return max;
  }

  private static void assertClose(double expected, double actual, double scale) {
    assertEquals(expected, actual, 1e-9 * (1 + scale));
  }
}
