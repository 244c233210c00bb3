package ppl.infer;

import java.util.List;
import java.util.Map;
import ppl.runtime.Posterior;
import ppl.runtime.Target;

/// An inference engine. Engines hold no state; a run depends on the target, the settings and the seed alone,
/// never on the number of threads.
public interface Engine {
  /// The engines that exist, in the order in which help shows them.
  List<Engine> ALL = List.of(new Nuts(), new Advi(), new Laplace());

  /// As in `--method nuts`.
  String name();

  /// One line for the help page.
  String doc();

  /// All settings.
  List<Knob> knobs();

  /// Runs on `target`. Numerical trouble ends in verdicts, not in exceptions.
  ///
  /// @throws NoStart where the log density is finite nowhere that was tried
  Posterior run(Target target, Values values, long seed, Progress progress) throws NoStart;

  /// Runs with the defaults overridden by `given`.
  default Posterior run(Target target, Map<String, String> given, long seed, Progress progress) throws NoStart {
    return run(target, Values.of(knobs(), given), seed, progress);
  }
}
