package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ppl.infer.Cavi;
import ppl.infer.Engine;
import ppl.infer.Exact;
import ppl.infer.Gibbs;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.runtime.Posterior;
import ppl.runtime.Verdict;

/// Modes that are not copies of each other: an answer about one of them is not called trustworthy. Of 16 starts all but one
/// in 30,000 sets meet both of two modes.
class ModesTest {
  private static final String MIXTURE = """
      data y : real[12]
      mu : real[2] ~ Normal(%s, 3)
      w : simplex[2] ~ Dirichlet(%s)
      z : int[12] ~ Categorical(w)
      y ~ Normal(mu[z], 0.5)
      """;
  private static final String PRODUCT = "data y : real[4]\na : real ~ Normal(%s, 1)\nb : real ~ Normal(0, 1)\ny ~ Normal(a * b, 0.2)\n";
  private static final Map<String, String> TWO_GROUPS =
      Map.of("y", "[-1.988, -1.227, 2.273, 1.747, -2.091, -1.73, -1.032, -2.135, 1.878, -1.499, 1.854, 2.29]");
  private static final Map<String, String> NEAR_ONE = Map.of("y", "[0.9, 1.2, 0.8, 1.05]");

  private static Posterior run(Engine engine, String model, Map<String, String> data) throws NoStart {
    var ready = Whole.ready(model, data);
    var settings = engine.name().equals("cavi") ? Map.of("draws", "200") : Map.of("draws", "500");
    return engine.run(ready.program().bind(ready.data()), settings, 1, Progress.SILENT);
  }

  @Test
  void modesOfOtherHeightsAreTold() throws NoStart {
    for (var engine : List.of(new Cavi(), new Gibbs())) {
      var mixture = run(engine, MIXTURE.formatted("[-0.5, 0.5]", "[2, 3]"), TWO_GROUPS);
      var product = run(engine, PRODUCT.formatted("0.3"), NEAR_ONE);
      for (var posterior : List.of(mixture, product))
        assertNotEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), engine.name() + posterior.verdicts());
    }
    var told = run(new Cavi(), PRODUCT.formatted("0.3"), NEAR_ONE).verdicts();
    assertTrue(told.getFirst().sentence().startsWith("Another start led to a different solution of nearly the same height (0."), told.toString());
  }

  /// A scale with two narrow modes is integrated over both, wherever the search for one begins; references are by a fine grid.
  @Test
  void allModesOfANumberThatIsIntegratedOutCount() throws NoStart {
    narrow("LogNormal(-2, 0.02)", "LogNormal(2, 0.02)", -11.51025);
    narrow("LogNormal(-3, 0.05)", "LogNormal(3, 0.05)", -14.07668);
    narrow("LogNormal(-6, 0.1)", "LogNormal(2, 0.1)", -12.04750);
  }

  private static void narrow(String one, String other, double evidence) throws NoStart {
    var model = """
        data y : real[3]
        s : positive ~ mixture([0.5, 0.5], %s, %s)
        m : real ~ Normal(0, 10)
        y ~ Normal(m, s * [1, 10, 0.1])
        """.formatted(one, other);
    var posterior = run(new Exact(), model, Map.of("y", "[0.1, 3.0, 0.6]"));
    assertEquals(evidence, posterior.diagnostics().get("log_evidence"), 2e-4);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
  }

  @Test
  void copiesAreNot() throws NoStart {
    var mixture = run(new Gibbs(), MIXTURE.formatted("0", "[2, 2]"), TWO_GROUPS);
    assertEquals(Verdict.Level.TRUSTWORTHY, mixture.level(), mixture.verdicts().toString());
    var told = run(new Cavi(), PRODUCT.formatted("0"), NEAR_ONE).verdicts();
    assertTrue(told.stream().noneMatch(v -> v.sentence().startsWith("Another start")), told.toString());
  }
}
