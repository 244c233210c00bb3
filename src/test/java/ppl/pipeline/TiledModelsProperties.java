package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Regressions with as many rows as are done in tiles: matrices of predictors, groups of rows, crossed groups, loops over
/// a part of the rows. What is compiled agrees with what is interpreted.
class TiledModelsProperties {
  /// @param predictor of row i
  /// @param law       of an observation, given the predictor
  record Regression(String predictor, String law, int from, int rows, int groups, int columns) {
    String text() {
      return """
          data N : int
          data J : int
          data D : int
          data g : int(1..J)[N]
          data h : int(1..3)[N]
          data X : real[N, D]
          data x : real[N]
          data y : real[N]
          data p : positive[N]
          data c : count[N]
          data b : binary[N]
          m : real ~ Normal(0, 1)
          s : positive ~ Gamma(2, 2)
          a : real[J] ~ Normal(0, 1)
          f : real[3] ~ Normal(0, 1)
          w : real[D] ~ Normal(0, 1)
          W : real[J, D] ~ Normal(0, 1)
          for i in %d..N { %s }
          """.formatted(from, law.formatted(predictor));
    }

    Map<String, String> data(long seed) {
      return data(seed, 1);
    }

    /// @param share of the elements of `X` that are not 0
    Map<String, String> data(long seed, double share) {
      var r = new Random(seed);
      return Map.ofEntries(Map.entry("N", "" + rows), Map.entry("J", "" + groups), Map.entry("D", "" + columns),
          Map.entry("g", list(rows, _ -> "" + (1 + r.nextInt(groups)))),
          Map.entry("h", list(rows, _ -> "" + (1 + r.nextInt(3)))),
          Map.entry("X", list(rows, _ -> list(columns, _ -> share == 1 || r.nextDouble() < share ? "" + r.nextGaussian()
              : r.nextBoolean() ? "0" : "-0.0"))),
          Map.entry("x", list(rows, _ -> "" + r.nextGaussian())), Map.entry("y", list(rows, _ -> "" + r.nextGaussian())),
          Map.entry("p", list(rows, _ -> "" + (0.1 + r.nextDouble()))),
          Map.entry("c", list(rows, _ -> "" + r.nextInt(4))), Map.entry("b", list(rows, _ -> "" + r.nextInt(2))));
    }

    private static String list(int n, IntFunction<String> element) {
      return IntStream.range(0, n).mapToObj(element).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  static final List<String> PREDICTORS = List.of("m", "m + dot(X[i], w)", "a[g[i]] + dot(X[i], w)",
      "a[g[i]] + f[h[i]] * x[i]", "dot(X[i], W[g[i]])", "a[g[i]] + dot(X[i], W[g[i]]) + f[h[i]]",
      "(m + dot(X[i], w)) * f[h[i]] + a[g[i]]", "a[g[i]] * (b[i] == 1 ? f[h[i]] : x[i])");
  static final List<String> LAWS = List.of("b[i] ~ Bernoulli(logit = %s)", "c[i] ~ Poisson(log = %s)",
      "y[i] ~ StudentT(4, %s, s)", "y[i] ~ Normal(%s, s)", "y[i] ~ Normal(%s, exp(0.1 * x[i] * m))",
      "b[i] ~ Bernoulli(Phi(%s))", "c[i] ~ NegativeBinomial(log = %s, dispersion = s)", "y[i] ~ Laplace(%s, s)",
      "p[i] ~ Gamma(exp(0.2 * %s), s)", "y[i] ~ Normal(tanh(%s) + erf(x[i] * m), s)",
      "y[i] ~ Normal((1 + exp(0.1 * %s)) ^ m + expm1(-s * p[i]), s)", "p[i] ~ Weibull(exp(0.2 * %s), s)",
      "y[i] ~ SkewNormal(%s, s, m)");

  @Provide
  Arbitrary<Regression> regressions() {
    return Combinators.combine(Arbitraries.of(PREDICTORS), Arbitraries.of(LAWS), Arbitraries.integers().between(1, 3),
        Arbitraries.integers().between(1, 700), Arbitraries.integers().between(1, 60), Arbitraries.integers().between(1, 30))
        .as(Regression::new);
  }

  @Property(tries = 60)
  void compiledIsInterpreted(@ForAll("regressions") Regression regression, @ForAll long seed) {
    agree(Whole.ready(regression.text(), regression.data(seed)), seed);
  }

  @Provide
  Arbitrary<Regression> designs() {
    return Combinators.combine(Arbitraries.of(PREDICTORS.stream().filter(p -> p.contains("X[i]")).toList()),
        Arbitraries.of(LAWS), Arbitraries.integers().between(1, 3), Arbitraries.integers().between(1, 500),
        Arbitraries.integers().between(1, 9), Arbitraries.integers().between(1, 40)).as(Regression::new);
  }

  /// Matrices that are mostly 0, some of them held so and some not; with few elements whole rows and columns are 0.
  @Property(tries = 40)
  void sparseIsInterpreted(@ForAll("designs") Regression regression, @ForAll long seed,
      @ForAll @IntRange(max = 4) int fortieths) {
    agree(Whole.ready(regression.text(), regression.data(seed, fortieths / 40.0)), seed);
  }

  private static void agree(Whole.Ready ready, long seed) {
    var compiled = ready.program().bind(ready.data());
    var interpreted = ready.program().interpret(ready.data());
    var q = PipelineProperties.position(compiled, seed);
    for (int i = 0; i < q.length; i++) q[i] *= 0.3;
    var expected = new double[q.length];
    var actual = new double[q.length];
    double density = interpreted.gradient(q, expected);
    PipelineProperties.agree("log density", density, compiled.logDensity(q));
    PipelineProperties.agree("log density", density, compiled.gradient(q, actual));
    double scale = 1;
    for (double v : expected) scale = Math.max(scale, Math.abs(v));
    for (int i = 0; i < q.length; i++) assertEquals(expected[i], actual[i], 1e-10 * scale, "gradient " + i);
  }
}
