package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.runtime.Target;

/// Fits one normal approximation from one Pathfinder path.
///
/// Rounds alternate: minimise the fixed-draws bound in whitened coordinates, then whiten anew at the solution and take
/// fresh noise, twice as much if the last solution moved too far. How far the means move from one set of draws to the
/// next, in posterior standard deviations, *is* the Monte Carlo error of the answer; the rule to stop is about it.
///
/// @param approximation the average of the last two rounds
/// @param whitening round coordinates of the posterior about its mean
/// @param moved the last move of any mean, in posterior standard deviations, over sqrt 2: its standard error
/// @param bound the last round's bound in nats, without the entropy's constant
/// @param settled whether `moved` is within tolerance and the optimiser came to rest
/// @param rounds number of rounds
/// @param gradients evaluated
record AdviFit(Approximation approximation, Whitening whitening, double moved, double bound, boolean settled,
    int rounds, int gradients) {
  private static final int MAX_ROUNDS = 8;
  private static final double GAIN = 1e-7;
  private static final double WIDE_STEP = 0.5;
  private static final double NARROW_STEP = 0.01;
  private static final int HISTORY = 10;

  static AdviFit from(Target target, Pathfinder.Path path, AdviSettings settings, RandomGenerator random,
      int start, Progress progress) {
    return new Rounds(target, settings, random).run(path, start, progress);
  }

  private static final class Rounds {
    private final Target target;
    private final AdviSettings settings;
    private final RandomGenerator random;
    private final int d;
    private int gradients;

    Rounds(Target target, AdviSettings settings, RandomGenerator random) {
      this.target = target;
      this.settings = settings;
      this.random = random;
      d = target.dimension();
    }

    AdviFit run(Pathfinder.Path path, int start, Progress progress) {
      var centre = path.centre();
      if (!Finite.all(target.gradient(centre, new double[d]), new double[0])) centre = path.draw();
      var whitening = whiten(Whitening.diagonal(path.scale()), centre, NARROW_STEP);
      int pairs = Math.max(settings.noise() / 2, settings.fullRank() ? d : 1);
      Approximation last = null;
      Approximation answer = null;
      double moved = Double.POSITIVE_INFINITY;
      double bound = Double.NEGATIVE_INFINITY;
      boolean settled = false;
      int round = 0;
      while (round < MAX_ROUNDS && !settled) {
        if (!progress.report(start, round + 1, 0, Progress.Phase.OPTIMISING)) break;
        var family = last == null || !settings.fullRank() ? family(whitening, centre, last) : family(whitening, centre, last);
        var solution = solve(family, whitening, pairs, progress, start);
        var next = Approximation.of(family, solution.x());
        bound = -solution.value() + family.logScale();
        boolean rest = solution.stop() != Lbfgs.Stop.ITERATIONS && solution.stop() != Lbfgs.Stop.NOT_FINITE;
        if (last != null) {
          moved = distance(last, next, whitening.scales()) / Math.sqrt(2);
          settled = rest && moved <= settings.tolerance();
          answer = last.averaged(next);
          if (!settled) pairs = Math.min(2 * pairs, Math.max(pairs, settings.maxNoise() / 2));
        } else {
          answer = next;
        }
        last = next;
        centre = next.mean();
        whitening = rewhiten(whitening, next, round, solution.iterations());
        round++;
      }
      if (answer == null) answer = Approximation.of(family(whitening, centre, null), new double[family(whitening, centre, null).size()]);
      return new AdviFit(answer, whitening, moved, bound, settled, round, gradients);
    }

    private Whitening rewhiten(Whitening whitening, Approximation q, int round, int iterations) {
      if (settings.fullRank()) return new Whitening(d, true, q.factor(), q.logDeterminant());
      return round == 0 || iterations > 15 ? whiten(whitening, q.mean(), WIDE_STEP) : whitening;
    }

    private Whitening whiten(Whitening whitening, double[] centre, double h) {
      if (d <= Whitening.DENSE_LIMIT) gradients += 2 * d;
      return whitening.refined(target, centre, h);
    }

    private Family family(Whitening whitening, double[] centre, Approximation last) {
      if (settings.fullRank()) return Family.FullRank.at(whitening, centre);
      if (last != null) return Family.MeanField.at(whitening, centre, last.sd());
      var scale = whitening.scales().clone();
      if (whitening.dense()) {
        whitening.precision().ifPresent(p -> {
          for (int i = 0; i < d; i++) scale[i] = 1 / Math.sqrt(p[i * d + i]);
        });
      }
      return Family.MeanField.at(whitening, centre, scale);
    }

    private Lbfgs.Result solve(Family family, Whitening whitening, int pairs, Progress progress, int start) {
      var noise = Noise.of(random, pairs, d);
      boolean correct = !settings.fullRank() && !noise.exact() && whitening.dense();
      var precision = correct ? whitening.precision().orElse(new double[0]) : new double[0];
      var objective = new FixedDraws(target, family, noise, precision);
      var x = narrowUntilFinite(family, objective);
      var limits = new Lbfgs.Limits(settings.maxIterations(), GAIN, HISTORY);
      var seen = new int[1];
      var result = Lbfgs.minimise(objective, x, limits, (p, v, g, h) ->
          progress.report(start, ++seen[0], settings.maxIterations(), Progress.Phase.OPTIMISING));
      gradients += objective.evaluations();
      return result;
    }

    /// Scales halved until the bound is finite at the initial mean.
    private double[] narrowUntilFinite(Family family, Objective objective) {
      var x = new double[family.size()];
      var g = new double[family.size()];
      for (int tries = 0; tries < 30 && !Finite.all(objective.evaluate(x, g), g); tries++) {
        if (settings.fullRank()) {
          for (int i = 0, k = d; i < d; k += ++i + 1) x[k] -= Math.log(2);
        } else {
          for (int i = d; i < x.length; i++) x[i] -= Math.log(2);
        }
      }
      return x;
    }

    private static double distance(Approximation a, Approximation b, double[] scale) {
      double worst = 0;
      for (int i = 0; i < scale.length; i++) {
        double unit = Math.max(scale[i], b.sd()[i]);
        worst = Math.max(worst, Math.abs(a.mean()[i] - b.mean()[i]) / unit);
      }
      return worst;
    }
  }
}
