package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names local to a function that one loop or choice gives and nothing but the result uses.
class FunctionLocalsTest {
  @ParameterizedTest
  @ValueSource(strings = {
      "z : real[A]\n  for i in 1..A { z[i] = 2 * x[i] }\n  return sum(z)",
      "z : real[A]\n  for i in 1..A { if i > 1 { z[i] = 2 * x[i] } else { z[i] = 2 * x[1] } }\n  return sum(z)",
      "s : real\n  if A > 2 { s = 2 * sum(x) } else { s = 0 }\n  return s",
  })
  void areGivenOnce(String body) {
    var ready = Whole.ready("fun f(x : real[A]) : real {\n  " + body + "\n}\ndata x : real[3]\nm : real ~ Flat()\ntarget += m * f(x)\n",
        "{\"x\": [1, 2, 4]}");
    assertEquals(7, ready.program().bind(ready.data()).logDensity(new double[] {0.5}), 1e-12);
  }
}
