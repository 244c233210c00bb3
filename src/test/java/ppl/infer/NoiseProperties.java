package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.math.DenseMatrix;

class NoiseProperties {
  @Property(tries = 100)
  void momentsAreExactWithAsManyPairsAsCoordinates(
      @ForAll @IntRange(min = 1, max = 20) int d, @ForAll @IntRange(max = 40) int extra, @ForAll long seed) {
    var noise = Noise.of(new Random(seed), d + extra, d);
    assertTrue(noise.exact());
    assertArrayEquals(DenseMatrix.identity(d), noise.moments(), 1e-9);
  }

  @Property(tries = 100)
  void variancesAreExactWithFewer(
      @ForAll @IntRange(min = 10, max = 40) int d, @ForAll @IntRange(min = 1, max = 9) int pairs, @ForAll long seed) {
    var c = Noise.of(new Random(seed), pairs, d).moments();
    for (int i = 0; i < d; i++) assertEquals(1, c[i * d + i], 1e-12);
  }
}
