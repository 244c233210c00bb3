package ppl.infer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Psis;

/// Closed forms for blocks of unknowns, gradients for what is left: [Advi] on the model with its blocks integrated out
/// ([Collapsed]). Blocks are at their optimum for every value of the rest, which no fixed factor could be, so that the
/// bound is above those of mean-field approximations, and a hierarchy's funnel is no obstacle. Where blocks would depend
/// on one another, numbers among them (such as standard deviations) are left to gradients too.
public final class Hybrid implements Engine {
  private static final String NOISE = "16";
  /// Those of [Advi], but with a full covariance and corrected draws unless told otherwise: few coordinates are left. What is
  /// left is rounder, so that less noise tells as much.
  private static final List<Knob> KNOBS = AdviSettings.KNOBS.stream().map(k -> switch (k.kind()) {
    case Knob.Kind.Choice(List<String> words) when k.name().equals("family") || k.name().equals("correct") ->
        new Knob(k.name(), words.getLast(), k.doc(), k.kind());
    case Knob.Kind.Whole _ when k.name().equals("noise") -> new Knob(k.name(), NOISE, k.doc(), k.kind());
    case Knob.Kind.Choice _, Knob.Kind.Whole _, Knob.Kind.Real _ -> k;
  }).toList();
  static final int MOST_OPENED = 50;
  private static final int WITNESSES = 200;
  /// Nanoseconds of a gradient.
  private static final long LONG = 100_000_000;
  private static final long HOPELESS = 20 * LONG;
  /// The first ones are slower, until they are compiled.
  private static final int TRIES = 5;

  @Override
  public String name() {
    return "hybrid";
  }

  @Override
  public String doc() {
    return "advi for what has no closed form, with blocks that have one integrated out";
  }

  @Override
  public List<Knob> knobs() {
    return KNOBS;
  }

  @Override
  public Plan plan(Target target) {
    var model = target.conjugate().filter(m -> !m.blocks().isEmpty());
    if (model.isEmpty()) return new Plan.Refused("no unknown has a closed form; --method advi needs none");
    var collapsed = Collapsed.of(target, model.get(), MOST_OPENED);
    if (collapsed.dimension() == 0)
      return new Plan.Refused("nothing is left to gradients; use --method " + (collapsed.exact() ? "exact" : "cavi"));
    return new Plan.Ready((values, seed, progress) -> run(collapsed, values, seed, progress),
        () -> Structure.of(target, collapsed, "by gradients"), collapsed.exact(), () -> isSlow(collapsed));
  }

  /// Whether a gradient takes so long that the thousands of a run would take many minutes: with hundreds of coefficients in one
  /// normal distribution whose weights change, each solves a regression anew.
  private static boolean isSlow(Collapsed collapsed) {
    var q = new double[collapsed.dimension()];
    var g = new double[q.length];
    collapsed.start(Streams.of(1, 1)[0], q);
    for (int i = 0; i < TRIES; i++) {
      long start = System.nanoTime();
      collapsed.gradient(q, g);
      long taken = System.nanoTime() - start;
      if (taken < LONG || taken > HOPELESS) return taken > HOPELESS;
    }
    return true;
  }

  private Posterior run(Collapsed collapsed, Values values, long seed, Progress progress) throws NoStart {
    try {
      return collapsed(collapsed, values, seed, progress);
    } catch (NoStart e) {
      throw e.elsewhere();
    }
  }

  private Posterior collapsed(Collapsed collapsed, Values values, long seed, Progress progress) throws NoStart {
    collapsed.centre(Streams.of(seed, 1)[0]);
    var clock = new Clock();
    var watch = new Watch(progress);
    var answer = new Advi().run(collapsed, values, seed, watch, collapsed.exact());
    var verdicts = new ArrayList<>(answer.verdicts());
    var numbers = new LinkedHashMap<>(answer.diagnostics());
    if (!answer.interrupted()) witness(collapsed, Streams.of(seed, 1)[0], numbers, verdicts);
    clock.lap("advi");
    return new Posterior(name(), seed, answer.settings(), answer.kind(), answer.quantities(), answer.draws(),
        answer.columns(), answer.sampler(), answer.summaries(), answer.marginals(), answer.mode(), numbers, verdicts, clock.seconds(),
        answer.interrupted());
  }

  /// Compares the collapsed density with the model's own, at starts of the model: given the rest, the density of blocks'
  /// draws must be the model's but for a constant. Where blocks depend on one another it is not, and how far it is from
  /// that is the error of taking them for independent.
  private static void witness(Collapsed collapsed, RandomGenerator random, Map<String, Double> numbers,
      List<Verdict> verdicts) {
    var u = new double[collapsed.dimension()];
    collapsed.start(random, u);
    double value = collapsed.logDensity(u);
    if (!Double.isFinite(value)) return;
    double jacobian = collapsed.solve(u);
    var weights = new double[collapsed.exact() ? 4 : WITNESSES];
    for (int k = 0; k < weights.length; k++) {
      var x = collapsed.draw(random);
      weights[k] = collapsed.blocks().model.joint(x, collapsed.blocks().q) + jacobian - collapsed.logFactors() - value;
    }
    if (collapsed.exact()) {
      double worst = 0;
      for (double w : weights) worst = Math.max(worst, Math.abs(w));
      if (worst <= 1e-6 * (1 + Math.abs(value))) return;
      verdicts.add(Verdict.unusable(NutsCheck.format("The closed form disagrees with the model's density by %.3g nats.",
          worst), "This is a defect of the compiler: use --method nuts."));
      return;
    }
    var psis = Psis.of(weights);
    numbers.put("khat_blocks", psis.khat());
    if (!Findings.competent(psis)) {
      verdicts.add(Verdict.doubtful(NutsCheck.format("Blocks in closed form depend on one another, and are taken for"
          + " independent (%s).", Findings.tail(psis.khat(), "")), "Use --method nuts."));
    }
  }
}
