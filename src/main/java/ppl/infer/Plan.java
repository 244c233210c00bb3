package ppl.infer;

import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import ppl.runtime.Posterior;
import ppl.runtime.Target;

/// What an engine makes of a target before it runs.
public sealed interface Plan {
  /// The engine can run, once.
  ///
  /// @param words what it does with which unknowns, such as `beta normal, sigma by gradients`; empty where it does the
  ///              same with all
  /// @param exact whether no unknowns that depend on one another are taken for independent
  /// @param slow  whether a run takes many minutes, as one step of it shows that is tried
  record Ready(Run run, Supplier<String> words, boolean exact, BooleanSupplier slow) implements Plan {
    Ready(Run run, Supplier<String> words, boolean exact) {
      this(run, words, exact, () -> false);
    }
  }

  /// @param why in words
  record Refused(String why) implements Plan {}

  /// Numerical trouble ends in verdicts, not in exceptions.
  @FunctionalInterface
  interface Run {
    /// @throws NoStart where the log density is finite nowhere that was tried
    Posterior of(Values values, long seed, Progress progress) throws NoStart;
  }

  /// A plan that needs coordinates of all unknowns.
  static Plan byGradients(Target target, Run run) {
    return target.complete() ? new Ready(run, () -> "", true)
        : new Refused("it has discrete unknowns; --method auto and --method gibbs can deal with these");
  }
}
