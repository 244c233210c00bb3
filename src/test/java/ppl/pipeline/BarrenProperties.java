package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import ppl.infer.NoStart;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.runtime.KernelTarget;
import ppl.stats.Summaries;

/// Missing outcomes: nothing is learned from them, and they are drawn from their laws given all else.
class BarrenProperties {
  /// How an outcome is distributed.
  ///
  /// @param type  as declared
  /// @param value a value for each row
  /// @param law   of row `i`
  private record Outcome(String type, IntFunction<String> value, String law) {}

  private static final IntFunction<String> REAL = i -> "" + Math.sin(3 * i + 1);
  private static final IntFunction<String> POSITIVE = i -> "" + (0.3 + i % 3);
  private static final IntFunction<String> WHOLE = i -> "" + i % 4;
  private static final IntFunction<String> BINARY = i -> "" + i % 2;
  private static final List<Outcome> OUTCOMES = List.of(
      new Outcome("real", REAL, "Normal(a[g[i]] + x[i] * m, s)"),
      new Outcome("real", REAL, "StudentT(9, a[g[i]], s)"),
      new Outcome("real", REAL, "Uniform(-2 - s, 2 + s)"),
      new Outcome("positive", POSITIVE, "Gamma(2, 0.2 + s)"),
      new Outcome("positive", POSITIVE, "LogNormal(0.1 * a[g[i]], 0.3)"),
      new Outcome("unit", i -> "0." + (1 + i % 8), "Beta(1 + s, 2)"),
      new Outcome("binary", BINARY, "Bernoulli(logit = a[g[i]] + x[i] * m)"),
      new Outcome("int", BINARY, "Bernoulli(inv_logit(m))"),
      new Outcome("count", WHOLE, "Poisson(log = 0.3 * a[g[i]] + x[i])"),
      new Outcome("count", WHOLE, "NegativeBinomial(exp(0.2 * m), 2 + s)"),
      new Outcome("int(0..5)", WHOLE, "Binomial(5, inv_logit(a[g[i]]))"),
      new Outcome("real", REAL, "Normal(c[z[i]] + x[i], s)"),
      new Outcome("count", WHOLE, "Poisson(exp(0.2 * c[z[i]]))"));

  private record Rows(int n, IntPredicate missing, IntPredicate kept, Outcome outcome) {
    String text(String how) {
      return """
          data N : int
          data g : int(1..3)[N]
          data x : real[N]
          data y : %s[N]
          m : real ~ Normal(0, 1)
          s : positive ~ Gamma(2, 2)
          a : real[3] ~ Normal(m, s)
          c : real[2] ~ Normal(0, 1)
          z : int[N] ~ Categorical([0.3, 0.7])
          %s
          generate {
            centre = [mean(%s) for i in 1..N]
            spread = [sd(%s) for i in 1..N]
          }
          """.formatted(outcome.type, how.formatted(outcome.law), outcome.law, outcome.law);
    }

    private String list(IntFunction<String> of) {
      return IntStream.range(0, n).filter(kept).mapToObj(of).collect(Collectors.joining(", ", "[", "]"));
    }

    Map<String, String> data(long seed) {
      var x = new Random(seed).doubles(n, -1, 1).toArray();
      return Map.of("N", "" + IntStream.range(0, n).filter(kept).count(), "g", list(i -> "" + (1 + i % 3)), "x", list(i -> "" + x[i]),
          "y", list(i -> missing.test(i) ? "null" : outcome.value.apply(i)));
    }
  }

  private static final String EACH = "for i in 1..N { y[i] ~ %s }";

  @Property(tries = 80)
  void theRestIsAsWithoutTheRows(@ForAll @IntRange(max = 12) int law, @ForAll @Size(min = 1, max = 60) List<Boolean> missing, @ForAll long seed) {
    var outcome = OUTCOMES.get(law);
    var gaps = new Rows(missing.size(), missing::get, _ -> true, outcome);
    var rows = new Rows(missing.size(), _ -> false, i -> !missing.get(i), outcome);
    var with = Whole.ready(gaps.text(EACH), gaps.data(seed));
    var without = Whole.ready(rows.text(EACH), rows.data(seed));
    var target = with.program().bind(with.data());
    var expected = without.program().bind(without.data());
    assertEquals(expected.dimension(), target.dimension());
    var q = PipelineProperties.position(expected, seed);
    var g = new double[q.length];
    var h = new double[q.length];
    double scale = 1e-10 * (1 + missing.size());
    assertEquals(expected.gradient(q, g), target.gradient(q, h), scale * (1 + Math.abs(expected.logDensity(q))));
    assertEquals(expected.logDensity(q), target.logDensity(q), scale * (1 + Math.abs(expected.logDensity(q))));
    assertEquals(target.logDensity(q), with.program().interpret(with.data()).logDensity(q), scale * (1 + Math.abs(expected.logDensity(q))));
    for (int i = 0; i < q.length; i++) assertEquals(g[i], h[i], scale * (1 + Math.abs(g[i])));
  }

  /// By their first two moments, for 11 of the laws; labels of others are drawn with them.
  @Property(tries = 25)
  void missingValuesFollowTheirLaws(@ForAll @IntRange(max = 10) int law, @ForAll long seed) {
    var rows = new Rows(4, i -> i % 2 == 1, _ -> true, OUTCOMES.get(law));
    var ready = Whole.ready(rows.text(EACH), rows.data(seed));
    var target = ready.program().bind(ready.data());
    var q = PipelineProperties.position(target, seed);
    var random = new SplittableRandom(seed);
    var out = new double[target.outputSize()];
    int y = at(target, "y");
    int draws = 4000;
    for (int k = 0; k < 2; k++) {
      double sum = 0;
      double squares = 0;
      double mean = 0;
      double sd = 0;
      for (int d = 0; d < draws; d++) {
        target.constrain(q, random, out);
        mean = out[at(target, "centre") + 1 + 2 * k];
        sd = out[at(target, "spread") + 1 + 2 * k];
        sum += out[y + k] - mean;
        squares += (out[y + k] - mean) * (out[y + k] - mean);
      }
      assertEquals(0, sum / draws / sd, 5 / Math.sqrt(draws));
      assertEquals(1, squares / draws / (sd * sd), 0.35);
    }
  }

  private static int at(KernelTarget target, String name) {
    int from = 0;
    for (var q : target.quantities()) {
      if (q.name().equals(name)) return from;
      from += q.size();
    }
    throw new AssertionError(name);
  }

  private static int dimension(String text, String y) {
    var ready = Whole.ready("data N : int\ndata y : %s\nm : real ~ Normal(0, 1)\n".formatted(text.substring(0, text.indexOf('|')))
        + text.substring(text.indexOf('|') + 1), Map.of("N", "4", "y", y));
    return ready.program().bind(ready.data()).dimension();
  }

  /// What has one law, whose values are all allowed, and is used nowhere else, or for reports alone.
  @Example
  void outcomesHaveNoCoordinates() {
    for (var text : List.of("real[N] | y ~ Normal(m, 1)", "real[N] | for i in 1..N { y[i] ~ Normal(m + i, 1) }",
        "real[N] | y ~ truncated(Normal(m, 1), lower = 0)", "positive[N] | y ~ Gamma(exp(m), 1)",
        "real[N] | y ~ censored(Normal(m, 1), upper = 9)", "real[N] | y ~ mixture([0.2, 0.8], Normal(m, 1), Normal(0, 2))",
        "real[N] | y ~ Normal(m, 1)\n t = mean(y)\n generate { u = sum(y) }"))
      assertEquals(1, dimension(text, "[0.5, null, null, 1]"), text);
    assertEquals(1, dimension("real[2, 3] | y ~ Normal(m, 1)", "[[1, null, 2], [null, 3, 4]]"));
    assertEquals(1, dimension("real[2, 3] | for j in 1..3, i in 1..2 { y[i, j] ~ Normal(m, j) }", "[[1, null, 2], [null, 3, 4]]"));
    assertEquals(1, dimension("real | y ~ Normal(m, 1)", "null"));
  }

  /// All others are unknowns as they were.
  @Example
  void whatIsUsedElsewhereIsUnknown() {
    for (var text : List.of("real[N] | y[1] ~ Normal(0, 1)\n for t in 2..N { y[t] ~ Normal(m * y[t - 1], 1) }",
        "real[N] | y ~ Normal(m, 1)\n target += -square(y[2])", "real[N] | y ~ Normal(m, 1)\n y ~ Normal(0, 2)",
        "real[N] | for k in 1..2 { y ~ Normal(m, k) }", "positive[N] | y ~ Normal(m, 1)", "real(0..9)[N] | y ~ Normal(m, 1)",
        "real[N] | y ~ Normal(m, 1)\n c = y - mean(y)\n b : real ~ Normal(c[1], 1)",
        "real[N] | y[1..2] ~ Normal(m, 1)\n y[3..4] ~ Normal(0, 1)",
        "real[N] | y ~ MultivariateNormal(rep(m, N), cov = diag(rep(1.0, N)))"))
      assertEquals(text.contains("b :") ? 4 : 3, dimension(text, "[0.5, null, null, 1]"), text);
  }

  /// What is said where nothing else is unknown.
  @Example
  void drawsAloneAreUncertain() throws NoStart {
    var ready = Whole.ready("data y : real[3]\ny ~ Normal(1, 2)\n", Map.of("y", "[1, null, 2]"));
    var posterior = new Nuts().run(ready.program().bind(ready.data()), Map.of(), 1, Progress.SILENT);
    assertEquals(2, Summaries.of(posterior, "y[2]").sd(), 0.2);
    assertEquals("What is missing is drawn from distributions that data decide; the draws are independent and exact.",
        posterior.verdicts().getFirst().sentence());
  }

  /// A density that a model defines need not integrate to 1.
  @Example
  void definedDensitiesStay() {
    assertEquals(3, dimension("""
        real[N] |
        dist Bell(m : real, s : positive) on real {
          logpdf(x) = -square((x - m) / s) / 2
          sample    = m + s * sample(Normal(0, 1))
        }
        y ~ Bell(m, exp(m))
        """, "[0.5, null, null, 1]"));
  }

  /// A law without a meaning has no density, whether its outcome is there or not.
  @Example
  void lawsAreLaws() {
    var ready = Whole.ready("data y : real[2]\ndata x : real[2]\nm : real ~ Normal(0, 1)\ny ~ Normal(0, m + x)\n",
        Map.of("y", "[1, null]", "x", "[3, 0]"));
    var target = ready.program().bind(ready.data());
    assertTrue(Double.isFinite(target.logDensity(new double[] {0.5})));
    assertEquals(Double.NEGATIVE_INFINITY, target.logDensity(new double[] {-0.5}));
  }
}
