package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import ppl.infer.NoStart;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.stats.Summaries;

/// Coordinates of vectors relative to multivariate normal priors: the density is the same up to the Jacobian, and draws are those
/// of a form written by hand.
class RelativeVectorsProperties {
  /// How the scales of pairs are written.
  ///
  /// @param scales declares them
  /// @param law    of a pair, with `%s` for its mean
  /// @param logDet half the logarithm of the determinant of its covariance, by the values of what is declared
  record Form(String scales, String law, ToDoubleFunction<double[]> logDet) {}

  private static final String COVARIANCE = "S : cov[2] ~ InverseWishart(5, [[2, 0.5], [0.5, 1]])\n";
  private static final List<Form> FORMS = List.of(
      new Form(COVARIANCE, "MultivariateNormal(%s, S)", RelativeVectorsProperties::halfLogDet),
      new Form(COVARIANCE, "MultivariateNormal(%s, precision = S)", v -> -halfLogDet(v)),
      new Form(COVARIANCE, "MultivariateNormal(%s, cholesky = cholesky(S))", RelativeVectorsProperties::halfLogDet),
      new Form("C : corr_cholesky[2] ~ LKJ(2)\ns : positive[2] ~ LogNormal(0, 1)\n", "MultivariateNormal(%s, cholesky = diag(s) * C)",
          v -> Math.log(v[3] * v[4] * v[5])));

  private static double halfLogDet(double[] s) {
    return 0.5 * Math.log(s[0] * s[3] - s[1] * s[2]);
  }

  @Provide
  Arbitrary<Form> forms() {
    return Arbitraries.of(FORMS);
  }

  /// Pairs with a mean of their own, or each about the one before.
  private static Whole.Ready ready(Form form, int n, boolean walks) {
    var stated = walks ? "b : real[N, 2]\nb[1] ~ " + form.law.formatted("m") + "\nfor i in 2..N { b[i] ~ " + form.law.formatted("0.5 * b[i - 1]") + " }\n"
        : "b : real[N, 2] ~ " + form.law.formatted("m") + "\n";
    return Whole.ready("data N : int\ndata y : real[N, 2]\n" + form.scales + "m : real[2] ~ Normal(0, 1)\n" + stated + "y ~ Normal(b, 1)",
        Map.of("N", "" + n, "y", IntStream.range(0, n).mapToObj(i -> "[" + i + ", 0.5]").toList().toString()));
  }

  private static double[] values(Target target, double[] q) {
    var out = new double[target.outputSize()];
    target.constrain(q, RandomGenerator.of("L64X128MixRandom"), out);
    return out;
  }

  @Property(tries = 60)
  void densitiesDifferByTheJacobian(@ForAll("forms") Form form, @ForAll @IntRange(min = 1, max = 4) int n, @ForAll boolean walks,
      @ForAll long seed) {
    var ready = ready(form, n, walks);
    var target = ready.program().bind(ready.data());
    assertTrue(target.relatives().contains("b"), target.relatives()::toString);
    var relative = target.relative(Set.of("b"));
    var q = PipelineProperties.position(relative, seed);
    var values = values(relative, q);
    var own = q.clone();
    System.arraycopy(values, values.length - 2 * n, own, own.length - 2 * n, 2 * n);
    double jacobian = n * form.logDet.applyAsDouble(values);
    PipelineProperties.agree("log density", target.logDensity(own) + jacobian, relative.logDensity(q), 1e-10);
    PipelineProperties.agree("values", values(target, own), values);
    Differences.check(relative, q);
    int first = target.relatives().indexOf("b");
    var telling = target.tellingRelatives();
    int from = telling.quantities().subList(0, 3 * first).stream().mapToInt(o -> o.size()).sum();
    var told = Arrays.copyOfRange(values(telling, own), from, from + 6 * n);
    PipelineProperties.agree("own", Arrays.copyOfRange(own, own.length - 2 * n, own.length), Arrays.copyOf(told, 2 * n));
    for (int i = 0; i < 2 * n; i++) PipelineProperties.agree("relative", q[q.length - 2 * n + i], told[2 * n + i], 1e-8);
    assertEquals(jacobian, Arrays.stream(told, 4 * n, 6 * n).sum(), 1e-10 * (1 + Math.abs(jacobian)));
  }

  private static Posterior nuts(String model, Map<String, String> data) throws NoStart {
    var ready = Whole.ready(model, data);
    return new Nuts().run(ready.program().bind(ready.data()), Map.of(), 1, Progress.SILENT);
  }

  private static boolean isRelative(Posterior p) {
    return p.verdicts().stream().anyMatch(v -> v.sentence().contains("relative to"));
  }

  private static void same(Posterior a, Posterior b, String element) {
    var x = Summaries.of(a, element);
    var y = Summaries.of(b, element);
    assertEquals(x.mean(), y.mean(), 5 * Math.hypot(x.mcseMean(), y.mcseMean()), element);
    assertEquals(x.sd(), y.sd(), 0.15 * x.sd(), element);
  }

  @Example
  void correlatedEffectsAreThoseOfAFormByHand() throws NoStart {
    int groups = 20;
    var random = new SplittableRandom(5);
    var data = Map.of("J", "" + groups, "y", IntStream.range(0, groups)
        .mapToObj(_ -> "[" + (1 + random.nextGaussian()) + ", " + (2 + random.nextGaussian()) + "]").toList().toString());
    var before = """
        data J : int
        data y : real[J, 2]
        m : real[2] ~ Normal(0, 5)
        s : positive[2] ~ HalfNormal(1)
        C : corr_cholesky[2] ~ LKJ(2)
        """;
    var stated = nuts(before + "b : real[J, 2] ~ MultivariateNormal(m, cholesky = diag(s) * C)\ny ~ Normal(b, 1)\n", data);
    assertTrue(isRelative(stated), () -> "" + stated.verdicts());
    var byHand = nuts(before + "z : real[J, 2] ~ Normal(0, 1)\nfor j in 1..J { b[j] = m + (diag(s) * C) * z[j] }\ny ~ Normal(b, 1)\n"
        .replace("for j", "b : real[J, 2]\nfor j"), data);
    for (var element : List.of("m[1]", "s[1]", "s[2]", "C[2,1]", "b[3,2]")) same(stated, byHand, element);
  }

  @Example
  void truncatedEffectsAreThoseOfAFormByHand() throws NoStart {
    int groups = 25;
    var random = new SplittableRandom(6);
    var data = Map.of("J", "" + groups, "y",
        IntStream.range(0, groups).mapToObj(_ -> "" + (0.3 * Math.abs(random.nextGaussian()) + random.nextGaussian())).toList().toString());
    var before = """
        data J : int
        data y : real[J]
        s : positive ~ HalfNormal(1)
        """;
    var ready = Whole.ready(before + "b : positive[J] ~ truncated(Normal(s, s), lower = 0)\ny ~ Normal(b, 1)\n", data);
    var stated = new Nuts().run(ready.program().bind(ready.data()).relative(Set.of("b")), Map.of(), 1, Progress.SILENT);
    var byHand = nuts(before + "z : positive[J] ~ truncated(Normal(1, 1), lower = 0)\nb = s * z\ny ~ Normal(b, 1)\n", data);
    for (var element : List.of("s", "b[3]")) same(stated, byHand, element);
  }
}
