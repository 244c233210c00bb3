package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Counts of 0 where a discrete unknown makes their probability 0: they say nothing, and closed forms hold. Counts above 0
/// say that the unknown is another.
class ZeroMassTest {
  @ParameterizedTest
  @ValueSource(strings = {"Binomial(T, z[i] * p)", "Binomial(T, z[i] * inv_logit(m))", "Poisson(z[i] * exp(m))", "Poisson(z[i] * 2.0)",
      "Binomial(T, 1 - z[i] * p)", "Binomial(T, z[i] * 0.5)", "Binomial(T, 1 - z[i])", "Binomial(T, 1 - 0.5 * z[i])"})
  void closedFormsHold(String law) {
    var y = law.equals("Binomial(T, 1 - z[i])") ? "[0, 4, 4, 0]" : law.startsWith("Binomial(T, 1 -") ? "[2, 4, 4, 3]" : "[2, 0, 0, 3]";
    var ready = Whole.ready("data T : count\ndata y : count[4]\np : unit ~ Beta(2, 2)\nm : real ~ Normal(0, 1)\npsi : unit ~ Beta(1, 1)\n"
        + "z : binary[4] ~ Bernoulli(psi)\nfor i in 1..4 { y[i] ~ " + law + " }\n", "{\"T\": 4, \"y\": " + y + "}");
    var target = ready.program().bind(ready.data());
    var closed = target.conjugate().orElseThrow();
    assertTrue(closed.blocks().stream().anyMatch(b -> b.shape() instanceof ppl.runtime.Block.Discrete), law);
    assertEquals(java.util.List.of(), target.dropped(), law);
  }
}
