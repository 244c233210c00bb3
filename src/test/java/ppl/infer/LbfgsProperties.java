package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;

class LbfgsProperties {
  private static final Lbfgs.Limits LIMITS = new Lbfgs.Limits(2000, 1e-14, 10);

  private static Lbfgs.Result minimise(Objective f, double... start) {
    return Lbfgs.minimise(f, start, LIMITS, (x, v, g, h) -> true);
  }

  @Property(tries = 100)
  void findsTheMinimumOfABadlyScaledQuadratic(@ForAll @IntRange(min = 1, max = 20) int n, @ForAll long seed) {
    var random = new Random(seed);
    var scale = random.doubles(n, -4, 4).map(e -> Math.pow(10, e)).toArray();
    var centre = random.doubles(n, -5, 5).toArray();
    var result = minimise((x, g) -> {
      double s = 0;
      for (int i = 0; i < n; i++) {
        double r = x[i] - centre[i];
        g[i] = scale[i] * r;
        s += 0.5 * scale[i] * r * r;
      }
      return s;
    }, new double[n]);
    assertTrue(result.value() < 1e-8, () -> "stopped at " + result.value() + " by " + result.stop());
  }

  @Property(tries = 100)
  void findsRosenbrocksValley(
      @ForAll @DoubleRange(min = -3, max = 3) double a, @ForAll @DoubleRange(min = -3, max = 3) double b) {
    var result = minimise((x, g) -> {
      double u = 1 - x[0];
      double v = x[1] - x[0] * x[0];
      g[0] = -2 * u - 400 * x[0] * v;
      g[1] = 200 * v;
      return u * u + 100 * v * v;
    }, a, b);
    assertEquals(1, result.x()[0], 1e-4);
    assertEquals(1, result.x()[1], 1e-4);
  }

  @Property(tries = 100)
  void staysWhereTheFunctionIsFinite(@ForAll @DoubleRange(min = 1e-6, max = 100) @Scale(6) double start) {
    var result = minimise((x, g) -> {
      g[0] = 1 - 1 / x[0];
      return x[0] <= 0 ? Double.NaN : x[0] - Math.log(x[0]);
    }, start);
    assertEquals(1, result.x()[0], 1e-5);
  }

  @Example
  void seesAnUnboundedFunctionToTheEndOfItsLimits() {
    var result = minimise((x, g) -> {
      g[0] = -1;
      return -x[0];
    }, 0);
    assertTrue(result.stop() != Lbfgs.Stop.CONVERGED);
  }

  @Example
  void aStartThatIsNotFiniteIsReported() {
    assertEquals(Lbfgs.Stop.NOT_FINITE, minimise((x, g) -> Double.NaN, 0).stop());
  }

  @Example
  void nothingToMinimise() {
    assertEquals(Lbfgs.Stop.CONVERGED, minimise((x, g) -> 3).stop());
  }
}
