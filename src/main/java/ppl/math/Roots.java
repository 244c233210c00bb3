package ppl.math;

import java.util.function.DoubleUnaryOperator;

/// Zeros of increasing functions.
public final class Roots {
  private static final int MOST_STEPS = 200;
  private static final double ROUNDING = 4e-16;

  private Roots() {}

  /// The u where an increasing function is zero, by Newton's method kept in a bracket that is found by steps of `scale`
  /// from `start`; NaN where the function, or where it starts, is no number.
  public static double increasing(DoubleUnaryOperator f, DoubleUnaryOperator slope, double start, double scale) {
    double lo = start;
    double hi = start;
    double step = scale;
    double first = f.applyAsDouble(start);
    if (Double.isNaN(first)) return Double.NaN;
    if (first < 0) {
      for (int i = 0; i < MOST_STEPS && f.applyAsDouble(hi += step) < 0; i++, step *= 2) lo = hi;
    } else {
      for (int i = 0; i < MOST_STEPS && f.applyAsDouble(lo -= step) > 0; i++, step *= 2) hi = lo;
    }
    if (!(lo <= hi)) return Double.NaN;
    double u = Math.clamp(start, lo, hi);
    for (int i = 0; i < MOST_STEPS; i++) {
      double value = f.applyAsDouble(u);
      if (value < 0) lo = u;
      else hi = u;
      double next = u - value / slope.applyAsDouble(u);
      if (!(next > lo && next < hi)) next = 0.5 * (lo + hi);
      boolean done = Math.abs(next - u) <= ROUNDING * Math.max(Math.abs(u), scale * 1e-6) || !(hi > lo);
      u = next;
      if (done) break;
    }
    return u;
  }
}
