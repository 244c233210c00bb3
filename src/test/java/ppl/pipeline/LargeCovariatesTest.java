package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ppl.infer.Engine;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.runtime.KernelTarget;
import ppl.runtime.Posterior;
import ppl.runtime.Verdict;

/// Covariates as they are measured, so that almost every coefficient that a prior of scale 1 has makes rates beyond all numbers.
class LargeCovariatesTest {
  private static KernelTarget target(String x) {
    var ready = Whole.ready("""
        data N : int
        data x : real[N]
        data y : count[N]
        a : real ~ Normal(0, 2)
        b : real ~ Normal(0, 1)
        y ~ Poisson(log = a + b * x)
        """, Map.of("N", "4", "x", x, "y", "[1, 2, 3, 5]"));
    return ready.program().bind(ready.data());
  }

  private static Posterior run(String engine, KernelTarget target) throws NoStart {
    return Engine.ALL.stream().filter(e -> e.name().equals(engine)).findFirst().orElseThrow().run(target, Map.of(), 1, Progress.SILENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1e4, 2e4, 3e4, 4e4]", "[-300, 300, -600, 600]", "[-900, 300, -250, 1000]", "[-2e6, 3e6, -4e6, 3.5e6]"})
  void theyHaveAPosterior(String x) throws NoStart {
    var nuts = run("nuts", target(x));
    assertEquals(Verdict.Level.TRUSTWORTHY, nuts.level(), () -> "" + nuts.verdicts());
    var advi = run("advi", target(x));
    assertNotEquals(Verdict.Level.NO_POSTERIOR, advi.level(), () -> "" + advi.verdicts());
    var b = ppl.stats.Summaries.of(nuts).get(1);
    assertEquals(b.mean(), ppl.stats.Summaries.of(advi).get(1).mean(), 0.3 * b.sd());
  }
}
