package ppl.infer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import ppl.runtime.Conjugate;
import ppl.runtime.Quantity;
import ppl.runtime.Storage;
import ppl.runtime.Target;

/// One chain of the Gibbs sampler.
///
/// Unknowns outside the blocks move with auxiliary unknowns integrated out, and these are drawn next, before anything reads
/// them: together this is one draw of both given all else (a partially collapsed sampler, van Dyk and Park, J. Am. Stat.
/// Assoc. 103, 2008). Degrees of freedom and the precisions that they say all about hold one another fast otherwise.
final class GibbsChain {
  private static final int MAX_DEPTH = 6;
  private static final int SWEEPS_AT_START = 5;

  private final Target target;
  private final Conjugate model;
  private final Blocks blocks;
  private final int warmup;
  private final int draws;
  /// Auxiliaries first.
  private final int[] order;
  private final boolean augmented;
  private final double[][] values;
  private final double[] log;
  private double[] all = {};
  private int kept;
  private int thin = 1;
  private final SplittableGenerator random;
  private final SplittableGenerator forward;
  private final Optional<Rest> rest;
  private Optional<String> trouble = Optional.empty();

  /// What a chain leaves behind.
  ///
  /// @param draws reported quantities, draw after draw: the chain's own, good until it is prolonged
  /// @param trouble why a block had no conditional distribution, if that has stopped the chain
  record Outcome(double[] draws, double[] logDensity, Optional<String> trouble) {}

  GibbsChain(Target target, Blocks blocks, int warmup, int draws, SplittableGenerator random) {
    this.target = target;
    this.model = blocks.model;
    this.blocks = blocks;
    this.warmup = warmup;
    this.draws = draws;
    this.random = random;
    log = new double[draws];
    forward = random.split();
    augmented = blocks.augmented();
    order = Arrays.stream(blocks.firstOrder()).boxed().sorted(Comparator.comparing(b -> !model.auxiliary(b)))
        .mapToInt(Integer::intValue).toArray();
    values = blocks.values();
    rest = model.dimension() == 0 ? Optional.empty() : Optional.of(new Rest());
  }

  /// The unknowns outside the blocks, given these.
  private final class Rest implements Target {
    private final StepSizeAdaptation steps = new StepSizeAdaptation(0.8);
    private final Tree tree = new Tree(MAX_DEPTH);
    private final MetricAdaptation metric;
    private final PhaseSpace space;

    Rest() {
      var unit = new double[dimension()];
      Arrays.fill(unit, 1);
      var begin = new Metric.Diagonal(unit);
      metric = new MetricAdaptation(MetricShape.AUTO, begin, dimension());
      space = new PhaseSpace(this, begin, MAX_DEPTH);
      space.stepSize(0.1);
      steps.restart(0.1);
    }

    void move() {
      if (!space.place(blocks.q.clone())) return;
      space.refresh(random);
      tree.grow(space, random);
      System.arraycopy(space.position(), 0, blocks.q, 0, blocks.q.length);
    }

    void adapt(int iteration, Windows windows) {
      space.stepSize(steps.next(space.acceptance()));
      if (windows.learns(iteration)) metric.add(blocks.q);
      if (windows.ends(iteration)) {
        space.metric(metric.finish());
        steps.restart(space.stepSize());
      }
    }

    void finish() {
      space.stepSize(steps.finish());
    }

    @Override
    public int dimension() {
      return model.dimension();
    }

    @Override
    public double logDensity(double[] q) {
      return augmented ? model.marginal(values, q) : model.energy(blocks.moments, q);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return augmented ? model.marginal(values, q, gradient) : model.energy(blocks.moments, q, gradient);
    }

    @Override
    public List<Quantity> quantities() {
      return target.quantities();
    }

    @Override
    public int outputSize() {
      return target.outputSize();
    }

    @Override
    public void constrain(double[] q, RandomGenerator source, double[] out) {
      model.report(values, q, source, out);
    }

    @Override
    public void start(RandomGenerator source, double[] q) {
      model.start(source, q);
    }

    @Override
    public Target fork() {
      throw new UnsupportedOperationException("belongs to one chain");
    }
  }

  /// Begins where values of the blocks are given, or at plain values.
  void begin(Optional<double[][]> given) {
    model.start(random, blocks.q);
    if (given.isPresent()) {
      for (int b = 0; b < values.length; b++) {
        System.arraycopy(given.get()[b], 0, values[b], 0, values[b].length);
        blocks.observe(b, values[b]);
      }
    } else {
      blocks.begin(random);
    }
    for (int i = 0; i < SWEEPS_AT_START; i++) sweep();
    centre();
  }

  /// Adapts, then samples.
  Outcome run(int chain, Progress progress) {
    int total = warmup + draws;
    var windows = Windows.of(warmup);
    for (int i = 0; i < warmup && trouble.isEmpty(); i++) {
      if (!progress.report(chain, i + 1, total, Progress.Phase.WARMING_UP)) return outcome();
      iterate();
      int at = i;
      rest.ifPresent(r -> r.adapt(at, windows));
      if (i == warmup / 2) centre();
    }
    if (warmup > 0) rest.ifPresent(Rest::finish);
    all = Storage.reals((long) draws * target.outputSize());
    sample(chain, progress);
    return outcome();
  }

  /// Doubles the iterations of sampling. Every other draw so far makes room for new ones, twice as far apart.
  Outcome prolong(int chain, Progress progress) {
    int width = target.outputSize();
    for (int i = 0; 2 * i < kept; i++) {
      System.arraycopy(all, 2 * i * width, all, i * width, width);
      log[i] = log[2 * i];
    }
    kept = (kept + 1) / 2;
    thin *= 2;
    sample(chain, progress);
    return outcome();
  }

  private void sample(int chain, Progress progress) {
    int width = target.outputSize();
    var out = new double[width];
    int total = warmup + draws * thin;
    while (kept < draws && trouble.isEmpty()) {
      for (int i = 1; i <= thin; i++) {
        if (!progress.report(chain, warmup + kept * thin + i, total, Progress.Phase.SAMPLING)) return;
        iterate();
      }
      model.report(values, blocks.q, forward, out);
      System.arraycopy(out, 0, all, kept * width, width);
      log[kept++] = augmented ? model.marginal(values, blocks.q) : model.energy(blocks.moments, blocks.q);
    }
  }

  private Outcome outcome() {
    return new Outcome(Storage.first(all, kept * target.outputSize()), Storage.first(log, kept), trouble);
  }

  private void iterate() {
    sweep();
    if (trouble.isEmpty()) rest.ifPresent(Rest::move);
  }

  private void sweep() {
    for (int b : order) {
      if (trouble.isPresent()) return;
      trouble = blocks.conditional(b);
      if (trouble.isPresent()) return;
      blocks.factors[b].draw(random, values[b]);
      blocks.observe(b, values[b]);
    }
  }

  /// Joint normals about where they are, so that sums of squares over data do not cancel.
  private void centre() {
    if (trouble.isPresent() || !blocks.centred()) return;
    blocks.centre();
    for (int b = 0; b < blocks.count(); b++) blocks.observe(b, values[b]);
  }
}
