package ppl.infer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.runtime.Posterior;
import ppl.runtime.Target;

/// An inference engine. Engines hold no state; a run depends on the target, the settings and the seed alone,
/// never on the number of threads.
public interface Engine {
  /// The engines that exist, in the order in which help shows them.
  List<Engine> ALL = List.of(new Nuts(), new Advi(), new Laplace(), new Exact(), new Cavi(),
      new Hybrid(), new Svi(), new Gibbs());

  /// As in `--method nuts`.
  String name();

  /// One line for the help page.
  String doc();

  /// All settings.
  List<Knob> knobs();

  /// How this engine runs on `target`, or why it cannot.
  Plan plan(Target target);

  /// Why this engine cannot run on `target`, in words; empty if it can.
  default Optional<String> objection(Target target) {
    return switch (plan(target)) {
      case Plan.Ready _ -> Optional.empty();
      case Plan.Refused(String why) -> Optional.of(why);
    };
  }

  /// Through about how many numbers a run goes, where that can be told beforehand; 0 for engines that stop when they know
  /// enough.
  default double work(Target target, Map<String, String> given) {
    return 0;
  }

  /// Runs with the defaults overridden by `given`.
  ///
  /// @throws NoStart where the log density is finite nowhere that was tried, or there is an [#objection]
  default Posterior run(Target target, Map<String, String> given, long seed, Progress progress) throws NoStart {
    return switch (plan(target)) {
      case Plan.Ready(var run, _, _, _) -> run.of(Values.of(knobs(), given), seed, progress);
      case Plan.Refused(String why) -> throw new NoStart("--method " + name() + " cannot run this model: " + why + ".");
    };
  }
}
