package ppl.infer;

import java.util.Arrays;
import ppl.math.Multiply;

/// Limited-memory BFGS minimisation (Nocedal and Wright, "Numerical Optimization", algorithm 7.4). The initial
/// inverse Hessian is a diagonal learned from the steps (Gilbert and Lemaréchal 1989, as in Pathfinder), so
/// coordinates of unlike scales need no preparation.
final class Lbfgs {
  /// Steps in a row that must promise little: one alone may be fooled by the curvature of a long step before.
  private static final int QUIET = 2;

  private Lbfgs() {}

  /// When to stop.
  ///
  /// @param maxIterations accepted steps at most
  /// @param gain stop when the next step promises less than this, in units of the objective
  /// @param history pairs remembered
  record Limits(int maxIterations, double gain, int history) {}

  /// Why it stopped.
  enum Stop { CONVERGED, ITERATIONS, NO_PROGRESS, OBSERVER, NOT_FINITE }

  /// Where it stopped.
  record Result(double[] x, double value, double[] gradient, int iterations, int evaluations, Stop stop) {}

  /// Sees every accepted iterate, the start included.
  @FunctionalInterface
  interface Observer {
    /// Returns whether to go on. The arrays are working memory: copy what is kept.
    boolean see(double[] x, double value, double[] gradient, InverseHessian inverse);
  }

  static Result minimise(Objective f, double[] start, Limits limits, Observer observer) {
    int n = start.length;
    var x = start.clone();
    var g = new double[n];
    double value = f.evaluate(x, g);
    var inverse = new InverseHessian(n, limits.history());
    var line = new LineSearch(f, n);
    if (!Double.isFinite(value) || !finite(g)) return new Result(x, value, g, 0, 1, Stop.NOT_FINITE);
    var direction = new double[n];
    Stop stop = Stop.ITERATIONS;
    int iteration = 0;
    boolean fresh = true;
    int quiet = 0;
    while (true) {
      if (!observer.see(x, value, g, inverse)) {
        stop = Stop.OBSERVER;
        break;
      }
      if (iteration == limits.maxIterations()) break;
      inverse.multiply(g, direction);
      for (int i = 0; i < n; i++) direction[i] = -direction[i];
      double slope = Multiply.dot(direction, g, n);
      if (!(-slope > 0)) {
        stop = slope == 0 ? Stop.CONVERGED : Stop.NO_PROGRESS;
        break;
      }
      quiet = !fresh && -0.5 * slope < limits.gain() ? quiet + 1 : 0;
      if (quiet == QUIET) {
        stop = Stop.CONVERGED;
        break;
      }
      double step = fresh ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
      if (!line.search(x, value, direction, slope, step)) {
        if (fresh) {
          stop = Stop.NO_PROGRESS;
          break;
        }
        inverse.forget();
        fresh = true;
        continue;
      }
      inverse.update(x, g, line.x, line.gradient);
      System.arraycopy(line.x, 0, x, 0, n);
      System.arraycopy(line.gradient, 0, g, 0, n);
      value = line.value;
      fresh = false;
      iteration++;
    }
    return new Result(x, value, g, iteration, line.evaluations + 1, stop);
  }

  private static boolean finite(double[] g) {
    return Arrays.stream(g).allMatch(Double::isFinite);
  }
}
