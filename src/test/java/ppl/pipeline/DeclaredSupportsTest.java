package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import ppl.runtime.Target;

/// A support declared on a computed quantity: inside, the density is what it would be without the declaration; outside,
/// on either side of each of its conditions, it is 0.
class DeclaredSupportsTest {
  private static final int POINTS = 1200;
  /// Values that meet and miss the conditions of equality: 0.6^2 + 0.8^2 is 1.
  private static final double[] GRID = {-1.5, -1, -0.8, -0.6, -0.5, 0, 0.25, 0.5, 0.6, 0.8, 1, 1.5};

  /// Three unknowns `u`, and `d` computed of them.
  ///
  /// @param inside by the definition of the type, in plain Java
  private record Case(String type, String value, Predicate<double[]> inside) {}

  private static boolean near(double a, double b) {
    return Math.abs(a - b) <= 1e-9;
  }

  private static double sum(double[] u) {
    return DoubleStream.of(u).sum();
  }

  private static boolean rising(double[] u) {
    return u[0] < u[1] && u[1] < u[2];
  }

  private static final List<Case> CASES = List.of(
      new Case("positive", "u[1]", u -> u[0] > 0),
      new Case("nonnegative", "u[1]", u -> u[0] >= 0),
      new Case("unit", "u[1]", u -> u[0] >= 0 && u[0] <= 1),
      new Case("real(lower = 0.5)", "u[1]", u -> u[0] >= 0.5),
      new Case("real(upper = 0.5)", "u[1]", u -> u[0] <= 0.5),
      new Case("real(u[2] .. 1)", "u[1]", u -> u[1] <= u[0] && u[0] <= 1),
      new Case("positive", "log(u[1])", u -> u[0] > 1),
      new Case("int(1..2)", "(u[1] > 0) + 2 * (u[2] > 0)", u -> u[0] > 0 != u[1] > 0),
      new Case("binary", "(u[1] > 0) + (u[2] > 0)", u -> !(u[0] > 0 && u[1] > 0)),
      new Case("count", "(u[1] > 0) - (u[2] > 0)", u -> u[0] > 0 || u[1] <= 0),
      new Case("positive[3]", "u", u -> Arrays.stream(u).allMatch(x -> x > 0)),
      new Case("real(lower = u[3])[2]", "u[1..2]", u -> u[0] >= u[2] && u[1] >= u[2]),
      new Case("simplex[3]", "u", u -> Arrays.stream(u).allMatch(x -> x >= 0) && near(sum(u), 1)),
      new Case("simplex[2, 2]", "[[u[1], 1 - u[1]], [u[2], u[3]]]", u ->
          u[0] >= 0 && u[0] <= 1 && u[1] >= 0 && u[2] >= 0 && near(u[1] + u[2], 1)),
      new Case("ordered[3]", "u", DeclaredSupportsTest::rising),
      new Case("ordered[2, 2]", "[[u[1], u[2]], [0, u[3]]]", u -> u[0] < u[1] && u[2] > 0),
      new Case("positive_ordered[3]", "u", u -> u[0] > 0 && rising(u)),
      new Case("unit_vector[2]", "u[1..2]", u -> near(u[0] * u[0] + u[1] * u[1], 1)),
      new Case("sum_to_zero[3]", "u", u -> near(sum(u), 0)),
      new Case("cov[2]", "[[u[1], u[2]], [u[2], u[3] + 0.07]]", u -> u[0] > 0 && u[0] * (u[2] + 0.07) > u[1] * u[1]),
      new Case("cov[2]", "[[1, u[1]], [u[2], 1]]", u -> u[0] == u[1] && Math.abs(u[0]) < 1),
      new Case("corr[2]", "[[u[3], u[1]], [u[1], 1]]", u -> u[2] == 1 && Math.abs(u[0]) < 1),
      new Case("corr[2, 2]", "[[[1, u[1]], [u[1], 1]], [[1, u[2]], [u[2], 1]]]", u -> Math.abs(u[0]) < 1 && Math.abs(u[1]) < 1),
      new Case("cov_cholesky[2]", "[[u[1], u[2]], [u[3], 1]]", u -> u[0] > 0 && u[1] == 0),
      new Case("corr_cholesky[2]", "[[1, u[1]], [u[2], u[3]]]", u ->
          u[0] == 0 && u[2] > 0 && near(u[1] * u[1] + u[2] * u[2], 1)));

  @TestFactory
  Stream<DynamicTest> quantitiesAreWhereTheyAreDeclared() {
    return CASES.stream().map(c -> DynamicTest.dynamicTest(c.type + " = " + c.value, () ->
        check(c, "d : " + c.type + " = " + c.value)));
  }

  @TestFactory
  Stream<DynamicTest> elementsAreWhereTheyAreDeclared() {
    return Stream.of(
        DynamicTest.dynamicTest("given in a loop", () -> check(new Case("", "u", u -> Arrays.stream(u).allMatch(x -> x > 0)),
            "d : positive[3]\nfor i in 1..3 { d[i] = u[i] }")),
        DynamicTest.dynamicTest("given in a recurrence", () -> check(new Case("", "u", DeclaredSupportsTest::rising),
            "d : ordered[3]\nd[1] = u[1]\nfor i in 2..3 { d[i] = d[i - 1] + (u[i] - u[i - 1]) }")));
  }

  private static void check(Case c, String declaration) {
    var declared = target(declaration);
    var plain = target("d = " + c.value);
    var random = new SplittableRandom(c.type.hashCode());
    int inside = 0;
    for (int k = 0; k < POINTS; k++) {
      var u = point(random);
      var gradient = new double[3];
      double density = declared.gradient(u, gradient);
      assertEquals(density, declared.logDensity(u));
      if (!c.inside.test(u)) {
        assertEquals(Double.NEGATIVE_INFINITY, density, () -> Arrays.toString(u));
        continue;
      }
      inside++;
      var expected = new double[3];
      assertEquals(plain.gradient(u, expected), density, 1e-13, () -> Arrays.toString(u));
      assertArrayEquals(expected, gradient, 1e-13, () -> Arrays.toString(u));
    }
    assertTrue(inside > 1 && inside < POINTS - 1, "the points tell nothing");
  }

  private static Target target(String declaration) {
    var ready = Whole.ready("u : real[3] ~ Normal(0, 1)\n" + declaration + "\ntarget += sin(u[1] + 2 * u[2])\n", Map.of());
    return ready.program().bind(ready.data());
  }

  private static double[] point(RandomGenerator random) {
    return DoubleStream.generate(() -> GRID[random.nextInt(GRID.length)]).limit(3).toArray();
  }
}
