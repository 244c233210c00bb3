package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TreeTest {
  /// A walk on the integers from 0: spans are intervals, which must be built by single steps and joined only with
  /// neighbours of equal length.
  private static final class Integers implements Trajectory {
    final int[] low = new int[Tree.slots(12)];
    final int[] high = new int[low.length];
    final int[] chosen = new int[low.length];
    final IntToDoubleFunction weight;
    final int turnLength;
    final int cliff;
    int first;
    int last;
    int steps;

    Integers(IntToDoubleFunction weight, int turnLength, int cliff) {
      this.weight = weight;
      this.turnLength = turnLength;
      this.cliff = cliff;
    }

    @Override
    public void begin() {
      first = 0;
      last = 0;
      low[0] = 0;
      high[0] = 0;
      chosen[0] = 0;
    }

    @Override
    public double step(boolean forward, int slot) {
      steps++;
      int at = forward ? ++last : --first;
      low[slot] = at;
      high[slot] = at;
      chosen[slot] = at;
      return Math.abs(at) >= cliff ? Double.NaN : weight.applyAsDouble(at);
    }

    @Override
    public boolean join(int into, int other, boolean later, boolean choose) {
      assertTrue(into != other);
      assertEquals(high[into] - low[into], high[other] - low[other], "halves of unlike length");
      if (later) {
        assertEquals(high[into] + 1, low[other], "not a neighbour");
        high[into] = high[other];
      } else {
        assertEquals(low[into] - 1, high[other], "not a neighbour");
        low[into] = low[other];
      }
      if (choose) chosen[into] = chosen[other];
      assertTrue(chosen[into] >= low[into] && chosen[into] <= high[into]);
      return high[into] - low[into] + 1 < turnLength;
    }
  }

  @Property
  void doublesUntilTheDepth(@ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int depth) {
    var walk = new Integers(i -> 0, Integer.MAX_VALUE, Integer.MAX_VALUE);
    var tree = new Tree(depth);
    assertEquals(depth, tree.grow(walk, new Random(seed)));
    assertEquals((1 << depth) - 1, walk.steps);
    assertEquals((1 << depth) - 1, walk.high[0] - walk.low[0]);
    assertFalse(tree.broken());
  }

  @Property
  void stopsAtTheTurn(@ForAll long seed, @ForAll @IntRange(min = 1, max = 7) int log) {
    var walk = new Integers(i -> 0, 1 << log, Integer.MAX_VALUE);
    assertEquals(log, new Tree(10).grow(walk, new Random(seed)));
    assertEquals((1 << log) - 1, walk.steps);
  }

  @Property
  void aBreakEndsTheTreeAndIsNeverChosen(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int cliff) {
    var walk = new Integers(i -> 0, Integer.MAX_VALUE, cliff);
    var tree = new Tree(10);
    tree.grow(walk, new Random(seed));
    assertTrue(tree.broken());
    assertTrue(Math.abs(walk.chosen[0]) < cliff);
    assertTrue(walk.low[0] > -cliff && walk.high[0] < cliff);
  }

  @Property
  void aBreakIsForgottenByTheNextTree(@ForAll long seed) {
    var tree = new Tree(5);
    tree.grow(new Integers(i -> 0, Integer.MAX_VALUE, 3), new Random(seed));
    tree.grow(new Integers(i -> 0, Integer.MAX_VALUE, 1000), new Random(seed));
    assertFalse(tree.broken());
  }

  /// With a fixed number of doublings the chain leaves any weights on a ring invariant; here three states carry
  /// known weights and the chosen states of a long run must show them.
  @Example
  void leavesWeightsInvariant() {
    double[] weights = {0.5, 0.3, 0.2};
    var counts = new double[3];
    var random = new Random(4);
    int at = 0;
    int n = 60_000;
    for (int i = 0; i < n; i++) {
      int origin = at;
      var walk = new Integers(s -> Math.log(weights[Math.floorMod(origin + s, 3)] / weights[origin]),
          Integer.MAX_VALUE, Integer.MAX_VALUE);
      new Tree(3).grow(walk, random);
      at = Math.floorMod(origin + walk.chosen[0], 3);
      counts[at]++;
    }
    for (int s = 0; s < 3; s++) assertEquals(weights[s], counts[s] / n, 0.012);
  }
}
