package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ppl.infer.Advi;
import ppl.infer.Cavi;
import ppl.infer.Engine;
import ppl.infer.Hybrid;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.infer.Svi;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Answers by batches of rows are those by all rows.
class SviProperties {
  private static final String MIXTURE = """
      data N : int
      data y : real[N]
      p : simplex[2] ~ Dirichlet(rep(2, 2))
      m : real[2] ~ Normal(0, 10)
      t : real[2] ~ Gamma(2, 2)
      z : int[N] ~ Categorical(p)
      y ~ Normal(m[z], precision = t[z])
      """;
  private static final String LOGISTIC = """
      data N : int
      data G : int
      data g : int(1..G)[N]
      data x : real[N]
      data b : binary[N]
      mu : real ~ Normal(0, 2)
      a : real[G] ~ Normal(mu, 0.7)
      c : real ~ Cauchy(0, 2)
      b ~ Bernoulli(logit = a[g] + c * x)
      """;

  private static String list(int n, IntFunction<Number> f) {
    return IntStream.range(0, n).mapToObj(f).map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Target mixture(long seed, int n) {
    var r = new Random(seed);
    return target(MIXTURE, Map.of("N", "" + n, "y", list(n, i -> (i % 3 == 0 ? 8 : -8) + r.nextGaussian())));
  }

  private static Target logistic(long seed, int n) {
    var r = new Random(seed);
    var x = IntStream.range(0, n).mapToDouble(_ -> r.nextGaussian()).toArray();
    return target(LOGISTIC, Map.of("N", "" + n, "G", "3", "g", list(n, i -> 1 + i % 3), "x", list(n, i -> x[i]),
        "b", list(n, i -> r.nextDouble() < 1 / (1 + Math.exp(-0.5 - i % 3 + x[i])) ? 1 : 0)));
  }

  private static Target target(String text, Map<String, String> data) {
    var ready = Whole.ready(text, new TreeMap<>(data));
    return ready.program().bind(ready.data());
  }

  private static Posterior run(Engine engine, Target target, Map<String, String> settings) throws NoStart {
    return engine.run(target, settings, 1, Progress.SILENT);
  }

  private static double elbo(Posterior p) {
    return p.diagnostics().get("elbo");
  }

  @Property(tries = 4)
  void oneBatchIsCavi(@ForAll long seed) throws NoStart {
    var target = mixture(seed, 60);
    var cavi = run(new Cavi(), target, Map.of("tolerance", "1e-9", "draws", "10", "check", "no", "starts", "8"));
    var svi = run(new Svi(), target, Map.of("tolerance", "1e-9", "draws", "10", "check", "no", "batch", "60", "max-epochs", "100000",
        "starts", "8"));
    assertEquals(elbo(cavi), elbo(svi), 1e-8);
    var a = cavi.marginals().orElseThrow();
    var b = svi.marginals().orElseThrow();
    assertArrayEquals(sorted(a.mean(), 2, 4), sorted(b.mean(), 2, 4), 1e-6);
  }

  /// Parts may have changed places.
  private static double[] sorted(double[] x, int from, int to) {
    return IntStream.range(from, to).mapToDouble(i -> x[i]).sorted().toArray();
  }

  @Property(tries = 3)
  void batchesOfAMixtureLeadToTheSameBound(@ForAll long seed) throws NoStart {
    var target = mixture(seed, 400);
    double cavi = elbo(run(new Cavi(), target, Map.of("draws", "10", "check", "no")));
    for (var steps : new String[] {"halved", "decaying"}) {
      var svi = run(new Svi(), target, Map.of("batch", "40", "draws", "10", "check", "no", "steps", steps));
      assertEquals(cavi, elbo(svi), 0.05, steps);
      assertEquals(10, svi.diagnostics().get("batches"));
      assertTrue(elbo(svi) <= cavi + 1e-6);
    }
  }

  @Property(tries = 2)
  void batchesOfALogisticRegressionLeadToTheSameBound(@ForAll long seed) throws NoStart {
    var target = logistic(seed, 300);
    var hybrid = run(new Hybrid(), target, Map.of());
    var svi = run(new Svi(), target, Map.of("batch", "75"));
    double error = 5 * Math.hypot(hybrid.diagnostics().get("elbo_mcse"), svi.diagnostics().get("elbo_mcse"));
    assertEquals(elbo(hybrid), elbo(svi), 0.1 + error);
  }

  @Property(tries = 2)
  void modelsWithoutClosedFormsHaveBatchesToo(@ForAll long seed) throws NoStart {
    var r = new Random(seed);
    var x = IntStream.range(0, 300).mapToDouble(_ -> r.nextGaussian()).toArray();
    var target = target("data N : int\ndata x : real[N]\ndata k : int[N]\nc : real ~ Normal(0, 1)\nd : real ~ Normal(0, 1)\n"
        + "k ~ Poisson(exp(c + d * x))\n", Map.of("N", "300", "x", list(300, i -> x[i]),
        "k", list(300, i -> (int) (3 * r.nextDouble() * Math.exp(0.5 * x[i])))));
    var advi = run(new Advi(), target, Map.of("family", "fullrank"));
    var svi = run(new Svi(), target, Map.of("batch", "30"));
    double error = 5 * Math.hypot(advi.diagnostics().get("elbo_mcse"), svi.diagnostics().get("elbo_mcse"));
    assertEquals(elbo(advi), elbo(svi), 0.05 + error);
  }

  @Example
  void theSameSeedGivesTheSameBits() throws NoStart {
    var settings = new TreeMap<>(Map.of("batch", "20", "draws", "50", "max-epochs", "5", "threads", "1"));
    for (var target : new Target[] {mixture(1, 60), logistic(1, 60)}) {
      settings.put("threads", "1");
      var one = run(new Svi(), target, settings);
      settings.put("threads", "3");
      var other = run(new Svi(), target.fork(), settings);
      assertArrayEquals(one.draws().chains().getFirst().all(), other.draws().chains().getFirst().all());
      assertEquals(elbo(one), elbo(other));
      assertEquals(Verdict.Level.DOUBTFUL, one.level());
    }
  }

  @Example
  void whatHasNoRowsIsRefused() {
    var target = target("data N : int\ndata y : real[N]\nm : real ~ Normal(0, 1)\ny ~ Normal(m, 1)\n",
        Map.of("N", "2", "y", "[1, 2]"));
    var refusal = assertThrows(NoStart.class, () -> run(new Svi(), target, Map.of()));
    assertTrue(refusal.getMessage().contains("sums over rows are taken once"), refusal.getMessage());
  }
}
