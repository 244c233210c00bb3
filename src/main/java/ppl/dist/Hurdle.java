package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// A law of nonnegative values whose zeros come from a mechanism of their own: 0 with probability p, else a draw of the
/// law given that it is not 0.
public final class Hurdle {
  private Hurdle() {}

  /// @throws IllegalArgumentException if `inner` is not a scalar law with a lower bound
  public static Law of(Expr p, Law inner) {
    ZeroInflated.requireBounded(inner);
    return inner.kind() == Kind.REAL ? ZeroInflated.of(p, inner) : discrete(p, inner);
  }

  private static Law discrete(Expr p, Law inner) {
    var law = Law.event(Kind.INT, List.of(), inner.support().withZero(), (b, x) -> select(
        eq(x.scalar(), integer(0)), log(p), add(log1m(p), sub(inner.logpdf(b, x), positive(b, inner)))));
    if (inner.tails().isEmpty()) return law;
    Law.OfScalar above = (b, x) -> add(log1m(p), sub(inner.logccdf(b, x), positive(b, inner)));
    return law.withTails(new Law.Tails((b, x) -> log1mExp(above.of(b, x)), above))
        .withDraws(b -> ZeroInflated.draw(b, p, Truncated.of(inner, Optional.of(integer(1)), Optional.empty())));
  }

  /// log P(X > 0).
  private static Expr positive(Build b, Law inner) {
    return log1mExp(inner.logpdf(b, Arr.of(integer(0))));
  }
}
