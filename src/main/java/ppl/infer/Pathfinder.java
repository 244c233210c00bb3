package ppl.infer;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import ppl.runtime.Target;

/// A quick way from a start into the bulk of the posterior: climb by L-BFGS, lay a normal approximation on every
/// iterate from the optimiser's own curvature, keep the one with the best evidence lower bound. Unlike the mode it
/// ends well on posteriors whose density has a pole, such as hierarchies with a scale that may vanish.
///
/// Source: Zhang, Carpenter, Gelman, Vehtari, "Pathfinder: parallel quasi-Newton variational inference", JMLR 23
/// (2022).
final class Pathfinder {
  private static final Lbfgs.Limits LIMITS = new Lbfgs.Limits(1000, 1e-4, 6);
  private static final int DRAWS = 5;
  private static final int POINTS = 60;
  private static final int PATIENCE = 40;

  private Pathfinder() {}

  /// The best approximation on one path.
  ///
  /// @param centre its mean
  /// @param scale marginal standard deviations of the optimiser's diagonal
  /// @param draw one draw from it at which log density and gradient are finite, else where the climb began
  /// @param elbo its estimated evidence lower bound, negative infinity where none was finite
  /// @param evaluations of the log density, with or without gradient
  record Path(double[] centre, double[] scale, double[] draw, double elbo, int evaluations) {}

  /// Climbs from `start`, where log density and gradient must be finite; `number` is for `progress`.
  static Path from(Target target, double[] start, RandomGenerator random, int number, Progress progress) {
    int d = target.dimension();
    var climber = new Climb(target, random, start, number, progress);
    Objective negative = (x, g) -> {
      double value = target.gradient(x, g);
      for (int i = 0; i < d; i++) g[i] = -g[i];
      return -value;
    };
    var result = Lbfgs.minimise(negative, start, LIMITS, climber);
    return climber.finish(result.evaluations());
  }

  /// Watches the climb and keeps the best approximation.
  private static final class Climb implements Lbfgs.Observer {
    private final Target target;
    private final RandomGenerator random;
    private final int number;
    private final Progress progress;
    private final int d;
    private final double[][] probes;
    private final double[] logP;
    private final double[] logQ;
    private final double[] start;
    private double[] centre;
    private double[] scale;
    private double[] draw;
    private double best = Double.NEGATIVE_INFINITY;
    private int evaluations;
    private int seen;
    private int bestSeen;
    private int due;

    Climb(Target target, RandomGenerator random, double[] start, int number, Progress progress) {
      this.number = number;
      this.progress = progress;
      this.target = target;
      this.random = random;
      d = target.dimension();
      probes = new double[DRAWS][d];
      logP = new double[DRAWS];
      logQ = new double[DRAWS];
      this.start = start;
      centre = start.clone();
      draw = start.clone();
      scale = new double[d];
      Arrays.fill(scale, 1);
    }

    /// Long climbs are sampled ever more sparsely, so the approximations cost no more than the climb. A climb that has
    /// left its best approximation far behind is climbing into a pole or a corner, and ends.
    @Override
    public boolean see(double[] x, double value, double[] gradient, InverseHessian inverse) {
      if (!progress.report(number, seen + 1, 0, Progress.Phase.STARTING)) return false;
      if (seen++ < due || inverse.count() == 0) return true;
      due = seen + seen / POINTS;
      CurvatureNormal.at(x, gradient, inverse).ifPresent(this::judge);
      return bestSeen == 0 || seen < PATIENCE + 2 * bestSeen;
    }

    private void judge(CurvatureNormal normal) {
      for (int k = 0; k < DRAWS; k++) logQ[k] = normal.draw(random, probes[k]);
      target.logDensities(DRAWS, probes, logP);
      evaluations += DRAWS;
      double sum = 0;
      int top = 0;
      for (int k = 0; k < DRAWS; k++) {
        if (!Double.isFinite(logP[k])) return;
        sum += logP[k] - logQ[k];
        if (logP[k] > logP[top]) top = k;
      }
      if (!(sum / DRAWS > best)) return;
      best = sum / DRAWS;
      bestSeen = seen;
      centre = normal.centre().clone();
      scale = normal.marginalScales();
      draw = probes[top].clone();
    }

    Path finish(int climbEvaluations) {
      var g = new double[d];
      if (!Finite.all(target.gradient(draw, g), g)) draw = start;
      return new Path(centre, scale, draw, best, evaluations + climbEvaluations + 1);
    }
  }
}
