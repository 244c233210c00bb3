package ppl.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class RankCorrelationProperties {
  @Property
  void itIsThatOfAnyRisingFunction(@ForAll @Size(min = 2, max = 30) double[] x) {
    if (Arrays.stream(x).map(v -> v + 0.0).distinct().count() < x.length) return;
    var risen = Arrays.stream(x).map(v -> 0.5 * v).toArray();
    var fallen = Arrays.stream(x).map(v -> -v).toArray();
    assertEquals(1, RankCorrelation.of(new double[][] {x}, new double[][] {risen}), 1e-12);
    assertEquals(-1, RankCorrelation.of(new double[][] {x}, new double[][] {fallen}), 1e-12);
  }

  /// With ties: `cor(c(1, 2, 2, 4), c(3, 1, 4, 5), method = "spearman")` by hand is 2 / sqrt(4.5 * 5) times 1.5.
  @Example
  void tiesShareTheirRank() {
    assertEquals(3 / Math.sqrt(22.5), RankCorrelation.of(new double[][] {{1, 2}, {2, 4}}, new double[][] {{3, 1}, {4, 5}}), 1e-12);
  }
}
