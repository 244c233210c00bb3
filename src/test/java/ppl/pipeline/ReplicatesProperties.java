package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.KernelTarget;

/// Replicates of data that several statements observe, in parts that may overlap: the last statement draws an element, what no
/// statement observes stays, and the reference interpreter agrees.
class ReplicatesProperties {
  private static final int N = 4;
  private static final List<String> PARTS = List.of("y ~ Normal(%d, 0.001)", "y[1] ~ Normal(%d, 0.001)", "y[3] ~ Normal(%d, 0.001)",
      "y[2..3] ~ Normal(%d, 0.001)", "for t in 2..N { y[t] ~ Normal(%d, 0.001) }", "y[2..4] ~ MultivariateNormal(rep(%d, 3), diag(rep(1e-6, 3)))");
  private static final List<List<Integer>> ELEMENTS =
      List.of(List.of(1, 2, 3, 4), List.of(1), List.of(3), List.of(2, 3), List.of(2, 3, 4), List.of(2, 3, 4));

  @Property(tries = 30)
  void theLastStatementDraws(@ForAll @IntRange(min = 1, max = 4) int statements, @ForAll long seed) {
    var random = new Random(seed);
    var parts = random.ints(statements, 0, PARTS.size()).toArray();
    var text = "data N : int\ndata y : real[N]\nm : real ~ Normal(0, 1)\n" + IntStream.range(0, statements)
        .mapToObj(i -> PARTS.get(parts[i]).formatted(10 * (i + 1)) + "\n").collect(Collectors.joining());
    var ready = Whole.ready(text, "{\"N\": 4, \"y\": [1, 2, 3, 4]}");
    var compiled = replicate(ready.program().bind(ready.data()).predicting(), seed);
    assertArrayEquals(replicate(ready.program().interpret(ready.data()).predicting(), seed), compiled, 1e-9, text);
    for (int e = 1; e <= N; e++) {
      int element = e;
      var last = IntStream.range(0, statements).filter(i -> ELEMENTS.get(parts[i]).contains(element)).max();
      assertEquals(last.isPresent() ? 10 * (last.getAsInt() + 1) : e, compiled[e - 1], 0.01, text);
    }
  }

  private static double[] replicate(KernelTarget target, long seed) {
    var out = new double[target.outputSize()];
    target.constrain(new double[target.dimension()], new SplittableRandom(seed), out);
    return java.util.Arrays.copyOfRange(out, out.length - N, out.length);
  }
}
