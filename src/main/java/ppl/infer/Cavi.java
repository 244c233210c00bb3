package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import ppl.runtime.Conjugate;
import ppl.runtime.Crew;
import ppl.runtime.Parallel;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Mean-field variational inference in closed form: coordinate ascent over blocks, each in its own exponential family.
///
/// Several starts race: after a few sweeps the better half of those that are not at rest goes on, and so forth with three
/// times as many, until one is left. What comes to rest early waits for it: the quick are often not the best. The first
/// start is plain, the others are where a few Gibbs sweeps lead.
public final class Cavi implements Engine {
  private static final List<Knob> KNOBS = List.of(
      Knob.whole("draws", 1000, 2, 100_000_000, "draws from the factors"),
      Knob.whole("starts", 0, 0, 10_000, "starts that race for the highest bound, 0 for 16 of small models and 4 of others"),
      Knob.whole("max-sweeps", 10_000, 1, 100_000_000, "updates of every block at most"),
      Knob.real("tolerance", 1e-5, 1e-14, 10, "error of the locations to stop at, in posterior standard deviations"),
      Knob.choice("check", "check by short Gibbs chains where importance weights cannot", "yes", "no"),
      Knob.whole("threads", 0, 0, 10_000, "threads at most, 0 for one a processor; does not change the result"));
  private static final int FIRST_LEG = 20;
  private static final int LEG_GROWTH = 3;
  private static final int GIBBS = 20;
  /// Relative difference of bounds of copies of a mode, after rounding and the last sweeps.
  private static final double SAME = 1e-4;
  /// Gibbs sweeps that tell whether a mode is left.
  private static final int SCOUT = 200;
  private static final int STARTS = 4;
  private static final int MANY_STARTS = 16;
  /// Numbers of all blocks with which a start is next to nothing.
  private static final int TINY = 2000;
  /// Numbers of all blocks with which all starts that come near are followed to their ends.
  private static final int SMALL = 20_000;

  @Override
  public String name() {
    return "cavi";
  }

  @Override
  public String doc() {
    return "variational inference by closed-form updates of blocks of unknowns";
  }

  @Override
  public List<Knob> knobs() {
    return KNOBS;
  }

  @Override
  public Plan plan(Target target) {
    var model = Sides.whole(target).filter(m -> !m.blocks().isEmpty());
    if (model.isEmpty()) return new Plan.Refused("no unknown has a closed-form update");
    if (model.get().dimension() > 0)
      return new Plan.Refused("some unknowns have no closed-form update; --method hybrid takes gradients for these");
    return new Plan.Ready(
        (values, seed, progress) -> run(target, model.get(), values, seed, progress), () -> Structure.of(model.get()), false);
  }

  private Posterior run(Target target, Conjugate model, Values values, long seed, Progress progress) throws NoStart {
    int starts = values.whole("starts") == 0 ? starts(model) : values.whole("starts");
    var streams = Streams.of(seed, starts + 2);
    var clock = new Clock();
    var watch = new Watch(progress);
    var race = race(model, values, streams, watch);
    var best = race.best();
    if (best.trouble().isPresent()) throw new NoStart(trouble(best.trouble().get()));
    clock.lap("fit");
    int count = Reported.affordable(target, values.whole("draws"));
    var reported = Reported.of(best.blocks, target, count, Reported.checked(best.blocks, count), streams[0],
        watch);
    clock.lap("draws");
    var numbers = new LinkedHashMap<String, Double>();
    var verdicts = new ArrayList<Verdict>();
    numbers.put("elbo", best.bound());
    numbers.put("sweeps", (double) best.sweeps());
    numbers.put("mean_error_fit", best.moved());
    numbers.put("bound_fall", best.fall());
    if (!best.settled()) verdicts.add(unsettled(best, watch.stopped()));
    if (best.settled()) race.elsewhere().ifPresent(bound -> verdicts.add(AdviCheck.rival(best.bound() - bound,
        "Use --method nuts, or give what tells the modes apart.")));
    Reported.few(reported.draws(), values.whole("draws"), watch.stopped()).ifPresent(verdicts::add);
    boolean chains = values.word("check").equals("yes") && !watch.stopped();
    new BlockCheck(best.blocks, target.quantities(), numbers, verdicts, "Use --method gibbs or --method nuts.")
        .judge(reported, best.bound(), best.sweeps(), chains, streams[1], watch);
    clock.lap("check");
    return new Posterior(name(), seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(),
        reported.draws(), Pushed.COLUMNS, reported.columns(),
        Optional.of(Reported.marginals(best.blocks.model, best.blocks.factors)), Optional.empty(), numbers, verdicts,
        clock.seconds(), watch.stopped());
  }

  /// How many starts meet the modes that there are, within reason.
  static int starts(Conjugate model) {
    return new Blocks(model).size() <= TINY ? MANY_STARTS : STARTS;
  }

  static String trouble(String why) {
    return "There is no posterior, or none that closed-form updates can find: " + why
        + ". Give proper priors, or use --method nuts.";
  }

  private static Verdict unsettled(Ascent ascent, boolean stopped) {
    return stopped
        ? Verdict.unusable("The run was interrupted before the updates came to rest.", "Let it run to its end.")
        : Verdict.doubtful(NutsCheck.format("The updates did not settle in %d sweeps: locations may be off by %.2g"
            + " posterior standard deviations.", ascent.sweeps(), ascent.moved()), "Raise --max-sweeps.");
  }

  private static Race race(Conjugate model, Values values, SplittableGenerator[] streams, Watch watch)
      throws NoStart {
    int threads = values.whole("threads") == 0 ? Runtime.getRuntime().availableProcessors() : values.whole("threads");
    return race(model, Arrays.copyOfRange(streams, 2, streams.length), values.whole("max-sweeps"),
        values.real("tolerance"), threads, watch);
  }

  /// The winner, and starts that came to rest in modes of nearly the same height. Modes that are copies of each other, under
  /// another numbering of parts or turned or mirrored, have the same height and are none of them.
  record Race(Ascent best, List<Ascent> others) {
    /// The bound of the highest other mode.
    Optional<Double> elsewhere() {
      return others.stream().map(Ascent::bound).max(Comparator.naturalOrder());
    }
  }

  /// The race of as many starts as there are streams, each for `most` sweeps or until it is at rest.
  static Race race(Conjugate model, SplittableGenerator[] streams, int most, double tolerance, int threads, Watch watch)
      throws NoStart {
    try (var crew = new Crew(threads)) {
      return race(model, streams, most, tolerance, crew, watch);
    }
  }

  /// The same on the threads of a crew.
  static Race race(Conjugate model, SplittableGenerator[] streams, int most, double tolerance, Crew crew, Watch watch)
      throws NoStart {
    int starts = model.blocks().size() == 1 ? 1 : streams.length;
    var forks = IntStream.range(0, starts).mapToObj(_ -> model.fork()).toList();
    var all = Parallel.map(crew, starts,
        i -> new Ascent(Blocks.of(forks.get(i), crew)).begin(streams[i], i == 0 ? 0 : GIBBS));
    var field = all;
    var failed = field.getFirst();
    Optional<Ascent> best = Optional.empty();
    for (int leg = FIRST_LEG; !field.isEmpty(); leg *= LEG_GROWTH) {
      var running = field;
      int end = running.size() == 1 ? most : Math.min(leg, most);
      Parallel.map(crew, running.size(), i -> running.get(i).run(end, tolerance, i, watch));
      var sound = running.stream().filter(a -> a.trouble().isEmpty())
          .sorted(Comparator.comparingDouble(Ascent::bound).reversed()).toList();
      boolean last = end == most || watch.stopped();
      best = Stream.concat(best.stream(), sound.stream().filter(a -> last || a.settled()))
          .max(Comparator.comparingDouble(Ascent::bound));
      var climbing = sound.stream().filter(a -> !last && !a.settled()).toList();
      field = climbing.subList(0, (climbing.size() + 1) / 2);
    }
    var first = best.orElseThrow(() -> new NoStart(trouble(failed.trouble().orElse("no start has a finite bound"))));
    if (watch.stopped() || !first.settled() || first.blocks.size() > SMALL) return new Race(first, List.of());
    var near = all.stream().filter(a -> a != first && a.trouble().isEmpty() && a.bound() > first.bound() - AdviCheck.RIVAL).toList();
    Parallel.map(crew, near.size(), i -> near.get(i).run(most, tolerance, i, watch));
    var rested = Stream.concat(Stream.of(first), near.stream().filter(a -> a.settled() && a.trouble().isEmpty()))
        .sorted(Comparator.comparingDouble(Ascent::bound).reversed()).toList();
    var highest = rested.getFirst().bound() > first.bound() + SAME * (1 + Math.abs(first.bound())) ? rested.getFirst() : first;
    var elsewhere = rested.stream().filter(a -> isElsewhere(highest, a)).toList();
    var stays = Parallel.map(crew, elsewhere.size(), i -> stays(elsewhere.get(i), streams[i], most, tolerance, crew, watch));
    return new Race(highest, IntStream.range(0, elsewhere.size()).filter(stays::get).mapToObj(elsewhere::get).toList());
  }

  /// Whether Gibbs sweeps from a mode end where the same mode is the next: from many, as of topics, they go on to a copy of
  /// the best.
  private static boolean stays(
      Ascent mode, RandomGenerator random, int most, double tolerance, Crew crew, Watch watch) {
    var scout = new Ascent(Blocks.of(mode.blocks.model.fork(), crew)).beginAt(mode, random, SCOUT);
    return Math.abs(scout.run(most, tolerance, 0, watch).bound() - mode.bound()) <= SAME * (1 + Math.abs(mode.bound()));
  }

  private static boolean isElsewhere(Ascent best, Ascent other) {
    double lower = best.bound() - other.bound();
    return lower > SAME * (1 + Math.abs(best.bound())) && lower < AdviCheck.RIVAL;
  }
}
