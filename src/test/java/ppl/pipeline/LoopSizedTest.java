package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Functions of a part whose length depends on a loop variable.
class LoopSizedTest {
  /// Enough turns for tiles, whose loops over lanes stand in other variables.
  @ParameterizedTest
  @ValueSource(strings = {
      "for i in 1..N { y[i] ~ Normal(sum(faded(exp(r * x[max(1, i - 3)..i]), r)), exp(r * x[i])) }",
      "for i in 1..N { w = sort(r * x[max(1, i - len[i])..i])\n y[i] ~ Normal(log(1 + exp(dot(w, w))), 1) }",
      "for i in 1..N { for j in 1..3 { y[i] ~ Normal(exp(r) * sum(softmax(r * x[1..j])), exp(r * x[i])) } }",
      "m : real[N]\nfor i in 1..N { m[i] = exp(r * x[i]) + sum(cumulative_sum(r * x[i..min(N, i + len[i])])) }\ny ~ Normal(m, 1)",
  })
  void loopsInTiles(String loop) {
    int n = 300;
    var ready = Whole.ready("""
        fun faded(x : real[A], r : real) : real[A] {
          s : real[A]
          s[1] = x[1]
          for i in 2..A { s[i] = inv_logit(r) * s[i - 1] + x[i] }
          return s
        }
        data N : int
        data len : int[N]
        data x : real[N]
        data y : real[N]
        r : real ~ Normal(0, 1)
        """ + loop + "\n", Map.of("N", "" + n, "len", list(n, i -> i % 5), "x", list(n, i -> Math.sin(i)), "y", list(n, i -> Math.cos(i))));
    var gradient = new double[1];
    var expected = new double[1];
    var q = new double[] {0.3};
    double density = ready.program().interpret(ready.data()).gradient(q, expected);
    assertEquals(density, ready.program().bind(ready.data()).gradient(q, gradient), 1e-10 * Math.abs(density));
    assertEquals(expected[0], gradient[0], 1e-10 * Math.abs(expected[0]));
  }

  private static String list(int n, IntFunction<Object> element) {
    return IntStream.range(0, n).mapToObj(element).toList().toString();
  }

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
