package ppl.family;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import ppl.family.Family.Event;
import ppl.runtime.Block;
import ppl.runtime.Statistic;

/// Families against values of 60-digit arithmetic (`reference.csv`, written by `reference.py`), and which there are.
class FamiliesTest {
  private static final Map<String, Family> FAMILIES = Map.of(
      "gamma", new Gamma(),
      "inverse gamma", new InverseGamma(),
      "beta", new Beta(),
      "truncated normal", new TruncatedNormal(),
      "inverse gaussian", new GeneralizedInverseGaussian(),
      "scale", new Interval(List.of(new Statistic.Power(-2), Statistic.LOG, Statistic.SQUARE)),
      "quartic", new Interval(List.of(Statistic.VALUE, Statistic.SQUARE, new Statistic.Power(4))),
      "inside", new Interval(List.of(Statistic.LOG, new Statistic.Log1m(), Statistic.VALUE)));

  @Test
  void agreeWithTheReference() throws IOException {
    try (var in = FamiliesTest.class.getResourceAsStream("reference.csv");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      var lines = reader.lines().toList();
      assertEquals(FAMILIES.keySet(), lines.stream().map(l -> l.split(";")[0]).collect(Collectors.toSet()));
      assertAll(lines.stream().map(l -> (Executable) () -> check(l)));
    }
  }

  private static void check(String line) {
    var fields = line.split(";", -1);
    var family = FAMILIES.get(fields[0]);
    var eta = numbers(fields[1]);
    var bounds = numbers(fields[2]);
    var event = new Event(1, bounds[0], bounds[1]);
    assertTrue(family.objection(eta, event).isEmpty(), line);
    var m = new double[eta.length];
    double log = family.solve(eta, event, m);
    // What cancels in the definition of the log normaliser cannot be more accurate than its terms.
    double size = 1;
    var moments = numbers(fields[4]);
    for (int k = 0; k < m.length; k++) size = Math.max(size, Math.abs(eta[k] * moments[k]));
    close(fields[3], log, 1e-13, size, line + " log normaliser");
    double sd = Double.parseDouble(fields[7]);
    for (int k = 0; k < m.length; k++) close(moments[k], m[k], 1e-11, 1e-3, line + " moment " + k);
    close(fields[5], family.entropy(eta, event, m, log), 1e-11, 1, line + " entropy");
    close(fields[6], family.mean(eta, event, 0), 1e-11, sd < Double.POSITIVE_INFINITY ? sd : 0, line + " mean");
    close(fields[7], family.sd(eta, event, 0), 1e-8, 0, line + " sd");
    var quantiles = numbers(fields[8]);
    for (int k = 0; k < quantiles.length; k++)
      close(quantiles[k], family.quantile(eta, event, 0, k == 0 ? 0.05 : 0.95), 1e-11, sd, line + " quantile");
  }

  private static double[] numbers(String field) {
    return Arrays.stream(field.split(" ")).filter(s -> !s.isEmpty()).mapToDouble(Double::parseDouble).toArray();
  }

  private static void close(String expected, double actual, double tolerance, double size, String what) {
    close(Double.parseDouble(expected), actual, tolerance, size, what);
  }

  private static void close(double expected, double actual, double tolerance, double size, String what) {
    if (expected == actual) return;
    assertEquals(expected, actual, tolerance * Math.max(Math.abs(expected), size), what);
  }

  @Test
  void whatHasNoDistributionIsSaidToHaveNone() {
    var positive = new Event(1, 0, Double.POSITIVE_INFINITY);
    var line = new Event(1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
    assertTrue(new Gamma().objection(new double[] {-1, -1.2}, positive).orElseThrow().contains("shape would be -0.2"));
    assertTrue(new Gamma().objection(new double[] {0.5, 1}, positive).orElseThrow().contains("rate"));
    assertTrue(new Normal().objection(new double[] {1, 0}, line).isPresent());
    assertTrue(new Normal().objection(new double[] {1, Double.NaN}, line).isPresent());
    assertTrue(new Beta().objection(new double[] {1, -1}, new Event(1, 0, 1)).isPresent());
    assertTrue(new TruncatedNormal().objection(new double[] {1, 0}, positive).isPresent());
    assertTrue(new TruncatedNormal().objection(new double[] {1, 2}, positive).isPresent());
    assertTrue(new TruncatedNormal().objection(new double[] {1, 2}, new Event(1, 0, 2)).isEmpty());
    var scale = FAMILIES.get("scale");
    assertTrue(scale.objection(new double[] {-1, -0.5, 0}, positive).orElseThrow().contains("Infinity"));
    assertTrue(scale.objection(new double[] {0, -2, -1}, positive).isPresent());
    assertTrue(scale.objection(new double[] {0, 2, -1}, positive).isEmpty());
    assertTrue(new Wishart().objection(new double[] {3, -1, 2, 2, -1}, new Event(2, 0, 0)).orElseThrow()
        .contains("positive definite"));
    assertTrue(new Wishart().objection(new double[] {-1, -1, 0, 0, -1}, new Event(2, 0, 0)).isPresent());
  }

  @Test
  void everySetOfStatisticsOfANumberHasAFamily() {
    var scalar = Block.Space.SCALAR;
    assertEquals(new Gamma(), Families.find(scalar, List.of(Statistic.LOG, Statistic.VALUE), false).orElseThrow());
    assertEquals(new Gamma(), Families.find(scalar, List.of(Statistic.LOG), false).orElseThrow());
    assertEquals(new InverseGamma(), Families.find(scalar, List.of(Statistic.RECIPROCAL), false).orElseThrow());
    assertEquals(new Normal(), Families.find(scalar, List.of(Statistic.VALUE), false).orElseThrow());
    assertEquals(new Beta(), Families.find(scalar, List.of(new Statistic.Log1m()), false).orElseThrow());
    assertEquals(new TruncatedNormal(), Families.find(scalar, List.of(Statistic.SQUARE), true).orElseThrow());
    var gig = List.<Statistic>of(Statistic.VALUE, Statistic.LOG, Statistic.RECIPROCAL);
    assertEquals(new GeneralizedInverseGaussian(), Families.find(scalar, gig, false).orElseThrow());
    assertEquals(new Interval(gig), Families.find(scalar, gig, true).orElseThrow());
    assertEquals(new Pareto(), Families.scalar(List.of(Statistic.LOG), new Event(1, 2, Double.POSITIVE_INFINITY))
        .orElseThrow());
    assertFalse(Families.find(scalar, List.of(new Statistic.Indicator()), false).isPresent());
    assertFalse(Families.find(Block.Space.SIMPLEX, List.of(Statistic.LOG, Statistic.VALUE), false).isPresent());
    var both = List.of(new Statistic.Inverse(), Statistic.VALUE);
    assertFalse(Families.find(Block.Space.COVARIANCE, both, false).isPresent());
    assertEquals(Set.of(new Wishart(), new InverseWishart()), Set.of(
        Families.find(Block.Space.COVARIANCE, List.of(Statistic.VALUE), false).orElseThrow(),
        Families.find(Block.Space.COVARIANCE, List.of(new Statistic.Inverse()), false).orElseThrow()));
  }
}
