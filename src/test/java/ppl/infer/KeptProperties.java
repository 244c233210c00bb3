package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Quantity;
import ppl.runtime.Rows;
import ppl.runtime.Target;

/// Draws that are computed when they are read are those that would have been held, bit by bit.
class KeptProperties {
  private static final int DIMENSION = 3;
  private static final int WIDTH = 40;

  /// Reports sines, and perhaps something random.
  ///
  /// @param asked how often it was asked
  private record Waves(boolean draws, AtomicInteger asked) implements Target {
    @Override
    public int dimension() {
      return DIMENSION;
    }

    @Override
    public double logDensity(double[] q) {
      return 0;
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return 0;
    }

    @Override
    public List<Quantity> quantities() {
      return List.of(new Quantity("w", List.of(WIDTH), List.of(Optional.empty()), Quantity.Role.DETERMINISTIC, false));
    }

    @Override
    public int outputSize() {
      return WIDTH;
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      asked.incrementAndGet();
      for (int i = 0; i < WIDTH; i++) out[i] = Math.sin(q[0] + i * q[1]) + q[2];
      if (draws) out[0] = random.nextGaussian();
    }

    @Override
    public void start(RandomGenerator random, double[] q) {}

    @Override
    public Target fork() {
      return this;
    }
  }

  private static SplittableGenerator random(long seed) {
    return Streams.of(seed, 1)[0];
  }

  @Property(tries = 300)
  void computedIsHeld(@ForAll @IntRange(max = 30) int capacity, @ForAll @IntRange(max = 30) int count, @ForAll boolean draws,
      @ForAll @IntRange(max = 2) int times, @ForAll long seed) {
    var target = new Waves(draws, new AtomicInteger());
    var held = new Kept(target, capacity, Integer.MAX_VALUE);
    var computed = new Kept(target, capacity, 0);
    var one = random(seed);
    var other = random(seed);
    var positions = new Random(seed);
    for (int t = 0; t <= times; t++) {
      if (t > 0) {
        var before = held.rows().all().clone();
        held.thin();
        computed.thin();
        for (int i = 0; i < held.count(); i++) assertEquals(before[2 * i * WIDTH + 1], held.rows().all()[i * WIDTH + 1]);
      }
      for (int i = 0; i < count && held.count() < capacity; i++) {
        var q = positions.doubles(DIMENSION, -3, 3).toArray();
        held.add(q, one);
        computed.add(q, other);
      }
      assertEquals(held.count(), computed.count());
      assertEquals(held.count(), computed.rows().length());
      assertArrayEquals(held.rows().all(), computed.rows().all());
      var reader = computed.rows().reader();
      for (int i = computed.count() - 1; i >= 0; i -= 3) {
        int at = reader.at(i);
        for (int k = 0; k < WIDTH; k++) assertEquals(held.rows().all()[i * WIDTH + k], reader.values()[at + k]);
      }
    }
  }

  /// Only where there are many more numbers than coordinates, and too many of them, and none is drawn.
  @Example
  void whatIsHeld() {
    var still = new Waves(false, new AtomicInteger());
    var drawing = new Waves(true, new AtomicInteger());
    assertTrue(kept(still, 10 * WIDTH).isHeld());
    assertTrue(kept(drawing, 0).isHeld());
    assertFalse(kept(still, 10 * WIDTH - 1).isHeld());
    int before = still.asked.get();
    var rows = kept(still, 0);
    assertEquals(before, still.asked.get());
    assertEquals(WIDTH, rows.all().length);
    assertEquals(before + 1, still.asked.get());
  }

  private static Rows kept(Target target, int few) {
    var kept = new Kept(target, 10, few);
    kept.add(new double[] {1, 2, 3}, random(1));
    return kept.rows();
  }
}
