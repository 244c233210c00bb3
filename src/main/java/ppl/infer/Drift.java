package ppl.infer;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import ppl.runtime.Quantity;
import ppl.runtime.Target;

/// Checks an approximation by Markov chains that start in it: if its means are right, the chains' means stay. Bias of
/// a mean shows within a few transitions, long before the chains could replace the approximation.
///
/// The chains run in stretches that double in length, each judged by itself, until the standard error of every
/// drift is below a tenth of a standard deviation or the gradients are used up.
///
/// @param worst largest significant drift of a reported quantity's mean, in standard deviations; 0 if there is none
/// @param element which
/// @param error largest standard error of a drift, in standard deviations
/// @param vague which
/// @param wider largest ratio of a quantity's standard deviation along the chains to that of the approximation
/// @param widerElement which
/// @param divergent share of divergent transitions
record Drift(double worst, String element, double error, String vague, double wider, String widerElement,
    double divergent) {
  private static final int CHAINS = 32;
  private static final int FIRST_STRETCH = 4;
  private static final int MAX_DEPTH = 6;
  private static final double SIGNIFICANT = 4;
  private static final double RESOLVED = 0.1;

  /// Markov chains that start in the approximation.
  interface Walk {
    int chains();

    /// Takes a chain to its start, and writes what is reported there.
    void begin(int chain, double[] out);

    /// One transition; writes what is reported after it. Returns what it cost.
    ///
    /// @param adapt whether step sizes may change
    int move(int chain, boolean adapt, double[] out);

    /// Whether the last transition diverged.
    boolean diverged();
  }

  /// Runs chains from the first draws of `sample`, with the metric of `whitening`, for about `gradients` gradients.
  static Drift of(Target target, Approximation.Sample sample, Whitening whitening, RandomGenerator random,
      int gradients, Progress progress) {
    return of(target.quantities(), new Hamiltonian(target, sample, whitening, random), gradients, progress);
  }

  /// Runs chains until their drift is known or they have cost `most`.
  static Drift of(List<Quantity> quantities, Walk walk, int most, Progress progress) {
    return new Check(quantities, walk).run(most, progress);
  }

  static int chains(int starts) {
    return Math.min(CHAINS, starts / 2 * 2);
  }

  private static final class Hamiltonian implements Walk {
    private final Target target;
    private final RandomGenerator random;
    private final double[][] q;
    private final PhaseSpace space;
    private final Tree tree = new Tree(MAX_DEPTH);
    private final StepSizeAdaptation steps = new StepSizeAdaptation(0.8);
    private boolean diverged;

    Hamiltonian(Target target, Approximation.Sample sample, Whitening whitening, RandomGenerator random) {
      this.target = target;
      this.random = random;
      int d = target.dimension();
      q = new double[Drift.chains(sample.size())][d];
      for (int c = 0; c < q.length; c++) System.arraycopy(sample.z(), c * d, q[c], 0, d);
      space = new PhaseSpace(target, Metric.of(whitening), MAX_DEPTH);
      double first = Math.pow(d, -0.25);
      steps.restart(first / 5);
      space.stepSize(first);
    }

    @Override
    public int chains() {
      return q.length;
    }

    @Override
    public void begin(int chain, double[] out) {
      target.constrain(q[chain], random, out);
    }

    @Override
    public int move(int chain, boolean adapt, double[] out) {
      int used = 1;
      diverged = false;
      if (space.place(q[chain])) {
        space.refresh(random);
        tree.grow(space, random);
        used += space.steps();
        diverged = space.diverged();
        if (adapt) space.stepSize(steps.next(space.acceptance()));
        System.arraycopy(space.position(), 0, q[chain], 0, q[chain].length);
      }
      target.constrain(q[chain], random, out);
      return used;
    }

    @Override
    public boolean diverged() {
      return diverged;
    }
  }

  private static final class Check {
    private final List<Quantity> quantities;
    private final Walk walk;
    private final int chains;
    private final double[][] start;
    private final double[][] sum;
    private final double[][] square;
    private final double[] out;
    private int count;
    private int divergent;
    private int used;

    Check(List<Quantity> quantities, Walk walk) {
      this.quantities = quantities;
      this.walk = walk;
      chains = walk.chains();
      int width = quantities.stream().mapToInt(Quantity::size).sum();
      start = new double[chains][width];
      sum = new double[chains][width];
      square = new double[chains][width];
      out = new double[width];
      for (int c = 0; c < chains; c++) walk.begin(c, start[c]);
    }

    Drift run(int most, Progress progress) {
      stretch(FIRST_STRETCH, true);
      int length = FIRST_STRETCH;
      while (true) {
        int before = used;
        stretch(length, false);
        var drift = judge();
        length *= 2;
        boolean affordable = used + 2 * (used - before) <= most;
        if (drift.error() < RESOLVED || !affordable) return drift;
        if (!progress.report(0, used, most, Progress.Phase.CHECKING)) return drift;
      }
    }

    private void stretch(int transitions, boolean adapt) {
      count = 0;
      divergent = 0;
      for (int c = 0; c < chains; c++) {
        Arrays.fill(sum[c], 0);
        Arrays.fill(square[c], 0);
      }
      for (int t = 0; t < transitions; t++) {
        for (int c = 0; c < chains; c++) move(c, adapt);
        count++;
      }
    }

    private void move(int c, boolean adapt) {
      used += walk.move(c, adapt, out);
      if (walk.diverged()) divergent++;
      for (int i = 0; i < out.length; i++) {
        sum[c][i] += out[i];
        square[c][i] += out[i] * out[i];
      }
    }

    private Drift judge() {
      var worst = new Largest();
      var error = new Largest();
      var wider = new Largest();
      int column = 0;
      for (var quantity : quantities) {
        boolean judged = quantity.role() == Quantity.Role.UNKNOWN || quantity.role() == Quantity.Role.DETERMINISTIC;
        for (int e = 0; e < quantity.size(); e++, column++) {
          if (!judged) continue;
          double here = sd(column);
          double there = startSd(column);
          double unit = Math.max(here, there);
          if (!(unit > 1e-8 * Math.abs(mean(column)))) continue;
          double[] moved = moved(column);
          if (moved[0] > SIGNIFICANT * moved[1]) worst.see(moved[0] / unit, quantity, e);
          error.see(moved[1] / unit, quantity, e);
          if (there > 0 && !quantity.integer()) wider.see(here / there, quantity, e);
        }
      }
      return new Drift(worst.value(), worst.element(), error.value(), error.element(), wider.value(), wider.element(), (double) divergent / (chains * count));
    }

    private double mean(int column) {
      double s = 0;
      for (int c = 0; c < chains; c++) s += sum[c][column];
      return s / (chains * count);
    }

    private double sd(int column) {
      double s = 0;
      double ss = 0;
      for (int c = 0; c < chains; c++) {
        s += sum[c][column];
        ss += square[c][column];
      }
      double m = s / (chains * count);
      return Math.sqrt(Math.max(0, ss / (chains * count) - m * m));
    }

    private double startSd(int column) {
      return spread(Arrays.stream(start).mapToDouble(x -> x[column]).toArray())[1] * Math.sqrt(chains - 1);
    }

    /// Size and standard error of the drift, from the chains' means less their starts, or less the mean of the
    /// starts, whichever is the surer: the first for chains that move slowly, the second for others.
    private double[] moved(int column) {
      double centre = Arrays.stream(start).mapToDouble(x -> x[column]).average().orElse(0);
      var paired = new double[chains];
      var free = new double[chains];
      for (int c = 0; c < chains; c++) {
        free[c] = sum[c][column] / count - centre;
        paired[c] = sum[c][column] / count - start[c][column];
      }
      var a = spread(paired);
      var b = spread(free);
      return a[1] < b[1] ? a : b;
    }

    /// Absolute mean and its standard error.
    private static double[] spread(double[] x) {
      double mean = Arrays.stream(x).average().orElse(0);
      double s = 0;
      for (double v : x) s += (v - mean) * (v - mean);
      return new double[] {Math.abs(mean), Math.sqrt(s / x.length / (x.length - 1))};
    }
  }
}
