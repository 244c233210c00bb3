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
  private final Edge back;
  private Metric metric;
  private int gradients;
  private double undivided;

  Leapfrog(Target target, Metric metric) {
    this.target = target;
    this.metric = metric;
    d = target.dimension();
    back = new Edge(d);
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

  /// Completes an edge whose position, momentum, gradient and log density are known.
  void enter(Edge e) {
    metric.velocity(e.p, e.v);
    metric.velocity(e.g, e.w);
    e.energy = 0.5 * Multiply.dot(e.p, e.v, d) - e.logDensity;
  }

  /// Goes from `from`, which stays as it is, to `to` by a step of size `step`, backward in time where that is negative.
  Outcome step(Edge from, Edge to, double step) {
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
  private boolean cross(Edge from, Edge to, double step, int division) {
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
  void part(Edge from, Edge to, double step) {
    double half = 0.5 * step;
    for (int i = 0; i < d; i++) {
      double v = from.v[i] + half * from.w[i];
      to.p[i] = from.p[i] + half * from.g[i];
      to.v[i] = v;
      to.q[i] = from.q[i] + step * v;
    }
    to.logDensity = target.gradient(to.q, to.g);
    gradients++;
    metric.velocity(to.g, to.w);
    for (int i = 0; i < d; i++) {
      to.p[i] += half * to.g[i];
      to.v[i] += half * to.w[i];
    }
    to.energy = 0.5 * Multiply.dot(to.p, to.v, d) - to.logDensity;
  }
}
