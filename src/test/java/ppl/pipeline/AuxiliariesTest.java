package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.form.Augmentation;
import ppl.form.Auxiliaries;
import ppl.form.NormalForm;
import ppl.infer.Engine;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.math.GammaFunctions;
import ppl.plan.Structures;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.stats.Convergence;
import ppl.stats.Quantiles;

/// Auxiliary unknowns close heavy tails, Laplace laws and probits, and integrating them out gives the model back.
class AuxiliariesTest {
  private static final String DATA = "{\"N\": 3, \"y\": [0.4, -1.1, 2.3], \"x\": [1, 2, 0.5], \"k\": [1, 0, 1], \"df\": 3.5}";
  private static final String HEAD = "data N : int  data y : real[N]\n";

  private record Closed(String text, int auxiliaries) {}

  private static final List<Closed> CLOSED = List.of(
      new Closed("data x : real[N]  mu : real ~ Normal(0, 1)  tau : real ~ HalfCauchy(5)  a : real[N] ~ Normal(0, 1)  y ~ Normal(mu + tau * a, x)", 1),
      new Closed("mu : real ~ Cauchy(0, 5)  v : positive ~ InverseGamma(1, 1)  y ~ Normal(mu, sqrt(v))", 1),
      new Closed("data x : real[N]  b : real ~ Normal(0, 1)  t : positive ~ Gamma(1, 1)  y ~ StudentT(4, b * x, 1 / sqrt(t))", 1),
      new Closed("tau : real ~ HalfStudentT(3, 2)  y ~ Normal(0, tau)", 1),
      new Closed("data df : positive  b : real ~ Normal(0, 1)  y ~ StudentT(df, b, 2)", 1),
      new Closed("data x : real[N]  b : real ~ Laplace(0, 1)  s : positive ~ Gamma(2, 1)  y ~ Laplace(b * x, s)", 2),
      new Closed("data x : real[N]  data k : binary[N]  b : real ~ Normal(0, 1)  k ~ Bernoulli(Phi(b * x))", 1),
      new Closed("data x : real[N]  data k : binary[N]  b : real ~ Normal(0, 1)  k ~ Bernoulli(logit = b * x)", 1),
      new Closed("data k : count[N]  b : real ~ Normal(0, 1)  k ~ Binomial(3, logit = b)", 1),
      new Closed("data x : real[N]  b : real ~ Normal(0, 1)  for i in 1..N { if x[i] > 0.7 { y[i] ~ Laplace(b, 2) } }", 1),
      new Closed("h : real[N]  h[1] ~ Normal(0, 1)  for i in 2..N { h[i] ~ Cauchy(h[i - 1], 1) }  y ~ Normal(h, 1)", 1));

  @Example
  void whatIsClosedIsTheSumOfItsTerms() {
    for (var c : CLOSED) {
      var text = c.text;
      var ready = Whole.ready(HEAD + text, DATA);
      var augmented = Auxiliaries.of(ready.program().stated(), true, n -> true);
      var model = augmented.model();
      assertEquals(c.auxiliaries, augmented.auxiliaries().size(), text);
      assertEquals(List.of(), Structures.of(model).refusals(), text);
      var joint = new Joint(ready, model);
      var q = new double[16];
      for (int i = 0; i < q.length; i++) q[i] = 0.3 * Math.sin(2 * i + 1);
      assertEquals(joint.stated(q), joint.normal(NormalForm.of(model), q), 1e-10, text);
    }
  }

  /// The log of the integral of exp(integrand(w)) over w > 0, on the scale of log w, where sums converge fast.
  private static double integral(Augmentation a) {
    var w = new Array("w", Kind.REAL, List.of(), Array.Role.DATA);
    double sum = 0;
    for (double u = -80; u < 12; u += 0.01) sum += 0.01 * Math.exp(value(a.integrand(w.read()), w, Math.exp(u)) + u);
    return Math.log(sum);
  }

  private static double value(Expr e, Array w, double x) {
    var interpreter = new Interpreter(java.util.random.RandomGenerator.of("L64X128MixRandom"));
    interpreter.bind(w, new double[] {x});
    return interpreter.run(new Stmt.Block(List.of(), List.of(new Stmt.Add(Array.TARGET, List.of(), e))));
  }

  /// The density of PG(b, 0), by its series.
  private static double polyaGamma(double b, double w) {
    double sum = 0;
    for (int n = 0; n < 60; n++)
      sum += (n % 2 == 0 ? 1 : -1) * Math.exp(GammaFunctions.lgamma(n + b) - GammaFunctions.lgamma(n + 1) - (2 * n + b) * (2 * n + b) / (8 * w)) * (2 * n + b);
    return sum * Math.exp((b - 1) * Math.log(2) - GammaFunctions.lgamma(b)) / Math.sqrt(2 * Math.PI * w * w * w);
  }

  @Property(tries = 10)
  void logitsAreMeansOverPolyaGammaNumbers(@ForAll @DoubleRange(min = -6, max = 6) double x, @ForAll @IntRange(max = 3) int up,
      @ForAll @IntRange(max = 3) int down) {
    if (up + down == 0) return;
    var w = new Array("w", Kind.REAL, List.of(), Array.Role.DATA);
    var odds = new Augmentation.Odds(Exprs.real(x), Exprs.real(up), Exprs.real(down));
    double sum = 0;
    for (double u = -9; u < 2.5; u += 0.005)
      sum += 0.005 * Math.exp(value(odds.integrand(w.read()), w, Math.exp(u)) + u) * polyaGamma(up + down, Math.exp(u));
    assertEquals(value(odds.term(), w, 1), Math.log(sum), 1e-6);
  }

  @Property(tries = 10)
  void integralsComeToTheTerm(@ForAll @DoubleRange(min = 0.05, max = 20) double a, @ForAll @DoubleRange(min = 0.3, max = 8) double c,
      @ForAll @DoubleRange(min = -4, max = 4) double x) {
    var w = new Array("w", Kind.REAL, List.of(), Array.Role.DATA);
    for (var one : List.<Augmentation>of(new Augmentation.Tail(Exprs.real(a), Exprs.real(c)),
        new Augmentation.Magnitude(Exprs.real(x + Math.copySign(0.1, x))), new Augmentation.Threshold(Exprs.real(x)))) {
      assertEquals(value(one.term(), w, 1), integral(one), 1e-7, one.toString());
      var idle = one.where(Exprs.eq(Exprs.integer(1), Exprs.integer(2)));
      assertEquals(one.idle(), value(idle.term(), w, 1), 1e-12);
    }
  }

  /// The whole model, integrated numerically over the auxiliary.
  @Example
  void auxiliariesIntegrateOut() {
    var ready = Whole.ready("data y : real\nmu : real ~ StudentT(4, 1, 2)\ny ~ Normal(mu, 1)", "{\"y\": 0.7}");
    var joint = new Joint(ready, Auxiliaries.of(ready.program().stated(), true, n -> true).model());
    double sum = 0;
    for (double u = -25; u < 6; u += 0.01) sum += 0.01 * Math.exp(joint.stated(new double[] {-0.4, u}) + u);
    assertEquals(new Joint(ready).stated(new double[] {-0.4}), Math.log(sum), 1e-9);
  }

  @Example
  void otherModelsStayAsTheyAre() {
    var model = Whole.ready("mu : real ~ Normal(0, 1)", "{}").program().stated();
    assertSame(model, Auxiliaries.of(model, true, n -> true).model());
  }

  private static final String ROWS = "{\"N\": 12, \"x\": [0.3, -1.2, 0.8, 1.9, -0.4, 0.1, -0.9, 1.3, -1.7, 0.6, 2.1, -0.2],"
      + "\"y\": [0.9, -2.1, 1.4, 3.9, 5.5, 0.2, -1.5, 2.2, -3.1, -4.0, 4.4, 0.1], \"k\": [1, 0, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1]}";
  private static final String RANDOM_ROWS = "data N : int  data x : real[N]  data y : real[N]  data k : binary[N]\n"
      + "a : real ~ Normal(0, 2)\nb : real ~ Normal(0, 2)\n";
  private static final List<String> SAMPLED = List.of(
      RANDOM_ROWS + "s : positive ~ HalfNormal(2)\ny ~ StudentT(3, a + b * x, s)",
      RANDOM_ROWS + "s : positive ~ HalfNormal(2)\ny ~ Laplace(a + b * x, s)",
      RANDOM_ROWS + "k ~ Bernoulli(Phi(a + b * x))",
      RANDOM_ROWS + "nu : positive ~ Gamma(4, 1)\ny ~ StudentT(nu, a + b * x, 0.8)",
      RANDOM_ROWS + "s : positive ~ HalfNormal(2)\nnu : positive ~ Gamma(2, 0.1)\ny ~ StudentT(nu, a + b * x, s)",
      RANDOM_ROWS + "nu : positive ~ Gamma(2, 0.2)\ns : positive ~ HalfStudentT(nu, 1)\ny ~ Normal(a + b * x, s)",
      RANDOM_ROWS + "for i in 1..N { if x[i] > -1 { y[i] ~ Cauchy(a + b * x[i], 1) } }",
      RANDOM_ROWS + "k ~ Bernoulli(logit = a + b * x)",
      RANDOM_ROWS + "for i in 1..N { if x[i] > -1 { k[i] ~ Binomial(4, logit = a + b * x[i]) } }");

  private static Posterior run(String method, Target target, Map<String, String> settings) throws NoStart {
    var engine = Engine.ALL.stream().filter(e -> e.name().equals(method)).findFirst().orElseThrow();
    return engine.run(target, settings, 3, Progress.SILENT);
  }

  /// Gibbs sampling with auxiliaries is exact, as the no-U-turn sampler without them is.
  @Example
  void gibbsSamplingAgreesWithTheNoUTurnSampler() throws NoStart {
    for (var text : SAMPLED) {
      var ready = Whole.ready(text, ROWS);
      var target = ready.program().bind(ready.data()).withOdds();
      assertTrue(target.augmented().isPresent(), text);
      var settings = Map.of("draws", "2000", "warmup", "500");
      var one = run("gibbs", target, settings).draws();
      var other = run("nuts", target, settings).draws();
      for (int i = 0; i < one.width(); i++) {
        var x = one.column(i);
        var y = other.column(i);
        agree(x, y, text);
        agree(squares(x), squares(y), text);
      }
    }
  }

  private static void agree(double[][] x, double[][] y, String text) {
    double error = Math.hypot(Convergence.of(x).mcseMean(), Convergence.of(y).mcseMean());
    assertEquals(mean(y), mean(x), 5 * error, text);
  }

  /// Of the distances from the mean.
  private static double[][] squares(double[][] x) {
    double mean = mean(x);
    return Arrays.stream(x).map(c -> Arrays.stream(c).map(v -> (v - mean) * (v - mean)).toArray()).toArray(double[][]::new);
  }

  private static double mean(double[][] x) {
    return Quantiles.mean(Arrays.stream(x).flatMapToDouble(java.util.Arrays::stream).toArray());
  }

  /// The bound never falls, and is below the one without auxiliaries, of the same factors.
  @Example
  void closedUpdatesRaiseTheBound() throws NoStart {
    for (var text : SAMPLED) {
      if (text.contains("nu :")) continue;
      var ready = Whole.ready(text, ROWS);
      var numbers = run("cavi", ready.program().bind(ready.data()).withOdds(), Map.of()).diagnostics();
      assertTrue(numbers.get("bound_fall") < 1e-8, text);
      assertTrue(numbers.get("elbo") < numbers.get("elbo_by_draws") + 3 * numbers.get("elbo_mcse"), text);
    }
  }

  /// What importance weights are of is the density of the model without auxiliaries.
  @Example
  void withoutAuxiliariesTheDensityIsTheModels() {
    var text = RANDOM_ROWS + "y ~ StudentT(3, a + b * x, 0.7)\nk ~ Bernoulli(Phi(a + b * x))";
    var ready = Whole.ready(text, ROWS);
    var target = ready.program().bind(ready.data());
    var closed = target.augmented().orElseThrow();
    var values = closed.blocks().stream().map(b -> new double[b.size()]).toArray(double[][]::new);
    int normal = java.util.stream.IntStream.range(0, values.length).filter(b -> !closed.auxiliary(b)).findFirst().orElseThrow();
    values[normal][0] = 0.3;
    values[normal][1] = -1.1;
    assertEquals(target.logDensity(values[normal]), closed.marginal(values, new double[0]), 1e-10);
  }

  @Example
  void quadratureIsNotReplaced() {
    var text = RANDOM_ROWS + "s : positive ~ HalfNormal(2)\ny ~ Normal(a + b * x, s)";
    var ready = Whole.ready(text, ROWS);
    assertTrue(ready.program().bind(ready.data()).augmented().isEmpty());
  }

  @Example
  void logitsHaveAuxiliariesOnDemand() {
    var ready = Whole.ready(RANDOM_ROWS + "k ~ Bernoulli(logit = a + b * x)", ROWS);
    var target = ready.program().bind(ready.data());
    assertTrue(target.augmented().isEmpty());
    assertTrue(target.withOdds().augmented().isPresent());
  }
}
