package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.infer.Advi;
import ppl.infer.Cavi;
import ppl.infer.Engine;
import ppl.infer.Exact;
import ppl.infer.Gibbs;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

/// Engines on models of all kinds: each of them answers, or says that it cannot begin; nothing else comes of it.
class EnginesProperties {
  /// Short runs: what is tested is that all parts fit together.
  private static final Map<String, String> SHORT = Map.of("draws", "20", "warmup", "20", "chains", "2", "starts", "2",
      "max-sweeps", "50", "threads", "1", "max-depth", "4", "max-rounds", "3");

  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  @Property(tries = 10, shrinking = ShrinkingMode.BOUNDED)
  void everyEngineAnswersOrSaysWhyNot(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    var target = ready.program().bind(ready.data());
    for (var engine : Engine.ALL) {
      var settings = new HashMap<>(SHORT);
      settings.keySet().removeIf(k -> engine.knobs().stream().noneMatch(x -> x.name().equals(k)));
      try {
        var posterior = engine.run(target, settings, seed, Progress.SILENT);
        assertEquals(target.outputSize(), posterior.draws().width(), engine.name());
        assertFalse(posterior.verdicts().isEmpty(), engine.name());
      } catch (NoStart e) {
        assertFalse(e.getMessage().isBlank());
      }
    }
  }

  /// Types that leave nothing to choose: every engine answers with the only value, or has nothing to do.
  @Example
  void unknownsOfOneElement() throws NoStart {
    for (var model : List.of("w : simplex[1] ~ Dirichlet([1.5])\ndata y : int[2]\ny ~ Categorical(w)\n",
        "w : corr[1] ~ LKJ(2)\ndata y : real[2]\ny ~ Normal(w[1, 1], 1)\n",
        "w : corr_cholesky[1] ~ LKJ(2)\ndata y : real[2]\ny ~ Normal(w[1, 1], 1)\n",
        "w : sum_to_zero[1] ~ Normal(0, 1)\ndata y : real[2]\ny ~ Normal(w[1] + 1, 1)\n",
        "w : simplex[1] ~ Dirichlet([1.5])\na : real ~ Normal(0, 1)\ndata y : real[2]\ny ~ Normal(a * w[1], 1)\n")) {
      var ready = Whole.ready(model, "{\"y\": [1, 1]}");
      var target = ready.program().bind(ready.data());
      for (var engine : Engine.ALL) {
        var settings = new HashMap<>(SHORT);
        settings.keySet().removeIf(k -> engine.knobs().stream().noneMatch(x -> x.name().equals(k)));
        try {
          var draws = engine.run(target, settings, 1, Progress.SILENT).draws();
          assertEquals(target.outputSize(), draws.width(), engine.name() + model);
        } catch (NoStart e) {
          assertFalse(e.getMessage().isBlank());
        }
      }
    }
  }

  /// Far out in the heavy tail what is integrated out by quadrature is nothing but rounding, unless the normals are about a
  /// centre near it.
  @Example
  void aHeavyTailIsIntegratedToItsEnd() throws NoStart {
    var ready = Whole.ready("""
        u : real ~ StudentT(1, 1.4, 1)
        p : real[2] ~ Normal(u, exp(0.4 * tanh(u)))
        """, Map.of());
    var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of(), 1, Progress.SILENT);
    assertEquals(0, posterior.diagnostics().get("log_evidence"), 1e-5);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
  }

  /// Terms of some 1e11 leave an evidence of some 10, and rounding of their own size, which is no defect.
  @Property(tries = 20)
  void countsOfAnySizeAreExact(
      @ForAll @DoubleRange(min = 1, max = 2e9) double rate, @ForAll @IntRange(min = 1, max = 30) int rows,
      @ForAll long seed) throws NoStart {
    var random = new Random(seed);
    var y = random.doubles(rows).mapToLong(u -> Math.round(rate + (u - 0.5) * Math.sqrt(rate))).boxed().toList();
    var ready = Whole.ready("data n : int\ndata y : count[n]\nl : real ~ Gamma(1, 1e-9)\ny ~ Poisson(l)\n",
        Map.of("n", "" + rows, "y", y.toString()));
    for (var engine : List.of(new Exact(), new Cavi())) {
      var posterior = engine.run(ready.program().bind(ready.data()), Map.of("draws", "100"), 1, Progress.SILENT);
      assertEquals(List.of(Verdict.Level.TRUSTWORTHY), posterior.verdicts().stream().map(Verdict::level).toList(),
          posterior.verdicts().toString());
      assertFalse(posterior.verdicts().toString().contains("short Markov chains"), posterior.verdicts().toString());
    }
  }

  /// Capture and recapture: what was seen is there for certain, and what was not may be.
  @Example
  void impossibleValuesHaveNoWeight() throws NoStart {
    var ready = Whole.ready("""
        data y : binary[3, 2]
        psi : unit ~ Beta(1, 1)
        z : binary[3] ~ Bernoulli(psi)
        for i in 1..3 { for k in 1..2 { y[i, k] ~ Bernoulli(z[i] * 0.3) } }
        """, Map.of("y", "[[1, 0], [0, 0], [1, 1]]"));
    var posterior = new Exact().run(ready.program().bind(ready.data()), Map.of(), 1, Progress.SILENT);
    // the integral over psi of 0.3 * 0.7 * 0.3^2 * psi^2 (psi * 0.7^2 + 1 - psi)
    double evidence = 0.3 * 0.7 * 0.09 * (0.49 / 4 + 1 / 3.0 - 1 / 4.0);
    assertEquals(Math.log(evidence), posterior.diagnostics().get("log_evidence"), 1e-10);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
    for (double seen : posterior.draws("z[1]")) assertEquals(1, seen);
  }

  /// A row that is missing says nothing of the mean, and is drawn about it.
  @Example
  void missingValuesAreUnknowns() throws NoStart {
    var ready = Whole.ready("data N : int\ndata y : real[N]\nm : real ~ Normal(0, 10)\ny ~ Normal(m, 1)\n",
        Map.of("N", "4", "y", "[5, null, 6, 7]"));
    var target = ready.program().bind(ready.data());
    for (var engine : List.of(new Exact(), new Advi())) {
      var posterior = engine.run(target, Map.of("draws", "4000"), 1, Progress.SILENT);
      var m = Summaries.of(posterior, "m");
      assertEquals(18 / 3.01, m.mean(), 0.05, engine.name());
      assertEquals(Math.sqrt(1 / 3.01), m.sd(), 0.05, engine.name());
      var y = Summaries.of(posterior, "y[2]");
      assertEquals(18 / 3.01, y.mean(), 0.1, engine.name());
      assertEquals(Math.sqrt(1 + 1 / 3.01), y.sd(), 0.1, engine.name());
    }
  }

  /// What is said of a missing whole number is said of that one.
  @Example
  void missingWholeNumbersKeepTheirPlaces() throws NoStart {
    var ready = Whole.ready("""
        data x : real[5]
        data kind : int(1..2)[5]
        m : real[2] ~ Normal(0, 3)
        kind ~ Categorical([0.5, 0.5])
        x ~ Normal(m[kind], 1)
        """, Map.of("x", "[5, 4, -6, -7, 5.5]", "kind", "[1, null, 2, null, 1]"));
    var target = ready.program().bind(ready.data());
    for (var engine : List.of(new Cavi(), new Gibbs())) {
      var posterior = engine.run(target, Map.of(), 1, Progress.SILENT);
      assertEquals(1, Summaries.of(posterior, "kind[2]").mean(), 0.01, engine.name());
      assertEquals(2, Summaries.of(posterior, "kind[4]").mean(), 0.01, engine.name());
    }
  }
}
