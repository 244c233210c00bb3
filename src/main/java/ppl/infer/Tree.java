package ppl.infer;

import java.util.random.RandomGenerator;

/// The doubling tree of the no-U-turn sampler with multinomial choice among states.
///
/// Sources: Hoffman and Gelman, "The No-U-Turn Sampler", JMLR 15 (2014); Betancourt, "A Conceptual Introduction to
/// Hamiltonian Monte Carlo" (2017), appendix A: states uniform by weight inside a subtree, biased progressive
/// choice between the old tree and each new half.
final class Tree {
  private final int maxDepth;
  private final double[] logWeight;
  private boolean broken;

  Tree(int maxDepth) {
    this.maxDepth = maxDepth;
    logWeight = new double[slots(maxDepth)];
  }

  /// Number of slots that a trajectory must have.
  static int slots(int maxDepth) {
    return maxDepth + 2;
  }

  /// Builds a tree; afterwards slot 0 holds the chosen state. Returns the number of completed doublings.
  int grow(Trajectory trajectory, RandomGenerator random) {
    trajectory.begin();
    logWeight[0] = 0;
    broken = false;
    int depth = 0;
    while (depth < maxDepth) {
      boolean forward = random.nextBoolean();
      if (!subtree(trajectory, random, depth, forward, 1)) break;
      depth++;
      boolean choose = random.nextDouble() < Math.exp(logWeight[1] - logWeight[0]);
      boolean goesOn = trajectory.join(0, 1, forward, choose);
      logWeight[0] = logAdd(logWeight[0], logWeight[1]);
      if (!goesOn) break;
    }
    return depth;
  }

  /// Whether the last tree ended at a state where the trajectory broke.
  boolean broken() {
    return broken;
  }

  /// Fills slot `into` with the next `2^depth` states; false where a U-turn or a break makes them invalid.
  /// Slots above `depth + 1` stay untouched, so each level keeps its second half in a slot of its own.
  private boolean subtree(Trajectory trajectory, RandomGenerator random, int depth, boolean forward, int into) {
    if (depth == 0) {
      logWeight[into] = trajectory.step(forward, into);
      broken = Double.isNaN(logWeight[into]);
      return !broken;
    }
    if (!subtree(trajectory, random, depth - 1, forward, into)) return false;
    int half = depth + 1;
    if (!subtree(trajectory, random, depth - 1, forward, half)) return false;
    double union = logAdd(logWeight[into], logWeight[half]);
    boolean choose = random.nextDouble() < Math.exp(logWeight[half] - union);
    boolean goesOn = trajectory.join(into, half, forward, choose);
    logWeight[into] = union;
    return goesOn;
  }

  private static double logAdd(double a, double b) {
    double max = Math.max(a, b);
    return max == Double.NEGATIVE_INFINITY ? max : max + Math.log1p(Math.exp(Math.min(a, b) - max));
  }
}
