package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ppl.infer.Advi;
import ppl.infer.Engine;
import ppl.infer.Hybrid;
import ppl.infer.Progress;
import ppl.runtime.Posterior;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

/// What integrating blocks out gains, on the hierarchies of `models/`.
class HybridModelsTest {
  private static Posterior run(Engine engine, String model, long seed, Map<String, String> more) throws Exception {
    var ready = ModelsTest.ready(Path.of("models", model));
    var settings = new HashMap<>(Map.of("check", "no", "draws", "500"));
    settings.putAll(more);
    return engine.run(ready.program().bind(ready.data()), settings, seed, Progress.SILENT);
  }

  private static double of(Posterior posterior, String number) {
    return posterior.diagnostics().get(number);
  }

  private static double gradients(Posterior posterior) {
    return of(posterior, "gradients") + of(posterior, "path_evaluations");
  }

  /// With defaults where the scales are all that is left; where group effects are left too, with little noise.
  @ParameterizedTest
  @ValueSource(strings = {"hierarchical_normal", "eight_schools_centered", "hierarchical_logistic"})
  void theBoundOfAdviIsReachedWithAFifthOfTheGradients(String model) throws Exception {
    var quick = Map.of("starts", "1", "family", "meanfield", "noise", "4", "max-noise", "64", "tolerance", "10");
    var advi = run(new Advi(), model, 1, Map.of());
    var hybrid = run(new Hybrid(), model, 1, Map.of());
    var soon = run(new Hybrid(), model, 1, quick);
    double error = Math.hypot(of(advi, "elbo_mcse"), of(hybrid, "elbo_mcse"));
    assertTrue(of(hybrid, "elbo") >= of(advi, "elbo") - 3 * error);
    var fewest = gradients(hybrid) < gradients(soon) ? hybrid : soon;
    assertTrue(of(fewest, "elbo") >= of(advi, "elbo") - 3 * Math.hypot(of(advi, "elbo_mcse"), of(fewest, "elbo_mcse")));
    assertTrue(5 * gradients(fewest) <= gradients(advi), gradients(fewest) + " of " + gradients(advi));
  }

  /// Far out in the scale sums of squares of 1e60 cancel, and what is left of them is no density.
  @Test
  void roundingIsNoMode() throws Exception {
    for (long seed = 1; seed <= 5; seed++) {
      var posterior = run(new Hybrid(), "eight_schools", seed, Map.of("draws", "1000"));
      assertEquals(-31.4, of(posterior, "elbo"), 0.5);
      assertEquals(3.6, Summaries.of(posterior).get(posterior.column("tau")).mean(), 1.5);
    }
  }

  /// Far out in the concentration the normalisers of prior and posterior are the same number, and all else is lost beside it.
  @Test
  void sharesHaveAPosteriorUnderAHeavyTailedConcentration() throws Exception {
    var ready = Whole.ready("""
        data J : int
        data n : count[J]
        data y : count[J]
        mean0 : unit ~ Beta(1, 1)
        conc : real ~ Pareto(1, 1.5)
        p : unit[J] ~ Beta(mean = mean0, concentration = conc)
        y ~ Binomial(n, p)
        """, """
        {"J": 10, "n": [20, 18, 12, 23, 23, 7, 23, 16, 24, 9], "y": [1, 4, 2, 5, 4, 2, 4, 7, 5, 7]}""");
    for (long seed = 1; seed <= 5; seed++) {
      var posterior = new Hybrid().run(ready.program().bind(ready.data()), Map.of("draws", "1000"), seed, Progress.SILENT);
      assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), posterior.verdicts().toString());
      assertEquals(0.29, Summaries.of(posterior).get(posterior.column("mean0")).mean(), 0.05);
    }
  }
}
