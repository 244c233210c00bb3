package ppl.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Rows;
import ppl.runtime.Summary;

/// What is said of columns, by one sort each in arrays that are reused, is what the definitions say.
class ColumnProperties {
  /// What is made of autoregressions: some have ties, or halves that are alike, or numbers far out, or none.
  private enum Shape {
    PLAIN(x -> x), ROUNDED(Math::rint), COARSE(x -> Math.rint(8 * x) / 8), SIGNS(Math::signum), ZEROS(x -> Math.abs(x) < 1 ? 0 * x : x),
    POSITIVE(x -> Math.exp(5 * x)), FAR(x -> x > 2 ? 1e100 : x), MOVED(x -> 1e9 + x), CONSTANT(x -> 0.1),
    ENDLESS(x -> x > 1 ? Double.POSITIVE_INFINITY : x), NONE(x -> x < -1.5 ? Double.NaN : x);

    private final DoubleUnaryOperator of;

    Shape(DoubleUnaryOperator of) {
      this.of = of;
    }
  }

  private static double[][] chains(int count, int n, double phi, Shape shape, Random random) {
    var x = new double[count][n];
    for (var c : x) {
      double state = random.nextGaussian();
      for (int i = 0; i < n; i++) {
        c[i] = shape.of.applyAsDouble(state);
        state = phi * state + Math.sqrt(1 - phi * phi) * random.nextGaussian();
      }
    }
    return x;
  }

  private static void assertClose(double expected, double got, Object of) {
    assertEquals(expected, got, Double.isFinite(expected) ? 1e-8 * Math.abs(expected) : 0, of::toString);
  }

  /// Whether a number is one of those that rounding may make of the definition.
  private static void assertOneOf(List<Double> expected, double got, Object of) {
    assertTrue(expected.stream().anyMatch(e -> Double.compare(e, got) == 0 || Math.abs(e - got) <= 1e-6 * Math.abs(e)),
        () -> got + " is none of " + expected + " in " + of);
  }

  private static void check(double[][] x, Summary s, String of) {
    var all = PlainSummary.pooled(x);
    boolean finite = Arrays.stream(all).allMatch(Double::isFinite);
    boolean numbers = Arrays.stream(all).noneMatch(Double::isNaN);
    double[] plain = {0.05, 0.5, 0.95};
    double[] quick = {s.q5(), s.q50(), s.q95()};
    for (int k = 0; k < 3; k++) assertEquals(all.length > 0 && numbers ? PlainSummary.quantile(all, plain[k]) : Double.NaN, quick[k], of);
    if (finite) {
      assertEquals(PlainSummary.mean(all), s.mean(), 1e-12 * Arrays.stream(all).map(Math::abs).max().orElse(0), of);
      assertClose(all.length == 0 ? Double.NaN : PlainSummary.isConstant(all) ? 0 : Math.sqrt(PlainSummary.variance(all)), s.sd(), of);
    } else assertTrue(Double.isNaN(s.sd()), of);
    if (PlainSummary.isDefined(x)) {
      assertClose(PlainSummary.rhat(x), s.rhat(), of);
      assertOneOf(PlainSummary.essBulk(x), s.essBulk(), of);
      assertOneOf(PlainSummary.essTail(x), s.essTail(), of);
      assertOneOf(PlainSummary.mcseMean(x), s.mcseMean(), of);
    } else assertEquals(List.of(Double.NaN, Double.NaN, Double.NaN, Double.NaN),
        List.of(s.rhat(), s.essBulk(), s.essTail(), s.mcseMean()), of);
  }

  /// One column after the other in the same arrays, of chains short and long, odd and even.
  @Property(tries = 100)
  void summariesAreAsDefined(@ForAll @IntRange(min = 1, max = 5) int count, @ForAll @IntRange(max = 200) int n,
      @ForAll @DoubleRange(min = -0.5, max = 0.95) double phi, @ForAll long seed) {
    var random = new Random(seed);
    var column = new Column(count, n);
    for (var shape : Shape.values()) {
      var x = chains(count, n, phi, shape, random);
      column.take(PlainSummary.pooled(x), 0);
      check(x, column.summary("x", false, true), shape.name());
    }
  }

  @Property(tries = 300)
  void orderIsThatOfNumbers(@ForAll double[] x, @ForAll long seed) {
    var random = new Random(seed);
    var special = new double[] {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -Double.MAX_VALUE};
    for (int i = 0; i < x.length; i += 3) x[i] = random.nextBoolean() ? special[random.nextInt(special.length)] : random.nextGaussian();
    var ordering = new Ordering(x.length);
    ordering.sort(x);
    var sorted = x.clone();
    Arrays.sort(sorted);
    assertTrue(Arrays.equals(sorted, ordering.values()));
    for (int i = 0; i < x.length; i++) assertEquals(0, Double.compare(sorted[i], x[ordering.places()[i]]));
    assertEquals(x.length, Arrays.stream(ordering.places()).distinct().count());
  }

  private static final int WIDE = 300;

  private static Posterior wide(String threads, List<Optional<Summary>> known) {
    var random = new Random(5);
    var chains = List.of(random.doubles(1000 * WIDE).toArray(), random.doubles(1100 * WIDE).toArray(), new double[0],
        random.doubles(1000 * WIDE).toArray(), random.doubles(1000 * WIDE).toArray());
    var quantities = List.of(new Quantity("a", List.of(WIDE - 1), List.of(Optional.empty()), Quantity.Role.UNKNOWN, false),
        new Quantity("b", List.of(), List.of(), Quantity.Role.UNKNOWN, true));
    return new Posterior("test", 1, Map.of("threads", threads), Posterior.Kind.CHAINS, quantities, Draws.of(WIDE, chains), List.of(),
        Draws.of(0, List.of()), known, Map.of(), List.of(), Map.of(), false);
  }

  /// What is not held is read in blocks of columns, and each draw once for each block.
  @Property(tries = 100)
  void computedAsHeld(@ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(max = 70) int n,
      @ForAll @IntRange(min = 1, max = 4) int count, @ForAll @IntRange(min = 1, max = 5000) int most, @ForAll @IntRange(min = 1, max = 3) int threads,
      @ForAll long seed) {
    var random = new Random(seed);
    var asked = new AtomicInteger();
    var held = new ArrayList<double[]>();
    var computed = new ArrayList<Rows>();
    for (int c = 0; c < count; c++) {
      var values = random.doubles((long) width * (c == 1 ? 0 : n + random.nextInt(3))).toArray();
      held.add(values);
      computed.add(new Counting(new Rows.Held(width, values), asked));
    }
    var wanted = new BitSet();
    for (int i = 0; i < width; i++) wanted.set(i, random.nextInt(3) > 0);
    try (var crew = new Crew(threads)) {
      Elements.Job<List<Double>> all = (column, i) -> Stream.concat(Stream.of((double) i), Arrays.stream(column.draws()).boxed()).toList();
      var draws = new Draws(width, computed);
      assertEquals(Elements.map(wanted, Draws.of(width, held), crew, all, most), Elements.map(wanted, draws, crew, all, most));
      int size = draws.begun() * draws.shortest();
      int blocks = width / Math.clamp(most / Math.max(1, size), 1, width) + 1;
      assertTrue(asked.get() <= blocks * size, asked + " draws, " + blocks + " blocks");
    }
  }

  /// Says that it is not held, and counts what is read.
  private record Counting(Rows rows, AtomicInteger asked) implements Rows {
    @Override
    public int width() {
      return rows.width();
    }

    @Override
    public int length() {
      return rows.length();
    }

    @Override
    public boolean isHeld() {
      return false;
    }

    @Override
    public Reader reader() {
      var reader = rows.reader();
      return new Reader() {
        @Override
        public int at(int draw) {
          asked.incrementAndGet();
          return reader.at(draw);
        }

        @Override
        public double[] values() {
          return reader.values();
        }
      };
    }
  }

  @Example
  void threadsDoNotMatter() {
    var alone = Summaries.of(wide("1", List.of()));
    assertEquals(alone, Summaries.of(wide("3", List.of())));
    assertEquals(WIDE, alone.size());
    var posterior = wide("1", List.of());
    for (int i : new int[] {0, 7, 8, WIDE - 1}) {
      assertEquals(alone.get(i), Summaries.of(posterior, alone.get(i).name()));
      if (i < WIDE - 1) check(posterior.draws().column(i), alone.get(i), alone.get(i).name());
    }
  }

  @Example
  void whatIsKnownIsNotComputedAgain() {
    var known = new Summary("a[2]", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    var posterior = wide("2", List.of(Optional.empty(), Optional.of(known)));
    assertEquals(known, Summaries.of(posterior).get(1));
    assertEquals(known, Summaries.of(posterior, "a[2]"));
    assertTrue(Summaries.of(posterior).get(0).mean() < 1);
    assertEquals(known, Summaries.of(posterior.keeping(q -> q.name().equals("a"))).get(1));
    assertTrue(posterior.keeping(q -> q.name().equals("b")).summary(0).isEmpty());
  }
}
