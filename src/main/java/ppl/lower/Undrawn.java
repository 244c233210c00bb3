package ppl.lower;

import java.util.List;
import java.util.Optional;
import ppl.dist.Ability;
import ppl.source.Diagnostic;
import ppl.typed.Abilities;
import ppl.typed.TStmt;
import ppl.typed.Typed;

/// Observed names without a replicate, since nothing can be drawn from what they are said to follow.
public final class Undrawn {
  private Undrawn() {}

  /// A warning for each of them.
  public static List<Diagnostic> of(Typed typed) {
    var stated = new Stated(typed.body());
    return typed.data().stream().flatMap(s -> among(stated.observations(s)).stream().map(o -> Diagnostic.warning("W0213", o.dist().span(),
        "there is no replicate of `%s`: nothing can be drawn from this distribution", s.name())
        .help("give a distribution of your own `sample = ..`, an expression that draws from it"))).toList();
  }

  /// The first of them that nothing can be drawn for.
  static Optional<TStmt.Observe> among(List<TStmt.Observe> observations) {
    return observations.stream().filter(o -> !Abilities.of(o.dist()).contains(Ability.DRAW)).findFirst();
  }
}
