package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import ppl.runtime.Crew;
import ppl.runtime.Parallel;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// The chains of a run of [Nuts] in certain coordinates.
final class NutsChains {
  private static final double HOPELESS = 20;
  private static final double HOPELESS_PER_COORDINATE = 0.1;

  private final Target target;
  private final NutsSettings settings;
  private final Crew crew;
  private final Progress progress;
  private final List<Pathfinder.Path> starts;
  private final List<NutsChain> chains;

  /// Chains that have their starts.
  ///
  /// @param streams as [#streams] has them
  NutsChains(Target target, NutsSettings settings, SplittableGenerator[] streams, Crew crew, Progress progress) throws NoStart {
    this.target = target;
    this.settings = settings;
    this.crew = crew;
    this.progress = progress;
    starts = starts(target, settings, streams, crew, progress);
    chains = Parallel.map(crew, settings.chains(), c -> new NutsChain(target.fork(), settings, starts.get(c), streams[c]));
  }

  /// One stream for each chain, then one for each climb.
  static SplittableGenerator[] streams(NutsSettings settings, long seed) {
    return Streams.of(seed, settings.chains() * (1 + settings.paths()));
  }

  /// Draws of all chains, as far as these have gone.
  record Sampled(List<NutsChain.Outcome> outcomes, NutsCheck check) {
    boolean isComplete() {
      return outcomes.stream().allMatch(NutsChain.Outcome::complete);
    }

    boolean isTrustworthy() {
      return check.verdicts().stream().allMatch(v -> v.level() == Verdict.Level.TRUSTWORTHY);
    }

    /// Whether nothing is left to wish for.
    boolean isGood() {
      return isTrustworthy() && !check.needsMore();
    }

    List<double[]> positions() {
      return outcomes.stream().flatMap(o -> o.positions().stream()).toList();
    }

    double warmupSeconds() {
      return outcomes.stream().mapToDouble(NutsChain.Outcome::warmupSeconds).max().orElse(0);
    }

    double samplingSeconds() {
      return outcomes.stream().mapToDouble(NutsChain.Outcome::samplingSeconds).max().orElse(0);
    }
  }

  /// Warms up until `end` iterations are done, where a window ends; nothing where the run was stopped.
  Optional<Prospect> warmUp(int end) {
    boolean goesOn = !Parallel.map(crew, chains.size(), c -> chains.get(c).warmUp(c, end, progress)).contains(false);
    return goesOn ? Optional.of(Prospect.of(target.dimension(), chains.stream().map(NutsChain::recent).toList(), crew)) : Optional.empty();
  }

  /// Where chains were in the last window of the warm-up.
  List<double[]> positions() {
    return chains.stream().flatMap(c -> c.recent().each().stream()).toList();
  }

  /// What is left of the warm-up, then draws.
  Sampled sample() {
    return sampled(1, Parallel.map(crew, chains.size(), c -> chains.get(c).run(c, progress)));
  }

  /// Twice as many iterations, after which `thin` of them make a draw.
  Sampled prolong(int thin) {
    return sampled(thin, Parallel.map(crew, chains.size(), c -> chains.get(c).prolong(c, progress)));
  }

  private Sampled sampled(int thin, List<NutsChain.Outcome> outcomes) {
    return new Sampled(outcomes, NutsCheck.of(target.quantities(), outcomes, thin, settings, crew));
  }

  /// Whether some chain is on its way to infinity.
  Optional<Improper> improper(List<NutsChain.Outcome> outcomes, RandomGenerator random) {
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
