package ppl.check;

import java.util.Optional;
import ppl.source.Diagnostic;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Bounds of a law that are unknowns, of which nothing keeps one below the other: where they cross there is no density,
/// and samplers run into the edge.
record Crossed(Ranges ranges, Dependence dependence) {
  /// What to say of a law; nothing of bounds that are more than names.
  Optional<Diagnostic> of(TDist.Named n) {
    var support = n.form().support(n.distribution().shape());
    for (int i = 0; i < n.args().size(); i++)
      for (int k = 0; k < n.args().size(); k++)
        if (Arguments.isBy(support.lower(), n.form().parameters().get(i)) && Arguments.isBy(support.upper(), n.form().parameters().get(k))
            && n.args().get(i) instanceof TExpr.Ref low && n.args().get(k) instanceof TExpr.Ref high && !ordered(low, high))
          return Optional.of(Diagnostic.warning("W0211", high.span(), "the `%s` of `%s` is above its `%s`, and `%s` may be below `%s`",
              n.form().parameters().get(k).name(), n.distribution().name(), n.form().parameters().get(i).name(), high.symbol(), low.symbol())
              .note(high.symbol().span(), "`%s` is declared here", high.symbol())
              .help("declare `%s : %s(lower = %s)`", high.symbol(), high.type().isReal() ? "real" : "int", low.symbol()));
    return Optional.empty();
  }

  /// Whether one is certainly below the other, or data decide.
  private boolean ordered(TExpr.Ref low, TExpr.Ref high) {
    return dependence.unknown(low).isEmpty() && dependence.unknown(high).isEmpty()
        || ranges.closely(low).high() <= ranges.closely(high).low()
        || bounded(high.symbol(), low.symbol(), true) || bounded(low.symbol(), high.symbol(), false);
  }

  /// Whether a declaration says that a name lies above or below another.
  private static boolean bounded(Symbol name, Symbol by, boolean above) {
    return name.support() instanceof Support.Between b && (above ? b.lower() : b.upper())
        .filter(e -> e instanceof TExpr.Ref r && r.symbol() == by).isPresent();
  }
}
