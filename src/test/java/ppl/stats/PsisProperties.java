package ppl.stats;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class PsisProperties {
  @Property(tries = 20)
  void findsTheShapeOfAParetoTail(@ForAll @DoubleRange(min = 0.1, max = 1.5) double k, @ForAll long seed) {
    var random = new Random(seed);
    var lw = random.doubles(200_000).map(u -> -k * Math.log(u)).toArray();
    assertEquals(k, Psis.of(lw).khat(), 0.3);
  }

  @Property(tries = 20)
  void weightsCorrectAShiftedProposal(@ForAll @DoubleRange(min = -0.7, max = 0.7) double shift, @ForAll long seed) {
    var random = new Random(seed);
    var x = random.doubles(20_000).map(u -> random.nextGaussian()).toArray();
    var lw = Arrays.stream(x).map(v -> shift * v + 17).toArray();
    var psis = Psis.of(lw);
    assertEquals(shift, psis.mean(x), 0.1);
    assertEquals(1, psis.sd(x), 0.1);
    assertEquals(1, Arrays.stream(psis.logWeights()).map(Math::exp).sum(), 1e-9);
    assertTrue(psis.khat() < 0.7);
  }

  @Property(tries = 20)
  void aConstantInTheLogWeightsDoesNotMatter(@ForAll long seed, @ForAll @DoubleRange(min = -1e4, max = 1e4) double c) {
    var random = new Random(seed);
    var lw = random.doubles(500).map(u -> random.nextGaussian()).toArray();
    var moved = Arrays.stream(lw).map(v -> v + c).toArray();
    assertArrayEquals(Psis.of(lw).logWeights(), Psis.of(moved).logWeights(), 1e-6);
  }

  /// Whatever the shape of their differences.
  @Property(tries = 20)
  void weightsThatDifferByRoundingHaveNoTail(@ForAll @DoubleRange(min = 0.1, max = 2) double k, @ForAll long seed) {
    var lw = new Random(seed).doubles(500).map(u -> 5e-4 * Math.min(1, 1e-4 * Math.pow(u, -k))).toArray();
    assertEquals(Double.NEGATIVE_INFINITY, Psis.of(lw).khat());
  }

  /// Among equal ones the later are the larger.
  @Property(tries = 50)
  void smoothingKeepsTheOrder(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int levels) {
    var random = new Random(seed);
    var lw = random.doubles(300).map(u -> 3.0 * random.nextInt(levels) / levels).toArray();
    var smooth = Psis.of(lw).logWeights();
    var order = IntStream.range(0, lw.length).boxed().sorted(Comparator.comparingDouble(i -> lw[i])).toList();
    for (int k = 1; k < lw.length; k++) assertTrue(smooth[order.get(k - 1)] <= smooth[order.get(k)]);
  }

  @Example
  void equalWeightsAreExactAndBadOnesHopeless() {
    var equal = Psis.of(new double[100]);
    assertEquals(Double.NEGATIVE_INFINITY, equal.khat());
    assertEquals(100, equal.effectiveSize(), 1e-9);
    var none = new double[100];
    Arrays.fill(none, Double.NEGATIVE_INFINITY);
    assertEquals(Double.POSITIVE_INFINITY, Psis.of(none).khat());
    assertEquals(0, Psis.of(none).effectiveSize());
    var partly = new double[100];
    partly[3] = Double.NaN;
    assertEquals(99, Psis.of(partly).effectiveSize(), 1e-9);
  }
}
