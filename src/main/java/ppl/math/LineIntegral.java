package ppl.math;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// The integral of exp f over the whole line, and means under it, for an f that falls off on both sides.
///
/// The line is mapped by u = mode + width sinh(t), where the width is the distance over which exp f falls to 1 / e on
/// the sharper side: a narrow peak becomes one of unit width, and exponential tails, however slow, fall off double
/// exponentially. Then the trapezoidal rule converges geometrically in the number of nodes; the step is halved until
/// that shows. Where f has several peaks, however narrow and far apart, a grid about one of them may miss another: then
/// Gauss and Legendre's rule is taken between places about all of them, which are halved until that shows.
///
/// @param u          nodes, ascending
/// @param weight     their weights, which add up to 1
/// @param log        log of the integral of exp(f - f(mode))
/// @param end        how far that went; if there is no integral there is one node
/// @param mode       where f is highest
/// @param width      see above
/// @param edges      the ends of the rule's intervals, ascending; none with the trapezoidal rule
public record LineIntegral(double[] u, double[] weight, double log, End end, double mode, double width, double[] edges) {
  /// What came of an integral.
  public enum End {
    /// All that was seen of exp f was integrated.
    WHOLE,
    /// So was a part, and elsewhere f was seen to be high where it could not be.
    PART,
    /// Sums do not settle, or f cannot be had where it is sizeable.
    ROUGH,
    /// f does not fall off on both sides.
    ENDLESS
  }


  private static final double SCAN_STEP = 0.25;
  /// sinh of this is 1e10.
  private static final double SCAN_END = 24;
  private static final double NEGLIGIBLE = -45;
  /// How far about a peak others are sought where evaluations are dear, sinh of which is 1e4, and by how much further
  /// where the density has not fallen off there.
  private static final double NEAR_END = 10;
  private static final double FURTHER = 7;
  /// What is negligible there.
  private static final double SLIGHT = -30;
  private static final double FIRST_STEP = 0.5;
  private static final int MOST_HALVINGS = 7;
  private static final double AGREEMENT = 3e-9;
  /// Sums that differ by more than this share are no integral.
  private static final double SOUND = 1e-5;
  /// The largest share of the sum, a step being 1, that one place of a density with a width can have.
  private static final double MOST_ABOVE = 4;
  /// The largest share of the sum, a step being 1, that may stand beside a node where f is not known.
  private static final double MOST_BESIDE = 1e-5;
  private static final int MOST_STEPS = 200;
  private static final double PANEL = 0.4;
  private static final int POINTS = 10;
  private static final double SMALL_WEIGHT = 1e-16;
  private static final int MOST_DOUBLINGS = 60;
  private static final double FINE = 1e-9;
  private static final double COARSE = 1e-5;
  /// How much longer an interval is than the next one towards a peak.
  private static final double SPREAD = 3;
  /// So many hints on, another one ends an interval.
  private static final int HINTS_BETWEEN = 8;
  /// What f does not fall by between places that are near to one another.
  private static final double JUMP = 0.5;
  private static final double GOLDEN = 0.3819660112501051;

  /// Steps of tables of sinh and cosh, which are most of what an integral costs.
  private static final double GRID = 0.0625;
  private static final double[] SINH = IntStream.rangeClosed(0, (int) (SCAN_END / GRID)).mapToDouble(k -> Math.sinh(k * GRID)).toArray();
  private static final double[] COSH = IntStream.rangeClosed(0, (int) (SCAN_END / GRID)).mapToDouble(k -> Math.cosh(k * GRID)).toArray();

  /// A log density up to a constant; NaN where it cannot be had. What is not known must be negligible: an f that is
  /// sizeable beside such a place has no integral that could be told.
  public interface LogDensity {
    double at(double u);

    /// f(u) - f(from), where that can be had without cancellation.
    default double rise(double u, double from) {
      return at(u) - at(from);
    }

    /// Whether it is known to have one peak at most: then others need not be sought.
    default boolean single() {
      return false;
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
      return without(End.ENDLESS, at);
    }
    double mode = climb(f, scanned(best - 1), scanned(best), scanned(best + 1), FINE);
    if (!f.single()) {
      var peaks = Peaks.of(f, new Peaks.Line(0, 1), scan, SCAN_STEP, Math.max(highest, f.at(mode)) + NEGLIGIBLE);
      if (peaks.at().length > 1) return between(f, peaks, new double[0]);
    }
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

  /// The same for an f with few evaluations to spare: a peak is sought from `start`, and others about it.
  public static LineIntegral near(LogDensity f, double start) {
    return near(f, start, new double[0]);
  }

  /// The same where f may be high at some places, and about them, as narrowly as these lie together.
  ///
  /// @param hints finite, ascending
  public static LineIntegral near(LogDensity f, double start, double[] hints) {
    var one = about(f, start);
    var line = new Peaks.Line(one.mode(), Math.max(1, one.width()));
    var hinted = new TreeMap<Double, Double>();
    for (double u : hints) hinted.put(line.t(u), f.at(u));
    double top = hinted.values().stream().filter(y -> !Double.isNaN(y)).max(Double::compare).orElse(Double.NEGATIVE_INFINITY);
    for (double end = NEAR_END; end <= SCAN_END; end += FURTHER) {
      int half = (int) Math.round(end / SCAN_STEP);
      var scan = IntStream.rangeClosed(-half, half).mapToDouble(k -> f.at(line.u(k * SCAN_STEP))).toArray();
      double height = Arrays.stream(scan).filter(y -> !Double.isNaN(y)).reduce(top, Math::max) + SLIGHT;
      if (scan[0] > height || scan[2 * half] > height) continue;
      double beyond = end;
      if (hinted.entrySet().stream().anyMatch(e -> Math.abs(e.getKey()) >= beyond && e.getValue() > height)) continue;
      var peaks = Peaks.of(f, line, scan, SCAN_STEP, height, hinted);
      boolean alone = hints.length == 0 && one.proper() && peaks.at().length == 1 && scan[half] > height;
      if (alone || peaks.at().length == 0) return one;
      var all = between(f, peaks, hints);
      return all.proper() || !one.proper() ? all : one.partly();
    }
    return one.proper() ? hints.length == 0 ? one : one.partly() : without(End.ENDLESS, one.mode());
  }

  /// The same as a part of something that was seen and could not be integrated.
  private LineIntegral partly() {
    return new LineIntegral(u, weight, log, End.PART, mode, width, edges);
  }

  /// Whether there is an integral.
  public boolean proper() {
    return end == End.WHOLE || end == End.PART;
  }

  /// About the peak to which f rises from `start`.
  private static LineIntegral about(LogDensity f, double start) {
    double from = start;
    double step = 1;
    double value = f.at(start);
    for (int k = 0; k < MOST_DOUBLINGS && !Double.isFinite(value); k++) value = f.at(from = start + (k % 2 == 0 ? k : -k));
    double side = f.at(from + step) > value ? 1 : -1;
    double behind = from - side * step;
    double middle = from;
    for (int k = 0; k < MOST_DOUBLINGS; k++, step *= 2) {
      double ahead = middle + side * step;
      double next = f.at(ahead);
      if (!(next > value)) {
        double mode = climb(f, Math.min(behind, ahead), middle, Math.max(behind, ahead), COARSE);
        double width = Math.min(fall(f, mode, -1), fall(f, mode, 1));
        return integrate(f, mode, width, mode, mode);
      }
      behind = middle;
      middle = ahead;
      value = next;
    }
    return without(End.ENDLESS, middle);
  }

  private static LineIntegral without(End end, double at) {
    return new LineIntegral(new double[] {at}, new double[] {1}, Double.NaN, end, at, 1, new double[0]);
  }

  private static double sinh(double t) {
    double at = Math.abs(t) / GRID;
    int k = (int) at;
    return k == at && k < SINH.length ? Math.copySign(SINH[k], t) : Math.sinh(t);
  }

  private static double cosh(double t) {
    double at = Math.abs(t) / GRID;
    int k = (int) at;
    return k == at && k < COSH.length ? COSH[k] : Math.cosh(t);
  }

  private static double scanned(int k) {
    return sinh(k * SCAN_STEP - SCAN_END);
  }

  /// The mean of values at the nodes.
  public double mean(double[] values) {
    double s = 0;
    for (int k = 0; k < weight.length; k++) s += weight[k] * values[k];
    return s;
  }

  /// The u below which a share p of the integral lies, by Gauss and Legendre's rule.
  public double quantile(LogDensity f, double p) {
    if (edges.length > 0) return within(_ -> x -> Math.exp(f.rise(x, mode) - log), p);
    int first = first();
    int last = last();
    return place(invert(t -> value(f, mode, width, t), angle(u[first]), angle(u[last]), PANEL, p));
  }

  /// The same without f, which is interpolated between nodes.
  public double quantile(double p) {
    if (edges.length > 0) return within(this::interpolated, p);
    int first = first();
    int last = last();
    double begin = angle(u[first]);
    double h = (angle(u[last]) - begin) / (last - first);
    var log = new double[last - first + 1];
    for (int k = 0; k < log.length; k++) log[k] = Math.log(weight[first + k]);
    return place(begin + h * invert(s -> Math.exp(interpolated(log, s)), 0, last - first, Math.max(1, PANEL / h), p));
  }

  /// In the interval of the rule that the share p falls into.
  private double within(IntFunction<DoubleUnaryOperator> density, double p) {
    int n = GaussLegendre.COUNT;
    double target = p;
    int k = 0;
    for (; k < edges.length - 2; k++) {
      double share = Arrays.stream(weight, k * n, (k + 1) * n).sum();
      if (target <= share) break;
      target -= share;
    }
    double share = Arrays.stream(weight, k * n, (k + 1) * n).sum();
    double start = edges[k] + (edges[k + 1] - edges[k]) * Math.clamp(target / share, 0, 1);
    return reached(density.apply(k), edges[k], edges[k + 1], start, target);
  }

  /// The density in an interval of the rule: Lagrange's polynomial through the nodes.
  private DoubleUnaryOperator interpolated(int interval) {
    int n = GaussLegendre.COUNT;
    double half = 0.5 * (edges[interval + 1] - edges[interval]);
    var value = new double[n];
    for (int i = 0; i < n; i++) value[i] = weight[interval * n + i] / (half * GaussLegendre.weight(i));
    return x -> {
      double at = (x - edges[interval]) / half - 1;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double term = value[i];
        for (int j = 0; j < n; j++)
          if (j != i) term *= (at - GaussLegendre.node(j)) / (GaussLegendre.node(i) - GaussLegendre.node(j));
        sum += term;
      }
      return sum;
    };
  }

  private double place(double t) {
    return mode + width * Math.sinh(t);
  }

  private int peak() {
    int best = 0;
    for (int k = 1; k < weight.length; k++) if (weight[k] > weight[best]) best = k;
    return best;
  }

  /// The nodes about the peak whose weights count; further out f may be nothing but rounding.
  private int first() {
    int k = peak();
    while (k > 0 && weight[k - 1] >= SMALL_WEIGHT) k--;
    return k;
  }

  private int last() {
    int k = peak();
    while (k < u.length - 1 && weight[k + 1] >= SMALL_WEIGHT) k++;
    return k;
  }

  /// Lagrange's polynomial through the nearest values.
  private static double interpolated(double[] y, double s) {
    int points = Math.min(POINTS, y.length);
    int from = Math.clamp((int) Math.floor(s) - points / 2 + 1, 0, y.length - points);
    double sum = 0;
    for (int i = from; i < from + points; i++) {
      double term = y[i];
      for (int j = from; j < from + points; j++) if (j != i) term *= (s - j) / (i - j);
      sum += term;
    }
    return sum;
  }

  /// Where a share p of the integral of a positive function is reached.
  private static double invert(DoubleUnaryOperator g, double begin, double end, double panel, double p) {
    var shares = new double[(int) Math.ceil((end - begin) / panel)];
    double step = (end - begin) / shares.length;
    double total = 0;
    for (int k = 0; k < shares.length; k++) total += shares[k] = share(g, begin + k * step, begin + (k + 1) * step);
    double target = p * total;
    int k = 0;
    while (k < shares.length - 1 && target > shares[k]) target -= shares[k++];
    double from = begin + k * step;
    return reached(g, from, from + step, from + step * Math.clamp(target / shares[k], 0, 1), target);
  }

  /// Where between two places, from the first on, the integral reaches `target`.
  private static double reached(DoubleUnaryOperator g, double from, double to, double start, double target) {
    double lo = from;
    double hi = to;
    double t = start;
    for (int i = 0; i < MOST_STEPS; i++) {
      double miss = share(g, from, t) - target;
      if (miss > 0) hi = t;
      else lo = t;
      double next = t - miss / g.applyAsDouble(t);
      if (!(next >= lo && next <= hi)) next = 0.5 * (lo + hi);
      boolean done = Math.abs(next - t) <= 1e-14 * Math.max(1, Math.abs(t));
      t = next;
      if (done) break;
    }
    return t;
  }

  private double angle(double at) {
    double z = (at - mode) / width;
    return Math.copySign(Math.log(Math.abs(z) + Math.hypot(z, 1)), z);
  }

  private static double share(DoubleUnaryOperator g, double from, double to) {
    double half = 0.5 * (to - from);
    double s = 0;
    for (int i = 0; i < GaussLegendre.COUNT; i++)
      s += GaussLegendre.weight(i) * g.applyAsDouble(from + half * (1 + GaussLegendre.node(i)));
    return half * s;
  }

  /// Golden section search.
  static double climb(LogDensity f, double from, double start, double to, double tolerance) {
    double a = from;
    double b = to;
    double x = start;
    for (int i = 0; i < MOST_STEPS && b - a > tolerance * Math.max(Math.abs(x), tolerance); i++) {
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
    double step = 1e-3 * Math.max(Math.abs(mode), 1);
    int i = 0;
    if (f.rise(mode + side * step, mode) > -1) {
      while (i++ < MOST_STEPS && f.rise(mode + side * step, mode) > -1) step *= 2;
    } else {
      while (i++ < MOST_STEPS && f.rise(mode + side * 0.5 * step, mode) <= -1) step *= 0.5;
    }
    double near = 0.5 * step;
    double far = step;
    // where f jumps, the place of the jump
    for (int k = 0; k < 4 || k < MOST_DOUBLINGS && f.rise(mode + side * far, mode + side * near) < -JUMP; k++) {
      double middle = 0.5 * (near + far);
      if (f.rise(mode + side * middle, mode) > -1) near = middle;
      else far = middle;
    }
    return far;
  }

  private static LineIntegral integrate(LogDensity f, double mode, double width, double low, double high) {
    double h = FIRST_STEP;
    double change = 0;
    int left = reach(f, mode, width, -h, low);
    int right = reach(f, mode, width, h, high);
    var values = new double[left + right + 1];
    for (int k = -left; k <= right; k++) values[k + left] = value(f, mode, width, k * h);
    double sum = h * known(values);
    for (int halving = 0; halving < MOST_HALVINGS; halving++) {
      var finer = new double[2 * values.length - 1];
      h *= 0.5;
      for (int k = 0; k < finer.length; k++)
        finer[k] = k % 2 == 0 ? values[k / 2] : value(f, mode, width, (k - 2 * left) * h);
      left *= 2;
      values = finer;
      double before = sum;
      sum = h * known(values);
      change = Math.abs(sum - before) / sum;
      if (change <= AGREEMENT) break;
    }
    // far out there may be nothing but rounding, which rises above the mode, or never agrees with itself
    double highest = Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(0);
    if (!(change <= SOUND) || !(highest <= MOST_ABOVE * sum) || gap(values, MOST_BESIDE * sum)) return without(End.ROUGH, mode);
    var u = new double[values.length];
    for (int k = 0; k < u.length; k++) {
      u[k] = mode + width * sinh((k - left) * h);
      values[k] = Double.isNaN(values[k]) ? 0 : values[k] * h / sum;
    }
    return new LineIntegral(u, values, Math.log(sum), End.WHOLE, mode, width, new double[0]);
  }

  /// By intervals about all peaks, which end at hints, too.
  private static LineIntegral between(LogDensity f, Peaks peaks, double[] hints) {
    double mode = peaks.at()[0];
    for (double m : peaks.at()) if (f.rise(m, mode) > 0) mode = m;
    double width = Math.min(fall(f, mode, -1), fall(f, mode, 1));
    var ends = new TreeSet<Double>(List.of(peaks.low(), peaks.high()));
    for (double m : peaks.at()) {
      ends.add(m);
      for (int side = -1; side <= 1; side += 2) {
        double step = fall(f, m, side);
        for (double d = step; m + side * d > peaks.low() && m + side * d < peaks.high(); d *= SPREAD) ends.add(m + side * d);
      }
    }
    for (int k = 0; k < hints.length; k += HINTS_BETWEEN)
      if (hints[k] > peaks.low() && hints[k] < peaks.high()) ends.add(hints[k]);
    var rule = new Panels(f, mode);
    double[] start = ends.stream().mapToDouble(Double::doubleValue).toArray();
    if (!peaks.known() || !rule.add(start)) return without(End.ROUGH, mode);
    return rule.integral(width);
  }

  private static double known(double[] values) {
    double sum = 0;
    for (double v : values) if (!Double.isNaN(v)) sum += v;
    return sum;
  }

  /// Whether there is more than `most` beside a value that is not known.
  private static boolean gap(double[] values, double most) {
    for (int k = 1; k < values.length; k++) {
      if (Double.isNaN(values[k]) && values[k - 1] > most || Double.isNaN(values[k - 1]) && values[k] > most) return true;
    }
    return false;
  }

  private static double value(LogDensity f, double mode, double width, double t) {
    double rise = t == 0 ? 0 : f.rise(mode + width * sinh(t), mode);
    return rise <= -700 ? 0 : width * cosh(t) * Math.exp(rise);
  }

  /// How many steps from the mode until the rest is negligible.
  private static int reach(LogDensity f, double mode, double width, double h, double known) {
    for (int k = 1; k < MOST_STEPS; k++) {
      double u = mode + width * sinh(k * h);
      boolean past = h > 0 ? u >= known : u <= known;
      if (past && !(f.rise(u, mode) + Math.log(cosh(k * h)) > NEGLIGIBLE)) return k;
    }
    return MOST_STEPS;
  }
}
