package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

class LaplaceTest {
  @Property(tries = 25)
  void exactOnNormals(@ForAll @IntRange(min = 1, max = 30) int d,
      @ForAll @DoubleRange(min = 0, max = 8) double decades, @ForAll long seed) throws NoStart {
    var g = Gaussians.rotated(d, decades, seed);
    var posterior = new Laplace().run(g.target(), Map.of("draws", "200"), seed, Progress.SILENT);
    var s = Summaries.of(posterior);
    for (int i = 0; i < d; i++) {
      assertEquals(0, (posterior.mode().orElseThrow()[i] - g.mean()[i]) / g.sd(i), 1e-3);
      assertEquals(1, s.get(i).sd() / g.sd(i), 0.01);
    }
    double evidence = 0.5 * (d * Math.log(2 * Math.PI) - decades * Math.log(10) * (d == 1 ? 0 : d / 2.0));
    assertEquals(evidence, posterior.diagnostics().get("log_evidence"), 1e-2);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
  }

  @Example
  void aDensityWithoutMaximumIsNotToBeUsed() throws NoStart {
    var flat = Models.plain(2, (q, g) -> {
      g[0] = -q[0];
      g[1] = 0;
      return -0.5 * q[0] * q[0];
    });
    // the density of centred schools has a pole, and is integrable
    Map.of(Models.eightSchoolsCentred(), "No maximum", flat, "There is no posterior").forEach((target, words) -> {
      try {
        var posterior = new Laplace().run(target, Map.of(), 1, Progress.SILENT);
        assertEquals("not to be used", posterior.level().words());
        assertTrue(posterior.verdicts().getFirst().sentence().contains(words), () -> posterior.verdicts().toString());
      } catch (NoStart e) {
        throw new AssertionError(e);
      }
    });
  }

  @Example
  void theHigherOfTwoModes() throws NoStart {
    var posterior = new Laplace().run(AdviProperties.bimodal(0.2), Map.of("starts", "20"), 3, Progress.SILENT);
    assertEquals(5, posterior.mode().orElseThrow()[0], 1e-3);
  }
}
