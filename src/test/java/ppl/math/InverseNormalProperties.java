package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.apache.commons.statistics.distribution.NormalDistribution;

class InverseNormalProperties {
  @Property
  void agreesWithAnIndependentImplementation(@ForAll @DoubleRange(min = -300, max = -1e-3) @Scale(3) double log10p) {
    double p = Math.pow(10, log10p);
    double expected = NormalDistribution.of(0, 1).inverseCumulativeProbability(p);
    assertEquals(expected, InverseNormal.of(p), 1e-12 * Math.max(1, Math.abs(expected)));
  }

  @Property
  void isOdd(@ForAll @DoubleRange(min = 1e-3, max = 0.5) @Scale(6) double p) {
    assertEquals(-InverseNormal.of(p), InverseNormal.of(1 - p), 1e-11);
  }

  @Example
  void endsAreInfiniteAndBeyondIsNaN() {
    assertEquals(Double.NEGATIVE_INFINITY, InverseNormal.of(0));
    assertEquals(Double.POSITIVE_INFINITY, InverseNormal.of(1));
    assertTrue(Double.isNaN(InverseNormal.of(-0.1)) && Double.isNaN(InverseNormal.of(1.1)));
    assertTrue(Double.isNaN(InverseNormal.of(Double.NaN)));
  }
}
