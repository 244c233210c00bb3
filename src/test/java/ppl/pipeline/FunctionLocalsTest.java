package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
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

  /// A local array of a loop is one of each turn, and may be used as a whole when it is full.
  @Test
  void areGivenInEveryTurnOfALoop() {
    var ready = Whole.ready("""
        data x : real[3]
        m : real ~ Flat()
        for i in 1..3 {
          z : real[i]
          for j in 1..i { z[j] = x[i] * j + (j > 1 ? z[j - 1] : 0) }
          target += m * sum(z)
        }
        """, "{\"x\": [1, 2, 4]}");
    assertEquals(0.5 * (1 + 2 * (1 + 3) + 4 * (1 + 3 + 6)), ready.program().bind(ready.data()).logDensity(new double[] {0.5}), 1e-12);
  }
}
