package ppl.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.infer.Engine;
import ppl.infer.Knob;
import ppl.infer.NoStart;
import ppl.infer.Progress;
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
  private static final String FIRST = "advi";
  private static final String LAST_RESORT = "nuts";

  private Methods() {}

  private static List<Method> all() {
    var out = new ArrayList<Method>();
    for (var engine : Engine.ALL) {
      out.add(new Method(engine.name(), engine.doc(), engine, Map.of()));
      for (var knob : engine.knobs()) {
        if (knob.name().equals("family") && knob.kind() instanceof Knob.Kind.Choice(List<String> words))
          words.stream().skip(1).forEach(w ->
              out.add(new Method(w, engine.name() + " with --family " + w, engine, Map.of("family", w))));
      }
    }
    return out;
  }

  /// Names with what they mean.
  static Map<String, String> docs() {
    var out = new LinkedHashMap<String, String>();
    out.put(AUTO, "advi; nuts where its check finds the answer wanting");
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
    var engines = found.map(m -> List.of(m.engine())).orElseGet(() -> List.of(engine(FIRST), engine(LAST_RESORT)));
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
    if (!method.equals(AUTO)) {
      var m = find(method).orElseThrow();
      var settings = new LinkedHashMap<>(m.preset());
      settings.putAll(given);
      return new Answer(m.engine().run(target, settings, seed, progress), "");
    }
    var first = engine(FIRST);
    var quick = first.run(target, fitting(first, given), seed, progress);
    if (quick.level() == Verdict.Level.TRUSTWORTHY || quick.interrupted())
      return new Answer(quick, "its check is satisfied");
    var second = engine(LAST_RESORT);
    var thorough = second.run(target, fitting(second, given), seed, progress);
    return new Answer(thorough, FIRST + " was " + quick.level().words());
  }

  private static Map<String, String> fitting(Engine engine, Map<String, String> given) {
    var out = new LinkedHashMap<>(given);
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
