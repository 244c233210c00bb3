package ppl.infer;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.runtime.Draws;
import ppl.runtime.Posterior;
import ppl.runtime.Verdict;

/// Answers of no model, for tests of what is made of answers.
public final class Answers {
  private Answers() {}

  public static Posterior of(String engine, Verdict.Level level) {
    var none = Draws.of(0, List.of());
    return new Posterior(engine, 1, Map.of(), Posterior.Kind.INDEPENDENT, List.of(), none, List.of(), none, Optional.empty(),
        Map.of(), List.of(new Verdict(level, "as it is told", "")), Map.of(), false);
  }

  /// Of an engine that was stopped, with so many draws.
  public static Posterior part(String engine, Verdict.Level level, int count) {
    var draws = Draws.of(1, List.of(new double[count]));
    return new Posterior(engine, 1, Map.of(), Posterior.Kind.INDEPENDENT, List.of(), draws, List.of(), draws, Optional.empty(),
        Map.of(), List.of(new Verdict(level, "as far as it came", "")), Map.of(), true);
  }

  public static NoStart improper() {
    return new NoStart(Verdict.noPosterior("There is no posterior.", "Give priors."));
  }

  public static NoStart none() {
    return new NoStart("there is no start");
  }
}
