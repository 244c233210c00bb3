package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import ppl.runtime.Batches;
import ppl.runtime.Conjugate;

/// Stochastic variational inference (Hoffman, Blei, Wang, Paisley, JMLR 14, 2013). For every batch the blocks of its
/// rows, and those that no row meets, take their optimum given the others; then blocks that rows share take a
/// natural-gradient step, eta <- (1 - rho) eta + rho dF/dm, and coordinates without a closed form one by Adam.
final class StochasticFit {
  /// Over blocks of a batch that depend on one another; the next visit goes on from there.
  private static final int SWEEPS = 10;

  private final Conjugate model;
  private final Batches batches;
  private final List<Integer> shared;
  private final Shuffle shuffle;
  private final StepRule rule;
  private final RandomGenerator order;
  private final RandomGenerator noise;
  private final int pairs;
  private final Optional<StochasticNormal> normal;
  private final double[][] sum;
  private final double[][] location;
  private final double[][] before;
  private final double[][] unit;
  private final double[] slope;
  private final double[] u;
  /// Where the blocks of each batch were.
  private final List<Optional<double[][]>> memory;
  private Collapsed collapsed;
  private Blocks blocks;
  private int epochs;
  private long steps;
  private Optional<String> trouble = Optional.empty();
  private Optional<Approximation> outside = Optional.empty();
  private Optional<Approximation> answered = Optional.empty();
  private double[][] answer = new double[0][];

  /// @param start     the first batch, with natural parameters of the shared blocks set
  /// @param shared    blocks that rows share
  /// @param normal    of coordinates; empty if there are none
  /// @param pairs     of noise a step
  StochasticFit(Conjugate model, Batches batches, Collapsed start, List<Integer> shared, Shuffle shuffle, StepRule rule,
      Optional<StochasticNormal> normal, int pairs, RandomGenerator order, RandomGenerator noise) {
    this.model = model;
    this.batches = batches;
    this.shared = shared;
    this.shuffle = shuffle;
    this.rule = rule;
    this.normal = normal;
    this.pairs = pairs;
    this.order = order;
    this.noise = noise;
    memory = new ArrayList<>(Collections.nCopies(shuffle.batches(), Optional.empty()));
    collapsed = start;
    blocks = start.blocks();
    sum = blocks.natural.clone();
    for (int b : shared) sum[b] = new double[blocks.natural[b].length];
    location = locations();
    before = locations();
    unit = locations();
    slope = new double[start.dimension()];
    u = new double[start.dimension()];
  }

  private double[][] locations() {
    var out = new double[blocks.count()][0];
    for (int b : shared) out[b] = new double[blocks.factors[b].locations()];
    return out;
  }

  int epochs() {
    return epochs;
  }

  long steps() {
    return steps;
  }

  Optional<String> trouble() {
    return trouble;
  }

  /// Natural parameters of the shared blocks: the answer, after [#run].
  double[][] natural() {
    return blocks.natural;
  }

  Optional<Approximation> outside() {
    return outside;
  }

  /// Goes on until answers have settled, for at most `most` epochs.
  void run(int most, Progress progress) {
    locate(before);
    outside = normal.map(StochasticNormal::approximation);
    boolean going = true;
    while (going && !rule.settled() && epochs < most && trouble.isEmpty()) {
      var mean = new Mean();
      for (int e = rule.window(normal.map(n -> n.memory(rule.relative())).orElse(0.0)); e > 0 && going && epochs < most && trouble.isEmpty(); e--) going = epoch(mean, most, progress);
      if (trouble.isPresent() || mean.count == 0) return;
      mean.answer();
      rule.answered(distance());
      mean.back();
    }
    answered.ifPresent(a -> outside = Optional.of(a));
    for (int b : shared) if (answer.length > 0) System.arraycopy(answer[b], 0, blocks.natural[b], 0, answer[b].length);
  }

  /// The mean over a window of what steps lead to.
  private final class Mean {
    private final double[][] natural = new double[blocks.count()][0];
    private final double[] parameters = new double[normal.map(n -> n.parameters().length).orElse(0)];
    private final double[][] now = new double[blocks.count()][0];
    private int count;

    Mean() {
      for (int b : shared) natural[b] = new double[blocks.natural[b].length];
    }

    void add() {
      count++;
      for (int b : shared) mix(natural[b], blocks.natural[b], 1.0 / count);
      normal.ifPresent(n -> mix(parameters, n.parameters(), 1.0 / count));
    }

    /// Puts the mean where the last step was, which is kept.
    void answer() {
      for (int b : shared) {
        now[b] = blocks.natural[b].clone();
        System.arraycopy(natural[b], 0, blocks.natural[b], 0, natural[b].length);
        trouble = trouble.or(() -> blocks.factors[b].set(blocks.natural[b]));
      }
      answer = natural;
      normal.ifPresent(n -> {
        var last = n.parameters().clone();
        n.parameters(parameters);
        answered = Optional.of(n.approximation());
        n.parameters(last);
      });
    }

    void back() {
      for (int b : shared) {
        System.arraycopy(now[b], 0, blocks.natural[b], 0, now[b].length);
        place(b);
      }
    }
  }

  private static void mix(double[] out, double[] with, double share) {
    for (int i = 0; i < out.length; i++) out[i] += share * (with[i] - out[i]);
  }

  private void place(int b) {
    trouble = trouble.or(() -> blocks.factors[b].set(blocks.natural[b]));
    if (trouble.isEmpty()) blocks.factors[b].moments(blocks.moments[b]);
  }

  /// Returns whether to go on.
  private boolean epoch(Mean mean, int most, Progress progress) {
    epochs++;
    for (int k : shuffle.order(order)) {
      if (!progress.report(0, epochs, most, Progress.Phase.OPTIMISING)) return false;
      take(k);
      step();
      if (!collapsed.exact()) memory.set(k, Optional.of(collapsed.remember()));
      if (trouble.isPresent()) return false;
      mean.add();
    }
    return true;
  }

  private void take(int batch) {
    var natural = blocks.natural;
    collapsed = collapsed.with(Taken.of(batches, model, shuffle.batch(batch)), memory.get(batch)).sweeping(SWEEPS);
    blocks = collapsed.blocks();
    for (int b : shared) System.arraycopy(natural[b], 0, blocks.natural[b], 0, natural[b].length);
  }

  private void step() {
    steps++;
    double rho = rule.next();
    if (normal.isEmpty()) {
      trouble = Double.isFinite(collapsed.gradient(u, slope)) ? Optional.empty() : unsolved();
      if (trouble.isPresent()) return;
      for (int b : shared) {
        blocks.model.natural(b, blocks.moments, blocks.q, sum[b]);
        move(b, rho);
      }
      return;
    }
    int found = 0;
    for (int b : shared) Arrays.fill(sum[b], 0);
    var e = new double[u.length];
    for (int p = 0; p < pairs; p++) {
      for (int i = 0; i < e.length; i++) e[i] = noise.nextGaussian();
      for (int sign = 1; sign >= -1; sign -= 2) {
        normal.get().place(e, sign, u);
        if (!Finite.all(collapsed.gradient(u, slope), slope)) continue;
        found++;
        normal.get().collect(e, sign, slope);
        for (int b : shared) {
          var natural = new double[sum[b].length];
          blocks.model.natural(b, blocks.moments, blocks.q, natural);
          for (int i = 0; i < natural.length; i++) sum[b][i] += natural[i];
        }
      }
    }
    if (found == 0) {
      trouble = unsolved();
      return;
    }
    for (int b : shared) {
      for (int i = 0; i < sum[b].length; i++) sum[b][i] /= found;
      move(b, rho);
    }
    normal.get().step(rho, rule.relative(), found);
  }

  private Optional<String> unsolved() {
    return collapsed.trouble().or(() -> Optional.of("the log density is not finite for some batch"));
  }

  private void move(int b, double rho) {
    mix(blocks.natural[b], sum[b], rho);
    place(b);
  }

  private void locate(double[][] out) {
    for (int b : shared) blocks.factors[b].locate(out[b], unit[b]);
  }

  /// By how much the answer differs from the last one, in standard deviations.
  private double[] distance() {
    var moves = DoubleStream.builder();
    locate(location);
    for (int b : shared) {
      for (int i = 0; i < location[b].length; i++)
        moves.add(unit[b][i] > 0 ? (location[b][i] - before[b][i]) / unit[b][i] : 0);
      System.arraycopy(location[b], 0, before[b], 0, location[b].length);
    }
    if (answered.isPresent()) {
      var now = answered.get();
      var then = outside.orElseThrow();
      for (int i = 0; i < now.sd().length; i++) {
        moves.add((now.mean()[i] - then.mean()[i]) / now.sd()[i]);
        moves.add(Math.log(now.sd()[i] / then.sd()[i]));
      }
      outside = answered;
    }
    return moves.build().toArray();
  }
}
