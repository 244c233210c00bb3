package ppl.math;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/// All peaks of a log density f that reach a height. A peak of exp f may be as narrow as it will, where f itself is
/// smooth: a parabola through three places that agrees with f at two more tells that there is nothing between them; where
/// it does not, and might reach the height, the interval is halved.
///
/// @param at   the peaks, ascending
/// @param low  f stays below the height to the left of this
/// @param high the same to the right
/// @param known whether there is no place beside which f is sizeable and at which it is not a number
record Peaks(double[] at, double low, double high, boolean known) {
  private static final int PLACES = 4;
  /// How far below the highest place f is no more than 1e-5 of it.
  private static final double SIZEABLE = -11.5;
  private static final double AGREEMENT = 0.5;
  /// How far f may be above the parabola, in terms of how far it is from it where that is known.
  private static final double MARGIN = 4;
  private static final int DEEPEST = 30;
  private static final int MOST = 2000;
  private static final double FINE = 1e-9;

  /// A line on which places far from `origin` are far apart: u = origin + scale sinh(t).
  record Line(double origin, double scale) {
    double u(double t) {
      return origin + scale * Math.sinh(t);
    }

    double t(double u) {
      double z = (u - origin) / scale;
      return Math.copySign(Math.log(Math.abs(z) + Math.hypot(z, 1)), z);
    }
  }

  /// @param scan   f at t = (k - half) step, to either side of 0
  /// @param height what peaks are to reach
  static Peaks of(LineIntegral.LogDensity f, Line line, double[] scan, double step, double height) {
    return of(f, line, scan, step, height, Map.of());
  }

  /// @param more f at other places between those
  static Peaks of(LineIntegral.LogDensity f, Line line, double[] scan, double step, double height, Map<Double, Double> more) {
    int half = scan.length / 2;
    var seen = new TreeMap<>(more);
    for (int k = 0; k < scan.length; k++) seen.put((k - half) * step, scan[k]);
    for (int k = 0; k + PLACES < scan.length; k += PLACES)
      halve(t -> f.at(line.u(t)), seen, (k - half) * step, PLACES * step, Arrays.copyOfRange(scan, k, k + PLACES + 1), height, 0);
    var high = seen.entrySet().stream().filter(e -> e.getValue() > height).mapToDouble(Map.Entry::getKey).toArray();
    // narrower than rounding lets one tell
    if (high.length == 0) return new Peaks(high, Double.NaN, Double.NaN, true);
    double first = beyond(seen.lowerEntry(high[0]), high[0]);
    double last = beyond(seen.higherEntry(high[high.length - 1]), high[high.length - 1]);
    double[] peaks = Arrays.stream(high).filter(t -> peak(seen, t))
        .map(t -> LineIntegral.climb(f, line.u(seen.lowerKey(t)), line.u(t), line.u(seen.higherKey(t)), FINE))
        .toArray();
    return new Peaks(peaks, line.u(first), line.u(last), known(seen));
  }

  private static boolean known(NavigableMap<Double, Double> seen) {
    var y = seen.values().stream().mapToDouble(Double::doubleValue).toArray();
    double least = Arrays.stream(y).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN) + SIZEABLE;
    for (int k = 1; k < y.length; k++)
      if (Double.isNaN(y[k]) && y[k - 1] > least || Double.isNaN(y[k - 1]) && y[k] > least) return false;
    return true;
  }

  private static double beyond(Map.Entry<Double, Double> next, double otherwise) {
    return next == null ? otherwise : next.getKey();
  }

  private static boolean peak(NavigableMap<Double, Double> seen, double t) {
    var before = seen.lowerEntry(t);
    var after = seen.higherEntry(t);
    double here = seen.get(t);
    return before != null && after != null && !(before.getValue() >= here) && !(after.getValue() > here);
  }

  /// @param y f at five places of an interval
  private static void halve(DoubleUnaryOperator f, NavigableMap<Double, Double> seen, double from, double length,
      double[] y, double height, int depth) {
    for (double v : y) if (!Double.isFinite(v)) return;
    double off = Math.max(Math.abs(y[1] - (3 * y[0] + 6 * y[2] - y[4]) / 8), Math.abs(y[3] - (3 * y[4] + 6 * y[2] - y[0]) / 8));
    double top = top(y);
    boolean told = off <= AGREEMENT && top - Arrays.stream(y).max().orElseThrow() <= AGREEMENT;
    if (told || top + MARGIN * off < height || depth >= DEEPEST || seen.size() >= MOST) return;
    for (int side = 0; side < 2; side++) {
      double start = from + 0.5 * side * length;
      var half = new double[PLACES + 1];
      for (int k = 0; k <= PLACES; k++) {
        double t = start + 0.125 * k * length;
        half[k] = k % 2 == 0 ? y[k / 2 + 2 * side] : f.applyAsDouble(t);
        seen.put(t, half[k]);
      }
      halve(f, seen, start, 0.5 * length, half, height, depth + 1);
    }
  }

  /// The highest place of the parabola through the ends and the middle, or of the values.
  private static double top(double[] y) {
    double slope = 0.5 * (y[4] - y[0]);
    double bend = y[4] - 2 * y[2] + y[0];
    double top = Arrays.stream(y).max().orElseThrow();
    return bend < 0 && Math.abs(slope) < -bend ? Math.max(top, y[2] - 0.5 * slope * slope / bend) : top;
  }
}
