package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// What a gradient keeps of a sum to use it again is computed where the program computes it, or can be computed anywhere.
class KeptProperties {
  private static final List<String> BEHIND_CHOICES = List.of(
      // dear data behind a count of 0
      "for i in 1..N { n[i] ~ Multinomial(sum(n[i]), logits = tanh(u .* log(w[i])) * u[1]) }",
      // an array that is set behind choices
      """
      m : real[K]
      for k in 1..K { if w[1, k] > 0.5 { m[k] = exp(w[1, k]) } else { m[k] = u[k] } }
      target += -log(1 + sum(k in 1..K : w[1, k] > 0.5 ? exp(u[k] * m[k]) : 0))
      target += sum(k in 1..K : w[1, k] > 0.5 ? -exp(u[k] * m[k]) : -u[k]^2)
      """,
      // a division that only the choice allows
      "target += -log(1 + sum(k in 1..K : n[1, k] == 0 ? 0 : exp(u[k] * (6 div n[1, k]))))",
      "target += -log(1 + sum(i in 1..N : sum(k in 1..K : n[i, k] == 0 ? 0 : log(1 + sum(l in 1..K : exp(u[l] * w[i, k]))))))");

  @Property(tries = 40)
  void whatStandsBehindChoicesStaysThere(@ForAll long seed) {
    var r = new Random(seed);
    int rows = 1 + r.nextInt(4);
    int columns = 2 + r.nextInt(3);
    var n = IntStream.range(0, rows).mapToObj(i -> r.ints(columns, 0, 3).toArray()).map(Arrays::toString).toList();
    var w = IntStream.range(0, rows).mapToObj(i -> r.doubles(columns, 0.1, 1).toArray()).map(Arrays::toString).toList();
    var ready = Whole.ready("data N : int\ndata K : int\ndata n : count[N, K]\ndata w : positive[N, K]\nu : real[K] ~ Normal(0, 1)\n"
        + BEHIND_CHOICES.get(r.nextInt(BEHIND_CHOICES.size())) + "\n",
        Map.of("N", "" + rows, "K", "" + columns, "n", "" + n, "w", "" + w));
    var compiled = ready.program().bind(ready.data());
    var interpreted = ready.program().interpret(ready.data());
    var q = r.doubles(columns, -1, 1).toArray();
    var a = new double[columns];
    var b = new double[columns];
    assertEquals(interpreted.gradient(q, a), compiled.gradient(q, b), 1e-10);
    assertArrayEquals(a, b, 1e-10);
    for (int k = 0; k < columns; k++) {
      var up = q.clone();
      var down = q.clone();
      up[k] += 1e-5;
      down[k] -= 1e-5;
      assertEquals((interpreted.logDensity(up) - interpreted.logDensity(down)) / 2e-5, a[k], 1e-6 * (1 + Math.abs(a[k])));
    }
  }
}
