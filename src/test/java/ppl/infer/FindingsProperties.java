package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.stats.Psis;

class FindingsProperties {
  /// Weights of all kinds: spread by a scale that may be 0, some of which cannot be used.
  private static Psis weights(int draws, double scale, double lost, long seed) {
    var random = new Random(seed);
    return Psis.of(random.doubles(draws).map(u -> u < lost ? Double.NEGATIVE_INFINITY : scale * random.nextGaussian()).toArray());
  }

  /// What is said of weights has a figure where there is one, and words where there is none.
  @Property(tries = 300)
  void noSentenceHasAnInfiniteFigure(@ForAll @IntRange(min = 1, max = 300) int draws, @ForAll boolean equal,
      @ForAll @DoubleRange(min = 0, max = 5) double scale, @ForAll @DoubleRange(min = 0, max = 1) double lost, @ForAll long seed) {
    var psis = weights(draws, equal ? 0 : scale, lost, seed);
    var said = Findings.sentence(psis.khat());
    assertTrue(!said.contains("Infinity") && !said.contains("NaN"), said);
    assertEquals(Double.isFinite(psis.khat()), said.contains("k-hat"), said);
  }

  /// Files have no number for an infinite k-hat: what draws are worth tells the best weights from those without any use.
  @Property(tries = 50)
  void worthTellsEqualWeightsFromUselessOnes(@ForAll @IntRange(min = 1, max = 300) int draws, @ForAll double height) {
    var equal = new double[draws];
    Arrays.fill(equal, height);
    assertEquals(draws, Psis.of(equal).effectiveSize(), 1e-9 * draws);
    Arrays.fill(equal, Double.NaN);
    assertEquals(0, Psis.of(equal).effectiveSize());
  }
}
