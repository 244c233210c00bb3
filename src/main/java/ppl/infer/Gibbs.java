package ppl.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import ppl.runtime.Draws;
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
      Knob.whole("threads", 0, 0, 10_000, "threads at most, 0 for one a processor; does not change the result"));

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
  public Optional<String> objection(Target target) {
    return Sides.largest(target).filter(m -> !m.blocks().isEmpty()).isPresent() ? Optional.empty()
        : Optional.of("no unknown has a conditional in closed form");
  }

  @Override
  public Posterior run(Target target, Values values, long seed, Progress progress) throws NoStart {
    int chains = values.whole("chains");
    int threads = values.whole("threads") == 0 ? Runtime.getRuntime().availableProcessors() : values.whole("threads");
    var streams = Streams.of(seed, chains);
    var clock = new Clock();
    var watch = new Watch(progress);
    var model = Sides.largest(target).orElseThrow();
    var workers = new ArrayList<GibbsChain>();
    for (int c = 0; c < chains; c++) workers.add(new GibbsChain(target, model.fork(), streams[c]));
    var outcomes = Parallel.map(threads, chains,
        c -> workers.get(c).run(c, values.whole("warmup"), values.whole("draws"), watch));
    for (var o : outcomes) if (o.trouble().isPresent()) throw new NoStart(Cavi.trouble(o.trouble().get()));
    clock.lap("sampling");
    var draws = new Draws(target.outputSize(), outcomes.stream().map(GibbsChain.Outcome::draws).toList());
    var sampler = new Draws(1, outcomes.stream().map(GibbsChain.Outcome::logDensity).toList());
    var numbers = new LinkedHashMap<String, Double>();
    var verdicts = new ArrayList<Verdict>();
    numbers.put("draws", (double) sampler.total());
    if (sampler.total() == 0) {
      verdicts.add(Verdict.unusable("The run was stopped before its first draw.", "Let it run longer."));
    } else {
      NutsCheck.mixing(target.quantities(), draws, numbers, verdicts);
      NutsCheck.closing(numbers, verdicts, watch.stopped(), sampler.total());
    }
    clock.lap("check");
    return new Posterior(name(), seed, values.texts(), Posterior.Kind.CHAINS, target.quantities(), draws,
        List.of("lp__"), sampler, Optional.empty(), numbers, verdicts, clock.seconds(), watch.stopped());
  }
}
