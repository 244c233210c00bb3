package ppl.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator.SplittableGenerator;
import ppl.runtime.Crew;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// The mode on the unconstrained scale by L-BFGS, and Laplace's normal approximation about it.
///
/// The posterior's summaries come from draws of the approximation pushed through the model's transforms; the mode
/// itself, pushed through too, is in [Posterior#mode]. The mode is that of the density with the Jacobian of the
/// transforms, which differs from the most probable constrained values, and has the smaller bias as an estimate.
public final class Laplace implements Engine {
  private static final List<Knob> KNOBS = List.of(
      Knob.whole("draws", 1000, 2, 100_000_000, "draws from the normal approximation"),
      Knob.whole("starts", 4, 1, 10_000, "climbs; the highest end is kept"),
      Knob.whole("max-iterations", 2000, 1, 100_000_000, "optimiser steps a climb"),
      Knob.choice("check", "check means by short Markov chains where importance weights cannot", "yes", "no"),
      Knob.whole("threads", 0, 0, 10_000, "threads at most, 0 for one a processor; does not change the result"));

  @Override
  public String name() {
    return "map";
  }

  @Override
  public String doc() {
    return "the posterior's mode, with Laplace standard errors";
  }

  @Override
  public List<Knob> knobs() {
    return KNOBS;
  }

  @Override
  public Plan plan(Target target) {
    return Plan.byGradients(target, (values, seed, progress) -> run(target, values, seed, progress));
  }

  private Posterior run(Target target, Values values, long seed, Progress progress) throws NoStart {
    int starts = values.whole("starts");
    int threads = values.whole("threads") == 0 ? Runtime.getRuntime().availableProcessors() : values.whole("threads");
    var streams = Streams.of(seed, starts + 2);
    if (target.dimension() == 0) {
      return Fixed.draws(this, target, values, seed, streams, 1, values.whole("draws"));
    }
    var clock = new Clock();
    var watch = new Watch(progress);
    try (var crew = new Crew(threads); var gang = new Gang(target.helpedBy(crew).fork(), crew)) {
      var modes = new ArrayList<Mode>();
      for (int i = 0; i < starts && !(watch.stopped() && i > 0); i++) {
        var start = Starts.finite(gang.target(), streams[2 + i]);
        modes.add(Mode.from(gang, start, values.whole("max-iterations"), i, watch));
      }
      clock.lap("climb");
      var best = modes.stream().max(Laplace::better).orElseThrow();
      int spent = modes.stream().mapToInt(Mode::gradients).sum();
      return about(gang, best, spent, values, seed, streams, clock, watch);
    }
  }

  private Posterior about(Gang gang, Mode mode, int spent, Values values, long seed, SplittableGenerator[] streams,
      Clock clock, Watch watch) {
    var target = gang.target();
    int d = target.dimension();
    var whitening = mode.whitening();
    var factor = whitening.dense() ? whitening.t() : new double[0];
    var normal = new Approximation(mode.q(), whitening.scales(), factor, whitening.logDeterminant());
    var sample = normal.sample(gang, streams[0], values.whole("draws"));
    var draws = Pushed.draws(target, sample, streams[1], watch);
    var numbers = new LinkedHashMap<String, Double>();
    var verdicts = new ArrayList<Verdict>();
    numbers.put("log_density", mode.logDensity());
    numbers.put("log_evidence", mode.logDensity() + whitening.logDeterminant() + 0.5 * d * Math.log(2 * Math.PI));
    if (!mode.certain()) verdicts.add(nowhere(mode, watch.stopped()));
    if (!whitening.dense()) {
      verdicts.add(Verdict.doubtful("Standard errors are rough: with " + d + " unknowns they come from the optimiser's"
          + " diagonal, without dependence.", "Use --method nuts if you need them."));
    }
    String advice = "Use --method advi or --method nuts.";
    boolean chains = mode.certain() && values.word("check").equals("yes") && !watch.stopped();
    new SampleCheck(gang, normal, sample, draws, advice, advice, numbers, verdicts)
        .judge(Improper.about(target, mode.q(), whitening, streams[1]), whitening, chains ? SampleCheck.affordable(spent) : 0, streams[1], watch);
    numbers.put("gradients", (double) spent);
    clock.lap("check");
    return new Posterior(name(), seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(), draws,
        Pushed.COLUMNS, Pushed.columns(sample), Optional.of(Pushed.point(target, mode.q(), streams[1])),
        numbers, verdicts, clock.seconds(), watch.stopped());
  }

  /// Certain modes first, then the higher.
  private static int better(Mode a, Mode b) {
    int certain = Boolean.compare(a.certain(), b.certain());
    return certain != 0 ? certain : Double.compare(a.logDensity(), b.logDensity());
  }

  private static Verdict nowhere(Mode mode, boolean stopped) {
    return stopped
        ? Verdict.unusable("The run was interrupted before the climb came to rest.", "Let it run to its end.")
        : Verdict.unusable("No maximum was found: where the climb ended (log density "
            + NutsCheck.format("%.4g", mode.logDensity()) + ") the density still grows, or is flat in some direction.",
            "A density without a maximum has no mode to report: give proper priors, keep scales away from 0, or use"
                + " --method advi or --method nuts.");
  }
}
