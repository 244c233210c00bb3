package ppl.check;

import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TExpr.DistFunction;

/// Declared supports narrower than a prior's: the density has to be divided by the probability of being there, which must
/// be known, constant or the same for every order of the elements.
final class Restrictions {
  private Restrictions() {}

  static void check(Symbol symbol, Family law, Env env) {
    if (law.domain().isEmpty()) return;
    switch (symbol.support()) {
      case Support.All() -> {}
      case Support.Between b -> {
        boolean known = law.eventRank() == 0 && Features.has(law.dist(), DistFunction.CDF);
        if (!known && !covers(b, law)) constant(symbol, law, env, "its bounds");
      }
      case Support.Shaped(var shape) -> {
        if (law.domain().get().word().equals(shape.word()) || law.domain().get().cholesky().isPresent()) return;
        boolean ordered = shape == Support.Shape.ORDERED || shape == Support.Shape.POSITIVE_ORDERED;
        boolean alike = law.eventRank() == 0 && law.parts().stream().allMatch(p -> p.lead() == 0);
        if (!(ordered && alike)) constant(symbol, law, env, "`" + shape.word() + "`");
      }
    }
  }

  /// Whether the bounds leave out nothing.
  private static boolean covers(Support.Between b, Family law) {
    return law.domain().get() != ppl.dist.Domain.REAL && b.upper().isEmpty()
        && b.lower().filter(l -> l instanceof ppl.typed.TExpr.Num n && n.value() == 0).isPresent() || isFlat(law);
  }

  private static boolean isFlat(Family law) {
    return law.parts().isEmpty();
  }

  private static void constant(Symbol symbol, Family law, Env env, String what) {
    for (var p : law.parts())
      env.dataOnly(p.arg(), unknown -> Diagnostic.error("E0228", p.arg().span(),
          "the density of `%s` restricted to %s has no known constant when %s depends on the unknown `%s`", symbol, what,
          Shapes.name(p.arg()), unknown)
          .help("give a standard quantity the restriction, and move and scale it: `%s = .. + .. * z`", symbol));
  }
}
