package ppl.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ppl.Compiler;
import ppl.ModelException;
import ppl.Models;
import ppl.SourceModel;
import ppl.runtime.Quantity;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// A compiled model read back from its files is the model that was written: same data, same numbers, same objections.
class CompiledModelProperties {
  private static final String RULES = """
      data N : int
      data K : count
      data n : int(0..N)[K]
      data low : real[K]
      data x : real(lower = low)[n[1], K]
      data w : simplex[K]
      data visits {
        y : positive
        g : factor
        size : factor("small", "large")
      }
      data groups by g { z : real }
      mu : real[g] ~ Normal(z, 1)
      b  : real[size] ~ Normal(0, 1)
      s  : positive ~ HalfNormal(w[1])
      y ~ LogNormal(mu[g] + b[size] + sum(x), s)
      """;

  private record Pair(SourceModel source, CompiledModel compiled) {}

  private static final Pair MODEL = pair();

  private static Pair pair() {
    try {
      var source = Models.compile(RULES);
      return new Pair(source, Isolated.written(source.program(), Files.createTempDirectory("ppl")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Data that fit, unless `spoil` picks a place to spoil.
  private static Map<String, Object> data(Random random, int k, int rows, int spoil) {
    int n = 4;
    var counts = new int[k];
    for (int i = 0; i < k; i++) counts[i] = random.nextInt(n + 1);
    var low = random.doubles(k).toArray();
    var x = new double[counts[0]][k];
    for (var row : x) for (int j = 0; j < k; j++) row[j] = low[j] + random.nextDouble();
    var w = new double[k];
    Arrays.fill(w, 1.0 / k);
    var y = random.doubles(rows, 0.5, 2).toArray();
    var g = new String[rows];
    var size = new ArrayList<String>();
    for (int i = 0; i < rows; i++) {
      g[i] = "g" + i % 3;
      size.add(random.nextBoolean() ? "small" : "large");
    }
    var z = new HashMap<String, Object>(Map.of("g0", 0.1, "g1", -0.3, "g2", 0.5));
    switch (spoil) {
      case 1 -> counts[0]++;
      case 2 -> low[0] += 2;
      case 3 -> w[0] += 0.1;
      case 4 -> y[0] = -1;
      case 5 -> size.set(0, "huge");
      case 6 -> z.remove("g1");
      case 7 -> z.put("g9", 1);
      case 8 -> y = new double[] {1};
      default -> {}
    }
    return Map.of("N", n, "K", k, "n", counts, "low", low, "x", x, "w", w,
        "visits", Map.of("y", y, "g", g, "size", size), "groups", Map.of("z", z));
  }

  @Property(tries = 100)
  void computesTheSame(@ForAll @IntRange(min = 1, max = 4) int k, @ForAll @IntRange(min = 3, max = 9) int rows,
      @ForAll long seed) {
    var data = data(new Random(seed), k, rows, 0);
    var a = MODEL.source.bind(data);
    var b = MODEL.compiled.bind(data);
    assertEquals(6, a.dimension());
    assertEquals(a.quantities(), b.quantities());
    assertEquals(a.predicting().quantities(), b.predicting().quantities());
    var q = new Random(seed).doubles(6, -2, 2).toArray();
    var da = new double[6];
    var db = new double[6];
    assertEquals(a.gradient(q, da), b.gradient(q, db));
    assertArrayEquals(da, db);
  }

  @Property(tries = 200)
  void objectsToTheSame(@ForAll @IntRange(min = 1, max = 4) int k, @ForAll @IntRange(min = 3, max = 9) int rows,
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int spoil) {
    var data = data(new Random(seed), k, rows, spoil);
    if (spoil == 2 && ((int[]) data.get("n"))[0] == 0) return;
    var a = assertThrows(DataException.class, () -> MODEL.source.bind(data));
    var b = assertThrows(DataException.class, () -> MODEL.compiled.bind(data));
    assertEquals(a.getMessage(), b.getMessage());
  }

  @Test
  void labelsNameQuantities() {
    var names = MODEL.compiled.bind(data(new Random(1), 2, 5, 0)).quantities().stream()
        .map(q -> q.element(q.size() - 1)).toList();
    assertEquals(List.of("mu[g2]", "b[large]", "s"), names);
    assertEquals(Quantity.Role.UNKNOWN, MODEL.compiled.blueprint().outputs().getFirst().role());
  }

  @Test
  void rowsMayBeMaps() {
    var data = new HashMap<>(data(new Random(2), 1, 3, 0));
    var columns = MODEL.compiled.bind(data);
    var visits = (Map<?, ?>) data.get("visits");
    var rows = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 3; i++)
      rows.add(Map.of("y", ((double[]) visits.get("y"))[i], "g", ((String[]) visits.get("g"))[i],
          "size", ((List<?>) visits.get("size")).get(i)));
    data.put("visits", rows);
    assertEquals(columns.logDensity(new double[6]), MODEL.compiled.bind(data).logDensity(new double[6]));
  }

  @Test
  void sizesOfDataMustAgree(@TempDir Path folder) throws IOException {
    var source = Models.compile(
        "data M : int\ndata y : real[M + 1]\nmu : real ~ Normal(0, 1)\ny ~ Normal([mu, mu, mu], 1)");
    var compiled = Isolated.written(source.program(), folder);
    var wrong = Map.of("M", 3, "y", new double[4]);
    var told = assertThrows(DataException.class, () -> compiled.bind(wrong)).getMessage();
    assertTrue(told.contains("E0720") && told.contains("4") && told.contains("3"), told);
    assertEquals(1, compiled.bind(Map.of("M", 2, "y", new double[3])).dimension());
  }

  /// What the data alone decide is said of a statement, with the first index at which it is met.
  @Test
  void dataForWhichThereIsNoAnswerAreRefused(@TempDir Path folder) throws IOException {
    var source = Models.compile("""
        data N : int
        data s : real[N]
        data y : real[N]
        data k : int
        data homes { g : factor }
        a : real[g] ~ Normal(0, 1)
        m : real ~ Gamma(2, 1)
        y ~ Normal(m + a["north"], s)
        for i in 1..N { y[i] ~ Exponential(m) }
        unused = y[k]
        generate { z : real ~ Normal(m, s[1]) }
        """);
    var compiled = Isolated.written(source.program(), folder);
    var homes = Map.of("g", new String[] {"north", "south"});
    assertEquals(3, compiled.bind(Map.of("N", 2, "k", 1, "s", new double[] {1, 2}, "y", new double[] {1, 2}, "homes", homes)).dimension());
    var told = assertThrows(DataException.class, () -> compiled.bind(
        Map.of("N", 3, "k", 1, "s", new double[] {1, -1, -2}, "y", new double[] {1, -2, 2}, "homes", homes))).getMessage();
    assertTrue(told.contains("`y ~ Normal(m + a[\"north\"], s)` has no density in 2 places, the first at index 2:"), told);
    assertTrue(told.contains("`for i in 1..N { y[i] ~ Exponential(m) }` has no density at index 2:"), told);
    assertEquals(2, told.split("E0724", -1).length - 1, told);
    assertTrue(assertThrows(DataException.class, () -> compiled.bind(
        Map.of("N", 1, "k", 1, "s", new double[] {-1}, "y", new double[] {1}, "homes", homes))).getMessage()
        .contains("`z : real ~ Normal(m, s[1])` has no density:"));
    assertTrue(assertThrows(DataException.class, () -> compiled.bind(
        Map.of("N", 2, "k", 3, "s", new double[] {1, 2}, "y", new double[] {1, 2}, "homes", homes)))
        .getMessage().contains("subscript 3 in dimension 1 of y is outside 1..2 [E0723]"));
    assertTrue(assertThrows(DataException.class, () -> compiled.bind(Map.of("N", 2, "k", 1, "s", new double[] {1, 2},
        "y", new double[] {1, 2}, "homes", Map.of("g", new String[] {"east", "south"}))))
        .getMessage().contains("\"north\" is no level of `g`"));
  }

  @Test
  void everyElementIsGivenOnce(@TempDir Path folder) throws IOException {
    var source = Models.compile("""
        data N : int
        data k : int
        data y : real[N]
        b : real[N]
        a : real[N]
        b[1] ~ Normal(0, 1)
        for i in k..N { b[i] ~ Normal(b[i - 1], 1) }
        for i in 1..N { if y[i] > 0 { a[i] = b[i] } else { if y[i] < 0 { a[i] = -b[i] } } }
        y ~ Normal(a, 1)
        """);
    var compiled = Isolated.written(source.program(), folder);
    assertEquals(3, compiled.bind(Map.of("N", 3, "k", 2, "y", new double[] {1, 2, -3})).dimension());
    assertTrue(assertThrows(DataException.class, () -> compiled.bind(Map.of("N", 3, "k", 1, "y", new double[] {1, 2, 3})))
        .getMessage().contains("with these data `b[1]` is given more than once [E0721]"));
    assertTrue(assertThrows(DataException.class, () -> compiled.bind(Map.of("N", 3, "k", 3, "y", new double[] {1, 2, 3})))
        .getMessage().contains("with these data `b[2]` is never given [E0722]"));
    assertTrue(assertThrows(DataException.class, () -> compiled.bind(Map.of("N", 3, "k", 2, "y", new double[] {1, 0, 3})))
        .getMessage().contains("with these data `a[2]` is never given [E0722]"));
  }

  @Test
  void missingValuesNeedAModelCompiledForThem(@TempDir Path folder) throws IOException {
    var text = "data N : int\ndata y : real[N]\nmu : real ~ Normal(mean(y), 1)\ny ~ Normal(0, 1)\n";
    var data = Map.of("N", 3, "y", Arrays.asList(0.5, null, 1.0));
    var source = Models.compile(text);
    assertEquals(2, source.bind(data).dimension());
    var plain = Isolated.written(source.program(), Files.createDirectory(folder.resolve("plain")));
    assertTrue(assertThrows(DataException.class, () -> plain.bind(data)).getMessage().contains("--missing y"));
    var options = new Compiler.Options(Map.of(), Set.of("y"), (from, path) -> {
      throw new IllegalStateException();
    });
    var program = Compiler.compile(new Source("gaps.ppl", text), options, new Diagnostics()).orElseThrow();
    var compiled = Isolated.written(program, Files.createDirectory(folder.resolve("gaps")));
    assertEquals(source.bind(data).quantities(), compiled.bind(data).quantities());
    assertEquals(source.bind(data).logDensity(new double[2]), compiled.bind(data).logDensity(new double[2]));
    assertEquals(1, compiled.bind(Map.of("N", 2, "y", new double[2])).dimension());
  }

  @Test
  void objectionsNameDataAndShapes() {
    var coin = Models.compile("data N : int\ndata K : int\ndata X : matrix[N, K]\nb : real[K] ~ Normal(0, 1)\n"
        + "data y : binary[N]\ny ~ Bernoulli(logit = X * b)");
    var told = assertThrows(DataException.class, () -> coin.bind(Map.of(
        "N", 3, "K", 2, "X", new double[2][3], "y", new int[] {0, 1, 2}, "z", 1))).getMessage();
    assertEquals("""
        model: the map: `X` is 2 x 3, but real[N, K] wants N = 3 by K = 2; it looks transposed; \
        write it as an array of 3 arrays of 2 numbers [E0712]
        the map, y[3]: `y` is 2, which is above 1 [E0713]""", told);
    var wrong = assertThrows(DataException.class, () -> coin.bind(Map.of(
        "N", 1.5, "K", 1, "X", new Object[] {new Object()}, "Y", new int[] {0})));
    assertTrue(wrong.getMessage().contains("`N` is 1.5") && wrong.getMessage().contains("a value of class Object where")
        && wrong.getMessage().contains("`y`, declared"), wrong::getMessage);
  }

  @Test
  void subscriptsOutsideAreFound(@TempDir Path folder) throws IOException {
    var source = Models.compile("data N : int\ndata k : int\ndata y : real[N]\nm : real[N] ~ Normal(0, 1)\n"
        + "y ~ Normal(m[k], 1)");
    var compiled = Isolated.written(source.program(), folder);
    var wrong = Map.of("N", 2, "k", 3, "y", new double[2]);
    for (var model : List.of(source, compiled)) {
      var told = assertThrows(DataException.class, () -> model.bind(wrong)).getMessage();
      assertTrue(told.contains("3") && told.contains("m"), told);
    }
    assertEquals(2, compiled.bind(Map.of("N", 2, "k", 2, "y", new double[2])).dimension());
  }

  @Test
  void constantsCanBeSet() {
    var model = Models.compile("K = 2\nb : real[K] ~ Normal(0, 1)");
    assertEquals(2, model.bind(Map.of()).dimension());
    assertEquals(5, model.set("K", 5).bind(Map.of()).dimension());
  }

  @Test
  void unknownModelsAndTextsThatAreNone() {
    var unknown = assertThrows(IllegalArgumentException.class, () -> CompiledModel.load("nobody"));
    assertTrue(unknown.getMessage().contains("nobody"), unknown::getMessage);
    assertTrue(assertThrows(ModelException.class, () -> Models.compile("x ~ ")).getMessage().contains("model.ppl"));
    assertThrows(ModelException.class, () -> Models.load(Path.of("models/nobody")));
  }
}
