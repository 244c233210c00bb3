package ppl.family;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import ppl.family.Family.Event;
import ppl.runtime.Statistic;

/// Families by quadrature: what is known of their peaks, and that all of these count.
class IntervalProperties {
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Chart POSITIVE = new Chart(0, INF);
  private static final List<Statistic> POWERS = List.of(new Statistic.Power(-2), Statistic.RECIPROCAL, Statistic.LOG,
      new Statistic.Power(0.5), Statistic.VALUE, Statistic.SQUARE);
  private static final List<Statistic> QUARTIC =
      List.of(Statistic.VALUE, Statistic.SQUARE, new Statistic.Power(3), new Statistic.Power(4));

  private static int peaks(Interval.Density f) {
    int peaks = 0;
    double h = 1e-2;
    for (double u = -15; u < 15; u += h) if (f.at(u) > f.at(u - h) && f.at(u) > f.at(u + h)) peaks++;
    return peaks;
  }

  /// With any signs, those that rise without end among them.
  @Property(tries = 300)
  void whatIsKnownToHaveOnePeakHasNoOther(
      @ForAll @Size(6) List<@DoubleRange(min = -3, max = 3) Double> eta) {
    var f = new Interval.Density(POWERS, eta.stream().mapToDouble(e -> e).toArray(), POSITIVE);
    if (f.single()) assertTrue(peaks(f) <= 1);
  }

  /// Those of standard deviations: any number of normal values, and a prior that falls off.
  @Property(tries = 100)
  void aScaleIsKnownToHaveOnePeak(@ForAll @DoubleRange(min = -1000, max = 10) double log, @ForAll @DoubleRange(min = 0, max = 1e6) double squares,
      @ForAll @DoubleRange(min = 0, max = 100) double rate, @ForAll @DoubleRange(min = 0, max = 100) double square) {
    assertTrue(new Interval.Density(POWERS, new double[] {-squares, 0, log, 0, -rate, -square}, POSITIVE).single());
  }

  /// -height (x - 2)^2 (x - 2 - apart)^2 but for a constant, by a grid.
  @Property(tries = 60)
  void bothPeaksCount(@ForAll @DoubleRange(min = 1, max = 3) double apart, @ForAll @DoubleRange(min = 10, max = 1000) double height) {
    double a = 2;
    double b = 2 + apart;
    var eta = new double[] {2 * height * a * b * (a + b), -height * ((a + b) * (a + b) + 2 * a * b), 2 * height * (a + b), -height};
    var f = new Interval.Density(QUARTIC, eta, POSITIVE);
    assertFalse(f.single());
    var moments = new double[4];
    double log = new Interval(QUARTIC).solve(eta, new Event(1, 0, INF), moments);
    double h = 1e-4;
    double sum = 0;
    double mean = 0;
    double constant = height * a * a * b * b;
    for (double x = h; x < 8; x += h) {
      double w = Math.exp(-height * (x - a) * (x - a) * (x - b) * (x - b));
      sum += w * h;
      mean += x * w * h;
    }
    assertEquals(Math.log(sum), log - constant, 1e-12 * constant + 1e-7);
    assertEquals(mean / sum, moments[0], 1e-6);
  }
}
