package ppl.infer;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import ppl.family.Factor;
import ppl.runtime.Conjugate;
import ppl.runtime.Draws;
import ppl.runtime.Marginals;
import ppl.runtime.Storage;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Draws from factors of blocks, pushed through the model.
///
/// @param draws     of what the target reports
/// @param logJoint  log p(x, u) of the first draws, as the model states it
/// @param logWeight the same less log q, auxiliary unknowns integrated out of both
/// @param logWhole  the same with auxiliary unknowns
/// @param rounding  how far rounding may move these
record Reported(Draws draws, double[] logJoint, double[] logWeight, double[] logWhole, double rounding) {
  private static final long MOST_NUMBERS = 100_000_000;
  private static final long MOST_WORK = 200_000_000;
  private static final int LEAST_CHECKED = 100;

  /// How many draws fit into memory.
  static int affordable(Target target, int wanted) {
    return (int) Math.clamp(MOST_NUMBERS / Math.max(1, target.outputSize()), 2, Math.max(2, wanted));
  }

  /// A remark where there are fewer draws than were asked for.
  static Optional<Verdict> few(Draws draws, int wanted, boolean stopped) {
    return draws.width() == 0 ? Optional.empty() : few(draws.total(), wanted, stopped);
  }

  static Optional<Verdict> few(int drawn, int wanted, boolean stopped) {
    if (drawn >= wanted) return Optional.empty();
    return Optional.of(stopped
        ? Verdict.doubtful("The run was interrupted; " + drawn + " draws were kept.", "Let it run to its end.")
        : Verdict.trustworthy("Only " + drawn + " draws were made: more of so many values would not fit into memory."));
  }

  /// How many draws are worth their weights, which take a pass over data each.
  static int checked(Blocks blocks, int draws) {
    return (int) Math.min(draws, Math.max(LEAST_CHECKED, MOST_WORK / Math.max(1, blocks.size())));
  }

  /// @param most how many draws have weights at most
  static Reported of(Blocks blocks, Target target, int count, int most, RandomGenerator random, Progress progress) {
    var model = blocks.model;
    var values = blocks.values();
    int width = target.outputSize();
    var all = Storage.reals((long) count * width);
    var out = new double[width];
    int checked = Math.min(most, count);
    var joint = new double[checked];
    var weight = new double[checked];
    boolean augmented = blocks.augmented();
    var whole = augmented ? new double[checked] : weight;
    double rounding = 0;
    int k = 0;
    for (; k < count && (k < 2 || progress.report(0, k + 1, count, Progress.Phase.DRAWING)); k++) {
      blocks.draw(random, values);
      if (k < checked) {
        joint[k] = model.marginal(values, blocks.q);
        weight[k] = joint[k] - blocks.logMarginal(values);
        rounding = Math.max(rounding, blocks.rounding(values));
        if (augmented) whole[k] = model.joint(values, blocks.q) - blocks.logDensity(values);
      }
      model.report(values, blocks.q, random, out);
      System.arraycopy(out, 0, all, k * width, width);
    }
    if (k == count) return new Reported(Draws.of(width, List.of(all)), joint, weight, whole, rounding);
    int left = Math.min(k, checked);
    return new Reported(Draws.of(width, List.of(Arrays.copyOf(all, k * width))), Arrays.copyOf(joint, left),
        Arrays.copyOf(weight, left), Arrays.copyOf(whole, left), rounding);
  }

  /// Means, standard deviations and quantiles of what is a value of a block.
  static Marginals marginals(Conjugate model, Factor[] factors) {
    var places = model.places();
    var m = Marginals.unknown(places.length);
    for (int i = 0; i < places.length; i++) {
      if (places[i] < 0) continue;
      var factor = factors[(int) (places[i] >> 32)];
      int value = (int) places[i];
      m.mean()[i] = factor.mean(value);
      m.sd()[i] = factor.sd(value);
      m.q5()[i] = factor.quantile(value, 0.05);
      m.q50()[i] = factor.quantile(value, 0.5);
      m.q95()[i] = factor.quantile(value, 0.95);
    }
    return m;
  }

  /// What is known of each draw; weights of draws without one are NaN.
  Draws columns() {
    int n = draws.total();
    var out = new double[2 * n];
    for (int k = 0; k < n; k++) {
      out[2 * k] = k < logJoint.length ? logJoint[k] : Double.NaN;
      out[2 * k + 1] = k < logWeight.length ? logWeight[k] : Double.NaN;
    }
    return Draws.of(2, List.of(out));
  }
}
