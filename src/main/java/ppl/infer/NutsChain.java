package ppl.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator.SplittableGenerator;
import ppl.runtime.Rows;
import ppl.runtime.Storage;
import ppl.runtime.Target;

/// One chain of the no-U-turn sampler: warm-up, then draws.
final class NutsChain {
  /// Columns known of every draw, named as in Stan.
  static final List<String> COLUMNS =
      List.of("lp__", "accept_stat__", "stepsize__", "treedepth__", "n_leapfrog__", "divergent__", "energy__");

  /// How far apart gradients are taken for the curvature, in the scales of the climb.
  private static final double CURVATURE_STEP = 0.5;

  /// Numbers in the positions that are kept.
  private static final int KEPT = 1_000_000;
  private static final int FEWEST = 20;
  private static final int MOST = 200;

  private final Target target;
  private final NutsSettings settings;
  private final SplittableGenerator random;
  private final SplittableGenerator forward;
  private final PhaseSpace space;
  private final Heeded walk;
  private final Tree tree;
  private final Windows windows;
  private final StepSizeAdaptation steps;
  private final MetricAdaptation metric;
  private final Kept draws;
  private final double[] sampler;
  private Recent recent = new Recent(0, 0, 1);
  private final List<double[]> positions = new ArrayList<>();
  private final int apart;
  private int warmed;
  private int thin = 1;
  private boolean complete;
  private double warmupSeconds;
  private double samplingSeconds;
  private long gradients;
  private double change;
  private int changes;

  /// What a chain leaves behind.
  ///
  /// @param draws reported quantities: the chain's own, good until it is prolonged
  /// @param sampler the columns of [#COLUMNS], draw after draw; likewise
  /// @param complete whether it ran to its end
  /// @param gradients evaluated while sampling
  /// @param energyChange mean squared change of the energy from one trajectory to the next
  /// @param position the last one
  /// @param positions some of those before it was prolonged, evenly apart
  record Outcome(Rows draws, double[] sampler, boolean complete, long gradients, double energyChange,
      double warmupSeconds, double samplingSeconds, double[] position, List<double[]> positions) {}

  /// A chain that starts at the draw of `path`, where log density and gradient are finite.
  NutsChain(Target target, NutsSettings settings, Pathfinder.Path path, SplittableGenerator random) {
    this.target = target;
    this.settings = settings;
    this.random = random;
    forward = random.split();
    space = new PhaseSpace(target, initial(target, settings.metric(), path), settings.maxDepth());
    walk = new Heeded(space);
    tree = new Tree(settings.maxDepth());
    space.place(path.draw());
    draws = new Kept(target, settings.draws(), Kept.FEW / settings.chains());
    sampler = Storage.reals((long) settings.draws() * COLUMNS.size());
    apart = apart(settings.draws());
    windows = Windows.of(settings.warmup());
    steps = new StepSizeAdaptation(settings.targetAccept());
    metric = new MetricAdaptation(settings.metric(), space.metric(), target.dimension());
  }

  /// How far apart positions are kept of `iterations`.
  private int apart(int iterations) {
    return Math.max(1, iterations / Math.clamp(KEPT / target.dimension(), FEWEST, MOST));
  }

  /// The metric to begin with: by the curvature about the start where a full matrix may pay, else by the climb's scales.
  private static Metric initial(Target target, MetricShape shape, Pathfinder.Path path) {
    var scales = Whitening.diagonal(path.scale());
    if (shape.considersDense(target.dimension())) {
      try (var gang = new Gang(target, 1)) {
        var metric = Metric.of(scales.refined(gang, path.centre(), CURVATURE_STEP));
        if (metric instanceof Metric.Dense dense && shape.prefers(dense)) return dense;
      }
    }
    return Metric.of(scales);
  }

  /// Warms up until `end` iterations are done; false where the run was stopped.
  boolean warmUp(int chain, int end, Progress progress) {
    long begin = System.nanoTime();
    boolean goesOn = warmUpTo(end, chain, progress);
    warmupSeconds += (System.nanoTime() - begin) * 1e-9;
    return goesOn;
  }

  /// What the window showed that ended with the warm-up so far.
  Recent recent() {
    return recent;
  }

  /// What is left of the warm-up, then draws.
  Outcome run(int chain, Progress progress) {
    complete = warmUp(chain, settings.warmup(), progress);
    return sampled(chain, progress);
  }

  /// Doubles the iterations of sampling. Every other draw so far makes room for new ones, twice as far apart.
  Outcome prolong(int chain, Progress progress) {
    for (int i = 0; 2 * i < draws.count(); i++)
      System.arraycopy(sampler, 2 * i * COLUMNS.size(), sampler, i * COLUMNS.size(), COLUMNS.size());
    draws.thin();
    thin *= 2;
    return sampled(chain, progress);
  }

  private Outcome sampled(int chain, Progress progress) {
    long begin = System.nanoTime();
    complete = complete && sample(chain, progress);
    samplingSeconds += (System.nanoTime() - begin) * 1e-9;
    return new Outcome(draws.rows(), Storage.first(sampler, draws.count() * COLUMNS.size()), complete, gradients, change / Math.max(1, changes - 1), warmupSeconds, samplingSeconds, space.position().clone(), List.copyOf(positions));
  }

  private boolean warmUpTo(int end, int chain, Progress progress) {
    int total = settings.warmup() + settings.draws();
    int last = windows.ends().contains(end) ? windows.length(end) : 0;
    recent = new Recent(target.dimension(), last, apart(last));
    if (warmed == 0) {
      if (end > 0 && !walk.begins(progress, chain, 1, total, Progress.Phase.WARMING_UP)) return false;
      space.stepSize(reasonableStep(1));
      steps.restart(space.stepSize());
    }
    for (; warmed < end; warmed++) {
      if (!walk.begins(progress, chain, warmed + 1, total, Progress.Phase.WARMING_UP)) return false;
      transition();
      if (walk.stopped()) return false;
      space.stepSize(steps.next(space.acceptance()));
      if (windows.learns(warmed)) {
        metric.add(space.position());
        if (warmed >= end - last) recent.add(space.position(), space.energy());
      }
      if (windows.ends(warmed)) {
        space.metric(metric.finish());
        space.stepSize(reasonableStep(space.stepSize()));
        steps.restart(space.stepSize());
      }
    }
    if (end == settings.warmup() && end > 0) space.stepSize(steps.finish());
    return true;
  }

  private boolean sample(int chain, Progress progress) {
    int total = settings.warmup() + settings.draws() * thin;
    while (draws.count() < settings.draws()) {
      for (int i = 1; i <= thin; i++) {
        int iteration = settings.warmup() + draws.count() * thin + i;
        if (!walk.begins(progress, chain, iteration, total, Progress.Phase.SAMPLING)) return false;
        double before = space.energy();
        int depth = transition();
        if (walk.stopped()) return false;
        gradients += space.steps();
        if (changes++ > 0) change += (space.energy() - before) * (space.energy() - before);
        if (i == thin) keep(depth);
      }
    }
    return true;
  }

  private void keep(int depth) {
    int o = draws.count() * COLUMNS.size();
    sampler[o] = space.logDensity();
    sampler[o + 1] = space.acceptance();
    sampler[o + 2] = space.stepSize();
    sampler[o + 3] = depth;
    sampler[o + 4] = space.steps();
    sampler[o + 5] = space.diverged() ? 1 : 0;
    sampler[o + 6] = space.energy();
    if (thin == 1 && draws.count() % apart == 0) positions.add(space.position().clone());
    draws.add(space.position(), forward);
  }

  private int transition() {
    space.refresh(random);
    return tree.grow(walk, random);
  }

  /// Doubles or halves the step until one leapfrog step crosses an acceptance of 0.8 (Hoffman and Gelman 2014,
  /// algorithm 4).
  private double reasonableStep(double first) {
    double step = first;
    boolean growing = false;
    for (int i = 0; i < 100 && !walk.stopped(); i++) {
      if (i > 0) walk.goesOn();
      space.stepSize(step);
      space.refresh(random);
      boolean good = space.trial() > Math.log(0.8);
      if (i > 0 && good != growing) return step;
      growing = good;
      double next = growing ? 2 * step : 0.5 * step;
      if (!(next > 1e-300 && next < 1e10)) return step;
      step = next;
    }
    return step;
  }
}
