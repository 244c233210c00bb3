package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.math.DenseMatrix;
import ppl.runtime.Target;

class PhaseSpaceProperties {
  /// Always the same direction and momentum; half-way uniform numbers.
  private record Fixed(boolean forward, double momentum) implements RandomGenerator {
    @Override
    public long nextLong() {
      return 0;
    }

    @Override
    public boolean nextBoolean() {
      return forward;
    }

    @Override
    public double nextDouble() {
      return 0.5;
    }

    @Override
    public double nextGaussian() {
      return momentum;
    }
  }

  private static final Target NORMAL = Models.gaussian(new double[2], new double[] {1, 0.3, 0.3, 0.25});

  private static PhaseSpace at(Metric metric, double x, double y, double step) {
    var space = new PhaseSpace(NORMAL, metric, 10);
    assertTrue(space.place(new double[] {x, y}));
    space.stepSize(step);
    return space;
  }

  private static List<Metric> metrics() {
    double[] covariance = {1.5, -0.7, -0.7, 4};
    return List.of(new Metric.Diagonal(new double[] {0.5, 3}),
        Metric.Dense.of(2, DenseMatrix.cholesky(covariance, 2).orElseThrow()));
  }

  /// Backward in time with the momentum reversed is forward: same turn, same choice.
  @Property(tries = 100)
  void timeIsReversible(@ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = -3, max = 3) double y, @ForAll @DoubleRange(min = 0.1, max = 2) double p) {
    for (var metric : metrics()) {
      var forward = at(metric, x, y, 0.13);
      var backward = at(metric, x, y, 0.13);
      var tree = new Tree(10);
      forward.refresh(new Fixed(true, p));
      int depth = tree.grow(forward, new Fixed(true, p));
      backward.refresh(new Fixed(false, -p));
      assertEquals(depth, tree.grow(backward, new Fixed(false, -p)));
      assertEquals(forward.steps(), backward.steps());
      assertArrayEquals(forward.position(), backward.position(), 1e-9);
      assertEquals(forward.acceptance(), backward.acceptance(), 1e-9);
    }
  }

  /// A step forward and the leapfrog's inverse come back; energy is kept to second order.
  @Property(tries = 100)
  void stepsAreSecondOrder(@ForAll @DoubleRange(min = -3, max = 3) double x,
      @ForAll @DoubleRange(min = 0.1, max = 2) double p) {
    for (var metric : metrics()) {
      double[] error = new double[2];
      for (int k = 0; k < 2; k++) {
        int steps = 20 << k;
        var space = at(metric, x, 1, 1.0 / steps);
        space.refresh(new Fixed(true, p));
        space.begin();
        // somewhere on the way: at its end the error may happen to change its sign
        for (int i = 0; i < steps; i++) error[k] = Math.max(error[k], Math.abs(space.step(true, 1)));
      }
      assertTrue(error[0] < 0.1);
      assertTrue(error[1] < 0.35 * error[0] + 1e-9, error[0] + " then " + error[1]);
    }
  }

  /// A unit oscillator that starts near one end turns at the other, 2.7 later: within the fifth doubling.
  @Example
  void turnsAfterHalfAPeriod() {
    var oscillator = Models.gaussian(new double[1], new double[] {1});
    var space = new PhaseSpace(oscillator, new Metric.Diagonal(new double[] {1}), 10);
    space.place(new double[] {-1});
    space.stepSize(0.1);
    space.refresh(new Fixed(true, 0.5));
    var tree = new Tree(10);
    assertEquals(4, tree.grow(space, new Fixed(true, 0.5)));
    assertFalse(tree.broken());
    assertTrue(space.steps() >= 27 && space.steps() <= 31);
  }

  @Example
  void aStepThatIsFarTooLongDiverges() {
    var space = at(metrics().getFirst(), 1, 1, 1000);
    space.refresh(new Fixed(true, 1));
    var tree = new Tree(10);
    tree.grow(space, new Fixed(true, 1));
    assertTrue(tree.broken());
    assertArrayEquals(new double[] {1, 1}, space.position());
  }

  /// A walk that remembers all of its states and looks at their momenta whenever two spans join.
  private static final class Remembered implements Trajectory {
    private record State(double[] q, double[] p) {}

    private final double step;
    private final State start;
    private final Map<Integer, List<State>> spans = new HashMap<>();
    private final Map<Integer, State> chosen = new HashMap<>();
    private State early;
    private State late;

    Remembered(double[] q, double[] p, double step) {
      this.step = step;
      start = new State(q, p);
    }

    @Override
    public void begin() {
      early = start;
      late = start;
      alone(0, start);
    }

    private void alone(int slot, State state) {
      spans.put(slot, new ArrayList<>(List.of(state)));
      chosen.put(slot, state);
    }

    @Override
    public double step(boolean forward, int slot) {
      var from = forward ? late : early;
      double h = forward ? step : -step;
      var q = from.q.clone();
      var p = from.p.clone();
      for (int i = 0; i < q.length; i++) {
        p[i] -= 0.5 * h * q[i] / (1 + i);
        q[i] += h * p[i] * variance(i);
        p[i] -= 0.5 * h * q[i] / (1 + i);
      }
      var to = new State(q, p);
      if (forward) late = to;
      else early = to;
      alone(slot, to);
      return energy(start) - energy(to);
    }

    static double variance(int i) {
      return 1 + 0.1 * (i % 3);
    }

    private static double energy(State s) {
      double e = 0;
      for (int i = 0; i < s.q.length; i++) e += 0.5 * (s.q[i] * s.q[i] / (1 + i) + s.p[i] * s.p[i] * variance(i));
      return e;
    }

    @Override
    public boolean join(int into, int other, boolean later, boolean choose) {
      var x = spans.get(later ? into : other);
      var y = spans.get(later ? other : into);
      var whole = new ArrayList<>(x);
      whole.addAll(y);
      spans.put(into, whole);
      if (choose) chosen.put(into, chosen.get(other));
      return straight(whole) && straight(with(x, y.getFirst())) && straight(with(List.of(x.getLast()), y));
    }

    private static List<State> with(List<State> states, State last) {
      return with(states, List.of(last));
    }

    private static List<State> with(List<State> states, List<State> more) {
      var all = new ArrayList<>(states);
      all.addAll(more);
      return all;
    }

    private static boolean straight(List<State> states) {
      double first = 0;
      double last = 0;
      for (var s : states) {
        for (int i = 0; i < s.p.length; i++) {
          first += states.getFirst().p[i] * variance(i) * s.p[i];
          last += states.getLast().p[i] * variance(i) * s.p[i];
        }
      }
      return first > 0 && last > 0;
    }
  }

  /// Spans keep what is needed of their states.
  @Property(tries = 200)
  void treesAreThoseOfAllStates(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int d,
      @ForAll @DoubleRange(min = 0.02, max = 1) double step) {
    var random = new Random(seed);
    var precision = new double[d * d];
    var scale = new double[d];
    var q = new double[d];
    for (int i = 0; i < d; i++) {
      precision[i * d + i] = 1.0 / (1 + i);
      scale[i] = Math.sqrt(Remembered.variance(i));
      q[i] = random.nextGaussian();
    }
    var space = new PhaseSpace(Models.gaussian(new double[d], precision), new Metric.Diagonal(scale), 8);
    space.place(q);
    space.stepSize(step);
    space.refresh(new Random(seed + 1));
    var normals = new Random(seed + 1);
    var p = IntStream.range(0, d).mapToDouble(i -> normals.nextGaussian() / scale[i]).toArray();
    var remembered = new Remembered(q, p, step);
    assertEquals(new Tree(8).grow(remembered, new Random(seed + 2)), new Tree(8).grow(space, new Random(seed + 2)));
    assertArrayEquals(remembered.chosen.get(0).q, space.position(), 1e-9);
  }

  /// A matrix of some condition, row by row.
  private static double[] factor(int d, Random random) {
    var l = new double[d * d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < i; j++) l[i * d + j] = 0.5 * random.nextGaussian();
      l[i * d + i] = Math.exp(random.nextGaussian());
    }
    return l;
  }

  private static double[] image(double[] l, double[] z) {
    var q = new double[z.length];
    DenseMatrix.multiplyLower(l, z.length, z, q);
    return q;
  }

  /// A metric is a change of coordinates: a walk in `q = L z` by the metric of L is the walk in z by that of the identity.
  @Property(tries = 100)
  void metricsAreCoordinates(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int d,
      @ForAll @DoubleRange(min = 0.02, max = 0.5) double step, @ForAll boolean diagonal) {
    var random = new Random(seed);
    var factor = factor(d, random);
    var scale = new double[d];
    var ones = new double[d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; diagonal && j < i; j++) factor[i * d + j] = 0;
      scale[i] = factor[i * d + i];
      ones[i] = 1;
    }
    var target = Models.plain(d, (q, g) -> {
      double s = 0;
      for (int i = 0; i < d; i++) {
        double next = q[(i + 1) % d];
        s -= 0.25 * Math.pow(q[i], 4) + 0.5 * Math.sin(q[i] + 2 * next);
        g[i] = -Math.pow(q[i], 3);
      }
      for (int i = 0; i < d; i++) {
        double slope = 0.5 * Math.cos(q[i] + 2 * q[(i + 1) % d]);
        g[i] -= slope;
        g[(i + 1) % d] -= 2 * slope;
      }
      return s;
    });
    var turned = Models.plain(d, (z, g) -> {
      var gradient = new double[d];
      double s = target.gradient(image(factor, z), gradient);
      DenseMatrix.multiplyUpper(DenseMatrix.transpose(factor, d), d, gradient, g);
      return s;
    });
    var z = random.doubles(d, -1, 1).toArray();
    var there = new PhaseSpace(target, diagonal ? new Metric.Diagonal(scale) : Metric.Dense.of(d, factor), 8);
    var here = new PhaseSpace(turned, new Metric.Diagonal(ones), 8);
    assertTrue(there.place(image(factor, z)));
    assertTrue(here.place(z));
    for (var space : List.of(here, there)) {
      space.stepSize(step);
      space.refresh(new Random(seed + 1));
    }
    assertEquals(new Tree(8).grow(here, new Random(seed + 2)), new Tree(8).grow(there, new Random(seed + 2)));
    assertEquals(here.steps(), there.steps());
    assertEquals(here.energy(), there.energy(), 1e-7 * (1 + Math.abs(here.energy())));
    assertEquals(here.acceptance(), there.acceptance(), 1e-7);
    assertArrayEquals(image(factor, here.position()), there.position(), 1e-6);
  }
}
