package ppl.check;

import java.util.Optional;
import ppl.lib.Function;
import ppl.lib.Functions;
import ppl.source.Diagnostic;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TypedPrinter;

/// Bounds of a law that unknowns decide, of which nothing keeps one below the other: where they cross there is no
/// density, and samplers run into the edge.
record Crossed(Ranges ranges, Dependence dependence) {
  private static final Function MIN = Functions.find("min").orElseThrow();
  private static final Function MAX = Functions.find("max").orElseThrow();

  /// What to say of a law.
  Optional<Diagnostic> of(TDist.Named n) {
    var support = n.form().support(n.distribution().shape());
    for (int i = 0; i < n.args().size(); i++)
      for (int k = 0; k < n.args().size(); k++)
        if (Arguments.isBy(support.lower(), n.form().parameters().get(i)) && Arguments.isBy(support.upper(), n.form().parameters().get(k))
            && !ordered(n.args().get(i), n.args().get(k))) return Optional.of(told(n, i, k));
    return Optional.empty();
  }

  private Diagnostic told(TDist.Named n, int lower, int upper) {
    var low = n.args().get(lower);
    var high = n.args().get(upper);
    boolean never = ranges.closely(low).low() > ranges.closely(high).high();
    var warning = Diagnostic.warning("W0211", high.span(), "the `%s` of `%s` is above its `%s`, and `%s` %s below `%s`",
        n.form().parameters().get(upper).name(), n.distribution().name(), n.form().parameters().get(lower).name(),
        high.span().text(), never ? "always is" : "may be", low.span().text());
    return switch (high) {
      case TExpr.Ref(var s, var span) -> declared(warning, s, "lower", low);
      default -> low instanceof TExpr.Ref(var s, var span) ? declared(warning, s, "upper", high) : warning;
    };
  }

  private static Diagnostic declared(Diagnostic warning, Symbol s, String which, TExpr bound) {
    return warning.note(s.span(), "`%s` is declared here", s).help("declare `%s`", Wrong.declaration(s,
        "%s(%s = %s)".formatted(s.type().isReal() ? "real" : "int", which, bound.span().text())));
  }

  /// Whether one is certainly below the other, or data decide.
  private boolean ordered(TExpr low, TExpr high) {
    return dependence.unknown(low).isEmpty() && dependence.unknown(high).isEmpty()
        || ranges.closely(low).high() <= ranges.closely(high).low()
        || Polynomial.of(high).minus(Polynomial.of(low)).range(ranges).low() >= 0
        || bounded(high, low, true) || bounded(low, high, false) || around(low, high);
  }

  /// Whether one is declared below the smallest of some values, the other above the largest.
  private static boolean around(TExpr low, TExpr high) {
    return low instanceof TExpr.Ref(var l, var _) && l.support() instanceof Support.Between(var _, var below, var _)
        && high instanceof TExpr.Ref(var h, var _) && h.support() instanceof Support.Between(var above, var _, var _)
        && below.isPresent() && above.isPresent() && isOrdered(below.get(), above.get());
  }

  private static boolean isOrdered(TExpr low, TExpr high) {
    return Definite.isSame(low, high) || low instanceof TExpr.Apply a && high instanceof TExpr.Apply b && a.function() == MIN
        && b.function() == MAX && a.args().size() == 1 && b.args().size() == 1 && Definite.isSame(a.args().getFirst(), b.args().getFirst());
  }

  /// Whether a declaration says that a name, or its elements, lie above or below another.
  private static boolean bounded(TExpr value, TExpr by, boolean above) {
    return switch (value) {
      case TExpr.Ref(var s, var span) -> s.support() instanceof Support.Between b && (above ? b.lower() : b.upper())
          .filter(e -> Definite.isSame(e, by)).isPresent();
      case TExpr.Index i -> bounded(i.base(), by, above) || by instanceof TExpr.Index j && isAt(i, j) && bounded(i.base(), j.base(), above);
      default -> false;
    };
  }

  private static boolean isAt(TExpr.Index a, TExpr.Index b) {
    return TypedPrinter.expr(new TExpr.Index(a.base(), b.subs(), a.type(), a.span())).equals(TypedPrinter.expr(a));
  }
}
