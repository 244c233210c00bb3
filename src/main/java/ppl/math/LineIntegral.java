package ppl.math;

import java.util.Arrays;

/// The integral of exp f over the whole line, and means under it, for an f that falls off on both sides.
///
/// The line is mapped by u = mode + width sinh(t), where the width is the distance over which exp f falls to 1 / e on
/// the sharper side: a narrow peak becomes one of unit width, and exponential tails, however slow, fall off double
/// exponentially. Then the trapezoidal rule converges geometrically in the number of nodes; the step is halved until
/// that shows.
///
/// @param u          nodes, ascending
/// @param weight     their weights, which add up to 1
/// @param log        log of the integral of exp(f - f(mode))
/// @param proper     whether f falls off on both sides; if not, there is one node
/// @param mode       where f is highest
/// @param width      see above
public record LineIntegral(double[] u, double[] weight, double log, boolean proper, double mode, double width) {
  private static final double SCAN_STEP = 0.25;
  /// sinh of this is 1e10.
  private static final double SCAN_END = 24;
  private static final double NEGLIGIBLE = -45;
  private static final double FIRST_STEP = 0.5;
  private static final int MOST_HALVINGS = 7;
  private static final double AGREEMENT = 3e-9;
  private static final int MOST_STEPS = 200;
  private static final double PANEL = 0.4;
  private static final double SMALL_WEIGHT = 1e-18;
  private static final double GOLDEN = 0.3819660112501051;

  /// A log density up to a constant.
  public interface LogDensity {
    double at(double u);

    /// f(u) - f(from), where that can be had without cancellation.
    default double rise(double u, double from) {
      return at(u) - at(from);
    }
  }

  public static LineIntegral of(LogDensity f) {
    int count = 1 + 2 * (int) Math.round(SCAN_END / SCAN_STEP);
    int best = -1;
    double highest = Double.NEGATIVE_INFINITY;
    var scan = new double[count];
    for (int k = 0; k < count; k++) {
      scan[k] = f.at(scanned(k));
      if (scan[k] > highest) {
        best = k;
        highest = scan[k];
      }
    }
    boolean proper = best > 0 && best < count - 1 && highest < Double.POSITIVE_INFINITY
        && !(scan[0] - highest > NEGLIGIBLE) && !(scan[count - 1] - highest > NEGLIGIBLE);
    if (!proper) {
      double at = best < 0 ? 0 : scanned(best);
      return new LineIntegral(new double[] {at}, new double[] {1}, Double.NaN, false, at, 1);
    }
    double mode = climb(f, scanned(best - 1), scanned(best), scanned(best + 1));
    double width = Math.min(fall(f, mode, -1), fall(f, mode, 1));
    int low = best;
    int high = best;
    for (int k = 0; k < count; k++) {
      if (scan[k] - highest > NEGLIGIBLE) {
        low = Math.min(low, k);
        high = Math.max(high, k);
      }
    }
    return integrate(f, mode, width, scanned(low), scanned(high));
  }

  private static double scanned(int k) {
    return Math.sinh(k * SCAN_STEP - SCAN_END);
  }

  /// The mean of values at the nodes.
  public double mean(double[] values) {
    double s = 0;
    for (int k = 0; k < weight.length; k++) s += weight[k] * values[k];
    return s;
  }

  /// The u below which a share p of the integral lies, by Gauss and Legendre's rule on panels of about unit width.
  public double quantile(LogDensity f, double p) {
    int first = 0;
    int last = u.length - 1;
    while (first < last && weight[first + 1] < SMALL_WEIGHT) first++;
    while (last > first && weight[last - 1] < SMALL_WEIGHT) last--;
    double begin = angle(u[first]);
    double end = angle(u[last]);
    var shares = new double[(int) Math.ceil((end - begin) / PANEL)];
    double step = (end - begin) / shares.length;
    double total = 0;
    for (int k = 0; k < shares.length; k++) total += shares[k] = share(f, begin + k * step, begin + (k + 1) * step);
    double target = p * total;
    int k = 0;
    while (k < shares.length - 1 && target > shares[k]) target -= shares[k++];
    double from = begin + k * step;
    double lo = from;
    double hi = from + step;
    double t = lo + step * Math.clamp(target / shares[k], 0, 1);
    for (int i = 0; i < MOST_STEPS; i++) {
      double miss = share(f, from, t) - target;
      if (miss > 0) hi = t;
      else lo = t;
      double next = t - miss / value(f, mode, width, t);
      if (!(next >= lo && next <= hi)) next = 0.5 * (lo + hi);
      boolean done = Math.abs(next - t) <= 1e-14 * Math.max(1, Math.abs(t));
      t = next;
      if (done) break;
    }
    return mode + width * Math.sinh(t);
  }

  private double angle(double at) {
    double z = (at - mode) / width;
    return Math.copySign(Math.log(Math.abs(z) + Math.hypot(z, 1)), z);
  }

  private double share(LogDensity f, double from, double to) {
    double half = 0.5 * (to - from);
    double s = 0;
    for (int i = 0; i < GaussLegendre.COUNT; i++)
      s += GaussLegendre.weight(i) * value(f, mode, width, from + half * (1 + GaussLegendre.node(i)));
    return half * s;
  }

  /// Golden section search.
  private static double climb(LogDensity f, double from, double start, double to) {
    double a = from;
    double b = to;
    double x = start;
    for (int i = 0; i < MOST_STEPS && b - a > 1e-9 * Math.max(Math.abs(x), 1e-9); i++) {
      double y = b - x > x - a ? x + GOLDEN * (b - x) : x - GOLDEN * (x - a);
      if (y == x) break;
      if (f.rise(y, x) > 0) {
        if (y > x) a = x;
        else b = x;
        x = y;
      } else if (y > x) {
        b = y;
      } else {
        a = y;
      }
    }
    return x;
  }

  /// How far from the mode f has fallen by 1.
  private static double fall(LogDensity f, double mode, double side) {
    double step = 1e-12 * Math.max(Math.abs(mode), 1e-3);
    int i = 0;
    while (i++ < MOST_STEPS && f.rise(mode + side * step, mode) > -1) step *= 2;
    double near = 0.5 * step;
    double far = step;
    for (int k = 0; k < 12; k++) {
      double middle = 0.5 * (near + far);
      if (f.rise(mode + side * middle, mode) > -1) near = middle;
      else far = middle;
    }
    return far;
  }

  private static LineIntegral integrate(LogDensity f, double mode, double width, double low, double high) {
    double h = FIRST_STEP;
    int left = reach(f, mode, width, -h, low);
    int right = reach(f, mode, width, h, high);
    var values = new double[left + right + 1];
    for (int k = -left; k <= right; k++) values[k + left] = value(f, mode, width, k * h);
    double sum = h * Arrays.stream(values).sum();
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      var finer = new double[2 * values.length - 1];
      h *= 0.5;
      for (int k = 0; k < finer.length; k++)
        finer[k] = k % 2 == 0 ? values[k / 2] : value(f, mode, width, (k - 2 * left) * h);
      left *= 2;
      values = finer;
      double before = sum;
      sum = h * Arrays.stream(values).sum();
      if (Math.abs(sum - before) <= AGREEMENT * sum) break;
    }
    var u = new double[values.length];
    for (int k = 0; k < u.length; k++) {
      u[k] = mode + width * Math.sinh((k - left) * h);
      values[k] *= h / sum;
    }
    return new LineIntegral(u, values, Math.log(sum), true, mode, width);
  }

  private static double value(LogDensity f, double mode, double width, double t) {
    double rise = t == 0 ? 0 : f.rise(mode + width * Math.sinh(t), mode);
    return rise > -700 ? width * Math.cosh(t) * Math.exp(rise) : 0;
  }

  /// How many steps from the mode until the rest is negligible.
  private static int reach(LogDensity f, double mode, double width, double h, double known) {
    for (int k = 1; k < MOST_STEPS; k++) {
      double u = mode + width * Math.sinh(k * h);
      boolean past = h > 0 ? u >= known : u <= known;
      if (past && !(f.rise(u, mode) + Math.log(Math.cosh(k * h)) > NEGLIGIBLE)) return k;
    }
    return MOST_STEPS;
  }
}
