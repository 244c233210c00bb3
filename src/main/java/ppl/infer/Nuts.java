package ppl.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ppl.runtime.Crew;
import ppl.runtime.Posterior;
import ppl.runtime.Target;

/// The no-U-turn sampler: multinomial, with dual averaging of the step size and windowed adaptation of the metric.
///
/// **Where chains start.** Every chain climbs by Pathfinder from starts of its own and keeps the best of its paths.
/// Chains whose path ends hopelessly lower than another chain's (evidence lower bounds apart by more than 20 nats
/// and a tenth of a nat a coordinate, far beyond their noise) start at one of the better ones instead: such a
/// place is a local trap with a vanishing share of the posterior, as mixtures and hidden Markov models have many.
/// Modes of comparable mass keep their chains, so that a posterior with several modes still shows as disagreement.
///
/// **How long they run.** As long as draws are worth too few independent ones, and chains do not disagree outright,
/// sampling is doubled, and as many draws are kept, further apart.
public final class Nuts implements Engine {
  /// Of a trajectory.
  private static final double USUAL_STEPS = 16;

  @Override
  public String name() {
    return "nuts";
  }

  @Override
  public String doc() {
    return "no-U-turn sampler: asymptotically exact draws by Hamiltonian Monte Carlo";
  }

  @Override
  public List<Knob> knobs() {
    return NutsSettings.KNOBS;
  }

  /// Every step goes through all coordinates, and through about as many numbers of a likelihood as blocks have statistics.
  @Override
  public double work(Target target, Map<String, String> given) {
    var settings = NutsSettings.of(Values.of(NutsSettings.KNOBS, given));
    double steps = (double) settings.chains() * (settings.warmup() + settings.draws()) * USUAL_STEPS;
    return steps * Math.max(target.dimension(), Blocks.size(target));
  }

  @Override
  public Plan plan(Target target) {
    return Plan.byGradients(target, (values, seed, progress) -> run(target, values, seed, progress));
  }

  private Posterior run(Target target, Values values, long seed, Progress progress) throws NoStart {
    var settings = NutsSettings.of(values);
    if (target.dimension() == 0)
      return Fixed.draws(this, target, values, seed, NutsChains.streams(settings, seed), settings.chains(), settings.draws());
    try (var crew = new Crew(settings.threadCount())) {
      return run(target.helpedBy(crew), settings, values, seed, crew, new Watch(progress));
    }
  }

  private Posterior run(Target target, NutsSettings settings, Values values, long seed, Crew crew, Watch watch) throws NoStart {
    long begin = System.nanoTime();
    var streams = NutsChains.streams(settings, seed);
    var own = new NutsChains(target, settings, streams, crew, watch);
    double startSeconds = (System.nanoTime() - begin) * 1e-9;
    var sampled = new Coordinates(target, settings, seed, crew, watch).sampled(own);
    var draws = sampled.draws();
    var check = draws.check();
    var verdicts = new ArrayList<>(check.verdicts());
    if (watch.stopped() && draws.isComplete()) verdicts.add(NutsCheck.interrupted(check.draws().total()));
    if (!watch.stopped() && !draws.isTrustworthy()) {
      // what else was found is a consequence of that
      sampled.chains().improper(draws.outcomes(), streams[0]).ifPresent(i -> {
        verdicts.clear();
        verdicts.add(i.verdict());
      });
    }
    if (!sampled.relative().isEmpty()) verdicts.add(Relative.note(sampled.relative()));
    var seconds = new LinkedHashMap<String, Double>();
    seconds.put("start", startSeconds);
    seconds.put("warmup", draws.warmupSeconds());
    seconds.put("sampling", draws.samplingSeconds());
    seconds.put("total", (System.nanoTime() - begin) * 1e-9);
    return new Posterior(name(), seed, values.texts(), Posterior.Kind.CHAINS, target.quantities(), check.draws(),
        NutsChain.COLUMNS, check.sampler(), check.summaries(), check.diagnostics(), verdicts, seconds, watch.stopped());
  }
}
