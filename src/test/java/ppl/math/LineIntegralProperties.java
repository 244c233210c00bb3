package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/// Integrals of exp f over the line.
class LineIntegralProperties {
  /// A normal density that cannot be had beyond `cut` standard deviations.
  private static LineIntegral.LogDensity hidden(double mean, double sd, double cut, boolean left) {
    return u -> {
      double z = (u - mean) / sd;
      return (left ? z < -cut : z > cut) ? Double.NaN : -0.5 * z * z;
    };
  }

  @Property(tries = 100)
  void whatCannotBeHadIsNotLeftOut(@ForAll @DoubleRange(min = -3, max = 3) double mean,
      @ForAll @DoubleRange(min = 0.01, max = 3) double sd, @ForAll @DoubleRange(min = 0.5, max = 3) double cut, @ForAll boolean left) {
    assertFalse(LineIntegral.near(hidden(mean, sd, cut, left), mean).proper());
  }

  @Property(tries = 100)
  void whatIsNegligibleMayBeLeftOut(@ForAll @DoubleRange(min = -3, max = 3) double mean,
      @ForAll @DoubleRange(min = 0.01, max = 3) double sd, @ForAll @DoubleRange(min = 7, max = 20) double cut, @ForAll boolean left) {
    var integral = LineIntegral.near(hidden(mean, sd, cut, left), mean);
    assertTrue(integral.proper());
    assertEquals(Math.log(sd * Math.sqrt(2 * Math.PI)), integral.log(), 1e-6);
  }
}
