package ppl.check;

import java.util.Optional;
import java.util.stream.Stream;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Bounds that only say whether something was cut off, as survival analysis in R has them: here a bound is the value at
/// which it was.
final class Indicators {
  private Indicators() {}

  /// What to say of a distribution of `value` whose bounds are 0 or 1 by their types.
  static Optional<Diagnostic> of(TDist dist, TExpr value) {
    return is(value) ? Optional.empty() : laws(dist).flatMap(d -> in(d, value)).findFirst();
  }

  private static Stream<TDist> laws(TDist dist) {
    return Stream.concat(Stream.of(dist), switch (dist) {
      case TDist.Named _, TDist.User _ -> Stream.<TDist>empty();
      case TDist.Truncated t -> laws(t.inner());
      case TDist.Censored c -> laws(c.inner());
      case TDist.Mixture m -> m.components().stream().flatMap(Indicators::laws);
      case TDist.MixtureOver m -> laws(m.component());
      case TDist.ZeroInflated z -> laws(z.inner());
      case TDist.Hurdle h -> laws(h.inner());
    });
  }

  private static Stream<Diagnostic> in(TDist law, TExpr value) {
    return switch (law) {
      case TDist.Censored(var inner, var lower, var upper, var span) -> bounds(lower, upper).map(b -> {
        boolean name = b instanceof TExpr.Ref || b instanceof TExpr.Index;
        var d = b.span().text();
        var x = value.span().text();
        return wrong("censored", b).help("write `censored(%s, upper = %s ? %s : infinity)` where 1 means that the value is"
            + " beyond %s%s", inner.span().text(), name ? d + " == 1" : d, x, x,
            name ? ", and `%s == 0 ? ..` where it means that it was seen".formatted(d) : "");
      });
      case TDist.Truncated(var inner, var lower, var upper, var span) -> bounds(lower, upper).map(b -> wrong("truncated", b));
      case TDist.Named _, TDist.User _, TDist.Mixture _, TDist.MixtureOver _, TDist.ZeroInflated _, TDist.Hurdle _ -> Stream.empty();
    };
  }

  private static Stream<TExpr> bounds(Optional<TExpr> lower, Optional<TExpr> upper) {
    return Stream.concat(lower.stream(), upper.stream()).filter(Indicators::is);
  }

  private static Diagnostic wrong(String word, TExpr bound) {
    var error = Diagnostic.error("E0224", bound.span(), "a bound of `%s` is the value where it ends, and %s is 0 or 1", word,
        Shapes.name(bound));
    return bound instanceof TExpr.Apply ? error : Wrong.origin(error, bound);
  }

  /// Whether a value is 0 or 1 by its type.
  static boolean is(TExpr e) {
    if (e.type().isReal() || e instanceof TExpr.Num) return false;
    var range = new Ranges().of(e);
    return range.low() == 0 && range.high() == 1;
  }
}
