package ppl.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;

/// What holds for every scalar law: the slow obvious twin of each thing that a law states.
final class ScalarLaws {
  private static final int CELLS = 12;
  /// Chi-square with 11 degrees of freedom is beyond this once in a million.
  private static final double WORST_CHI_SQUARE = 49;
  /// Masses beyond are too small to show.
  private static final int LARGEST_COUNT = 4000;

  private final BoundLaw law;
  private final double[] sorted;
  private final int draws;

  ScalarLaws(BoundLaw law, int draws) {
    this.law = law;
    this.draws = draws;
    this.sorted = Arrays.stream(law.scalars(draws, 17)).sorted().toArray();
  }

  void all() {
    total();
    drawsAreInside();
    drawsFollowTheDensity();
    nothingOutside();
    tailsAreSums();
    moments();
    derivatives();
  }

  void total() {
    assertEquals(1, expectation(x -> 1), 2e-6, law + " total");
  }

  void drawsAreInside() {
    for (double x : sorted) {
      assertTrue(law.contains(x), law + " drew " + x);
      assertTrue(law.logpdf(x) > Double.NEGATIVE_INFINITY, law + " has no density at its draw " + x);
    }
  }

  void nothingOutside() {
    for (double x : new double[] {law.lower() - 1, law.upper() + 1})
      if (Double.isFinite(x)) {
        assertEquals(Double.NEGATIVE_INFINITY, law.logpdf(x), law + " at " + x);
        if (law.law().tails().isPresent()) {
          assertEquals(x < law.lower() ? Double.NEGATIVE_INFINITY : 0, law.logcdf(x), law + " cdf at " + x);
          assertEquals(x < law.lower() ? 0 : Double.NEGATIVE_INFINITY, law.logccdf(x), law + " ccdf at " + x);
        }
      }
  }

  /// Cells between quantiles of one half of the draws, counts of the other.
  void drawsFollowTheDensity() {
    var edges = IntStream.range(1, CELLS).mapToDouble(i -> sorted[i * draws / CELLS]).distinct().toArray();
    var fresh = law.scalars(draws, 4711);
    double chi = 0;
    for (int i = 0; i <= edges.length; i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : edges[i - 1];
      double to = i == edges.length ? Double.POSITIVE_INFINITY : edges[i];
      double expected = draws * between(from, to);
      long seen = Arrays.stream(fresh).filter(x -> x > from && x <= to).count();
      if (expected < 1e-3) assertEquals(0, seen, law + " drew from " + from + " to " + to);
      else chi += (seen - expected) * (seen - expected) / expected;
    }
    assertTrue(chi < WORST_CHI_SQUARE, law + " draws differ from the density: " + chi);
  }

  void tailsAreSums() {
    if (law.law().tails().isEmpty()) return;
    for (double q : new double[] {0.002, 0.1, 0.4, 0.5, 0.8, 0.998}) {
      double x = sorted[(int) (q * draws)];
      assertEquals(1, Math.exp(law.logcdf(x)) + Math.exp(law.logccdf(x)), 1e-9, law + " both sides of " + x);
      assertEquals(between(Double.NEGATIVE_INFINITY, x), Math.exp(law.logcdf(x)), 3e-6, law + " cdf at " + x);
    }
    farTail(sorted[draws - 1] + 3 * spread(), law.upper(), law::logccdf);
    farTail(law.discrete() ? sorted[0] : sorted[0] - 3 * spread(), law.lower(), law::logcdf);
  }

  /// Relative agreement where the probability is small.
  private void farTail(double wanted, double bound, DoubleUnaryOperator log) {
    double x = law.discrete() ? Math.rint(wanted) : wanted;
    boolean up = bound > sorted[draws / 2];
    if (up ? x >= bound : x <= bound) x = 0.01 * sorted[up ? draws - 1 : 0] + 0.99 * bound;
    if (law.discrete()) x = up ? Math.floor(x) : Math.ceil(x);
    double at = law.logpdf(x);
    boolean resolved = Double.isInfinite(bound) || Math.abs(x - bound) > 1e-5 * Math.abs(bound);
    if (!(at > -600) || x == bound || !resolved && !law.discrete()) return; // doubles are too coarse next to 1
    double base = at;
    double from = !up ? Double.NEGATIVE_INFINITY : law.discrete() ? x + 1 : x;
    double to = up ? Double.POSITIVE_INFINITY : x;
    double expected = integral(y -> Math.exp(law.logpdf(y) - base), from, to, x);
    assertEquals(1, Math.exp(log.applyAsDouble(x) - base) / expected, 2e-5, law + " tail at " + x);
  }

  void moments() {
    var mean = law.law().mean().map(m -> law.values(m)[0]).filter(Double::isFinite);
    mean.ifPresent(m -> assertEquals(m, expectation(x -> x), 2e-4 * (spread() + Math.abs(m)), law + " mean"));
    if (mean.isEmpty()) return;
    law.law().sd().map(s -> law.values(s)[0]).filter(Double::isFinite).ifPresent(s -> assertEquals(s,
        Math.sqrt(expectation(x -> (x - mean.orElseThrow()) * (x - mean.orElseThrow()))), 2e-3 * s, law + " sd"));
  }

  void derivatives() {
    for (double q : new double[] {0.05, 0.5, 0.9}) {
      double x = sorted[(int) (q * draws)];
      agree("density", law.gradient(law.law()::logpdf, x), law.differences(law.law()::logpdf, x), x);
      if (law.law().tails().isEmpty()) continue;
      agree("cdf", law.gradient((b, a) -> law.law().logcdf(b, a.scalar()), x),
          law.differences((b, a) -> law.law().logcdf(b, a.scalar()), x), x);
      agree("ccdf", law.gradient((b, a) -> law.law().logccdf(b, a.scalar()), x),
          law.differences((b, a) -> law.law().logccdf(b, a.scalar()), x), x);
    }
  }

  /// At the ends of the support, where data often are: what has a value has derivatives.
  void ends() {
    for (double end : new double[] {law.lower(), law.upper()}) {
      if (Double.isInfinite(end) || law.law().tails().isEmpty()) continue;
      var laws = law.law();
      finite("log cdf", laws::logcdf, end);
      finite("log ccdf", laws::logccdf, end);
      finite("cdf", laws::cdf, end);
      finite("log of 1 - cdf", (b, x) -> Exprs.log(Exprs.sub(Exprs.ONE, laws.cdf(b, x))), end);
      var at = law.discrete() ? Exprs.integer((int) middle()) : Exprs.real(middle());
      for (var other : List.of(Optional.<Expr>empty(), Optional.of(at))) {
        finite("truncation from below", (b, x) -> Truncated.of(laws, Optional.of(x), other).logpdf(b, Arr.of(at)), end);
        finite("truncation from above", (b, x) -> Truncated.of(laws, other, Optional.of(x)).logpdf(b, Arr.of(at)), end);
      }
    }
  }

  private void finite(String what, BiFunction<Build, Expr, Expr> function, double x) {
    double value = law.evaluate((b, a) -> function.apply(b, a.scalar()), x);
    if (!Double.isFinite(value)) return;
    var gradient = law.gradient((b, a) -> function.apply(b, a.scalar()), x);
    for (double g : gradient)
      assertTrue(Double.isFinite(g), law + ": " + what + " at its end " + x + " has the gradient " + Arrays.toString(gradient));
  }

  private void agree(String what, double[] exact, double[] approximate, double x) {
    for (int i = 0; i < exact.length; i++)
      if (Double.isFinite(approximate[i]))
        assertEquals(approximate[i], exact[i], 2e-4 * (1 + Math.abs(approximate[i])),
            law + ": derivative " + i + " of the log " + what + " at " + x);
  }

  /// P(from < X <= to).
  private double between(double from, double to) {
    if (law.discrete())
      return integral(y -> Math.exp(law.logpdf(y)), from == Double.NEGATIVE_INFINITY ? from : from + 1, to, to);
    return integral(y -> Math.exp(law.logpdf(y)), from, to, middle());
  }

  private double expectation(DoubleUnaryOperator f) {
    return integral(x -> f.applyAsDouble(x) * Math.exp(law.logpdf(x)),
        Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, middle());
  }

  /// The integral or sum of `f` from `from` to `to`, both included, cut to the support.
  private double integral(DoubleUnaryOperator f, double from, double to, double centre) {
    double a = Math.max(from, law.lower());
    double b = Math.min(to, law.upper());
    if (law.discrete()) {
      double first = Math.max(a, -LARGEST_COUNT);
      double total = 0;
      for (double k = first; k <= Math.min(b, LARGEST_COUNT); k++) {
        double term = f.applyAsDouble(k);
        total += term;
        if (k > sorted[draws - 1] && Math.abs(term) < 1e-16 * Math.abs(total)) break;
      }
      return total;
    }
    if (a >= b) return 0;
    return a < centre && centre < b
        ? Quadrature.integrate(f, a, centre, centre, spread()) + Quadrature.integrate(f, centre, b, centre, spread())
        : Quadrature.integrate(f, a, b, Math.min(Math.max(centre, a), b), spread());
  }

  private double middle() {
    return sorted[draws / 2];
  }

  /// The distance between the quartiles.
  private double spread() {
    double d = sorted[3 * draws / 4] - sorted[draws / 4];
    return d > 0 ? d : 1;
  }
}
