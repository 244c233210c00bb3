package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import ppl.Models;
import ppl.infer.Conjugates;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.runtime.ClosedSides;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Which method `auto` takes, and what it says of it.
class MethodsTest {
  private static Methods.Answer auto(Target target) throws NoStart {
    return Methods.run(Methods.AUTO, Map.of(), target, 1, Progress.SILENT);
  }

  @Test
  void aRegressionIsExact() throws NoStart {
    var rows = Conjugates.Rows.random(20, 2, 0.7, 1, 1);
    var answer = auto(Conjugates.regression(rows, 3, 2, 1, false).target());
    assertEquals("exact", answer.posterior().method());
    assertEquals("beta normal, tau by quadrature", answer.reason());
  }

  @Test
  void aClearMixtureIsClosedForm() throws NoStart {
    var r = new Random(2);
    var y = new double[90];
    for (int i = 0; i < y.length; i++) y[i] = (i % 3 == 0 ? -20 : 20) + r.nextGaussian();
    var answer = auto(Conjugates.mixture(y, 2, 50, 2, 2, 1).target());
    assertEquals("cavi", answer.posterior().method());
    assertEquals("mu normal, tau, w in closed form, z by probabilities", answer.reason());
  }

  @Test
  void aRandomWalkIsIntegratedOut() throws NoStart {
    var r = new Random(3);
    var y = new double[30];
    for (int i = 1; i < y.length; i++) y[i] = y[i - 1] + r.nextGaussian();
    var answer = auto(Conjugates.localLevel(y).target());
    assertEquals("hybrid", answer.posterior().method());
    assertEquals("x normal, precision by gradients", answer.reason());
    assertEquals(Verdict.Level.TRUSTWORTHY, answer.posterior().level());
  }

  /// Clusters on top of one another, with discrete unknowns: only long chains can tell.
  @Test
  void discreteUnknownsEndWithGibbs() throws NoStart {
    var r = new Random(4);
    var y = new double[40];
    for (int i = 0; i < y.length; i++) y[i] = (i % 4 == 0 ? -1.5 : 1.5) + r.nextGaussian();
    var answer = auto(Conjugates.mixture(y, 3, 5, 2, 2, 1).target());
    assertEquals("gibbs", answer.posterior().method());
    assertTrue(answer.reason().matches("cavi was .*"), answer.reason());
  }

  @Test
  void whatCannotRunSaysWhy() {
    var target = Conjugates.localLevel(new double[] {1, 2, 3}).target();
    var refused = assertThrows(NoStart.class, () -> Methods.run("exact", Map.of(), target, 1, Progress.SILENT));
    assertTrue(refused.getMessage().startsWith("--method exact cannot run this model: more than one number"),
        refused.getMessage());
    assertThrows(NoStart.class, () -> Methods.run("nuts", Map.of(), target, 1, Progress.SILENT));
  }

  @Test
  void namesAreUnique() {
    var docs = Methods.docs();
    assertTrue(docs.keySet().containsAll(List.of("auto", "exact", "cavi", "hybrid", "gibbs",
        "fullrank")));
    assertTrue(docs.get("fullrank").startsWith("advi"));
    assertTrue(docs.get("meanfield").startsWith("advi"));
  }

  @Test
  void closedFormsThatAreNotUsedAreNamed() throws NoStart {
    var dropping = new ClosedSides((_, _, _) -> new ClosedSides.Made(Optional.empty(), List.of("alpha", "beta")));
    var answer = auto(Models.compile("mu : real ~ Normal(0, 1)").bind(Map.of()).with(dropping));
    assertEquals("advi", answer.posterior().method());
    var said = answer.posterior().verdicts().getLast();
    assertTrue(said.sentence().contains("the closed form of alpha, beta could not be confirmed"), said.sentence());
    assertEquals(Verdict.Level.TRUSTWORTHY, answer.posterior().level());
    assertEquals(2, answer.posterior().diagnostics().get("uncertified_unknowns"));
  }
}
