package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Automatic differentiation variational inference with a normal approximation on the unconstrained scale, mean-field
/// or full-rank (Kucukelbir et al., JMLR 18, 2017), by a deterministic objective instead of stochastic gradients.
///
/// Pathfinder climbs from several starts choose where to fit; [AdviFit] fits; [AdviCheck] judges. Paths that end
/// in a different place with a comparable bound are fitted too, and the best evidence lower bound wins. With a full
/// covariance, few coordinates and draws to be corrected, the answer is of all fits together, by importance weights
/// ([Weighted]), where these can be trusted.
public final class Advi implements Engine {
  /// The largest number of coordinates for which [Weighted] is tried.
  public static final int MOST_WEIGHTED = Weighted.MOST;
  private static final double COMPARABLE = 20;
  private static final double COMPARABLE_PER_COORDINATE = 0.1;
  private static final double ELSEWHERE = 3;
  private static final int MAX_FITS = 3;
  /// With few coordinates fits cost next to nothing.
  private static final int MANY_FITS = 16;
  private static final int MOST_STARTS = 64;
  /// For each of several modes.
  private static final int STARTS_A_MODE = 8;
  /// The share of starts that lead where no other has led from which on the next may well lead elsewhere again (Good 1953).
  private static final double UNSEEN = 0.1;
  private static final int POOL = 4;

  @Override
  public String name() {
    return "advi";
  }

  @Override
  public String doc() {
    return "variational inference: the closest normal approximation, in milliseconds, with a check";
  }

  @Override
  public List<Knob> knobs() {
    return AdviSettings.KNOBS;
  }

  @Override
  public Plan plan(Target target) {
    return Plan.byGradients(target, (values, seed, progress) -> run(target, values, seed, progress, true));
  }

  /// @param density whether the target's is a density; else it is a bound, of which importance weights know nothing
  Posterior run(Target target, Values values, long seed, Progress progress, boolean density) throws NoStart {
    var settings = AdviSettings.of(values);
    var streams = Streams.of(seed, settings.starts() + 3);
    if (target.dimension() == 0) return Fixed.draws(this, target, values, seed, streams, 1, settings.draws());
    try (var crew = new Crew(settings.threadCount())) {
      return run(target.helpedBy(crew), settings, values, seed, streams, crew, progress, density);
    }
  }

  private Posterior run(Target target, AdviSettings settings, Values values, long seed, SplittableGenerator[] streams, Crew crew,
      Progress progress, boolean density) throws NoStart {
    var clock = new Clock();
    var watch = new Watch(progress);
    var paths = climbs(target, seed, streams, crew, watch);
    paths.sort(Comparator.comparingDouble(Pathfinder.Path::elbo).reversed());
    clock.lap("start");
    try (var gang = new Gang(target.fork(), crew)) {
      var fits = fits(gang, paths, settings, streams[0], watch);
      clock.lap("fit");
      var doubts = new ArrayList<Verdict>();
      if (isFew(target) && settings.starts() > 1 && !watch.stopped()) unmet(paths, fits).ifPresent(doubts::add);
      var best = fits.getFirst();
      var improper = watch.stopped() ? Optional.<Improper>empty()
          : improper(gang.target(), best, paths.getFirst(), streams[1]);
      if (density && improper.isEmpty() && settings.fullRank() && settings.correct()
          && target.dimension() <= MOST_WEIGHTED && !watch.stopped()) {
        var own = Weighted.of(gang, fits, settings.draws(), streams[1], watch, doubts);
        clock.lap("draws");
        if (own.isPresent()) {
          var numbers = new LinkedHashMap<>(own.get().numbers());
          evaluations(fits, paths, numbers);
          return new Posterior(name(), seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(),
              own.get().draws(), Pushed.COLUMNS, Pushed.columns(own.get().chosen()), Optional.empty(), numbers,
              Stream.concat(doubts.stream(), Stream.of(own.get().verdict())).toList(), clock.seconds(), watch.stopped());
        }
      }
      int count = settings.correct() ? Math.multiplyExact(POOL, settings.draws()) : settings.draws();
      var grace = new Grace(watch);
      var made = Pushed.draws(gang.target(), best.approximation().sample(gang, streams[1], count, grace), streams[2], grace);
      var sample = made.sample();
      var draws = made.draws();
      var check = AdviCheck.of(gang, fits, improper, sample, draws, settings, streams[2], watch);
      clock.lap("check");
      var chosen = chosen(check, sample.size(), settings, streams[2]);
      var numbers = new LinkedHashMap<>(check.diagnostics());
      evaluations(fits, paths, numbers);
      doubts.addAll(check.verdicts());
      return new Posterior(name(), seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(),
          rows(draws, chosen), Pushed.COLUMNS, rows(Pushed.columns(sample), chosen), Optional.empty(), numbers,
          doubts, clock.seconds(), watch.stopped());
    }
  }

  /// About the fit; where that is no numbers any more, along the climb before it.
  private static Optional<Improper> improper(Target target, AdviFit fit, Pathfinder.Path path, SplittableGenerator random) {
    var centre = fit.approximation().mean();
    return Finite.all(target.logDensity(centre), centre) ? Improper.about(target, centre, fit.whitening(), random)
        : Improper.from(target, path.centre(), path.draw(), random);
  }

  private static void evaluations(List<AdviFit> fits, List<Pathfinder.Path> paths, Map<String, Double> numbers) {
    numbers.put("gradients", (double) fits.stream().mapToInt(AdviFit::gradients).sum());
    numbers.put("path_evaluations", (double) paths.stream().mapToInt(Pathfinder.Path::evaluations).sum());
  }

  /// Which draws to report: resampled ones, or the first.
  private static int[] chosen(AdviCheck check, int size, AdviSettings settings, SplittableGenerator random) {
    return settings.correct() && check.weights().isPresent()
        ? Resampling.choose(check.weights().get(), settings.draws(), random)
        : IntStream.range(0, Math.min(size, settings.draws())).toArray();
  }

  private static Draws rows(Draws draws, int[] chosen) {
    if (Arrays.equals(chosen, IntStream.range(0, draws.total()).toArray())) return draws;
    return draws.only(chosen);
  }

  private static boolean isFew(Target target) {
    return target.dimension() <= Weighted.PLAIN;
  }

  /// Climbs from all starts; with few coordinates from more, where these lead to several modes.
  private static List<Pathfinder.Path> climbs(Target target, long seed, SplittableGenerator[] streams, Crew crew, Watch watch)
      throws NoStart {
    int count = streams.length - 3;
    var paths = new ArrayList<>(Starts.paths(target, Arrays.copyOfRange(streams, 3, streams.length), crew, watch));
    for (; isFew(target) && count > 1 && count < MOST_STARTS && !watch.stopped() && isMore(paths); count *= 2)
      paths.addAll(Starts.paths(target, Arrays.copyOfRange(Streams.of(seed, 3 + 2 * count), 3 + count, 3 + 2 * count), crew, watch));
    return paths;
  }

  /// Whether further climbs may well lead to further modes.
  private static boolean isMore(List<Pathfinder.Path> paths) {
    var modes = new ArrayList<Pathfinder.Path>();
    for (var p : high(paths)) if (modes.stream().noneMatch(m -> near(m, p))) modes.add(p);
    return modes.size() > 1 && (paths.size() < STARTS_A_MODE * modes.size() || alone(paths) > UNSEEN * paths.size());
  }

  /// Those of nearly the greatest height.
  private static List<Pathfinder.Path> high(List<Pathfinder.Path> paths) {
    double best = paths.stream().mapToDouble(Pathfinder.Path::elbo).max().orElseThrow();
    return paths.stream().filter(p -> p.elbo() > best - AdviCheck.RIVAL).toList();
  }

  /// How many of these no other climb has led to.
  private static long alone(List<Pathfinder.Path> paths) {
    var high = high(paths);
    return high.size() < 2 ? 0 : high.stream().filter(p -> high.stream().noneMatch(o -> o != p && near(o, p))).count();
  }

  private static boolean near(Pathfinder.Path a, Pathfinder.Path b) {
    for (int i = 0; i < a.centre().length; i++)
      if (Math.abs(a.centre()[i] - b.centre()[i]) > ELSEWHERE * Math.max(a.scale()[i], b.scale()[i])) return false;
    return true;
  }

  /// That there are probably modes which no start met, or more of them than were fitted.
  private static Optional<Verdict> unmet(List<Pathfinder.Path> paths, List<AdviFit> fits) {
    var advice = "Raise --starts, or give a prior that says where to look.";
    if (paths.stream().anyMatch(p -> p.elbo() > paths.getFirst().elbo() - AdviCheck.RIVAL
        && fits.stream().allMatch(f -> elsewhere(f, p.centre()))))
      return Optional.of(Verdict.doubtful("Starts led to more modes than the " + fits.size() + " that are looked at.", advice));
    long alone = alone(paths);
    return alone <= UNSEEN * paths.size() ? Optional.empty() : Optional.of(Verdict.doubtful("Of " + paths.size() + " starts "
        + alone + " led to modes that no other start met: there are probably more.", advice));
  }

  /// Fits from the best path and from rivals elsewhere, best bound first.
  private static List<AdviFit> fits(Gang gang, List<Pathfinder.Path> paths, AdviSettings settings,
      SplittableGenerator random, Progress progress) {
    var fits = new ArrayList<AdviFit>();
    double bar = paths.getFirst().elbo() - COMPARABLE - COMPARABLE_PER_COORDINATE * gang.target().dimension();
    int most = isFew(gang.target()) ? MANY_FITS : MAX_FITS;
    for (int i = 0; i < paths.size() && fits.size() < most; i++) {
      var path = paths.get(i);
      boolean fresh = fits.stream().allMatch(f -> elsewhere(f, path.centre()));
      if (i == 0 || fresh && path.elbo() >= bar) {
        fits.add(AdviFit.from(gang, path, settings, random.split(), i, progress));
      }
    }
    fits.sort(Comparator.comparingDouble(AdviFit::bound).reversed());
    return fits;
  }

  /// Whether `point` lies more than three posterior standard deviations from a fit in some coordinate.
  static boolean elsewhere(AdviFit fit, double[] point) {
    var scale = fit.whitening().scales();
    for (int i = 0; i < scale.length; i++) {
      double unit = Math.max(scale[i], fit.approximation().sd()[i]);
      if (Math.abs(point[i] - fit.approximation().mean()[i]) > ELSEWHERE * unit) return true;
    }
    return false;
  }
}
