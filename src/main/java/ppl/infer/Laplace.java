package ppl.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import ppl.runtime.Draws;
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
  public Posterior run(Target target, Values values, long seed, Progress progress) throws NoStart {
    int starts = values.whole("starts");
    var streams = Streams.of(seed, starts + 2);
    if (target.dimension() == 0) {
      return Fixed.draws(this, target, values, seed, streams, 1, values.whole("draws"));
    }
    long begin = System.nanoTime();
    var stopped = new boolean[1];
    Progress watched = (c, i, n, phase) -> {
      boolean goesOn = progress.report(c, i, n, phase);
      stopped[0] |= !goesOn;
      return goesOn;
    };
    var modes = new ArrayList<Mode>();
    for (int i = 0; i < starts && !(stopped[0] && i > 0); i++) {
      var start = Starts.finite(target, streams[2 + i]);
      modes.add(Mode.from(target, start, values.whole("max-iterations"), i, watched));
    }
    var best = modes.stream().max(Laplace::better).orElseThrow();
    long found = System.nanoTime();
    var whitening = best.whitening();
    var approximation = new Approximation(best.q(), whitening.scales(), whitening.matrix(), whitening.logDeterminant());
    var sample = approximation.sample(target, streams[0], values.whole("draws"));
    var draws = Pushed.draws(target, sample, streams[1], watched);
    var numbers = new LinkedHashMap<String, Double>();
    var verdicts = new ArrayList<Verdict>();
    int d = target.dimension();
    numbers.put("log_density", best.logDensity());
    numbers.put("log_evidence", best.logDensity() + whitening.logDeterminant() + 0.5 * d * Math.log(2 * Math.PI));
    if (!best.certain()) verdicts.add(nowhere(best, stopped[0]));
    int spent = modes.stream().mapToInt(Mode::gradients).sum();
    boolean check = best.certain() && values.word("check").equals("yes") && !stopped[0];
    new SampleCheck(target, approximation, sample, draws, "Use --method advi or --method nuts.", numbers, verdicts)
        .judge(whitening, check ? 4000 + 4 * spent : 0, streams[1], watched);
    numbers.put("gradients", (double) spent);
    var seconds = new LinkedHashMap<String, Double>();
    seconds.put("climb", (found - begin) * 1e-9);
    seconds.put("total", (System.nanoTime() - begin) * 1e-9);
    return new Posterior(name(), seed, values.texts(), Posterior.Kind.INDEPENDENT, target.quantities(), draws,
        Pushed.COLUMNS, Pushed.columns(sample), Optional.of(Pushed.point(target, best.q(), streams[1])),
        numbers, verdicts, seconds, stopped[0]);
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
