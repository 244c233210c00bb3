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
import ppl.runtime.Batches;
import ppl.runtime.Batching;
import ppl.runtime.Conjugate;
import ppl.runtime.Crew;
import ppl.runtime.Draws;
import ppl.runtime.Marginals;
import ppl.runtime.Posterior;
import ppl.runtime.Storage;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Psis;
import ppl.stats.Quantiles;

/// Stochastic variational inference: what [Cavi] and [Hybrid] do, with a batch of rows for each step ([StochasticFit]).
/// The start is the answer to the first batch taken for all rows; the bound is that of all rows.
public final class Svi implements Engine {
  private static final List<Knob> KNOBS = List.of(
      Knob.whole("batch", 1000, 1, Integer.MAX_VALUE, "rows a step"),
      Knob.whole("draws", 1000, 2, 100_000_000, "draws from the approximation"),
      Knob.whole("starts", 4, 1, 10_000, "starts that race for the highest bound on the first batch"),
      Knob.whole("noise", 8, 2, 1_000_000, "draws a step of what has no closed form"),
      Knob.choice("steps", "whether steps are halved where they get no further, or decay", "halved", "decaying"),
      Knob.real("tau", 1, 0, 1e9, "delay of decaying steps, (t + tau)^-kappa"),
      Knob.real("kappa", 0.7, 0.5, 1, "rate of decaying steps, above 0.5"),
      Knob.real("tolerance", 0.01, 1e-12, 10, "error of the locations to stop at, in posterior standard deviations"),
      Knob.whole("max-epochs", 1000, 1, 100_000_000, "passes over the rows at most"),
      Knob.choice("family", "shape of the approximation of what has no closed form", "fullrank", "meanfield"),
      Knob.choice("check", "check by short Gibbs chains where importance weights cannot", "yes", "no"),
      Knob.whole("threads", 0, 0, 10_000, "threads at most, 0 for one a processor; does not change the result"));
  private static final String ADVICE = "Use --method nuts.";
  private static final int START_SWEEPS = 200;
  /// For each coordinate, at the least, so that the start knows where the posterior is.
  private static final int START_ROWS = 50;
  private static final double START_TOLERANCE = 0.01;

  @Override
  public String name() {
    return "svi";
  }

  @Override
  public String doc() {
    return "cavi or hybrid by natural-gradient steps, each for a batch of rows of the data";
  }

  @Override
  public List<Knob> knobs() {
    return KNOBS;
  }

  @Override
  public Plan plan(Target target) {
    var model = target.conjugate().filter(m -> !m.blocks().isEmpty()).or(target::open);
    if (model.isEmpty()) return new Plan.Refused("nothing is known of its rows");
    return switch (model.get().batching()) {
      case Batching.By(var batches) -> model.get().blocks().isEmpty() && model.get().dimension() == 0
          ? new Plan.Refused("there is nothing to infer")
          : new Plan.Ready((values, seed, progress) -> run(target, model.get(), batches, values, seed, progress), () -> "", false);
      case Batching.Impossible(String why) -> new Plan.Refused("its rows cannot be taken in batches (" + why + ")");
    };
  }

  private static Posterior run(
      Target target, Conjugate model, Batches batches, Values values, long seed, Progress progress) throws NoStart {
    try {
      return new Run(target, model, batches.fork(), values, seed, new Watch(progress)).posterior();
    } catch (NoStart e) {
      throw e.elsewhere();
    }
  }

  private static final class Run {
    private final Target target;
    private final Conjugate model;
    private final Batches batches;
    private final Values values;
    private final long seed;
    private final Watch watch;
    private final Clock clock = new Clock();
    private final SplittableGenerator[] streams;
    private final List<Integer> shared;
    private final Shuffle shuffle;
    private final StepRule rule;
    private final boolean gradients;
    private final int threads;

    Run(Target target, Conjugate model, Batches batches, Values values, long seed, Watch watch) {
      this.target = target;
      this.model = model;
      this.batches = batches;
      this.values = values;
      this.seed = seed;
      this.watch = watch;
      streams = Streams.of(seed, 5 + values.whole("starts"));
      shared = with(Batches.Role.SHARED);
      shuffle = new Shuffle(batches.rows(), values.whole("batch"), streams[0]);
      gradients = model.dimension() > 0;
      rule = new StepRule(values, gradients, shuffle.batches());
      int asked = values.whole("threads");
      threads = asked == 0 ? Runtime.getRuntime().availableProcessors() : asked;
    }

    private List<Integer> with(Batches.Role role) {
      return IntStream.range(0, batches.roles().size()).filter(b -> batches.roles().get(b) == role).boxed().toList();
    }

    Posterior posterior() throws NoStart {
      var first = Taken.of(batches, model, shuffle.first(START_ROWS * (1 + model.dimension())));
      var normal = gradients ? Optional.of(approximate(first)) : Optional.<StochasticNormal>empty();
      var start = gradients ? centred(first, normal.get()) : raced(first);
      clock.lap("start");
      var fit = new StochasticFit(model, batches, start, shared, shuffle, rule, normal, values.whole("noise") / 2, streams[1],
          streams[2]);
      fit.run(values.whole("max-epochs"), watch);
      if (fit.trouble().isPresent()) throw new NoStart(Cavi.trouble(fit.trouble().get()));
      clock.lap("fit");
      var whole = whole(start, fit);
      return fit.outside().isPresent() ? drawn(whole, fit, fit.outside().get()) : closed(whole, fit);
    }

    private Collapsed collapsed(Conjugate taken, List<Integer> held) {
      return Collapsed.of(target, taken, gradients ? Hybrid.MOST_OPENED : 0, held, with(Batches.Role.APART));
    }

    /// The best of several starts on the first batch, as closed-form updates find it.
    private Collapsed raced(Taken first) throws NoStart {
      var best = Cavi.race(first, Arrays.copyOfRange(streams, 5, 5 + values.whole("starts")), START_SWEEPS, START_TOLERANCE, threads,
          watch).best();
      if (best.trouble().isPresent()) throw new NoStart(Cavi.trouble(best.trouble().get()));
      best.blocks.centre();
      return placed(collapsed(first, shared), best.blocks);
    }

    /// A normal approximation of what has no closed form, given the first batch.
    private StochasticNormal approximate(Taken first) throws NoStart {
      var start = collapsed(first, shared);
      var free = start.holding(first, List.of(), start.exact() && shared.isEmpty());
      free.centre(streams[3]);
      var given = Map.of("family", values.word("family"), "check", "no", "threads", String.valueOf(threads));
      var settings = AdviSettings.of(Values.of(AdviSettings.KNOBS, given));
      try (var crew = new Crew(threads); var gang = new Gang(free.fork(), crew)) {
        var paths = Starts.paths(free, Arrays.copyOfRange(streams, 5, streams.length), crew, watch);
        var best = paths.stream().max(Comparator.comparingDouble(Pathfinder.Path::elbo)).orElseThrow();
        return new StochasticNormal(AdviFit.from(gang, best, settings, streams[4], 0, watch).approximation());
      }
    }

    /// The first batch with shared blocks at their optimum where coordinates are at their means.
    private Collapsed centred(Taken first, StochasticNormal normal) throws NoStart {
      var start = collapsed(first, shared);
      var free = start.holding(first, List.of(), start.exact() && shared.isEmpty());
      var mean = normal.approximation().mean();
      if (Double.isNaN(free.solve(mean))) throw new NoStart(Cavi.trouble(free.trouble().orElse("no start was found")));
      free.blocks().centre();
      free.solve(mean);
      return placed(collapsed(first, shared), free.blocks());
    }

    /// Shared blocks, and centres, as they are elsewhere.
    private Collapsed placed(Collapsed at, Blocks from) {
      centre(at.blocks(), from.centres());
      for (int b : shared) place(at.blocks(), b, from.natural[b]);
      return at;
    }

    private void centre(Blocks blocks, double[][] centres) {
      var own = blocks.values();
      for (int b = 0; b < own.length; b++)
        if (batches.roles().get(b) != Batches.Role.ROWS) System.arraycopy(centres[b], 0, own[b], 0, own[b].length);
      blocks.place(own);
    }

    private static void place(Blocks blocks, int b, double[] natural) {
      System.arraycopy(natural, 0, blocks.natural[b], 0, natural.length);
      blocks.factors[b].set(blocks.natural[b]);
      blocks.factors[b].moments(blocks.moments[b]);
    }

    /// All rows, with the answer.
    private Collapsed whole(Collapsed start, StochasticFit fit) {
      var all = start.holding(model, shared, start.exact());
      centre(all.blocks(), start.blocks().centres());
      for (int b : shared) place(all.blocks(), b, fit.natural()[b]);
      return all;
    }

    private double entropies(Collapsed whole) {
      return shared.stream().mapToDouble(b -> whole.blocks().factors[b].entropy()).sum();
    }

    private Posterior closed(Collapsed whole, StochasticFit fit) throws NoStart {
      double bound = whole.logDensity(new double[0]) + entropies(whole);
      if (Double.isNaN(bound)) throw new NoStart(Cavi.trouble(whole.trouble().orElse("the bound is not finite")));
      clock.lap("bound");
      var blocks = whole.blocks();
      for (int b = 0; b < blocks.count(); b++) blocks.factors[b].moments(blocks.moments[b]);
      int count = Reported.affordable(target, values.whole("draws"));
      var reported = Reported.of(blocks, target, count, Reported.checked(blocks, count), streams[3], watch);
      clock.lap("draws");
      var numbers = numbers(fit, bound);
      var verdicts = new ArrayList<>(verdicts());
      Reported.few(reported.draws(), values.whole("draws"), watch.stopped()).ifPresent(verdicts::add);
      boolean chains = values.word("check").equals("yes") && !watch.stopped();
      new BlockCheck(blocks, target.quantities(), numbers, verdicts, "Use --method gibbs or --method nuts.")
          .judge(reported, bound, fit.epochs(), chains, streams[4], watch);
      clock.lap("check");
      return posterior(reported.draws(), reported.columns(),
          Optional.of(Reported.marginals(blocks.model, blocks.factors)), numbers, verdicts);
    }

    /// Draws of what has no closed form, and of blocks given these.
    private Posterior drawn(Collapsed whole, StochasticFit fit, Approximation normal) throws NoStart {
      var blocks = whole.blocks();
      int width = target.outputSize();
      int wanted = Reported.affordable(target, values.whole("draws"));
      var noise = Noise.of(streams[3], (wanted + 1) / 2, whole.dimension());
      var all = Storage.reals((long) wanted * width);
      var columns = new double[2 * wanted];
      var bounds = new double[wanted];
      var out = new double[width];
      var u = new double[whole.dimension()];
      int n = 0;
      for (; n < wanted && (n < 2 || watch.report(0, n + 1, wanted, Progress.Phase.DRAWING)); n++) {
        int offset = n / 2 * u.length;
        normal.place(noise.values(), offset, n % 2 == 0 ? 1 : -1, u);
        double square = 0;
        for (int i = 0; i < u.length; i++) square += noise.values()[offset + i] * noise.values()[offset + i];
        double here = normal.logDeterminant() + 0.5 * (square + u.length * Math.log(2 * Math.PI));
        bounds[n] = whole.logDensity(u) + here + entropies(whole);
        double jacobian = whole.place(u);
        var x = whole.draw(streams[4]);
        double q = whole.logFactors();
        for (int b : shared) {
          blocks.factors[b].draw(streams[4], x[b]);
          q += blocks.factors[b].logDensity(x[b]);
        }
        double joint = blocks.model.joint(x, blocks.q);
        boolean integrated = whole.exact() && shared.isEmpty();
        columns[2 * n] = joint;
        columns[2 * n + 1] = integrated ? bounds[n] : joint + jacobian + here - q;
        blocks.model.report(x, blocks.q, streams[4], out);
        System.arraycopy(out, 0, all, n * width, width);
      }
      int kept = n;
      clock.lap("draws");
      var weights = IntStream.range(0, kept).mapToDouble(k -> columns[2 * k + 1]).toArray();
      var finite = Arrays.copyOf(bounds, kept);
      var numbers = numbers(fit, Quantiles.mean(finite));
      numbers.put("elbo_mcse", Quantiles.sd(finite) / Math.sqrt(kept));
      var draws = Draws.of(width, List.of(Storage.first(all, kept * width)));
      var verdicts = new ArrayList<>(verdicts());
      Reported.few(kept, values.whole("draws"), watch.stopped()).ifPresent(verdicts::add);
      var psis = Psis.of(weights);
      numbers.put("khat", psis.khat());
      numbers.put("ess_importance", psis.effectiveSize());
      if (Findings.competent(psis)) {
        new Findings(target.quantities(), numbers, verdicts)
            .byWeights(psis, draws, draws, Findings.CLOSE, "the answer's own draws", ADVICE);
      } else verdicts.add(Verdict.doubtful(Findings.sentence(psis.khat()), ADVICE));
      clock.lap("check");
      return posterior(draws, Draws.of(2, List.of(Storage.first(columns, 2 * kept))), Optional.empty(), numbers, verdicts);
    }

    private LinkedHashMap<String, Double> numbers(StochasticFit fit, double bound) {
      var numbers = new LinkedHashMap<String, Double>();
      numbers.put("elbo", bound);
      numbers.put("rows", (double) batches.rows());
      numbers.put("batches", (double) shuffle.batches());
      numbers.put("epochs", (double) fit.epochs());
      numbers.put("steps", (double) fit.steps());
      numbers.put("step_size", rule.size());
      numbers.put("mean_error_fit", rule.error());
      return numbers;
    }

    private List<Verdict> verdicts() {
      if (rule.settled()) return List.of();
      return List.of(watch.stopped()
          ? Verdict.unusable("The run was interrupted before the answers came to rest.", "Let it run to its end.")
          : Verdict.doubtful(NutsCheck.format("Answers did not settle in %d epochs: locations may be off by %.2g posterior"
              + " standard deviations.", values.whole("max-epochs"), rule.error()), "Raise --max-epochs or --batch."));
    }

    private Posterior posterior(Draws draws, Draws columns, Optional<Marginals> marginals,
        Map<String, Double> numbers, List<Verdict> verdicts) {
      return new Posterior("svi", seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(), draws,
          Pushed.COLUMNS, columns, marginals, Optional.empty(), numbers, verdicts, clock.seconds(), watch.stopped());
    }
  }
}
