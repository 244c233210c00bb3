package ppl.dist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ppl.ir.Arr;
import ppl.ir.Expr;

/// Censoring: a density between the bounds, a probability at each.
class CensoredTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private static Law inner(BoundLaw.Arguments a) {
    return Normal.law(a.real(0.3), a.real(1.2));
  }

  private static BoundLaw normal(double lower, double upper) {
    var a = new BoundLaw.Arguments();
    return a.bind("censored", Censored.of(inner(a), Optional.of(a.real(lower)), Optional.of(a.real(upper))));
  }

  @Test
  void boundsStandForTheTails() {
    var a = new BoundLaw.Arguments();
    var free = a.bind("free", inner(a));
    var law = normal(-1, 2);
    assertEquals(free.logcdf(-1), law.logpdf(-1), 1e-14);
    assertEquals(free.logccdf(2), law.logpdf(2), 1e-14);
    assertEquals(free.logpdf(0.5), law.logpdf(0.5), 1e-14);
    assertEquals(-INFINITE, law.logpdf(-1.5));
    assertEquals(-INFINITE, law.logpdf(2.5));
    double within = Quadrature.integrate(x -> Math.exp(law.logpdf(x)), -1, 2, 0.3, 1);
    assertEquals(1, within + Math.exp(law.logpdf(-1)) + Math.exp(law.logpdf(2)), 1e-9);
  }

  @Test
  void infiniteBoundsCensorNothing() {
    var a = new BoundLaw.Arguments();
    var free = a.bind("free", inner(a));
    var law = normal(-INFINITE, INFINITE);
    for (double x : new double[] {-30, 0, 4}) assertEquals(free.logpdf(x), law.logpdf(x), 1e-14);
    assertTrue(Double.isFinite(normal(-INFINITE, 2).logpdf(-5)));
  }

  @Test
  void countsAtTheBoundAreCountedOnce() {
    var a = new BoundLaw.Arguments();
    var poisson = Distributions.find("Poisson").orElseThrow().law(List.of(Arr.of(a.real(2.5))), List.of());
    var law = a.bind("censored", Censored.of(poisson, Optional.of(a.integer(1)), Optional.of(a.integer(5))));
    double total = 0;
    for (int k = -1; k <= 7; k++) total += Math.exp(law.logpdf(k));
    assertEquals(1, total, 1e-12);
  }

  @Test
  void drawsStayBetweenTheBounds() {
    var law = normal(-1, 1);
    var draws = law.scalars(2000, 5);
    assertTrue(Arrays.stream(draws).allMatch(x -> x >= -1 && x <= 1));
    double atUpper = Arrays.stream(draws).filter(x -> x == 1).count() / 2000.0;
    assertEquals(Math.exp(law.logpdf(1)), atUpper, 0.05);
  }

  @Test
  void derivativesOnBothSides() {
    var law = normal(-1, 2);
    for (double x : new double[] {-1, 0.5, 2}) {
      var exact = law.gradient(law.law()::logpdf, x);
      var shifted = law.differences((b, v) -> law.law().logpdf(b, v), x);
      int arguments = 2;
      assertArrayEquals(Arrays.copyOf(shifted, arguments), Arrays.copyOf(exact, arguments), 1e-7);
    }
  }

  @Test
  void lawsWithoutTailsAreRefused() {
    var flat = Distributions.find("Flat").orElseThrow().law(List.of(), List.of());
    Optional<Expr> none = Optional.empty();
    assertThrows(IllegalArgumentException.class, () -> Censored.of(flat, none, none));
    assertThrows(IllegalArgumentException.class, () -> Truncated.of(flat, none, none));
  }
}
