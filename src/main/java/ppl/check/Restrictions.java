package ppl.check;

import java.util.ArrayList;
import ppl.dist.Ability;
import ppl.source.Diagnostic;
import ppl.typed.Abilities;
import ppl.typed.Interval;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TExpr.Sub;
import ppl.typed.TStmt;

/// Declared supports narrower than a prior's: the density has to be divided by the probability of being there, which must
/// be known, constant or the same for every order of the elements.
final class Restrictions {
  private Restrictions() {}

  static void check(TStmt.Place place, Family law, Env env) {
    var symbol = place.symbol();
    switch (symbol.support()) {
      case Support.All() -> {}
      case Support.Between b -> {
        boolean known = law.eventRank() == 0 && Abilities.of(law.dist()).contains(Ability.TAILS);
        if (!known && !isFlat(law) && !holds(b, new Ranges().of(law.dist()))) {
          constant(symbol, law, env, "its bounds");
          var ends = new ArrayList<TExpr>();
          b.lower().ifPresent(ends::add);
          b.upper().ifPresent(ends::add);
          for (var e : ends) constant(symbol, e, env, "its bounds");
        }
      }
      case Support.Shaped(var shape) -> {
        if (isThere(law, shape)) return;
        boolean ordered = shape == Support.Shape.ORDERED
            || shape == Support.Shape.POSITIVE_ORDERED && new Ranges().of(law.dist()).low() >= 0;
        boolean alike = law.eventRank() == 0 && isWhole(place) && law.parts().stream().allMatch(p -> p.lead() == 0);
        if (!(ordered && alike)) constant(symbol, law, env, "`" + shape.word() + "`");
      }
    }
  }

  private static boolean isThere(Family law, Support.Shape shape) {
    if (law.dist() instanceof TDist.User u) return u.definition().support().equals(new Support.Shaped(shape));
    return law.domain().filter(d -> d.word().equals(shape.word()) || d.cholesky().isPresent()).isPresent();
  }

  /// Whether bounds, numbers both, hold all of an interval.
  private static boolean holds(Support.Between b, Interval values) {
    return b.lower().map(e -> e instanceof TExpr.Num n && n.value() <= values.low()).orElse(true)
        && b.upper().map(e -> e instanceof TExpr.Num n && n.value() >= values.high()).orElse(true);
  }

  private static boolean isFlat(Family law) {
    return law.parts().isEmpty();
  }

  /// Whether all elements of the restricted dimension are given together.
  private static boolean isWhole(TStmt.Place place) {
    int last = place.symbol().type().rank() - 1;
    return place.subs().size() <= last || place.subs().get(last) instanceof Sub.All;
  }

  private static void constant(Symbol symbol, Family law, Env env, String what) {
    for (var p : law.parts()) constant(symbol, p.arg(), env, what);
  }

  private static void constant(Symbol symbol, TExpr by, Env env, String what) {
    env.dataOnly(by, unknown -> Diagnostic.error("E0228", by.span(),
        "the density of `%s` restricted to %s has no known constant: it depends on the unknown `%s`", symbol, what, unknown)
        .help("give a standard quantity the restriction, and move and scale it: `%s = .. + .. * z`", symbol));
  }
}
