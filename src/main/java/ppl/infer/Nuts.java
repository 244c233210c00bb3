package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import ppl.runtime.Crew;
import ppl.runtime.Parallel;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.TooLargeException;
import ppl.runtime.Verdict;

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
  private static final double HOPELESS = 20;
  private static final double HOPELESS_PER_COORDINATE = 0.1;

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
    int chains = settings.chains();
    var streams = Streams.of(seed, chains * (1 + settings.paths()));
    if (target.dimension() == 0) return Fixed.draws(this, target, values, seed, streams, chains, settings.draws());
    try (var crew = new Crew(settings.threadCount())) {
      return run(target.helpedBy(crew), settings, values, seed, streams, crew, progress);
    }
  }

  /// Chains in certain coordinates, as far as they have gone.
  private record Sampled(Target target, List<Pathfinder.Path> starts, List<NutsChain> chains, List<NutsChain.Outcome> outcomes,
      NutsCheck check) {
    boolean complete() {
      return outcomes.stream().allMatch(NutsChain.Outcome::complete);
    }

    boolean isTrustworthy() {
      return check.verdicts().stream().allMatch(v -> v.level() == Verdict.Level.TRUSTWORTHY);
    }

    Sampled prolonged(int thin, NutsSettings settings, Crew crew, Progress progress) {
      var more = Parallel.map(crew, chains.size(), c -> chains.get(c).prolong(c, progress));
      return new Sampled(target, starts, chains, more, NutsCheck.of(target.quantities(), more, thin, settings, crew));
    }
  }

  private Posterior run(Target target, NutsSettings settings, Values values, long seed, SplittableGenerator[] streams, Crew crew,
      Progress progress) throws NoStart {
    long begin = System.nanoTime();
    var starts = starts(target, settings, streams, crew, progress);
    double startSeconds = (System.nanoTime() - begin) * 1e-9;
    begin = System.nanoTime();
    var sampled = sampled(target, starts, settings, streams, crew, progress);
    var relative = List.<String>of();
    // what was complete is the answer of a run that is stopped after it
    boolean stopped = false;
    if (sampled.complete() && (sampled.check.needsMore() || !sampled.isTrustworthy())) {
      var positions = sampled.outcomes.stream().flatMap(o -> o.positions().stream()).toList();
      var chosen = Relative.better(target, positions);
      if (!chosen.isEmpty()) {
        var again = relative(target, chosen, settings, Streams.of(~seed, streams.length), crew, progress);
        stopped = again.filter(a -> !a.complete()).isPresent();
        if (!stopped && again.isPresent() && again.get().check.isBetterThan(sampled.check)) {
          sampled = again.get();
          relative = chosen;
        }
      }
    }
    int thin = 1;
    while (!stopped && sampled.check.needsMore() && 2 * thin <= settings.maxThin()) {
      int done = settings.warmup() + thin * settings.draws();
      stopped = !progress.report(0, done, done, Progress.Phase.SAMPLING);
      if (stopped) break;
      thin *= 2;
      sampled = sampled.prolonged(thin, settings, crew, progress);
    }
    var verdicts = new ArrayList<>(sampled.check.verdicts());
    if (stopped) verdicts.add(NutsCheck.interrupted(sampled.check.draws().total()));
    boolean interrupted = stopped || !sampled.complete();
    if (!interrupted && !sampled.isTrustworthy()) {
      // what else was found is a consequence of that
      improper(sampled.target, sampled.starts, sampled.outcomes, streams[0]).ifPresent(i -> {
        verdicts.clear();
        verdicts.add(i.verdict());
      });
    }
    if (!relative.isEmpty()) verdicts.add(Relative.note(relative));
    var seconds = new LinkedHashMap<String, Double>();
    seconds.put("start", startSeconds);
    seconds.put("warmup", sampled.outcomes.stream().mapToDouble(NutsChain.Outcome::warmupSeconds).max().orElse(0));
    seconds.put("sampling", sampled.outcomes.stream().mapToDouble(NutsChain.Outcome::samplingSeconds).max().orElse(0));
    seconds.put("total", startSeconds + (System.nanoTime() - begin) * 1e-9);
    var check = sampled.check;
    return new Posterior(name(), seed, values.texts(), Posterior.Kind.CHAINS, target.quantities(), check.draws(),
        NutsChain.COLUMNS, check.sampler(), check.summaries(), check.diagnostics(), verdicts, seconds, interrupted);
  }

  /// Chains in other coordinates; nothing where none can start there, or there is no room.
  private static Optional<Sampled> relative(Target target, List<String> names, NutsSettings settings,
      SplittableGenerator[] streams, Crew crew, Progress progress) {
    try {
      var other = target.relative(Set.copyOf(names)).helpedBy(crew);
      return Optional.of(sampled(other, starts(other, settings, streams, crew, progress), settings, streams, crew, progress));
    } catch (NoStart | TooLargeException e) {
      return Optional.empty();
    }
  }

  private static Sampled sampled(Target target, List<Pathfinder.Path> starts, NutsSettings settings,
      SplittableGenerator[] streams, Crew crew, Progress progress) {
    var chains = Parallel.map(crew, settings.chains(),
        c -> new NutsChain(target.fork(), settings, starts.get(c), streams[c]));
    var outcomes = Parallel.map(crew, chains.size(), c -> chains.get(c).run(c, progress));
    return new Sampled(target, starts, chains, outcomes, NutsCheck.of(target.quantities(), outcomes, 1, settings, crew));
  }

  /// Whether some chain is on its way to infinity.
  private static Optional<Improper> improper(Target target, List<Pathfinder.Path> starts, List<NutsChain.Outcome> outcomes,
      RandomGenerator random) {
    return IntStream.range(0, outcomes.size())
        .mapToObj(c -> Improper.from(target, starts.get(c).draw(), outcomes.get(c).position(), random))
        .flatMap(Optional::stream).findFirst();
  }

  private static List<Pathfinder.Path> starts(Target target, NutsSettings settings, SplittableGenerator[] streams,
      Crew crew, Progress progress) throws NoStart {
    int chains = settings.chains();
    var paths = Starts.paths(target, Arrays.copyOfRange(streams, chains, streams.length), crew, progress);
    var own = new ArrayList<Pathfinder.Path>();
    for (int c = 0; c < chains; c++) {
      var best = paths.get(c % paths.size());
      for (int i = c; i < paths.size(); i += chains) {
        if (paths.get(i).elbo() > best.elbo()) best = paths.get(i);
      }
      own.add(best);
    }
    double top = own.stream().mapToDouble(Pathfinder.Path::elbo).max().orElseThrow();
    double bar = top - HOPELESS - HOPELESS_PER_COORDINATE * target.dimension();
    var good = own.stream().filter(p -> p.elbo() >= bar).toList();
    for (int c = 0; c < chains; c++) {
      if (!(own.get(c).elbo() >= bar)) own.set(c, good.get(c % good.size()));
    }
    return own;
  }
}
