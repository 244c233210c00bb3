package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
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
import ppl.pipeline.Whole;

/// A kernel that has let its matrices go says what it says with them, bit by bit, and gives them again as they were.
class ReleaseProperties {
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
      b ~ Bernoulli(logit = m + X * w)
      %s
      """;

  /// What matrices are used for beside products in tiles.
  @Provide
  Arbitrary<String> more() {
    return Arbitraries.of("", "y ~ StudentT(4, m + X * w, s)", "y ~ StudentT(4, m + Z * w, s)", "y ~ Normal(m + X * w, s)",
        "for i in 1..N { y[i] ~ StudentT(4, a[g[i]] + dot(X[i], w), s) }", "for i in 2..N { y[i] ~ StudentT(4, y[i-1] + X[i, 1], s) }",
        "for i in 1..N { y[i] ~ Normal(X[i, 1] * m, exp(0.1 * Z[i, 1])) }", "y ~ Normal(sum(X) * m, s)");
  }

  private static String list(int n, IntFunction<String> element) {
    return IntStream.range(0, n).mapToObj(element).collect(Collectors.joining(", ", "[", "]"));
  }

  /// With few digits, or with many, or mostly 0; zeros have signs.
  private static String element(Random r, int kind) {
    return switch (kind) {
      case 0 -> "" + r.nextGaussian();
      case 1 -> String.format(Locale.ROOT, "%.2f", r.nextInt(4) == 0 ? 0.001 * r.nextGaussian() : r.nextGaussian());
      default -> r.nextInt(20) == 0 ? "" + r.nextGaussian() : r.nextBoolean() ? "0" : "-0.0";
    };
  }

  private static Map<String, String> data(int rows, int columns, int kind, long seed) {
    var r = new Random(seed);
    return Map.of("N", "" + rows, "D", "" + columns, "g", list(rows, _ -> "" + (1 + r.nextInt(3))),
        "X", list(rows, _ -> list(columns, _ -> element(r, kind))), "Z", list(rows, _ -> list(columns, _ -> element(r, kind + 1))),
        "y", list(rows, _ -> "" + r.nextGaussian()), "b", list(rows, _ -> "" + r.nextInt(2)));
  }

  /// Everything that a kernel says of a position.
  private static List<double[]> said(Kernel kernel, Blueprint blueprint, Dataset data, long seed) {
    var target = blueprint.bind(new Fixed(kernel), data);
    var q = new double[target.dimension()];
    var random = new SplittableRandom(seed);
    for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-0.5, 0.5);
    var gradient = new double[q.length];
    var values = new double[] {kernel.logDensity(q), kernel.gradient(q, gradient)};
    var reported = new double[target.outputSize()];
    kernel.constrain(q, reported, new SplittableRandom(seed));
    var predicted = new double[target.replicated()];
    kernel.predict(q, predicted, new SplittableRandom(seed));
    return List.of(values, gradient, reported, predicted);
  }

  /// A kernel that is bound already.
  private record Fixed(Kernel kernel) implements Kernel {
    @Override
    public Kernel bind(Object[] data) {
      return this;
    }

    @Override
    public double extents(double[] out) {
      return kernel.extents(out);
    }

    @Override
    public double check(double[] out) {
      return kernel.check(out);
    }

    @Override
    public double logDensity(double[] q) {
      return kernel.logDensity(q);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return kernel.gradient(q, gradient);
    }

    @Override
    public double constrain(double[] q, double[] out, RandomGenerator random) {
      return kernel.constrain(q, out, random);
    }

    @Override
    public double predict(double[] q, double[] out, RandomGenerator random) {
      return kernel.predict(q, out, random);
    }

    @Override
    public Kernel fork() {
      return this;
    }
  }

  private static void same(List<double[]> expected, List<double[]> actual) {
    for (int i = 0; i < expected.size(); i++) assertArrayEquals(bits(expected.get(i)), bits(actual.get(i)), "" + i);
  }

  private static long[] bits(double[] x) {
    return Arrays.stream(x).mapToLong(Double::doubleToRawLongBits).toArray();
  }

  private static boolean holds(Kernel kernel, int slots) {
    return kernel instanceof Restoring r && Arrays.stream(Restoring.held(r, slots)).anyMatch(h -> h != 0);
  }

  private static boolean holds(Kernel kernel, int slot, int slots) {
    return kernel instanceof Restoring r && Restoring.held(r, slots)[slot] != 0;
  }

  @Property(tries = 60)
  void nothingChanges(@ForAll("more") String more, @ForAll @IntRange(min = 1, max = 300) int rows,
      @ForAll @IntRange(min = 1, max = 12) int columns, @ForAll @IntRange(max = 2) int kind, @ForAll long seed) {
    var ready = Whole.ready(MODEL.formatted(more), data(rows, columns, kind, seed));
    var blueprint = ready.program().blueprint();
    var data = ready.data();
    var slots = blueprint.slots(data);
    var kept = ready.program().kernel().get().bind(slots);
    var expected = said(kept, blueprint, data, seed);
    var released = ready.program().kernel().get().bind(blueprint.slots(data));
    Release.of(released, blueprint.inputs(), data, 1);
    // Rows that are the same are gone over once, and then the matrix is not laid out.
    if (rows < 32 || kind == 0) assertEquals(rows >= 32, holds(released, slots.length));
    var fork = released.fork();
    same(expected, said(released, blueprint, data, seed));
    same(expected, said(fork, blueprint, data, seed));
    same(expected, said(released.fork(), blueprint, data, seed));
    var again = blueprint.slots(data);
    for (int slot = 0; slot < slots.length; slot++)
      if (slots[slot] instanceof double[] given && again[slot] instanceof double[] restored) {
        assertArrayEquals(bits(given), bits(restored));
        if (holds(released, slot, slots.length)) assertNotSame(given, restored, "the matrix was held all the time");
      }
  }

  /// Whoever asks first, all have the same.
  @Property(tries = 20)
  void instancesAskAtTheSameTime(@ForAll @IntRange(min = 32, max = 300) int rows, @ForAll @IntRange(max = 2) int kind, @ForAll long seed) {
    var ready = Whole.ready(MODEL.formatted(""), data(rows, 5, kind, seed));
    var blueprint = ready.program().blueprint();
    var data = ready.data();
    var expected = said(ready.program().kernel().get().bind(blueprint.slots(data)), blueprint, data, seed);
    var released = ready.program().kernel().get().bind(blueprint.slots(data));
    Release.of(released, blueprint.inputs(), data, 1);
    var forks = new ArrayList<Kernel>(List.of(released));
    for (int i = 0; i < 7; i++) forks.add(released.fork());
    forks.parallelStream().map(k -> said(k, blueprint, data, seed)).forEach(actual -> same(expected, actual));
  }

  /// A program's own arrays stay what they are, and a large matrix is not held beside its other form.
  @Example
  void embeddedProgramsPredictAsBefore() {
    var model = Models.compile("""
        data N : int
        data X : real[N, 8]
        data b : binary[N]
        w : real[8] ~ Normal(0, 1)
        b ~ Bernoulli(logit = X * w)
        """);
    var random = new Random(1);
    int rows = Release.LARGE / 8;
    var x = IntStream.range(0, rows).mapToObj(_ -> random.doubles(8, -1, 1).toArray()).toArray(double[][]::new);
    var flat = Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray();
    var b = random.ints(rows, 0, 2).toArray();
    var target = model.bind(Map.of("N", rows, "X", x, "b", b)).predicting();
    var kernel = model.program().kernel().get().bind(slots(model.blueprint(), Map.of("N", new int[] {rows}, "X", flat, "b", b)));
    var q = random.doubles(target.dimension(), -1, 1).toArray();
    var expected = new double[rows];
    kernel.predict(q, expected, new SplittableRandom(1));
    var actual = new double[target.outputSize()];
    target.constrain(q, new SplittableRandom(1), actual);
    assertTrue(holds(kernel, 3));
    assertArrayEquals(expected, Arrays.copyOfRange(actual, 8, 8 + rows));
    assertArrayEquals(flat, Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray());
  }

  private static Object[] slots(Blueprint blueprint, Map<String, Object> values) {
    return blueprint.inputs().stream().map(i -> i instanceof Input.Column(var slot) ? values.get(slot.name()) : i).toArray();
  }
}
