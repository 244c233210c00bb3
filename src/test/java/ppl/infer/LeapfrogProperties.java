package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import ppl.runtime.Target;

class LeapfrogProperties {
  private static final Target FUNNEL = Models.funnel(3);

  private static Leapfrog leapfrog(Target target) {
    var ones = new double[target.dimension()];
    Arrays.fill(ones, 1);
    return new Leapfrog(target, new Metric.Diagonal(ones));
  }

  private static State state(Leapfrog leapfrog, double[] q, double[] p) {
    var e = new State(q.length);
    System.arraycopy(q, 0, e.q, 0, q.length);
    System.arraycopy(p, 0, e.p, 0, q.length);
    leapfrog.enter(e);
    return e;
  }

  /// A state of the funnel at height `v`.
  private static State inTheFunnel(Leapfrog leapfrog, double v, Random random) {
    var p = IntStream.range(0, 4).mapToDouble(i -> random.nextGaussian()).toArray();
    var q = IntStream.range(0, 4).mapToDouble(i -> i == 0 ? v : Math.exp(v / 2) * random.nextGaussian()).toArray();
    return state(leapfrog, q, p);
  }

  @Property(tries = 300)
  void everyStepCanBeTakenBack(@ForAll @DoubleRange(min = -8, max = 4) double v,
      @ForAll @DoubleRange(min = 0.05, max = 1) double step, @ForAll long seed) {
    var leapfrog = leapfrog(FUNNEL);
    var from = inTheFunnel(leapfrog, v, new Random(seed));
    var there = new State(4);
    var again = new State(4);
    if (leapfrog.step(from, there, step) != Leapfrog.Outcome.DONE) return;
    assertTrue(Math.abs(there.energy - from.energy) <= Leapfrog.TOLERANCE);
    assertEquals(Leapfrog.Outcome.DONE, leapfrog.step(there, again, -step));
    double size = 1e-6 * (1 + Arrays.stream(from.p).map(Math::abs).max().orElseThrow());
    assertArrayEquals(from.q, again.q, size);
    assertArrayEquals(from.p, again.p, size);
  }

  /// In the neck whole steps explode; divided ones nearly always arrive.
  @Example
  void theNeckCanBeCrossed() {
    var leapfrog = leapfrog(FUNNEL);
    var random = new Random(1);
    var to = new State(4);
    int exploded = 0;
    int arrived = 0;
    for (int i = 0; i < 500; i++) {
      var from = inTheFunnel(leapfrog, -5, random);
      var outcome = leapfrog.step(from, to, 0.5);
      if (!(Math.abs(leapfrog.undivided() - from.energy) < Leapfrog.TOLERANCE)) exploded++;
      if (outcome == Leapfrog.Outcome.DONE) arrived++;
    }
    assertTrue(exploded > 400, exploded + " exploded");
    assertTrue(arrived > 350, arrived + " arrived");
  }

  @Property(tries = 50)
  void ordinaryStepsCostOneGradient(@ForAll @DoubleRange(min = 0.05, max = 1.2) double step, @ForAll long seed) {
    var normal = Gaussians.rotated(10, 0, 1).target();
    var leapfrog = leapfrog(normal);
    var random = new Random(seed);
    var q = IntStream.range(0, 10).mapToDouble(i -> random.nextGaussian()).toArray();
    var p = IntStream.range(0, 10).mapToDouble(i -> random.nextGaussian()).toArray();
    var from = state(leapfrog, q, p);
    assertEquals(Leapfrog.Outcome.DONE, leapfrog.step(from, new State(10), 0.5 * step));
    assertEquals(1, leapfrog.gradients());
  }

  @Example
  void nothingCrossesACliff() {
    var cliff = Models.plain(1, (q, g) -> {
      g[0] = 0;
      return q[0] > 0 ? Double.NEGATIVE_INFINITY : 0;
    });
    var leapfrog = leapfrog(cliff);
    var from = state(leapfrog, new double[] {-1e-3}, new double[] {1});
    assertEquals(Leapfrog.Outcome.DIVERGED, leapfrog.step(from, new State(1), 0.5));
    assertEquals(Double.POSITIVE_INFINITY, leapfrog.undivided());
  }
}
