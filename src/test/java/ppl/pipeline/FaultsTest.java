package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Supplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// A log density that is not finite is the fault of a statement, an element and a value, and messages say which.
class FaultsTest {
  private static final String COUNTS = "data N : int\ndata y : int[N]\nr : positive ~ Exponential(1)\ny ~ Poisson(r)\n";

  private static String said(String text, String json) {
    var diagnostics = new Diagnostics();
    Whole.attempt(text, json, diagnostics);
    return Whole.said(diagnostics).replaceAll("\\S*\\.json", "FILE");
  }

  /// What is said of coordinates that are all `at`.
  private static String start(String text, String json, double at) {
    var ready = Whole.ready(text, json);
    var q = new double[ready.program().bind(ready.data()).dimension()];
    java.util.Arrays.fill(q, at);
    return ready.program().fault(ready.data(), q).map(Diagnostic::message).orElse("").replaceAll("\\S*\\.json", "FILE");
  }

  @Property(tries = 30)
  void theFirstElementOutsideIsNamedAndTheOthersCounted(@ForAll @IntRange(min = 1, max = 8) int good,
      @ForAll @IntRange(min = 1, max = 9) int bad) {
    var values = "1, ".repeat(good) + "-3, ".repeat(bad - 1) + "-3";
    var text = said(COUNTS, "{\"N\": %d, \"y\": [%s]}".formatted(good + bad, values));
    assertTrue(text.startsWith("E0724 FILE: `y[%d]` is -3, but Poisson's values are 0, 1, ..".formatted(good + 1)), text);
    assertEquals(bad == 2, text.contains("; also `y[" + (good + 2) + "]`"), text);
    assertEquals(bad > 2, text.contains("; also " + (bad - 1) + " others: `y["), text);
    assertTrue(text.endsWith(" at `y ~ Poisson(r)`"), text);
  }

  @Test
  void faultsOfAllStatementsComeTogether() {
    var text = """
        data n : int[2]
        data y : int[2]
        data z : int[2]
        data s : real[2]
        data S : matrix[2, 2]
        data low : real
        data k : int
        p : simplex[2] ~ Dirichlet(rep(1, 2))
        q : unit ~ Uniform(low, 1)
        y ~ Binomial(n, q)
        z ~ Categorical(p)
        s ~ Normal(q, s)
        s ~ MultivariateNormal(rep(q, 2), cov = S)
        y ~ truncated(Poisson(q), lower = k, upper = 2)
        """;
    assertEquals("""
        E0724 the bounds of `q` are crossed: the lower one is 2, the upper one 1 at `q : unit ~ Uniform(low, 1)`
        E0724 FILE: `y[2]` is 4, but Binomial's values are 0, 1, 2 at `y ~ Binomial(n, q)`
        E0724 FILE: `z[1]` is 3, but Categorical's values are 1, 2; also `z[2]` at `z ~ Categorical(p)`
        E0724 FILE: `sd` of Normal is 0 at `s[1]`, but must be positive at `s ~ Normal(q, s)`
        E0724 `cov` of MultivariateNormal is [[1, 2], [2, 1]], but must be symmetric and positive definite at `s ~ MultivariateNormal(rep(q, 2), cov = S)`
        E0724 FILE: the bounds of `y[1]` are crossed: the lower one is 3, the upper one 2; also `y[2]` at `y ~ truncated(Poisson(q), lower = k, upper = 2)`""",
        said(text, """
            {"n": [5, 2], "y": [3, 4], "z": [3, 0], "s": [0, 1], "S": [[1, 2], [2, 1]], "low": 2, "k": 3}"""));
  }

  /// Whether a value was cut off, as survival data of other programs have it, is not where.
  @Test
  void indicatorsInThePlaceOfLimitsAreTold() {
    var text = "data t : positive[3]\ndata late : int[3]\nk : positive ~ Gamma(2, 2)\nt ~ censored(Weibull(k, 2), upper = late)\n";
    var said = new Diagnostics();
    Whole.attempt(text, "{\"t\": [1, 2, 3], \"late\": [0, 1, 0]}", said);
    assertTrue(said.all().getFirst().help().orElse("").contains("write `upper = late == 1 ? t : infinity`"), said.all()::toString);
    var others = new Diagnostics();
    Whole.attempt(text, "{\"t\": [1, 2, 3], \"late\": [0, 1, 2]}", others);
    assertEquals("E0724", others.all().getFirst().code());
    assertTrue(others.all().getFirst().help().isEmpty());
  }

  private static String help(String text, String json, double at) {
    var diagnostics = new Diagnostics();
    Whole.attempt(text, json, diagnostics);
    if (diagnostics.hasErrors()) return diagnostics.all().stream().filter(Diagnostic::isError).findFirst().orElseThrow().help().orElse("");
    var ready = Whole.ready(text, json);
    var q = new double[ready.program().bind(ready.data()).dimension()];
    Arrays.fill(q, at);
    return ready.program().fault(ready.data(), q).flatMap(Diagnostic::help).orElse("");
  }

  /// What is observed at an end of the values of its law has its advice, whether data alone or a start make it impossible.
  @Property(tries = 12)
  void valuesAtAnEndHaveAdvice(@ForAll @IntRange(min = 0, max = 2) int place, @ForAll boolean known) {
    var law = java.util.List.of("Gamma(%s, 2)", "Weibull(%s, 1)", "LogNormal(%s, 1)", "Beta(%s, 2)", "Beta(2, %s)");
    for (var l : law) {
      boolean upper = l.startsWith("Beta(2");
      var y = new String[] {"0.5", "0.5", "0.5"};
      y[place] = upper ? "1" : "0";
      var text = "data y : real[3]\na : positive ~ Gamma(2, 1)\ny ~ " + l.formatted(known ? "3" : "a + 2") + "\nz : real ~ Normal(a, 1)\n";
      var help = help(text, "{\"y\": [%s]}".formatted(String.join(", ", y)), 0);
      assertEquals(!upper, help.contains("`hurdle(p, " + l.substring(0, l.indexOf('(')) + "(..))`"), text + help);
      assertEquals(l.startsWith("Beta"), help.contains("`(y * (n - 1) + 0.5) / n`"), help);
      assertFalse(help(text, "{\"y\": [0.5, 0.5, 0.5]}", 0).contains("hurdle"));
    }
  }

  @Test
  void aSizeIsComparedWithANumber() {
    assertTrue(said("data N : int\ndata x : real[N]\nb : real ~ Normal(dot(x, 1..4), 1)\n", "{\"N\": 3, \"x\": [1, 2, 3]}")
        .contains(": N is 3, not 4 at"));
  }

  @Test
  void faultsInLoopsAndPartsNameTheElement() {
    var text = "data y : int[2, 3]\nr : positive ~ Exponential(1)\nfor i in 1..2 { if i > 1 { y[i, 2..3] ~ Poisson(r) } }\n";
    assertTrue(said(text, "{\"y\": [[-1, -1, -1], [-1, 2, -7]]}").startsWith("E0724 FILE: `y[2, 3]` is -7, but"));
    assertEquals("", said(text, "{\"y\": [[-1, -1, -1], [-1, 2, 7]]}"));
  }

  @Test
  void declaredSupportsOfQuantitiesAreTested() {
    assertEquals("E0724 `a[2]` is -1, but it is declared to be positive at `a`",
        said("data x : real[2]\na : positive[2] = 2 * x + 1\nb : real ~ Normal(sum(a), 1)\n", "{\"x\": [1, -1]}"));
    assertEquals("no start was found: `a` is [-3, 3], which is not positive_ordered as it is declared",
        start("b : real ~ Normal(0, 1)\na : positive_ordered[2] = [b, -b]\nc : real ~ Normal(sum(a), 1)\n", "{}", -3));
    assertEquals("", start("b : real ~ Normal(0, 1)\na = log(b)\nc : real ~ Normal(b, 1)\n", "{}", -3));
    assertEquals("`a` is -3, but it is declared to be positive",
        start("b : real ~ Normal(0, 1)\na : positive = b\nb2 : real ~ Normal(a, 1)\n", "{}", -3).split(": ", 2)[1]);
  }

  @Test
  void whatDiscreteUnknownsDecideIsLeftAlone() {
    var text = """
        data k : real[2]
        data y : int[3]
        w : simplex[2] ~ Dirichlet(rep(1, 2))
        b : real ~ Normal(0, 1)
        z : int[3] ~ Categorical(w)
        mu = k[z] * b
        y ~ Poisson(exp(mu))
        a : real ~ Normal(k[z[1]], log(-b))
        """;
    assertTrue(said(text, "{\"k\": [1, 2], \"y\": [1, -2, 3]}").startsWith("E0724 FILE: `y[2]` is -2, but Poisson's"));
    assertEquals("no start was found: `sd` of Normal is -1, but must be positive",
        start(text.replace("a : real ~ Normal(k[z[1]], log(-b))", "c : real ~ Normal(0, b)"), "{\"k\": [1, 2], \"y\": [1, 2, 3]}", -1));
  }

  /// The case that no row chooses counts nothing, though it is log 0: sums over rows by cases are taken with the data.
  @Property(tries = 20)
  void casesThatNoRowChoosesCountNothing(@ForAll @IntRange(min = 1, max = 6) int n, @ForAll @IntRange(min = -9, max = 9) int at) {
    var ready = Whole.ready("data N : int\ndata y : count[N]\nr : real ~ Normal(0, 2)\ny ~ hurdle(0.3, Poisson(exp(r)))\n",
        "{\"N\": %d, \"y\": [%s1]}".formatted(n, "2, ".repeat(n - 1)));
    double r = at / 3.0;
    double rate = Math.exp(r);
    double each = Math.log(0.7) - rate - Math.log(-Math.expm1(-rate));
    double expected = -0.5 * Math.log(2 * Math.PI) - Math.log(2) - r * r / 8 + n * each + (2 * n - 1) * r - (n - 1) * Math.log(2);
    assertEquals(expected, ready.program().bind(ready.data()).logDensity(new double[] {r}), 1e-9 * (1 + Math.abs(expected)));
  }

  /// A density that data alone decide may be one of an unknown, which has no value then.
  @Test
  void valuesOfUnknownsAreNotAskedFor() {
    assertEquals("E0724 the log density at `a` is -infinity, where lower is -1e308 and upper is 1e308 at `a : real ~ Uniform(-1e308, 1e308)`",
        said("a : real ~ Uniform(-1e308, 1e308)\nb : real ~ Normal(a, 1)\n", "{}"));
    assertTrue(said("data z : real\na : real ~ Uniform(0, 1 / z)\nb : real ~ Normal(a, 1)\n", "{\"z\": 0}")
        .startsWith("E0724 the log density at `a` is -infinity, where lower is 0 and upper is infinity"));
  }

  @Test
  void whatOverflowsAtAStartIsTold() {
    var text = "data y : real[2]\nb : real ~ Normal(0, 1)\nmu = exp(b * 1e6)\ny ~ Normal(mu, 1)\n";
    assertEquals("no start was found: FILE: the log density at `y[1]` = 1 is -infinity, where mean is infinity and sd is 1",
        start(text, "{\"y\": [1, 2]}", 1));
    assertEquals("", start(text, "{\"y\": [1, 2]}", -1));
    assertEquals("no start was found: the log density at `log(b)` is not a number",
        start("b : real ~ Normal(0, 1)\ntarget += log(b)\n", "{}", -1));
    assertEquals("no start was found: the log density of this statement is finite, but its gradient is not",
        start("b : real ~ Normal(0, 1)\ntarget += sqrt(b)\n", "{}", 0));
  }

  /// Whatever the model, where runs start something is at fault just where the density or its gradient is not finite. Far
  /// out a density that is not finite is explained, and so is one that is no number in a statement by itself but not in
  /// the whole, since `log(1 - p)` overflows in one form before it does in another; an argument, a value or a bound that
  /// is where it cannot be is at fault anywhere.
  @Property(tries = 60)
  void whatIsNotFiniteIsExplainedAndNothingElse(@ForAll("models") RandomModel model, @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 400) int far) {
    var ready = Whole.ready(model.text(), model.data());
    var target = ready.program().interpret(ready.data());
    var q = PipelineProperties.position(target, seed);
    int wide = Math.max(1, far - 200);
    for (int i = 0; i < q.length; i++) q[i] *= wide;
    var gradient = new double[q.length];
    double density = target.gradient(q, gradient);
    boolean finite = Double.isFinite(density) && Arrays.stream(gradient).allMatch(Double::isFinite);
    var fault = ready.program().fault(ready.data(), q).map(Diagnostic::message);
    Supplier<String> all = () -> model.text() + model.data() + density + fault + Arrays.toString(q);
    if (!Double.isFinite(density)) assertTrue(fault.isPresent(), all);
    if (fault.isEmpty()) return;
    boolean overflow = fault.get().contains("log density") || fault.get().contains("log Jacobian");
    if (wide == 1 || !overflow) assertFalse(finite, all);
  }

  @net.jqwik.api.Provide
  net.jqwik.api.Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }
}
