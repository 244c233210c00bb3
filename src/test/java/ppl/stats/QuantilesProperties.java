package ppl.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class QuantilesProperties {
  @Property
  void quantilesAreOrderedAndWithinTheData(
      @ForAll @Size(min = 1, max = 30) List<@DoubleRange(min = -100, max = 100) Double> x,
      @ForAll @DoubleRange(min = 0, max = 1) double p, @ForAll @DoubleRange(min = 0, max = 1) double r) {
    var values = x.stream().mapToDouble(Double::doubleValue).toArray();
    double low = Quantiles.of(values, Math.min(p, r));
    double high = Quantiles.of(values, Math.max(p, r));
    assertTrue(low <= high);
    assertTrue(low >= Arrays.stream(values).min().orElseThrow() && high <= Arrays.stream(values).max().orElseThrow());
  }

  @Property
  void momentsShiftAndScale(@ForAll @Size(min = 2, max = 30) List<@DoubleRange(min = -100, max = 100) Double> x) {
    var values = x.stream().mapToDouble(Double::doubleValue).toArray();
    var moved = Arrays.stream(values).map(v -> 3 * v + 1e6).toArray();
    assertEquals(3 * Quantiles.mean(values) + 1e6, Quantiles.mean(moved), 1e-8);
    assertEquals(3 * Quantiles.sd(values), Quantiles.sd(moved), 1e-6);
  }

  /// Type 1 of Hyndman and Fan: the inverse of the empirical distribution function.
  @Property
  void amongWholeNumbersAQuantileIsTheFirstWithItsShare(@ForAll @Size(min = 1, max = 40) List<@IntRange(min = 0, max = 9) Integer> x,
      @ForAll @DoubleRange(min = 0.01, max = 1) double p) {
    var sorted = x.stream().mapToDouble(Integer::doubleValue).sorted().toArray();
    double q = Quantiles.amongSorted(sorted, p);
    assertTrue(x.contains((int) q));
    assertTrue(Arrays.stream(sorted).filter(v -> v <= q).count() >= p * sorted.length - 1e-6);
    assertTrue(Arrays.stream(sorted).filter(v -> v < q).count() < p * sorted.length + 1e-6);
    assertEquals(5, Quantiles.amongSorted(java.util.stream.IntStream.rangeClosed(1, 100).asDoubleStream().toArray(), 0.05));
  }

  @Example
  void interpolates() {
    assertEquals(1.15, Quantiles.of(new double[] {4, 1, 2, 3}, 0.05), 1e-12);
    assertEquals(2.5, Quantiles.of(new double[] {4, 1, 2, 3}, 0.5), 1e-12);
    assertTrue(Double.isNaN(Quantiles.of(new double[0], 0.5)));
  }
}
