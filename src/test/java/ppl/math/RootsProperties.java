package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

class RootsProperties {
  @Property(tries = 200)
  void rootsAreFoundFromWherever(@ForAll @DoubleRange(min = -20, max = 20) double root,
      @ForAll @DoubleRange(min = -50, max = 50) double start, @ForAll @DoubleRange(min = 0.01, max = 10) double scale) {
    double u = Roots.increasing(x -> Math.atan(x - root), x -> 1 / (1 + (x - root) * (x - root)), start, scale);
    assertEquals(root, u, 1e-9);
  }

  @Property(tries = 50)
  void whatIsNoNumberHasNoRoot(@ForAll @DoubleRange(min = -5, max = 5) double start) {
    assertTrue(Double.isNaN(Roots.increasing(x -> Double.NaN, x -> 1, start, 1)));
    assertTrue(Double.isNaN(Roots.increasing(x -> x, x -> 1, Double.NaN, 1)));
    assertTrue(Double.isNaN(Roots.increasing(x -> x - 7, x -> 1, start, Double.NaN)));
    assertTrue(Double.isNaN(Roots.increasing(x -> x, x -> 1, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)));
  }
}
