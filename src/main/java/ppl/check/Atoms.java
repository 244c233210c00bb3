package ppl.check;

import java.util.Optional;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Laws of reals that give single values a probability: data may have such values, an unknown is a real number between
/// them with probability 0, and engines would never see them.
final class Atoms {
  private Atoms() {}

  /// Reports a law with such a value as the prior of a real unknown.
  static void check(Symbol unknown, TDist law, Env env) {
    if (unknown.role() == Symbol.Role.GENERATED || !unknown.type().isReal()) return;
    find(law).ifPresent(d -> env.report(refusal(unknown, d)));
  }

  /// The part of a law that has such a value.
  private static Optional<TDist> find(TDist law) {
    return switch (law) {
      case TDist.Named _, TDist.User _ -> Optional.empty();
      case TDist.Truncated t -> find(t.inner());
      case TDist.Censored c -> Optional.of(c);
      case TDist.Mixture m -> m.components().stream().flatMap(c -> find(c).stream()).findFirst();
      case TDist.MixtureOver m -> find(m.component());
      case TDist.ZeroInflated z -> Optional.of(z);
      case TDist.Hurdle h -> Optional.of(h);
    };
  }

  private static Diagnostic refusal(Symbol unknown, TDist law) {
    return switch (law) {
      case TDist.Censored c -> error(unknown, law, "at each of its bounds")
          .help("give the value before it is cut a name, and cut that: `z : real ~ %s` and `%s = %s`", c.inner().span().text(),
              unknown, cut(c));
      case TDist.ZeroInflated(var p, var inner, var span) -> zeros(unknown, law, p, inner);
      case TDist.Hurdle(var p, var inner, var span) -> zeros(unknown, law, p, inner);
      case TDist.Named _, TDist.User _, TDist.Truncated _, TDist.Mixture _, TDist.MixtureOver _ ->
          error(unknown, law, "at one of its values");
    };
  }

  private static String cut(TDist.Censored c) {
    var low = c.lower().map(TExpr::span).map(Span::text);
    var high = c.upper().map(TExpr::span).map(Span::text);
    var above = low.map(l -> "max(z, " + l + ")").orElse("z");
    return high.map(h -> "min(" + above + ", " + h + ")").orElse(above);
  }

  private static Diagnostic zeros(Symbol unknown, TDist law, TExpr p, TDist inner) {
    return error(unknown, law, "at 0").help("say which are 0 by an unknown of its own: `on : binary ~ Bernoulli(1 - %s)`, "
        + "`z : real ~ %s` and `%s = on * z`", operand(p), inner.span().text(), unknown);
  }

  private static String operand(TExpr p) {
    return p instanceof TExpr.Apply a && a.args().size() == 2 && !a.span().text().endsWith(")")
        ? "(" + p.span().text() + ")" : p.span().text();
  }

  private static Diagnostic error(Symbol unknown, TDist law, String where) {
    return Diagnostic.error("E0229", law.span(), "this law has a probability %s, and `%s` is an unknown real number, "
        + "which can have densities only", where, unknown);
  }
}
