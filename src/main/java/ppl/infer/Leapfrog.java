package ppl.infer;

import ppl.math.Multiply;
import ppl.runtime.Target;

/// The leapfrog integrator, which divides a step where the posterior is so curved that the energy jumps: into halves,
/// quarters, .., the coarsest division that keeps the energy within a tolerance all along the step. That lets
/// trajectories into the neck of a funnel, where a whole step would diverge.
///
/// A divided step counts only if the way back would be divided alike: steps stay reversible and preserve volume, and
/// every state of a walk leads to the same walk. Where not, the walk ends there, as at a divergence. The tolerance is
/// so wide that ordinary steps hardly ever meet it, and then cost one gradient.
///
/// Source: the idea is that of Bou-Rabee, Carpenter, Kleppe and Liu, "The within-orbit adaptive leapfrog no-U-turn
/// sampler" (2025), here with a choice of division that is deterministic.
final class Leapfrog {
  /// Energy that a step may gain or lose, in nats: beyond, its acceptance would be below 5e-5.
  static final double TOLERANCE = 10;
  private static final int DIVISIONS = 8;

  /// What became of a step.
  enum Outcome {
    DONE,
    /// The way back is divided otherwise.
    ONE_WAY,
    /// No division keeps the energy.
    DIVERGED
  }

  private final Target target;
  private final int d;
  private final State back;
  private final double[] gradient;
  private Metric metric;
  private int gradients;
  private double undivided;

  Leapfrog(Target target, Metric metric) {
    this.target = target;
    this.metric = metric;
    d = target.dimension();
    back = new State(d);
    gradient = new double[d];
  }

  void metric(Metric metric) {
    this.metric = metric;
  }

  Metric metric() {
    return metric;
  }

  /// Gradients evaluated so far.
  int gradients() {
    return gradients;
  }

  /// The energy after the last step had it not been divided.
  double undivided() {
    return undivided;
  }

  /// Completes a state whose position and momentum are known, by a gradient that is not counted.
  void enter(State s) {
    evaluate(s);
    metric.slope(gradient, s.slope);
    weigh(s);
  }

  /// Completes a state of which all but the energy is known.
  void weigh(State s) {
    s.weigh(Multiply.dot(s.p, s.p, d));
  }

  private void evaluate(State s) {
    s.logDensity = target.gradient(s.q, gradient);
  }

  /// Goes from `from`, which stays as it is, to `to` by a step of size `step`, backward in time where that is negative.
  Outcome step(State from, State to, double step) {
    boolean smooth = cross(from, to, step, 0);
    undivided = to.energy;
    int division = 0;
    while (!smooth) {
      if (division == DIVISIONS) return Outcome.DIVERGED;
      smooth = cross(from, to, step, ++division);
    }
    for (int coarser = 0; coarser < division; coarser++) {
      if (cross(to, back, -step, coarser)) return Outcome.ONE_WAY;
    }
    return Outcome.DONE;
  }

  /// Takes a step in `2^division` parts. Returns whether the energy stays within the tolerance.
  private boolean cross(State from, State to, double step, int division) {
    int parts = 1 << division;
    double least = from.energy;
    double most = from.energy;
    for (int k = 0; k < parts; k++) {
      part(k == 0 ? from : to, to, step / parts);
      least = Math.min(least, to.energy);
      most = Math.max(most, to.energy);
      if (!(most - least <= TOLERANCE)) return false;
    }
    return true;
  }

  /// One leapfrog step; `from` may be `to`.
  void part(State from, State to, double step) {
    metric.drift(from, to, step);
    evaluate(to);
    gradients++;
    to.weigh(metric.kick(gradient, to, 0.5 * step));
  }
}
