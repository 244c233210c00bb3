package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// What is added to the log density in a loop is added in every turn, whether it depends on the turn or not.
class TargetInLoopsProperties {
  private static double density(String text, String data, long seed) {
    var ready = Whole.ready(text, data);
    var target = ready.program().bind(ready.data());
    return target.logDensity(PipelineProperties.position(target, seed));
  }

  @Property(tries = 10)
  void everyTurnCounts(
      @ForAll @IntRange(max = 4) int n, @ForAll @IntRange(max = 3) int m, @ForAll boolean on, @ForAll long seed) {
    var data = "{\"n\": %d, \"m\": %d, \"on\": %d, \"y\": %s}".formatted(n, m, on ? 1 : 0, java.util.Collections.nCopies(n, 1.5));
    var head = "data n : int\ndata m : int\ndata on : binary\ndata y : real[n]\na : real ~ Normal(0, 1)\n";
    var loops = head + """
        for i in 1..n { target += -a^2 }
        for i in 1..n, j in 1..m { if on { target += sin(a) } else { target += i * a } }
        for i in 1..n { b = exp(a)  target += b  for j in 1..m { target += -b * j } }
        for i in 1..n { target += sum(logpdf(Normal(a, 1), y)) }
        """;
    var sums = head + """
        target += -n * a^2
        target += on ? n * m * sin(a) : 0.5 * m * n * (n + 1) * a
        target += n * exp(a) - 0.5 * n * m * (m + 1) * exp(a)
        target += n * sum(logpdf(Normal(a, 1), y))
        """;
    double expected = density(sums, data, seed);
    assertEquals(expected, density(loops, data, seed), 1e-9 * (1 + Math.abs(expected)));
  }
}
