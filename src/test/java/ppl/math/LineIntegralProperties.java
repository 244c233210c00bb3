package ppl.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

/// Integrals of exp f over the line.
class LineIntegralProperties {
  /// A normal density that cannot be had beyond `cut` standard deviations.
  private static LineIntegral.LogDensity hidden(double mean, double sd, double cut, boolean left) {
    return u -> {
      double z = (u - mean) / sd;
      return (left ? z < -cut : z > cut) ? Double.NaN : -0.5 * z * z;
    };
  }

  @Property(tries = 100)
  void whatCannotBeHadIsNotLeftOut(@ForAll @DoubleRange(min = -3, max = 3) double mean,
      @ForAll @DoubleRange(min = 0.01, max = 3) double sd, @ForAll @DoubleRange(min = 0.5, max = 3) double cut, @ForAll boolean left) {
    assertEquals(LineIntegral.End.ROUGH, LineIntegral.near(hidden(mean, sd, cut, left), mean).end());
  }

  @Property(tries = 100)
  void whatIsNegligibleMayBeLeftOut(@ForAll @DoubleRange(min = -3, max = 3) double mean,
      @ForAll @DoubleRange(min = 0.01, max = 3) double sd, @ForAll @DoubleRange(min = 7, max = 20) double cut, @ForAll boolean left) {
    var integral = LineIntegral.near(hidden(mean, sd, cut, left), mean);
    assertTrue(integral.proper());
    assertEquals(Math.log(sd * Math.sqrt(2 * Math.PI)), integral.log(), 1e-6);
  }

  /// -(p(u) - y)^2 / (2 s^2), with a tilt: as many peaks as p(u) = y has roots, as narrow as s.
  private static LineIntegral.LogDensity quartic(double y, double s, double tilt) {
    return u -> -0.5 * (u * u - y) * (u * u - y) / (s * s) - 0.5 * (u - tilt) * (u - tilt);
  }

  private static LineIntegral.LogDensity sextic(double y, double s, double tilt) {
    return u -> -0.5 * (u * u * u - 3 * u - y) * (u * u * u - 3 * u - y) / (s * s) - 0.5 * (u - tilt) * (u - tilt);
  }

  private static LineIntegral.LogDensity mixture(double y, double s, double share) {
    return u -> LogSpace.log_sum_exp(share - 0.5 * (u - y) * (u - y) / (s * s), -0.5 * (u + y) * (u + y) / (4 * s * s));
  }

  /// By a grid as fine as s.
  private static void agrees(LineIntegral.LogDensity f, double reach, double s) {
    agrees(LineIntegral.of(f), f, reach, s);
  }

  private static void agrees(LineIntegral integral, LineIntegral.LogDensity f, double reach, double s) {
    assertEquals(LineIntegral.End.WHOLE, integral.end());
    int n = (int) Math.min(2e6, 40 * reach / s);
    double h = 2 * reach / n;
    var v = new double[n + 1];
    double top = Double.NEGATIVE_INFINITY;
    for (int k = 0; k <= n; k++) top = Math.max(top, v[k] = f.at(-reach + k * h));
    double sum = 0;
    double mean = 0;
    for (int k = 0; k <= n; k++) {
      double w = Math.exp(v[k] - top);
      sum += w;
      mean += w * (-reach + k * h);
    }
    assertEquals(Math.log(sum * h) + top, f.at(integral.mode()) + integral.log(), 1e-7);
    assertEquals(mean / sum, integral.mean(integral.u()), 1e-6);
    double q = integral.quantile(f, 0.3);
    double below = 0;
    for (int k = 0; k <= n && -reach + k * h < q; k++) below += Math.exp(v[k] - top);
    assertEquals(0.3, below / sum, 0.05);
    assertEquals(0.3, below(integral, f, q), 1e-6);
  }

  private static double below(LineIntegral integral, LineIntegral.LogDensity f, double q) {
    double low = 0;
    double high = 1;
    for (int i = 0; i < 40; i++) {
      double p = 0.5 * (low + high);
      if (integral.quantile(p) < q) low = p;
      else high = p;
    }
    return low;
  }

  private static double scale(double log) {
    return Math.pow(10, log);
  }

  @Property(tries = 60)
  void allPeaksOfASquareCount(@ForAll @DoubleRange(min = 0.01, max = 9) double y,
      @ForAll @DoubleRange(min = -3, max = 0.5) double s, @ForAll @DoubleRange(min = -2, max = 2) double tilt) {
    agrees(quartic(y, scale(s), tilt), 8, scale(s) / 8);
  }

  @Property(tries = 60)
  void allPeaksOfACubicCount(@ForAll @DoubleRange(min = -4, max = 4) double y,
      @ForAll @DoubleRange(min = -3, max = 0.5) double s, @ForAll @DoubleRange(min = -2, max = 2) double tilt) {
    agrees(sextic(y, scale(s), tilt), 6, scale(s) / 20);
  }

  @Property(tries = 60)
  void bothPartsOfAMixtureCount(@ForAll @DoubleRange(min = 0, max = 20) double y,
      @ForAll @DoubleRange(min = -2, max = 0.5) double s, @ForAll @DoubleRange(min = -10, max = 10) double share) {
    agrees(mixture(y, scale(s), share), 80, scale(s));
  }

  @Property(tries = 100)
  void aPeakMayBeAsNarrowAsItWill(@ForAll @DoubleRange(min = -3, max = 3) double mean,
      @ForAll @DoubleRange(min = -6, max = 3) double s) {
    double sd = scale(s);
    var integral = LineIntegral.of(u -> -0.5 * (u - mean) / sd * ((u - mean) / sd));
    assertTrue(integral.proper());
    assertEquals(Math.log(sd * Math.sqrt(2 * Math.PI)), integral.log(), 1e-6);
  }

  /// Evaluations of a density, which may be known to have a single peak.
  private static final class Counted implements LineIntegral.LogDensity {
    private final LineIntegral.LogDensity f;
    private final boolean single;
    private int evaluations;

    Counted(LineIntegral.LogDensity f, boolean single) {
      this.f = f;
      this.single = single;
    }

    @Override
    public double at(double u) {
      evaluations++;
      return f.at(u);
    }

    @Override
    public boolean single() {
      return single;
    }
  }

  /// Walls of a density are as steep as numbers can tell, and all of them would be looked through.
  @Property(tries = 100)
  void aSinglePeakIsIntegratedWithoutLookingForOthers(@ForAll @DoubleRange(min = -20, max = 20) double slope,
      @ForAll @DoubleRange(min = -8, max = 2) double left, @ForAll @DoubleRange(min = -8, max = 2) double right,
      @ForAll @DoubleRange(min = 0.5, max = 3) double steep) {
    LineIntegral.LogDensity f = u -> slope * u - scale(right) * Math.exp(steep * u) - scale(left) * Math.exp(-2 * u);
    var told = new Counted(f, true);
    var sought = new Counted(f, false);
    var one = LineIntegral.of(told);
    var same = LineIntegral.of(sought);
    assertEquals(LineIntegral.End.WHOLE, one.end());
    assertEquals(same.log(), one.log(), 0);
    assertArrayEquals(same.u(), one.u());
    assertArrayEquals(same.weight(), one.weight());
    assertTrue(told.evaluations < sought.evaluations - 500, () -> told.evaluations + " of " + sought.evaluations + " evaluations");
  }

  @Property(tries = 60)
  void bothPartsOfAMixtureAreSeenFromAnywhere(@ForAll @DoubleRange(min = 0, max = 20) double y,
      @ForAll @DoubleRange(min = -2, max = 0) double s, @ForAll @DoubleRange(min = -10, max = 10) double share,
      @ForAll @DoubleRange(min = -25, max = 25) double start) {
    var f = mixture(y, scale(s), share);
    agrees(LineIntegral.near(f, start), f, 50, scale(s));
  }

  /// A density that falls off as slowly as 1 / |u| on one side, whatever is known of the other.
  @Property(tries = 100)
  void whatDoesNotFallOffIsEndless(@ForAll @DoubleRange(min = 0, max = 1) double power, @ForAll boolean left,
      @ForAll @DoubleRange(min = -3, max = 3) double start) {
    LineIntegral.LogDensity f = u -> (left ? u > 0 : u < 0) ? -u * u : -power * Math.log1p(Math.abs(u));
    assertEquals(LineIntegral.End.ENDLESS, LineIntegral.near(f, start).end());
    assertEquals(LineIntegral.End.ENDLESS, LineIntegral.of(f).end());
  }

  /// A density that jumps, of which a grid of equal steps never makes an end.
  @Property(tries = 60)
  void jumpsAreNoHindrance(@ForAll @DoubleRange(min = -3, max = 3) double from, @ForAll @DoubleRange(min = 0.5, max = 3) double length,
      @ForAll @DoubleRange(min = -3, max = 3) double height) {
    LineIntegral.LogDensity f = u -> (u > from && u < from + length ? height : 0) - 0.5 * u * u;
    var integral = LineIntegral.near(f, 0);
    double inside = ErrorFunctions.Phi(from + length) - ErrorFunctions.Phi(from);
    assertEquals(LineIntegral.End.WHOLE, integral.end());
    assertEquals(Math.log(1 + (Math.exp(height) - 1) * inside) + 0.5 * Math.log(2 * Math.PI),
        f.at(integral.mode()) + integral.log(), 0.03);
  }

  @Property(tries = 100)
  void whatIsSeenAndCannotBeHadIsTold(@ForAll @DoubleRange(min = 6, max = 9) double far,
      @ForAll @DoubleRange(min = 1, max = 2) double sd, @ForAll @DoubleRange(min = -10, max = 10) double share) {
    var f = hidden(far, sd, 1.5, false);
    var integral = LineIntegral.near(u -> u < 0.5 * far ? -0.5 * u * u : f.at(u) + share, 0);
    assertNotEquals(LineIntegral.End.WHOLE, integral.end());
  }
}
