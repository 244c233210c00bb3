package ppl.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.infer.Advi;
import ppl.infer.Engine;
import ppl.infer.Knob;
import ppl.infer.NoStart;
import ppl.infer.Plan;
import ppl.infer.Progress;
import ppl.infer.Values;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.source.Suggest;

/// The methods by name: every engine, and what is made of engines.
final class Methods {
  /// An answer, and why this method gave it.
  record Answer(Posterior posterior, String reason) {}

  /// A way to run a target.
  ///
  /// @param preset settings that the name implies
  private record Method(String name, String doc, Engine engine, Map<String, String> preset) {}

  static final String AUTO = "auto";
  /// From the strongest assumption about a model to the weakest: what runs first is believed if its check is satisfied.
  private static final List<String> CLOSED = List.of("exact", "hybrid", "cavi");
  /// Taken first where its blocks are independent of one another given the rest, since then it takes nothing for
  /// independent that is not; last where they are not, and only where gradients alone cannot do, which are as good in less
  /// time.
  private static final String INEXACT = "hybrid";
  private static final String FIRST = "advi";
  /// With few coordinates the first answer may well be the posterior itself.
  private static final Map<String, String> WEIGHTED = Map.of("family", "fullrank", "correct", "yes");
  private static final String LAST_RESORT = "nuts";
  /// Where blocks are all there is and none can be integrated out: products of unknowns, labels. Their modes come in
  /// copies (another numbering, another sign, another rotation) between which chains of any kind do not agree unless they
  /// begin in one of them.
  private static final List<String> MEAN_FIELD = List.of("cavi");
  private static final String BLOCK_RESORT = "gibbs";
  /// Numbers that the last resort may go through: a minute or two.
  private static final double MOST_WORK = 4e9;

  private Methods() {}

  private static List<Method> all() {
    var out = new ArrayList<Method>();
    for (var engine : Engine.ALL) {
      out.add(new Method(engine.name(), engine.doc(), engine, Map.of()));
      for (var knob : engine.knobs()) {
        if (engine.name().equals(FIRST) && knob.name().equals("family") && knob.kind() instanceof Knob.Kind.Choice(List<String> words))
          words.forEach(w ->
              out.add(new Method(w, engine.name() + " with --family " + w, engine, Map.of("family", w))));
      }
    }
    return out;
  }

  /// Names with what they mean.
  static Map<String, String> docs() {
    var out = new LinkedHashMap<String, String>();
    out.put(AUTO, "the first of exact, hybrid, cavi that the model's structure allows and whose check is satisfied;"
        + " advi where nothing has a closed form; nuts, or gibbs, where all are found wanting and it does not take too long");
    all().forEach(m -> out.put(m.name(), m.doc()));
    return out;
  }

  /// All settings of all engines by name, each with the engines that have it.
  static Map<String, Map<String, Knob>> knobs() {
    var out = new LinkedHashMap<String, Map<String, Knob>>();
    for (var engine : Engine.ALL) {
      for (var knob : engine.knobs()) out.computeIfAbsent(knob.name(), _ -> new LinkedHashMap<>()).put(engine.name(), knob);
    }
    return out;
  }

  /// Why `method` cannot run with `given`, if it cannot.
  static Optional<String> objection(String method, Map<String, String> given) {
    var found = find(method);
    if (found.isEmpty() && !method.equals(AUTO)) {
      var names = docs().keySet();
      return Optional.of("there is no method " + method + "; "
          + Suggest.help(method, names).orElse("there are " + String.join(", ", names)));
    }
    var engines = found.map(m -> List.of(m.engine())).orElse(Engine.ALL);
    for (var setting : given.entrySet()) {
      var knobs = engines.stream().flatMap(e -> e.knobs().stream()).filter(k -> k.name().equals(setting.getKey())).toList();
      if (knobs.isEmpty()) return Optional.of("--" + setting.getKey() + " is no setting of --method " + method);
      for (var knob : knobs) {
        var objection = knob.objection(setting.getValue());
        if (objection.isPresent()) return Optional.of("--" + objection.get());
      }
    }
    return Optional.empty();
  }

  /// Runs; `given` are settings that [#objection] accepts.
  static Answer run(String method, Map<String, String> given, Target target, long seed, Progress progress)
      throws NoStart {
    long begin = System.nanoTime();
    var answer = believed(method, given, target, seed, progress);
    var dropped = target.dropped();
    var p = answer.posterior();
    var seconds = new LinkedHashMap<>(p.seconds());
    // what was tried before counts
    seconds.put("total", (System.nanoTime() - begin) * 1e-9);
    if (dropped.isEmpty()) return new Answer(p.timed(seconds), answer.reason());
    var numbers = new LinkedHashMap<>(p.diagnostics());
    numbers.put("uncertified_unknowns", (double) dropped.size());
    var verdicts = new ArrayList<>(p.verdicts());
    verdicts.add(Verdict.trustworthy("Internal note: the closed form of " + String.join(", ", dropped) + " could not be"
        + " confirmed with these data and was not used. The answer does not suffer; please report the model."));
    return new Answer(p.with(numbers, verdicts, seconds), answer.reason());
  }

  private static Answer believed(String method, Map<String, String> given, Target target, long seed, Progress progress)
      throws NoStart {
    if (!method.equals(AUTO)) {
      var m = find(method).orElseThrow();
      var settings = new LinkedHashMap<>(m.preset());
      settings.putAll(given);
      return new Answer(m.engine().run(target, settings, seed, progress), "");
    }
    // with auxiliary unknowns taken for independent of the others, answers are narrower than without
    var stated = target.stated();
    var closed = ready(CLOSED, stated);
    var hybrid = Optional.ofNullable(closed.get(INEXACT)).filter(p -> !p.exact());
    if (hybrid.isPresent()) {
      closed.remove(INEXACT);
      if (!target.complete()) closed.put(INEXACT, hybrid.get());
    }
    var slow = target.complete() && Optional.ofNullable(closed.get(INEXACT)).filter(p -> p.slow().getAsBoolean()).isPresent();
    if (slow) closed.remove(INEXACT);
    var plans = closed.isEmpty() ? ready(List.of(FIRST), stated) : closed;
    var last = engine(target.complete() && !List.copyOf(plans.keySet()).equals(MEAN_FIELD) ? LAST_RESORT : BLOCK_RESORT);
    boolean few = target.dimension() <= Advi.MOST_WEIGHTED;
    var answer = Auto.run(List.copyOf(plans.keySet()), last.name(), last.work(stated, fitting(last, given, Map.of())) <= MOST_WORK,
        name -> plans.containsKey(name)
            ? plans.get(name).run().of(Values.of(engine(name).knobs(),
                fitting(engine(name), given, few && name.equals(FIRST) ? WEIGHTED : Map.of())), seed, progress)
            : last.run(stated, fitting(last, given, Map.of()), seed, progress),
        name -> {
          var words = plans.get(name).words().get();
          return !words.isEmpty() ? words : few ? "with a full covariance, corrected" : "its check is satisfied";
        });
    if (!slow) return answer;
    var untried = INEXACT + " would take long and was not tried";
    return new Answer(answer.posterior(), answer.reason().isEmpty() ? untried : untried + "; " + answer.reason());
  }

  private static Map<String, Plan.Ready> ready(List<String> names, Target target) {
    var plans = new LinkedHashMap<String, Plan.Ready>();
    for (var name : names) if (engine(name).plan(target) instanceof Plan.Ready ready) plans.put(name, ready);
    return plans;
  }

  /// The settings among `given` that an engine has, and `preset` where nothing is given.
  private static Map<String, String> fitting(Engine engine, Map<String, String> given, Map<String, String> preset) {
    var out = new LinkedHashMap<>(preset);
    out.putAll(given);
    out.keySet().removeIf(name -> engine.knobs().stream().noneMatch(k -> k.name().equals(name)));
    return out;
  }

  private static Optional<Method> find(String name) {
    return all().stream().filter(m -> m.name().equals(name)).findFirst();
  }

  private static Engine engine(String name) {
    return find(name).orElseThrow().engine();
  }
}
