package ppl.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.runtime.Target;
import ppl.runtime.TooLargeException;
import ppl.runtime.Verdict;

/// Coordinates that are relative to priors, for posteriors that the model's own coordinates make hard to walk through: a funnel
/// where groups are many and say little each. The better coordinates are those in which the posterior is closer to a normal
/// distribution, as the evidence lower bounds of quick normal fits tell, which do not depend on coordinates otherwise.
///
/// Sources: Papaspiliopoulos, Roberts and Sköld, "A General Framework for the Parametrization of Hierarchical Models",
/// Statistical Science 22 (2007); the choice by the bound is that of Gorinova, Moore and Hoffman, "Automatic
/// Reparameterisation of Probabilistic Programs", ICML 2020, here with the fits of Pathfinder.
final class Relative {
  /// Each is tried by itself up to so many; all together always.
  private static final int MOST_SINGLE = 8;

  private Relative() {}

  /// Finds starts for chains in certain coordinates.
  @FunctionalInterface
  interface Starting {
    List<Pathfinder.Path> of(Target target) throws NoStart;
  }

  /// Coordinates that look better than the model's own.
  ///
  /// @param names unknowns whose coordinates are relative
  record Chosen(List<String> names, Target target, List<Pathfinder.Path> starts) {
    double bound() {
      return Relative.bound(starts);
    }
  }

  /// The best of what can be tried, unless it is the model's own: all that may be relative, each alone, and those together that gain
  /// alone.
  static Optional<Chosen> better(Target target, List<Pathfinder.Path> starts, Starting starting) {
    var names = target.relatives();
    if (names.isEmpty()) return Optional.empty();
    double own = bound(starts);
    var tried = new ArrayList<Chosen>();
    fit(target, names, starting).ifPresent(tried::add);
    if (names.size() > 1 && names.size() <= MOST_SINGLE) {
      var gaining = new ArrayList<String>();
      for (var name : names) {
        var one = fit(target, List.of(name), starting);
        one.filter(c -> c.bound() > own).ifPresent(_ -> gaining.add(name));
        one.ifPresent(tried::add);
      }
      if (gaining.size() > 1 && gaining.size() < names.size()) fit(target, gaining, starting).ifPresent(tried::add);
    }
    return tried.stream().filter(c -> c.bound() > own).max((a, b) -> Double.compare(a.bound(), b.bound()));
  }

  private static Optional<Chosen> fit(Target target, List<String> names, Starting starting) {
    try {
      var other = target.relative(Set.copyOf(names));
      return Optional.of(new Chosen(names, other, starting.of(other)));
    } catch (NoStart | TooLargeException e) {
      return Optional.empty();
    }
  }

  private static double bound(List<Pathfinder.Path> starts) {
    return starts.stream().mapToDouble(Pathfinder.Path::elbo).max().orElseThrow();
  }

  static Verdict note(List<String> names) {
    return Verdict.trustworthy("%s %s sampled relative to %s, in units of %s scale: there the posterior is closer to normal, and draws are worth more."
        .formatted(String.join(", ", names), names.size() == 1 ? "was" : "were", names.size() == 1 ? "its prior" : "their priors",
            names.size() == 1 ? "its" : "their"));
  }
}
