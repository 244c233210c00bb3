package ppl.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Positions in one pass are evaluated as one by one, whatever becomes of some of them, and their parts take turns.
class AbreastProperties {
  private static final int PARTS = 6;
  private static final int MOST = 4;

  /// What a position does: its first number tells.
  private enum Fate {
    PLAIN, NO_LOOP, FAILS_BEFORE, FAILS_IN_PART, FAILS_AFTER, NOT_A_NUMBER, DEFECT
  }

  /// Thrown where a position is a defect.
  private static final class Defect extends RuntimeException {
    Defect(double which) {
      super("position " + which, null, false, false);
    }
  }

  /// Two loops with parts, the second of which needs the sums of the first, and notes what was done.
  private static final class Fake implements Kernel, Divided {
    private final List<String> done;
    private final double[] sums;
    private final double[][] position;
    private Hands hands;

    Fake(List<String> done) {
      this(done, new double[2 * PARTS], new double[1][]);
    }

    private Fake(List<String> done, double[] sums, double[][] position) {
      this.done = done;
      this.sums = sums;
      this.position = position;
    }

    private static Fate fate(double[] q) {
      return Fate.values()[(int) q[0]];
    }

    @Override
    public double logDensity(double[] q) {
      position[0] = q;
      var fate = fate(q);
      if (fate == Fate.FAILS_BEFORE) throw new SubscriptException("before");
      if (fate == Fate.DEFECT) throw new Defect(q[1]);
      if (fate == Fate.NO_LOOP) return q[1];
      Hands.run(hands, this, 0, PARTS);
      double first = 0;
      for (int p = 0; p < PARTS; p++) first += sums[p];
      sums[0] = first;
      Hands.run(hands, this, 1, PARTS);
      if (fate == Fate.FAILS_AFTER) throw new ArithmeticException("after");
      double second = 0;
      for (int p = 0; p < PARTS; p++) second += sums[PARTS + p];
      return fate == Fate.NOT_A_NUMBER ? Double.NaN : first + second;
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      double value = logDensity(q);
      Arrays.fill(gradient, 2 * value);
      return value;
    }

    @Override
    public void part(int loop, int part) {
      var q = position[0];
      synchronized (done) {
        done.add(loop + " " + part + " " + q[1]);
      }
      if (loop == 0 && part >= 2 && fate(q) == Fate.FAILS_IN_PART) throw new SubscriptException("part " + part);
      double x = loop == 0 ? part : sums[0] / (1 + part);
      for (int i = 0; loop == 0 && i < 300; i++) x = Math.sin(x + q[1]);
      sums[loop * PARTS + part] = x * q[1];
    }

    @Override
    public Divided helper() {
      return new Fake(done, sums, position);
    }

    @Override
    public Kernel fork() {
      return new Fake(done);
    }

    @Override
    public void hands(Hands hands) {
      this.hands = hands;
    }

    @Override
    public long shared() {
      return 0;
    }

    @Override
    public long own() {
      return 0;
    }

    @Override
    public Kernel bind(Object[] data) {
      throw new AssertionError();
    }

    @Override
    public double extents(double[] out) {
      throw new AssertionError();
    }

    @Override
    public double check(double[] out) {
      throw new AssertionError();
    }

    @Override
    public double constrain(double[] q, double[] out, RandomGenerator random) {
      throw new AssertionError();
    }

    @Override
    public double predict(double[] q, double[] out, RandomGenerator random) {
      throw new AssertionError();
    }
  }

  private static KernelTarget target(List<String> done) {
    return new KernelTarget(new Fake(done), 2, List.of(), List.of());
  }

  private static double[][] positions(Fate... fates) {
    var q = new double[fates.length][];
    for (int k = 0; k < q.length; k++) q[k] = new double[] {fates[k].ordinal(), 0.1 * k};
    return q;
  }

  @Property(tries = 300)
  void oneByOneAndTogetherAreTheSame(@ForAll long seed, @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 11) int count) {
    var random = new Random(seed);
    var q = positions(few(random, count));
    var alone = target(new ArrayList<>());
    var expected = new double[count];
    var slopes = new double[count][2];
    for (int k = 0; k < count; k++) expected[k] = alone.gradient(q[k], slopes[k]);
    var values = new double[count];
    var found = new double[count][2];
    try (var crew = new Crew(threads)) {
      var target = target(new ArrayList<>()).helpedBy(crew).inPassesOf(MOST);
      for (int repeat = 0; repeat < 4; repeat++) {
        target.gradients(count, q, found, values);
        assertArrayEquals(expected, values);
        for (int k = 0; k < count; k++) assertArrayEquals(slopes[k], found[k]);
        target.logDensities(count, q, values);
        assertArrayEquals(expected, values);
      }
    }
  }

  /// One or two fates for all.
  private static Fate[] few(Random random, int count) {
    var two = random.ints(2, 0, Fate.DEFECT.ordinal()).toArray();
    return random.ints(count, 0, 2).mapToObj(k -> Fate.values()[two[k]]).toArray(Fate[]::new);
  }

  /// Each part of one of the loops, whichever took longer, is done for all positions before the next, and those of the other
  /// loop by themselves.
  @Example
  void partsTakeTurns() {
    var done = new ArrayList<String>();
    var target = target(done).inPassesOf(MOST);
    var q = positions(Fate.PLAIN, Fate.NO_LOOP, Fate.PLAIN, Fate.PLAIN);
    target.logDensities(q.length, q, new double[q.length]);
    done.clear();
    target.logDensities(q.length, q, new double[q.length]);
    assertEquals(2 * 3 * PARTS, done.size());
    assertEquals(1, IntStream.range(0, 2).filter(l -> inTurns(l).equals(done.stream().filter(s -> s.startsWith(l + " ")).toList())).count());
  }

  private static List<String> inTurns(int loop) {
    var turns = new ArrayList<String>();
    for (int p = 0; p < PARTS; p++) for (int k : new int[] {0, 2, 3}) turns.add(loop + " " + p + " " + 0.1 * k);
    return turns;
  }

  /// What is no matter of densities reaches the caller: that of the first position. The next pass knows nothing of it.
  @Example
  void defectsReachTheCaller() {
    var target = target(new ArrayList<>()).inPassesOf(MOST);
    var plain = positions(Fate.PLAIN, Fate.PLAIN, Fate.PLAIN, Fate.PLAIN);
    var values = new double[plain.length];
    var expected = new double[plain.length];
    target.logDensities(plain.length, plain, expected);
    var q = positions(Fate.PLAIN, Fate.DEFECT, Fate.PLAIN, Fate.DEFECT);
    var defect = assertThrows(Defect.class, () -> target.logDensities(q.length, q, values));
    assertEquals(new Defect(q[1][1]).getMessage(), defect.getMessage());
    target.logDensities(plain.length, plain, values);
    assertArrayEquals(expected, values);
  }

  /// Without many data, or where instances hold much themselves, positions are best evaluated one by one.
  @Example
  void fewDataAreNotShared() {
    assertEquals(1, target(new ArrayList<>()).abreast());
    assertEquals(1, Abreast.most(sized(1 << 19, 0), 0));
    assertEquals(1, Abreast.most(sized(1 << 22, 1 << 22), 0));
    assertEquals(1, Abreast.most(sized(1 << 22, 0), 1 << 20));
    assertTrue(Abreast.most(sized(1 << 24, 1 << 10), 1 << 10) > 3);
    assertTrue(Abreast.most(sized(1L << 40, 0), 0) > 3);
  }

  private static Divided sized(long shared, long own) {
    return new Divided() {
      @Override
      public void part(int loop, int part) {
        throw new AssertionError();
      }

      @Override
      public Divided helper() {
        throw new AssertionError();
      }

      @Override
      public void hands(Hands hands) {
        throw new AssertionError();
      }

      @Override
      public long shared() {
        return shared;
      }

      @Override
      public long own() {
        return own;
      }
    };
  }
}
