package ppl.pipeline;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Gradients of recurrences wherever they stand: an iteration that needs the one before it is not one of a plate.
class RecurrenceTest {
  @ParameterizedTest
  @ValueSource(strings = {
      "h[1] = u[1]\nfor t in 2..4 { h[t] = sin(h[t - 1] * u[t]) + h[t - 1] }\ntarget += h[4] * h[2]",
      "h[1, ] = u\nfor t in 2..4, i in 1..4 { h[t, i] = sin(h[t - 1, i] * u[t]) + sum(h[t - 1]) }\ntarget += h[4, 2] * h[2, 1]",
      "target += faded(u, u[2])[4] * u[1]",
      "for i in 1..3 { target += sin(i * faded(u, u[i])[4]) }",
      "target += sum(sin([faded(u * i, u[3])[3] for i in 1..3]))",
      "b : real[4]\nb[1] ~ Normal(0, 1)\nfor t in 2..4 { b[t] ~ truncated(Normal(u[t], 1), lower = b[t - 1]) }",
      "for i in 1..2 { w : real[3] w[1] = u[i] for k in 2..3 { w[k] = sin(w[k - 1] * u[k]) + w[k - 1] } target += w[3]^2 }",
      "h : real[2]\nfor i in 1..2 { w : real[3] w[1] = u[i] for k in 2..3 { w[k] = sin(w[k - 1] * u[k]) + w[k - 1] } h[i] = w[3] }\n"
          + "target += h[1] * h[2]"})
  void runsBackwards(String statements) {
    var declared = statements.startsWith("h[1, ]") ? "h : real[4, 4]\n" : statements.startsWith("h[") ? "h : real[4]\n" : "";
    var ready = Whole.ready("""
        fun faded(x : real[A], r : real) : real[A] {
          s : real[A]
          s[1] = x[1]
          for i in 2..A { s[i] = inv_logit(r) * s[i - 1] + x[i] }
          return s
        }
        u : real[4] ~ Normal(0, 1)
        """ + declared + statements + "\n", Map.of());
    var target = ready.program().bind(ready.data());
    for (long seed = 1; seed <= 5; seed++) Differences.check(target, PipelineProperties.position(target, seed));
  }
}
