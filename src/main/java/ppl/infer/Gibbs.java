package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.Stream;
import ppl.runtime.Conjugate;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Parallel;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// The Gibbs sampler: every block is drawn from its conditional given all others, which has the natural parameters of the
/// closed-form updates at drawn statistics in place of moments. Unknowns without a block are moved by the no-U-turn
/// sampler given the blocks.
public final class Gibbs implements Engine {
  private static final List<Knob> KNOBS = List.of(
      Knob.whole("chains", 4, 1, 10_000, "independent chains"),
      Knob.whole("warmup", 1000, 0, 100_000_000, "adaptation iterations a chain, not kept"),
      Knob.whole("draws", 1000, 1, 100_000_000, "kept iterations a chain"),
      Knob.whole("max-thin", 8, 1, 1000, "sampling lasts up to so many times longer while draws are worth too little"),
      Knob.whole("threads", 0, 0, 10_000, "threads at most, 0 for one a processor; does not change the result"));

  private static final int SWEEPS = 200;
  private static final double TOLERANCE = 0.01;

  @Override
  public String name() {
    return "gibbs";
  }

  @Override
  public String doc() {
    return "Gibbs sampler: blocks of unknowns drawn from their closed-form conditionals in turn";
  }

  @Override
  public List<Knob> knobs() {
    return KNOBS;
  }

  @Override
  public Plan plan(Target target) {
    return Sides.largest(target).filter(m -> !m.blocks().isEmpty()).<Plan>map(m -> new Plan.Ready(
        (values, seed, progress) -> run(target, m, values, seed, progress), () -> Structure.of(m), true))
        .orElseGet(() -> new Plan.Refused("no unknown has a conditional in closed form"));
  }

  /// Every iteration goes through the statistics of all blocks.
  @Override
  public double work(Target target, Map<String, String> given) {
    var values = Values.of(KNOBS, given);
    double sweeps = (double) values.whole("chains") * (values.whole("warmup") + values.whole("draws"));
    return sweeps * Math.max(target.dimension(), Blocks.size(target));
  }

  private Posterior run(Target target, Conjugate model, Values values, long seed, Progress progress) throws NoStart {
    int threads = values.whole("threads") == 0 ? Runtime.getRuntime().availableProcessors() : values.whole("threads");
    try (var crew = new Crew(threads)) {
      return run(target, model, values, seed, crew, progress);
    }
  }

  private Posterior run(Target target, Conjugate model, Values values, long seed, Crew crew, Progress progress) throws NoStart {
    int chains = values.whole("chains");
    var streams = Streams.of(seed, chains + Cavi.starts(model));
    var clock = new Clock();
    var watch = new Watch(progress);
    var common = common(model, crew, Arrays.copyOfRange(streams, chains, streams.length), watch);
    var workers = new ArrayList<GibbsChain>();
    for (int c = 0; c < chains; c++) {
      var worker = new GibbsChain(target, Blocks.of(model.fork(), crew), values.whole("warmup"), values.whole("draws"), streams[c]);
      worker.begin(common.isEmpty() ? Optional.empty() : Optional.of(drawn(common.get(c % common.size()), streams[c])));
      workers.add(worker);
    }
    clock.lap("start");
    var run = Run.of(target, Parallel.map(crew, chains, c -> workers.get(c).run(c, watch)), 1, watch, crew);
    while (run.needsMore(chains) && 2 * run.thin <= values.whole("max-thin"))
      run = Run.of(target, Parallel.map(crew, chains, c -> workers.get(c).prolong(c, watch)), 2 * run.thin, watch, crew);
    clock.lap("sampling");
    return new Posterior(name(), seed, values.texts(), Posterior.Kind.CHAINS, target.quantities(), run.draws,
        List.of("lp__"), run.sampler, run.mixing.map(Mixing::summaries).orElse(List.of()), run.numbers, run.verdicts, clock.seconds(), watch.stopped());
  }

  /// The best of a few quick fits in closed form, where all unknowns have one. Modes that are one another's copies under
  /// another numbering of parts, or turned or mirrored, say the same of all else: in one of them chains can be compared. Modes
  /// of another height are none: where there are some, chains begin in all of them, so that they disagree unless they change
  /// from one to the other.
  private static List<Blocks> common(Conjugate model, Crew crew, SplittableGenerator[] streams, Watch watch) {
    if (model.dimension() > 0 || model.blocks().size() == 1) return List.of();
    try {
      var race = Cavi.race(model, streams, SWEEPS, TOLERANCE, crew, watch);
      return watch.stopped() ? List.of()
          : Stream.concat(Stream.of(race.best()), race.others().stream()).map(a -> a.blocks).toList();
    } catch (NoStart e) {
      return List.of();
    }
  }

  private static double[][] drawn(Blocks from, RandomGenerator random) {
    var values = from.values();
    from.draw(random, values);
    return values;
  }

  /// What all chains have given so far, and what that is worth.
  private record Run(Draws draws, Draws sampler, int thin, Optional<Mixing> mixing, Map<String, Double> numbers,
      List<Verdict> verdicts, boolean stopped) {
    static Run of(Target target, List<GibbsChain.Outcome> outcomes, int thin, Watch watch, Crew crew) throws NoStart {
      for (var o : outcomes) if (o.trouble().isPresent()) throw new NoStart(Cavi.trouble(o.trouble().get()));
      var draws = Draws.of(target.outputSize(), outcomes.stream().map(GibbsChain.Outcome::draws).toList());
      var sampler = Draws.of(1, outcomes.stream().map(GibbsChain.Outcome::logDensity).toList());
      var numbers = new LinkedHashMap<String, Double>();
      var verdicts = new ArrayList<Verdict>();
      Optional<Mixing> mixing = Optional.empty();
      numbers.put("draws", (double) sampler.total());
      numbers.put("thin", (double) thin);
      if (sampler.total() == 0) {
        verdicts.add(Verdict.unusable("The run was stopped before its first draw.", "Let it run longer."));
      } else {
        mixing = Optional.of(Mixing.of(target.quantities(), draws, sampler.column(0), numbers, verdicts, crew));
        NutsCheck.prolonged(thin, verdicts);
        NutsCheck.closing(numbers, verdicts, watch.stopped(), sampler.total());
      }
      return new Run(draws, sampler, thin, mixing, numbers, verdicts, watch.stopped());
    }

    boolean needsMore(int chains) {
      return !stopped && mixing.filter(m -> m.needsMore(chains)).isPresent();
    }
  }
}
