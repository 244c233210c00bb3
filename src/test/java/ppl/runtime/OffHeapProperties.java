package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import ppl.Models;
import ppl.Program;
import ppl.infer.Engine;
import ppl.infer.Exact;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.io.Binder;
import ppl.io.DataFile;
import ppl.io.DataReader;
import ppl.pipeline.Whole;
import ppl.source.Diagnostics;

/// A matrix beside the heap is what it would be in it.
class OffHeapProperties {
  private static final String MODEL = """
      data N : int
      data D : int
      data g : int(1..3)[N]
      data X : real[N, D]
      data Z : real[N, D]
      data y : real[N]
      data b : binary[N]
      m : real ~ Normal(0, 1)
      s : positive ~ Gamma(2, 2)
      w : real[D] ~ Normal(0, 1)
      a : real[3] ~ Normal(0, 1)
      %s
      """;

  /// What matrices are used for: products in tiles, with and without groups, elements, elements that others give a place, and
  /// operations on all of them.
  @Provide
  Arbitrary<String> uses() {
    return Arbitraries.of("b ~ Bernoulli(logit = m + X * w)", "y ~ StudentT(4, m + X * w, s)", "y ~ Normal(m + X * w, s)",
        "b ~ Bernoulli(logit = m + X * w)\ny ~ StudentT(4, m + Z * w, exp(0.1 * (X * w)))",
        "for i in 1..N { y[i] ~ StudentT(4, a[g[i]] + dot(X[i], w), s) }", "for i in 1..N { y[i] ~ Normal(a[g[i]] + dot(X[i], w), s) }",
        "for i in 2..N { y[i] ~ StudentT(4, y[i-1] + X[i, 1], s) }", "for i in 1..N { y[i] ~ Normal(X[i, 1] * m, exp(0.1 * Z[i, 1])) }",
        "for i in 1..N { y[i] ~ StudentT(4, X[g[i], 1] * m, s) }", "for i in 1..D { X[1, i] ~ StudentT(4, w[i], s) }", "y ~ Normal(sum(X) * m, s)");
  }

  private static String list(int n, IntFunction<String> element) {
    return IntStream.range(0, n).mapToObj(element).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Map<String, String> data(int rows, int columns, Random r) {
    return Map.of("N", "" + rows, "D", "" + columns, "g", list(rows, _ -> "" + (1 + r.nextInt(3))),
        "X", list(rows, _ -> list(columns, _ -> "" + r.nextGaussian())), "Z", list(rows, _ -> list(columns, _ -> "" + r.nextGaussian())),
        "y", list(rows, _ -> "" + r.nextGaussian()), "b", list(rows, _ -> "" + r.nextInt(2)));
  }

  private static OffHeap matrix(double[] x, int columns) {
    var out = OffHeap.of(x.length);
    for (int i = 0; i < x.length; i++) out.set(i, x[i]);
    out.layOut(columns);
    return out;
  }

  /// The same data with all matrices of reals beside the heap.
  private static Dataset besides(Dataset data) {
    var columns = new LinkedHashMap<>(data.columns());
    columns.replaceAll((_, c) -> c.dims().length == 2 && c.values() instanceof double[] x
        ? new Dataset.Column(matrix(x, c.dims()[1]), c.dims(), c.missing(), c.place()) : c);
    return new Dataset(columns, data.levels(), data.sizes(), data.sources());
  }

  private static boolean isInHeap(Dataset data) {
    return data.columns().values().stream().anyMatch(c -> c.values() instanceof OffHeap x && x.isInHeap());
  }

  /// Everything that a target says of a position.
  private static List<double[]> said(KernelTarget target, long seed) {
    var q = new double[target.dimension()];
    var random = new SplittableRandom(seed);
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-0.5, 0.5);
    var gradient = new double[q.length];
    var values = new double[] {target.logDensity(q), target.gradient(q, gradient)};
    var predicting = target.predicting();
    var reported = new double[predicting.outputSize()];
    predicting.constrain(q, new SplittableRandom(seed), reported);
    return List.of(values, gradient, reported);
  }

  private static void close(List<double[]> expected, List<double[]> actual, double tolerance) {
    for (int k = 0; k < expected.size(); k++) {
      var e = expected.get(k);
      for (int i = 0; i < e.length; i++) assertEquals(e[i], actual.get(k)[i], tolerance * (1 + Math.abs(e[i])), k + ", " + i);
    }
  }

  @Property(tries = 50)
  void nothingChanges(@ForAll("uses") String use, @ForAll @IntRange(min = 3, max = 400) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns, @ForAll long seed) {
    var ready = Whole.ready(MODEL.formatted(use), data(rows, columns, new Random(seed)));
    var data = besides(ready.data());
    var expected = said(ready.program().bind(ready.data()), seed);
    var target = ready.program().bind(data);
    close(expected, said(target, seed), 1e-11);
    close(expected, said((KernelTarget) target.fork(), seed), 1e-11);
    assertFalse(isInHeap(data), "the matrix was brought into the heap: " + use);
    assertEquals(List.of(), ready.program().problems(data));
    if (rows * columns < 500) close(expected.subList(0, 2), said(ready.program().interpret(data), seed).subList(0, 2), 1e-9);
  }

  /// Operations on a whole matrix bring it into the heap.
  @Example
  void operationsOnAllOfItHaveIt() {
    var ready = Whole.ready("""
        data C : real[3, 3]
        data m : real[3]
        w : real[3] ~ MultivariateNormal(m, C)
        v : real[3] ~ Normal(C * w, 1)
        """, Map.of("m", "[1, 2, 3]", "C", "[[2, 0.5, 0.1], [0.5, 1, 0.3], [0.1, 0.3, 3]]"));
    close(said(ready.program().bind(ready.data()), 1), said(ready.program().bind(besides(ready.data())), 1), 1e-13);
  }

  /// Several tiles, rows that are shared among threads, and several positions in one pass, with the same bits.
  @Property(tries = 8)
  void threadsAndPassesGiveTheSameBits(@ForAll @IntRange(min = 11_000, max = 13_000) int rows, @ForAll @IntRange(min = 1, max = 30) int columns,
      @ForAll long seed) {
    var ready = Whole.ready(MODEL.formatted("b ~ Bernoulli(logit = m + X * w)"), data(rows, columns, new Random(seed)));
    var inHeap = ready.program().bind(ready.data());
    var target = ready.program().bind(besides(ready.data()));
    var expected = said(inHeap, seed);
    var actual = said(target, seed);
    for (int k = 0; k < 2; k++) assertArrayEquals(bits(expected.get(k)), bits(actual.get(k)), "one thread");
    try (var crew = new Crew(2)) {
      var shared = said(target.helpedBy(crew), seed);
      for (int k = 0; k < 2; k++) assertArrayEquals(bits(expected.get(k)), bits(shared.get(k)), "two threads");
    }
  }

  private static long[] bits(double[] x) {
    return Arrays.stream(x).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Property(tries = 200)
  void elementsStayWhereTheyAre(@ForAll @IntRange(min = 1, max = 300) int rows, @ForAll @IntRange(min = 1, max = 20) int columns, @ForAll long seed) {
    var x = new Random(seed).doubles((long) rows * columns).toArray();
    var flat = OffHeap.of(x.length);
    for (int i = 0; i < x.length; i++) flat.set(i, x[i]);
    for (int i = 0; i < x.length; i++) assertEquals(x[i], flat.at(i));
    assertArrayEquals(x, OffHeap.array(flat));
    var matrix = matrix(x, columns);
    assertFalse(matrix.isInHeap());
    for (int i = 0; i < x.length; i++) assertEquals(x[i], OffHeap.at(matrix, i));
    assertArrayEquals(x, matrix.array());
    assertTrue(matrix.isInHeap());
    for (int height : List.of(OffHeap.ROWS, 8)) {
      var near = new double[(rows + OffHeap.ROWS) * columns];
      for (int first = 0; first < rows; first += height) {
        int n = Math.min(seed % 2 == 0 ? height : 2 * height, rows - first);
        OffHeap.near(matrix, near, first, columns, height, n);
        for (int i = 0; i < n; i++)
          for (int k = 0; k < columns; k++)
            assertEquals(x[(first + i) * columns + k], near[i / height * height * columns + k * height + i % height]);
      }
    }
  }

  /// Where engines take other ways: exact answers and closed forms, sampling.
  @Example
  void enginesGiveTheSameAnswers() {
    var ready = Whole.ready(MODEL.formatted("y ~ Normal(m + X * w, s)"), data(400, 5, new Random(7)));
    var data = besides(ready.data());
    for (Engine engine : List.of(new Exact(), new Nuts())) {
      var settings = engine instanceof Nuts ? Map.of("chains", "1", "draws", "50", "warmup", "50") : Map.of("draws", "50");
      var expected = draws(engine, ready.program(), ready.data(), settings);
      var actual = draws(engine, ready.program(), data, settings);
      assertArrayEquals(expected, actual, 1e-6);
      assertFalse(isInHeap(data));
    }
  }

  private static double[] draws(Engine engine, Program program, Dataset data, Map<String, String> settings) {
    try {
      var posterior = engine.run(program.bind(data), settings, 1, Progress.SILENT);
      return posterior.draws().column(0, 0);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// From files: numbers go beside the heap as they are read, and messages are those of others.
  @Property(tries = 30)
  void filesAreReadAsOthersAre(@ForAll @IntRange(min = 1, max = 200) int rows, @ForAll @IntRange(min = 2, max = 9) int columns,
      @ForAll("faults") String fault, @ForAll long seed) throws IOException {
    var r = new Random(seed);
    var lines = new ArrayList<String>();
    lines.add(IntStream.rangeClosed(1, columns).mapToObj(k -> "X." + k).collect(Collectors.joining(",", "y,", "")));
    int bad = r.nextInt(rows);
    for (int i = 0; i < rows; i++) {
      var row = r.doubles(columns + 1).mapToObj(Double::toString).collect(Collectors.toCollection(ArrayList::new));
      if (i == bad && !fault.isEmpty()) row.set(1 + r.nextInt(columns), fault);
      lines.add(String.join(",", row));
    }
    var file = Files.createTempFile("matrix", ".csv");
    try {
      Files.write(file, lines);
      var program = Models.compile("data rows { y : real\nX : real[%d] }\nm : real ~ Normal(0, 1)\ny ~ Normal(m, 1)".formatted(columns)).program();
      var usual = read(program, file, Optional.of("rows"));
      System.setProperty("ppl.offheap", "0");
      try {
        var beside = read(program, file, Optional.of("rows"));
        assertEquals(usual.said, beside.said);
        assertEquals(usual.values.isPresent(), beside.values.isPresent());
        if (fault.isEmpty()) {
          assertEquals(1, beside.data.orElseThrow().columns().values().stream().filter(Dataset.Column::isOffHeap).count());
          assertArrayEquals(usual.values.orElseThrow(), beside.values.orElseThrow());
        }
      } finally {
        System.clearProperty("ppl.offheap");
      }
    } finally {
      Files.delete(file);
    }
  }

  /// An array of JSON of which it is known how many numbers it has before they are read.
  @Example
  void arraysOfJsonAreReadAsOthersAre() throws IOException {
    int rows = 16_500;
    var random = new Random(5);
    var file = Files.createTempFile("matrix", ".json");
    try {
      Files.writeString(file, "{\"X\": " + list(rows, _ -> list(8, _ -> "" + (float) random.nextGaussian())) + "}");
      var program = Models.compile("data X : real[%d, 8]\nm : real ~ Normal(sum(X), 1)".formatted(rows)).program();
      var usual = read(program, file, Optional.empty());
      System.setProperty("ppl.offheap", "0");
      try {
        var beside = read(program, file, Optional.empty());
        assertEquals(1, beside.data.orElseThrow().columns().values().stream().filter(Dataset.Column::isOffHeap).count());
        assertArrayEquals(usual.values.orElseThrow(), beside.values.orElseThrow());
      } finally {
        System.clearProperty("ppl.offheap");
      }
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> faults() {
    return Arbitraries.of("", "", "", "NA", "abc", "NaN", "1e999", "inf", "-999999");
  }

  private record Reading(String said, Optional<Dataset> data, Optional<double[]> values) {}

  private static Reading read(Program program, Path file, Optional<String> name) {
    var diagnostics = new Diagnostics();
    var given = DataReader.read(program.schema(), List.of(new DataFile(name, file)), diagnostics);
    var data = Binder.bind(program.schema(), given, diagnostics);
    var values = data.map(d -> d.lookup().values(program.schema().slots().stream().filter(s -> s.name().equals("X")).findFirst().orElseThrow()));
    return new Reading(diagnostics.all().toString().replaceAll("@[0-9a-f]+", ""), data, values);
  }

  @Example
  void whatCannotBeIsRefused() {
    assertThrows(TooLargeException.class, () -> OffHeap.of(1L << 40));
    assertThrows(TooLargeException.class, () -> OffHeap.of(Integer.MAX_VALUE - 8));
  }
}
