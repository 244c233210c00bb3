package ppl.dist;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import ppl.ir.Expr;

/// A scalar law whose value is only known to lie beyond a bound when it is seen at that bound: there the density is the
/// probability of the tail. Bounds may be infinite. The law needs its tails.
public final class Censored {
  private Censored() {}

  /// @param lower values at this bound stand for all below it
  /// @param upper values at this bound stand for all above it
  /// @throws IllegalArgumentException if `inner` has no tails
  public static Law of(Law inner, Optional<Expr> lower, Optional<Expr> upper) {
    if (inner.tails().isEmpty()) throw new IllegalArgumentException("censoring needs a distribution function");
    var law = Law.event(inner.kind(), List.of(), inner.support().within(lower, upper), (b, x) -> {
      var known = inner.logpdf(b, x);
      var capped = upper
          .map(u -> select(le(u, x.scalar()), inner.logccdf(b, Truncated.before(inner, u)), known))
          .orElse(known);
      return lower.map(l -> select(le(x.scalar(), l), inner.logcdf(b, l), capped)).orElse(capped);
    }).withTails(new Law.Tails(inner::logcdf, inner::logccdf));
    return law.withDraw(inner, x -> Truncated.clamp(x, lower, upper));
  }
}
