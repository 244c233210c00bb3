package ppl.infer;

import java.util.Arrays;
import java.util.random.RandomGenerator;

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
  /// What a round's optimiser leaves of the tolerance.
  private static final double REST = 1.0 / 3;
  private static final double LEAST_GAIN = 1e-9;
  private static final double MOST_GAIN = 1e-4;
  private static final double WIDE_STEP = 0.5;
  private static final double NARROW_STEP = 0.01;
  private static final int HISTORY = 10;
  private static final int LABORIOUS = 15;
  private static final double MOST_TILT = 0.5;

  /// Whether the fit has a full covariance: asked for, and not beyond what a dense matrix can do.
  static boolean fullRank(AdviSettings settings, int d) {
    return settings.fullRank() && d <= Whitening.DENSE_LIMIT;
  }

  static AdviFit from(Gang gang, Pathfinder.Path path, AdviSettings settings, RandomGenerator random,
      int start, Progress progress) {
    return new Rounds(gang, settings, random, start, progress).run(path);
  }

  private static final class Rounds {
    private final Gang gang;
    private final AdviSettings settings;
    private final RandomGenerator random;
    private final int start;
    private final Progress progress;
    private final int d;
    private final boolean full;
    private Whitening whitening;
    private double[] precision;
    private Approximation last;
    private Approximation answer;
    private int pairs;
    private int gradients;
    private double moved = Double.POSITIVE_INFINITY;
    private double bound = Double.NEGATIVE_INFINITY;

    Rounds(Gang gang, AdviSettings settings, RandomGenerator random, int start, Progress progress) {
      this.gang = gang;
      this.settings = settings;
      this.random = random;
      this.start = start;
      this.progress = progress;
      d = gang.target().dimension();
      full = fullRank(settings, d);
      pairs = Math.max(settings.noise() / 2, full ? d : 1);
    }

    AdviFit run(Pathfinder.Path path) {
      var centre = path.centre();
      var g = new double[d];
      if (!Finite.all(gang.target().gradient(centre, g), g)) centre = path.draw();
      whiten(Whitening.diagonal(path.scale()), centre, NARROW_STEP);
      var initial = family(centre);
      answer = Approximation.of(initial, new double[initial.size()]);
      boolean settled = false;
      int round = 0;
      while (round < MAX_ROUNDS && !settled && progress.report(start, round + 1, 0, Progress.Phase.OPTIMISING)) {
        settled = round(family(last == null ? centre : last.mean()), round);
        round++;
      }
      return new AdviFit(answer, whitening, moved, bound, settled, round, gradients);
    }

    /// Returns whether the answer has settled.
    private boolean round(Family family, int round) {
      var solution = solve(family);
      var next = Approximation.of(family, solution.x());
      bound = family.logScale() - solution.value();
      boolean rest = solution.stop() == Lbfgs.Stop.CONVERGED || solution.stop() == Lbfgs.Stop.NO_PROGRESS;
      boolean settled = false;
      if (last != null) {
        moved = distance(last, next, whitening.scales()) / Math.sqrt(2);
        settled = rest && moved <= settings.tolerance();
        if (!settled) pairs = Math.min(2 * pairs, Math.max(pairs, settings.maxNoise() / 2));
      }
      answer = last == null ? next : last.averaged(next);
      last = next;
      if (full) {
        whitening = new Whitening(d, true, next.factor(), next.logDeterminant());
      } else if (round == 0 || solution.iterations() > LABORIOUS) {
        whiten(whitening, next.mean(), WIDE_STEP);
      }
      return settled;
    }

    private void whiten(Whitening from, double[] centre, double h) {
      if (d <= Whitening.DENSE_LIMIT) gradients += 2 * d;
      whitening = from.refined(gang, centre, h);
      precision = whitening.dense() && !full ? whitening.precision() : new double[0];
    }

    private Family family(double[] centre) {
      if (full) return Family.FullRank.at(whitening, centre);
      return Family.MeanField.at(whitening, centre, last == null ? conditionalScales() : last.sd());
    }

    /// Standard deviations given all other coordinates: what mean field makes of a normal.
    private double[] conditionalScales() {
      var scale = whitening.scales().clone();
      if (whitening.dense()) {
        for (int i = 0; i < d; i++) scale[i] = 1 / Math.sqrt(precision[i * d + i]);
      }
      return scale;
    }

    /// In nats: a mean that is off by some standard deviations costs half their square.
    private double gain() {
      double off = REST * settings.tolerance();
      return Math.clamp(off * off / 2, LEAST_GAIN, MOST_GAIN);
    }

    private Lbfgs.Result solve(Family family) {
      var noise = Noise.of(random, pairs, d);
      var tilt = tilt(family, noise);
      while (Arrays.stream(tilt).anyMatch(t -> Math.abs(t) > MOST_TILT)) {
        pairs = Math.min(2 * pairs, d);
        noise = Noise.of(random, pairs, d);
        tilt = tilt(family, noise);
      }
      var objective = new FixedDraws(gang, family, noise, tilt);
      var x = narrowUntilFinite(family, objective);
      var limits = new Lbfgs.Limits(settings.maxIterations(), gain(), HISTORY);
      var seen = new int[1];
      var result = Lbfgs.minimise(objective, x, limits, (p, v, g, h) ->
          progress.report(start, ++seen[0], settings.maxIterations(), Progress.Phase.OPTIMISING));
      gradients += objective.evaluations();
      return result;
    }

    /// The control variate, which must stay well below the entropy's own slope of 1.
    private double[] tilt(Family family, Noise noise) {
      boolean due = precision.length > 0 && !noise.exact() && pairs < d;
      return due && family instanceof Family.MeanField f ? FixedDraws.tilt(noise, precision, f.scale()) : new double[0];
    }

    /// Scales halved until the bound is finite at the initial mean.
    private static double[] narrowUntilFinite(Family family, Objective objective) {
      var x = new double[family.size()];
      var g = new double[family.size()];
      for (int tries = 0; tries < 30 && !Finite.all(objective.evaluate(x, g), g); tries++) family.narrow(x);
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
