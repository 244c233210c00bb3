package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Functions of a part whose length depends on a loop variable.
class LoopSizedTest {
  @ParameterizedTest
  @CsvSource({"mean, 1.5", "sum, 3", "max, 2", "log_sum_exp, 2.313261687518223", "var, 0.5", "sd, 0.7071067811865476"})
  void reduceRunningParts(String function, double expected) {
    var ready = Whole.ready("""
        data N : int
        data y : real[N]
        m : real ~ Normal(0, 1)
        y ~ Normal(m, 1)
        z = [%s([x * exp(m) for x in 1..N][1..t]) for t in 2..N]
        """.formatted(function), "{\"N\": 3, \"y\": [1, 2, 3]}");
    var target = ready.program().bind(ready.data());
    var out = new double[target.outputSize()];
    target.constrain(new double[] {0}, RandomGenerator.of("L64X128MixRandom"), out);
    assertEquals(expected, out[1], 1e-12);
  }

  /// A range that depends on a variable before it, over i = 1, 2, 3, j to i and k from j to 2, of x = i + j / 10 + k / 100.
  @ParameterizedTest
  @CsvSource({"sum, 18.13", "prod, 385.729759848", "min, 1.11", "max, 3.22",
      "log_sum_exp, 4.62479109541", "norm, 6.79237072015", "any, 1", "all, 1"})
  void reduceTriangles(String function, double expected) {
    boolean truth = function.equals("any") || function.equals("all");
    var ready = Whole.ready("""
        data N : int
        m : real ~ Normal(0, 1)
        z = m + %s(i in 1..N, j in 1..i, k in j..2 : %s)
        """.formatted(function, truth ? "i + j + k > 2" : "i + j / 10 + k / 100 + m"), "{\"N\": 3}");
    var target = ready.program().bind(ready.data());
    var out = new double[target.outputSize()];
    target.constrain(new double[] {0}, RandomGenerator.of("L64X128MixRandom"), out);
    assertEquals(expected, out[1], 1e-9);
  }
}
