package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Distribution functions where a part of the law has none of its mass below, or above: its log is negative infinity and
/// steeper than any number, and says nothing of the whole.
class TailsAtEndsTest {
  @ParameterizedTest
  @ValueSource(strings = {
      "cdf(mixture([p, 1 - p], Uniform(0, s), Uniform(-1, s)), 0)",
      "cdf(mixture([p, 1 - p], Uniform(0, s), Uniform(0, 2 * s)), 0)",
      "logccdf(mixture([p, 1 - p], Uniform(-s, 0), Uniform(-s, 1)), 0)",
      "cdf(mixture(rep(0.5, 2), k in 1..2 : Uniform(1 - k, s)), 0)",
      "cdf(zero_inflated(p, Uniform(0, s)), 0)"})
  void slopesAreNumbers(String value) {
    var ready = Whole.ready("s : positive ~ Gamma(2, 2)\np : unit ~ Beta(2, 2)\ntarget += " + value + "\n", "{}");
    var random = new Random(1);
    for (int n = 0; n < 5; n++) {
      var q = random.doubles(2, -1, 1).toArray();
      for (var target : new ppl.runtime.Target[] {ready.program().bind(ready.data()), ready.program().interpret(ready.data())}) {
        var g = new double[2];
        assertTrue(Double.isFinite(target.gradient(q, g)), value);
        for (int i = 0; i < 2; i++) {
          var up = q.clone();
          var down = q.clone();
          up[i] += 1e-5;
          down[i] -= 1e-5;
          assertEquals((target.logDensity(up) - target.logDensity(down)) / 2e-5, g[i], 1e-6, value);
        }
      }
    }
  }
}
