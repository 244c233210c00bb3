package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import ppl.source.Diagnostics;

/// Covariances that are not symmetric, or not positive definite, and factors that are not lower triangular: with data an
/// error, of unknowns no density.
class MatrixArgumentsProperties {
  private static final String DENSITY = "fun zero(S : real[n, n], x : real[n]) : real { return 0 * sum(S) + 0 * sum(x) }\n";

  /// A law with a matrix for an argument, what it is about, and whether the matrix is a factor.
  enum Place {
    COV("y", "MultivariateNormal([0, 0, 0], a)", false),
    PRECISION("y", "MultivariateNormal([0, 0, 0], precision = a)", false),
    CHOLESKY("y", "MultivariateNormal([0, 0, 0], cholesky = a)", true),
    WISHART("z", "Wishart(4, a)", false),
    INVERSE_WISHART("z", "InverseWishart(4, a)", false),
    USER("y", "Any(a)", false);

    private final String of;
    private final String law;
    private final boolean factor;

    Place(String of, String law, boolean factor) {
      this.of = of;
      this.law = law;
      this.factor = factor;
    }
  }

  /// How a matrix is made.
  enum Make {
    DEFINITE, FACTOR, INDEFINITE, LOWER, FULL, ROUNDED, SINGULAR
  }

  record Case(Place place, Make make, double[][] matrix) {
    boolean allowed() {
      return place.factor ? make == Make.FACTOR : make == Make.DEFINITE || make == Make.ROUNDED;
    }

    @Override
    public String toString() {
      return place + " " + make + " " + Arrays.deepToString(matrix);
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    return Combinators.combine(Arbitraries.of(Place.class), Arbitraries.of(Make.class), Arbitraries.longs())
        .as((place, make, seed) -> new Case(place, make, matrix(make, new SplittableRandom(seed))));
  }

  private static double[][] matrix(Make make, SplittableRandom random) {
    double scale = Math.pow(10, random.nextInt(-3, 4));
    var l = new double[3][3];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j <= i; j++) l[i][j] = i == j ? random.nextDouble(0.5, 2) : random.nextDouble(0.25, 1);
    var s = new double[3][3];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) for (int k = 0; k < 3; k++) s[i][j] += l[i][k] * l[j][k];
    switch (make) {
      case DEFINITE -> {}
      case FACTOR -> s = l;
      case INDEFINITE -> s[2][2] = -s[2][2];
      case LOWER -> s[0][1] = 0;
      case FULL -> s[1][0] += 0.5;
      case ROUNDED -> s[0][1] *= 1 + 1e-8;
      case SINGULAR -> {
        for (var row : s) row[1] = 0;
        Arrays.fill(s[1], 0);
      }
    }
    for (var row : s) for (int j = 0; j < 3; j++) row[j] *= scale;
    return s;
  }

  private static String model(String declared, Case c) {
    var any = c.place == Place.USER ? DENSITY + "dist Any(S : cov[n]) on real[n] { logpdf(x) = zero(S, x) }\n" : "";
    return any + "data " + (c.place.of.equals("y") ? "y : real[3]" : "z : cov[3]") + "\n" + declared + c.place.of + " ~ " + c.place.law + "\n";
  }

  private static String observed(Case c) {
    return c.place.of.equals("y") ? "\"y\": [0.5, -0.25, 1]" : "\"z\": [[1, 0.25, 0], [0.25, 1, 0.125], [0, 0.125, 2]]";
  }

  @Property(tries = 60)
  void matricesFromData(@ForAll("cases") Case c) {
    var diagnostics = new Diagnostics();
    Whole.attempt(model("data a : real[3, 3]\nm : real ~ Normal(0, 1)\n", c), "{%s, \"a\": %s}".formatted(observed(c), Arrays.deepToString(c.matrix)),
        diagnostics);
    var said = Whole.said(diagnostics);
    assertEquals(!c.allowed(), said.contains("E0724"), c + said);
  }

  @Property(tries = 60)
  void matricesOfUnknowns(@ForAll("cases") Case c) {
    var ready = Whole.ready(model("a : real[3, 3] ~ Normal(0, 1)\n", c), "{" + observed(c) + "}");
    var at = Arrays.stream(c.matrix).flatMapToDouble(Arrays::stream).toArray();
    double density = ready.program().bind(ready.data()).logDensity(at);
    double expected = ready.program().interpret(ready.data()).logDensity(at);
    if (Double.isFinite(expected)) assertEquals(expected, density, 1e-9 * (1 + Math.abs(expected)), c::toString);
    assertEquals(c.allowed(), Double.isFinite(density), c + " " + density);
    assertEquals(c.allowed(), Double.isFinite(expected), c::toString);
  }

  /// What is declared is tested as data are read.
  @Property(tries = 30)
  void declaredMatrices(@ForAll("cases") Case c) {
    var diagnostics = new Diagnostics();
    Whole.attempt(model("data a : " + (c.place.factor ? "cov_cholesky" : "cov") + "[3]\nm : real ~ Normal(0, 1)\n", c),
        "{%s, \"a\": %s}".formatted(observed(c), Arrays.deepToString(c.matrix)), diagnostics);
    assertEquals(!c.allowed(), Whole.said(diagnostics).contains("E0714"), c + Whole.said(diagnostics));
  }

  /// Means and draws of no distribution are no numbers.
  @Test
  void functionsOfNoDistribution() {
    var ready = Whole.ready("data y : real\nS : real[2, 2] ~ Normal(0, 1)\nm = mean(MultivariateNormal([1, 2], S))\ny ~ Normal(m[1], 1)\n", "{\"y\": 1}");
    var target = ready.program().bind(ready.data());
    assertTrue(Double.isFinite(target.logDensity(new double[] {2, 1, 1, 2})));
    for (var q : List.of(new double[] {2, 0, 1, 2}, new double[] {1, 2, 2, 1}))
      assertFalse(Double.isFinite(target.logDensity(q)), Arrays.toString(q));
  }

  @Test
  void closedFormsStay() {
    var ready = Whole.ready("data S : real[2, 2]\ndata y : real[2]\nm : real[2] ~ Normal(0, 1)\ny ~ MultivariateNormal(m, S)\n",
        "{\"y\": [1, 2], \"S\": [[1, 0.5], [0.5, 1]]}");
    assertEquals("m", ppl.plan.Structures.of(ready.program().model()).blocks().getFirst().unknowns().getFirst().name());
  }
}
