package ppl.runtime;

import java.util.List;
import java.util.Optional;
import ppl.source.Diagnostic;

/// What came of binding a model to data that fit its schema.
///
/// @param problems what is wrong with the data
/// @param target   there if nothing is
public record Fitted(List<Diagnostic> problems, Optional<KernelTarget> target) {
  public Fitted {
    problems = List.copyOf(problems);
  }

  /// Bound, unless `problems` says what is wrong.
  public static Fitted of(List<Diagnostic> problems, KernelTarget target) {
    return new Fitted(problems, problems.isEmpty() ? Optional.of(target) : Optional.empty());
  }

  public static Fitted not(List<Diagnostic> problems) {
    return new Fitted(problems, Optional.empty());
  }
}
