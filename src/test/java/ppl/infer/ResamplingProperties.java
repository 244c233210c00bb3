package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.stats.Psis;

class ResamplingProperties {
  @Property(tries = 100)
  void eachIsChosenItsExpectedNumberOfTimes(
      @ForAll @IntRange(min = 1, max = 300) int n, @ForAll @IntRange(min = 1, max = 500) int count, @ForAll long seed) {
    var random = new Random(seed);
    var psis = Psis.of(random.doubles(n, -2, 2).toArray());
    var chosen = Resampling.choose(psis, count, random);
    var times = new int[n];
    IntStream.of(chosen).forEach(i -> times[i]++);
    for (int i = 0; i < n; i++) {
      assertTrue(Math.abs(times[i] - count * Math.exp(psis.logWeights()[i])) < 1 + 1e-6);
    }
  }
}
