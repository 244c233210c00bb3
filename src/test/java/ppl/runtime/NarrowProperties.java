package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.nio.file.Files;
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
import ppl.io.Binder;
import ppl.io.DataFile;
import ppl.io.DataReader;
import ppl.math.GammaFunctions;
import ppl.pipeline.Whole;
import ppl.source.Diagnostics;

/// Whole numbers in one or two bytes are what they are in four.
class NarrowProperties {
  private static final String MODEL = """
      data N : int
      data g : int(1..300)[N]
      data k : count[N]
      data t : int[N, 2]
      data b : binary[N]
      m : real ~ Normal(0, 1)
      s : positive ~ Gamma(2, 2)
      a : real[300] ~ Normal(m, s)
      %s
      """;

  /// Outcomes, places, subscripts of subscripts, numbers that are computed with, bounds of loops.
  @Provide
  Arbitrary<String> uses() {
    return Arbitraries.of("b ~ Bernoulli(logit = a[g])", "k ~ Poisson(log = a[g])", "for i in 1..N { k[i] ~ Binomial(k[i] + g[i], inv_logit(a[g[i]])) }",
        "b ~ Bernoulli(logit = m)", "for i in 1..N { b[i] ~ Bernoulli(logit = m + 0.001 * (g[i] * k[i] - t[i, 2])) }",
        "for i in 1..N { for j in 1..b[i] { target += -0.5 * (m - t[i, j]) ^ 2 * 1e-4 } }",
        "k ~ NegativeBinomial(mean = exp(a[g]), dispersion = s)", "for i in 2..N { k[i] ~ Poisson(log = m + 0.01 * k[i-1]) }");
  }

  private static String list(int n, IntFunction<String> element) {
    return IntStream.range(0, n).mapToObj(element).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Map<String, String> data(int rows, Random r) {
    return Map.of("N", "" + rows, "g", list(rows, _ -> "" + (1 + r.nextInt(300))),
        "k", list(rows, _ -> "" + r.nextInt(40)), "t", list(rows, _ -> "[" + (r.nextInt(60_000) - 30_000) + ", " + (r.nextInt(250) - 125) + "]"),
        "b", list(rows, _ -> "" + r.nextInt(2)));
  }

  private static Object narrow(int[] x) {
    var all = Arrays.stream(x).summaryStatistics();
    if (all.getMin() >= Byte.MIN_VALUE && all.getMax() <= Byte.MAX_VALUE) {
      var out = new byte[x.length];
      for (int i = 0; i < x.length; i++) out[i] = (byte) x[i];
      return out;
    }
    var out = new short[x.length];
    for (int i = 0; i < x.length; i++) out[i] = (short) x[i];
    return out;
  }

  private static Dataset narrow(Dataset data) {
    var columns = new LinkedHashMap<>(data.columns());
    columns.replaceAll((_, c) -> c.dims().length > 0 && c.values() instanceof int[] x
        ? new Dataset.Column(narrow(x), c.dims(), c.missing(), c.place()) : c);
    return new Dataset(columns, data.levels(), data.sizes(), data.sources());
  }

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

  private static long[] bits(double[] x) {
    return Arrays.stream(x).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  @Property(tries = 60)
  void nothingChanges(@ForAll("uses") String use, @ForAll @IntRange(min = 2, max = 600) int rows, @ForAll long seed) {
    var ready = Whole.ready(MODEL.formatted(use), data(rows, new Random(seed)));
    var data = narrow(ready.data());
    var expected = said(ready.program().bind(ready.data()), seed);
    var actual = said(ready.program().bind(data), seed);
    for (int i = 0; i < expected.size(); i++) assertArrayEquals(bits(expected.get(i)), bits(actual.get(i)), use);
    assertEquals(List.of(), ready.program().problems(data));
    var interpreted = ready.program().interpret(data);
    assertEquals(expected.getFirst()[0], interpreted.logDensity(position(interpreted, seed)), 1e-9 * Math.abs(expected.getFirst()[0]));
  }

  private static double[] position(KernelTarget target, long seed) {
    var random = new SplittableRandom(seed);
    return random.doubles(target.dimension(), -0.5, 0.5).toArray();
  }

  @Property(tries = 100)
  void numbersStayWhatTheyAre(@ForAll("bounds") int bound, @ForAll long seed) {
    var x = new Random(seed).ints(Narrow.LARGE, -bound, Math.max(bound, bound + 1)).toArray();
    x[7] = bound;
    x[8] = -bound - 1;
    var held = Narrow.ofMany(x);
    assertSame(bound <= Byte.MAX_VALUE ? byte[].class : bound <= Short.MAX_VALUE ? short[].class : int[].class, held.getClass());
    assertArrayEquals(x, Narrow.wholes(held));
    for (int i = 0; i < x.length; i += 101) assertEquals(x[i], Narrow.at(held, i));
    assertArrayEquals(Arrays.stream(x).asDoubleStream().toArray(), Narrow.reals(held));
  }

  @Provide
  Arbitrary<Integer> bounds() {
    return Arbitraries.of(1, 5, 127, 128, 1000, 32_767, 32_768, 1_000_000, Integer.MAX_VALUE - 1);
  }

  @Property(tries = 30)
  void piecesAreJoined(@ForAll("bounds") int bound, @ForAll @IntRange(min = 1, max = 40) int count, @ForAll long seed) {
    var random = new Random(seed);
    var pieces = IntStream.range(0, count).mapToObj(_ -> random.ints(random.nextInt(8000), 0, Math.max(1, random.nextInt(bound))).toArray()).toList();
    var all = pieces.stream().flatMapToInt(Arrays::stream).toArray();
    var given = pieces.stream().map(Narrow::of).toArray();
    var joined = Narrow.joined(given);
    assertArrayEquals(all, Narrow.wholes(joined));
    assertSame(Narrow.ofMany(all).getClass(), joined.getClass());
    assertArrayEquals(new Object[count], given);
  }

  /// A table read in many pieces, with columns of each width.
  @Example
  void tablesOfManyRowsAreHeldSo() throws IOException {
    int n = Narrow.LARGE + 5;
    var random = new Random(4);
    var columns = List.of(random.ints(n, -128, 128).toArray(), random.ints(n, 0, 20_000).toArray(), random.ints(n, -70_000, 70_000).toArray());
    var file = Files.createTempFile("many", ".csv");
    try {
      Files.writeString(file, IntStream.range(0, n).mapToObj(i -> columns.stream().map(c -> "" + c[i]).collect(Collectors.joining(",")))
          .collect(Collectors.joining("\n", "a,b,c\n", "\n")));
      var program = Models.compile("data rows { a : int\nb : int\nc : int }\nm : real ~ Normal(sum(a) + sum(b) + sum(c), 1)").program();
      var diagnostics = new Diagnostics();
      var given = DataReader.read(program.schema(), List.of(new DataFile(Optional.of("rows"), file)), diagnostics);
      var data = Binder.bind(program.schema(), given, diagnostics).orElseThrow(() -> new AssertionError(diagnostics.all()));
      var held = program.schema().slots().stream().map(s -> data.columns().get(s).values()).toList();
      for (int k = 0; k < 3; k++) assertArrayEquals(columns.get(k), Narrow.wholes(held.get(k)));
      assertEquals(List.of(byte[].class, short[].class, int[].class), held.stream().map(Object::getClass).toList());
      double sum = columns.stream().mapToLong(c -> Arrays.stream(c).asLongStream().sum()).sum();
      assertEquals(-0.5 * Math.log(2 * Math.PI), program.bind(data).logDensity(new double[] {sum}), 1e-9);
    } finally {
      Files.delete(file);
    }
  }

  /// What the JVM has compiled for one data set serves the next.
  @Example
  void oneClassServesAllDataOfOneForm() {
    var ready = Whole.ready("data N : int\ndata k : count[N]\nm : real ~ Normal(0, 1)\nk ~ Poisson(log = m)", Map.of("N", "3", "k", "[1, 2, 3]"));
    var data = narrow(ready.data());
    assertSame(ready.program().over(data).kernel().get().getClass(), ready.program().over(data).kernel().get().getClass());
    assertSame(ready.program(), ready.program().over(ready.data()));
  }

  /// Where data come from a program, and are many.
  @Example
  void manyAreHeldSo() {
    var model = Models.compile("data rows { g : factor\nk : count }\na : real[g] ~ Normal(0, 1)\nk ~ Poisson(log = a[g])");
    int n = Narrow.LARGE;
    var random = new Random(3);
    var k = random.ints(n, 0, 300).toArray();
    var g = random.ints(n, 0, 50).toArray();
    var labels = Arrays.stream(g).mapToObj("group %02d"::formatted).toArray(String[]::new);
    var target = model.bind(Map.of("rows", Map.of("g", labels, "k", k)));
    var a = random.doubles(50, 3, 5).toArray();
    double expected = Arrays.stream(a).map(x -> -0.5 * x * x - 0.5 * Math.log(2 * Math.PI)).sum();
    for (int i = 0; i < n; i++) expected += k[i] * a[g[i]] - Math.exp(a[g[i]]) - GammaFunctions.lgamma(k[i] + 1);
    assertEquals(expected, target.logDensity(a), 1e-10 * Math.abs(expected));
  }
}
