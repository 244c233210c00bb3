package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.ToDoubleFunction;
import ppl.runtime.Target;

/// Central differences with Richardson's extrapolation.
public final class Differences {
  private static final double STEP = 1e-3;

  private Differences() {}

  /// Compares a target's gradient at `q` with the slope of its log density, where that is finite around `q` and smooth
  /// enough to be seen: slopes over much shorter steps agree.
  public static void check(Target target, double[] q) {
    var gradient = new double[q.length];
    double value = target.gradient(q, gradient);
    if (Double.isFinite(value)) check(target::logDensity, q, gradient, Math.abs(value));
  }

  /// @param size what rounding of `f` is relative to
  static void check(ToDoubleFunction<double[]> f, double[] q, double[] gradient, double size) {
    for (int i = 0; i < q.length; i++) {
      double coarse = slope(f, q, i, 2 * STEP);
      double fine = slope(f, q, i, STEP);
      double slope = (4 * fine - coarse) / 3;
      if (!Double.isFinite(slope)) continue;
      // steps that are longer than a wave see nothing of it
      double rough = 0;
      for (double shorter : new double[] {STEP / 100, STEP / 10_000})
        rough = Math.max(rough, 100 * (Math.abs(slope - slope(f, q, i, shorter)) - 1e-6 * Math.max(1, size)));
      double noise = 1e-12 * Math.max(1, size) / STEP + Math.abs(fine - coarse);
      assertEquals(slope, gradient[i], 1e-6 * Math.max(1, Math.abs(slope)) + 2 * noise + rough, "coordinate " + i);
    }
  }

  private static double slope(ToDoubleFunction<double[]> f, double[] q, int i, double step) {
    double at = q[i];
    q[i] = at + step;
    double above = f.applyAsDouble(q);
    q[i] = at - step;
    double below = f.applyAsDouble(q);
    q[i] = at;
    return (above - below) / (2 * step);
  }
}
