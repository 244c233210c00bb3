package ppl.sum;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import ppl.lower.Known;
import ppl.lower.Lowering;
import ppl.pipeline.Differences;
import ppl.pipeline.Whole;
import ppl.runtime.KernelTarget;

/// What is summed out is the sum over all values, its gradient is its slope, and draws have the probabilities that all
/// values have.
class SumOutProperties {
  private static final int DRAWS = 2000;

  private record Case(DiscreteModels model, Whole.Ready ready, KernelTarget target, double[] q, Enumeration all) {}

  private static Case of(int shape, long seed) {
    var model = DiscreteModels.of(shape, seed);
    var ready = Whole.ready(model.text(), model.data());
    var target = ready.program().bind(ready.data());
    var random = new SplittableRandom(seed);
    var q = random.doubles(target.dimension(), -1.2, 1.2).toArray();
    var missing = Stream.of("e", "h").filter(n -> model.data().get(n).contains("null")).collect(Collectors.toSet());
    var lowered = Lowering.lower(ready.program().typed(), Known.missing(missing));
    var slots = ready.program().blueprint().slots(ready.data());
    return new Case(model, ready, target, q, Enumeration.of(lowered, slots, q));
  }

  @Property(tries = 50, shrinking = ShrinkingMode.OFF)
  void theDensityIsTheSumOverAllValues(@ForAll @IntRange(max = DiscreteModels.SHAPES - 1) int shape, @ForAll long seed) {
    var c = of(shape, seed);
    close(c, c.all.total(), c.target.logDensity(c.q));
    close(c, c.all.total(), c.ready.program().interpret(c.ready.data()).logDensity(c.q));
  }

  /// Rows of which each may lack one value, the other, both or none.
  @Property(tries = 12, shrinking = ShrinkingMode.OFF)
  void gapsOfEveryPatternAreSummedOver(@ForAll long seed) {
    var c = of(DiscreteModels.GAPS, seed);
    close(c, c.all.total(), c.target.logDensity(c.q));
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void theGradientIsTheSlope(@ForAll @IntRange(max = DiscreteModels.SHAPES - 1) int shape, @ForAll long seed) {
    var c = of(shape, seed);
    var gradient = new double[c.q.length];
    c.target.gradient(c.q, gradient);
    for (double g : gradient) assertFalse(Double.isNaN(g), c.model::toString);
    Differences.check(c.target, c.q);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void drawsHaveTheProbabilitiesOfAllValues(@ForAll @IntRange(max = DiscreteModels.SHAPES - 1) int shape, @ForAll long seed) {
    var c = of(shape, seed);
    var random = new SplittableRandom(seed);
    var found = new HashMap<String, Integer>();
    var out = new double[c.target.outputSize()];
    var at = discrete(c);
    for (int i = 0; i < DRAWS; i++) {
      c.target.constrain(c.q, random, out);
      var key = new StringBuilder();
      for (int j : at) key.append((int) out[j]).append(' ');
      found.merge(key.toString(), 1, Integer::sum);
    }
    double total = c.all.total();
    Map<String, Double> expected = new HashMap<>();
    for (int i = 0; i < c.all.values().size(); i++) {
      var key = new StringBuilder();
      for (int v : c.all.values().get(i)) key.append(v).append(' ');
      expected.merge(key.toString(), Math.exp(c.all.density()[i] - total), Double::sum);
    }
    for (var key : found.keySet()) assertFalse(expected.getOrDefault(key, 0.0) == 0, key + " cannot be: " + c.model);
    expected.forEach((key, p) -> assertEquals(p, found.getOrDefault(key, 0) / (double) DRAWS,
        6 * Math.sqrt(p * (1 - p) / DRAWS) + 4.0 / DRAWS, () -> key + " of " + c.model));
  }

  /// Where the values of discrete unknowns are in the output, in the order of the unknowns.
  private static int[] discrete(Case c) {
    var unknowns = c.ready.program().model().unknowns().stream().filter(u -> u.discrete().isPresent())
        .map(u -> u.symbol().name()).toList();
    var starts = new HashMap<String, int[]>();
    int next = 0;
    for (var quantity : c.target.quantities()) {
      starts.put(quantity.name(), IntStream.range(next, next + quantity.size()).toArray());
      next += quantity.size();
    }
    return unknowns.stream().flatMapToInt(u -> IntStream.of(starts.get(u))).toArray();
  }

  private static void close(Case c, double expected, double actual) {
    assertEquals(expected, actual, 1e-9 * (1 + Math.abs(expected)), c.model::toString);
  }
}
