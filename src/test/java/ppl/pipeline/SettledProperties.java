package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// What data alone decide is looked at when they are bound, also where no density depends on it: what nothing uses, and
/// arguments of moments, of distribution functions and of draws. Where unknowns decide, there is no number.
class SettledProperties {
  private static final String HEAD = """
      data i : int
      data s : real
      data y : real[3]
      m : real ~ Normal(0, 1)
      y ~ Normal(m, 1)
      """;

  private static final Map<String, String> FORMS = Map.of(
      "p = cdf(Normal(m, s), 2)\n", "p = cdf(Normal(m, s), 2)",
      "p = 1 - logccdf(Gamma(s, 2.5), y)\n", "p = 1 - logccdf(Gamma(s, 2.5), y)",
      "for j in 1..3 { q = sd(Normal(0, s + 0 * j))  target += m * q }\n", "for j in 1..3 { q = sd(Normal(0, s + 0 * j))  target += m * q }",
      "p = [mean(Exponential(s * j)) for j in 1..2]\n", "p = [mean(Exponential(s * j)) for j in 1..2]",
      "target += m * cdf(Normal(0, s), 1)\n", "target += m * cdf(Normal(0, s), 1)",
      "p = cdf(mixture([0.5, 0.5], Normal(0, 1), Normal(0, s)), 1)\n", "p = cdf(mixture([0.5, 0.5], Normal(0, 1), Normal(0, s)), 1)",
      "generate { z : real ~ Normal(0, s) }\n", "z : real ~ Normal(0, s)",
      "generate { t = 2 * s  z : real[2] ~ Normal(m, t) }\n", "z : real[2] ~ Normal(m, t)",
      "generate { z : int ~ Poisson(s) }\n", "z : int ~ Poisson(s)",
      "generate { p = logpdf(Normal(0, s), m) }\n", "p = logpdf(Normal(0, s), m)");

  private static List<String> said(String model, int i, double s) {
    var diagnostics = new Diagnostics();
    Whole.attempt(HEAD + model, "{\"i\": %d, \"s\": %s, \"y\": [1, 2, 3]}".formatted(i, s), diagnostics);
    return diagnostics.all().stream().filter(Diagnostic::isError)
        .map(d -> d.code() + " " + d.span().map(x -> x.text()).orElse("")).toList();
  }

  @Property(tries = 6)
  void dataDecideWhetherThereIsSuchADistribution(@ForAll @DoubleRange(min = -3, max = 3) double s) {
    if (s == 0) return;
    FORMS.forEach((model, statement) ->
        assertEquals(s < 0 ? List.of("E0724 " + statement) : List.of(), said(model, 1, s), model));
  }

  /// What no data can reach is not asked for.
  @Property(tries = 4)
  void whatIsNeverReachedHasNoFault(@ForAll @DoubleRange(min = -3, max = 3) double s) {
    assertEquals(List.of(), said("if s > 0 { target += m * cdf(Normal(0, s), 1) }\n", 1, s));
    assertEquals(List.of(), said("generate { if m > 100 { p = cdf(Normal(0, s), 1) } }\n", 1, s));
  }

  @Property(tries = 10)
  void subscriptsAreInsideWhetherUsedOrNot(@ForAll @IntRange(min = -1, max = 5) int i) {
    for (var unused : List.of("x = y[i]", "x = y[i..i]", "x = sum(j in 1..1 : y[i])", "x = [y[i], 2]",
        "for j in 1..1 { target += m * y[i] }"))
      assertEquals(i < 1 || i > 3, !said(unused + "\n", i, 1).isEmpty(), unused + " where i is " + i);
    assertEquals(i < 1 || i > 3 ? List.of("E0723 x = y[i]") : List.of(), said("x = y[i]\n", i, 1));
    assertEquals(i < 1 || i > 3 ? List.of("E0723 x = y[i]") : List.of(),
        said("k : int[3]\nfor j in 1..3 { k[j] = 2 * j }\nx = y[i]\n", i, 1));
  }

  /// What was there before stays.
  @Property(tries = 10)
  void unknownsDecideWhetherThereIsANumber(@ForAll @DoubleRange(min = -2, max = 2) double at) {
    if (at == 0) return;
    var ready = Whole.ready("""
        m : real ~ Normal(0, 1)
        p = cdf(Normal(0, m), 1)
        q = mean(Gamma(m, 2))
        k = sd(Exponential(m))
        generate {
          z : real ~ Normal(0, m)
          w = 2 * m
          c : int ~ Poisson(m)
        }
        """, Map.of());
    for (var target : List.of(ready.program().bind(ready.data()), ready.program().interpret(ready.data()))) {
      var out = new double[target.outputSize()];
      target.constrain(new double[] {at}, new SplittableRandom(1), out);
      for (int e : List.of(1, 2, 3, 4, 6)) assertEquals(at > 0, !Double.isNaN(out[e]), "output " + e + " at " + at);
      assertEquals(at, out[0]);
      assertEquals(2 * at, out[5]);
    }
  }

  @Example
  void aWholeNumberThatIsNeverDrawnIsNoFaultOfTheData() {
    assertEquals(List.of(), said("generate { c : int ~ Poisson(-1 - m^2) }\n", 1, 1));
  }
}
