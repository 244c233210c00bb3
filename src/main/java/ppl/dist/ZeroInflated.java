package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// A law of nonnegative values with more zeros: 0 with probability p, else a draw of the law, which may be 0 too.
/// Under a continuous law 0 has the mass p.
public final class ZeroInflated {
  private ZeroInflated() {}

  /// @throws IllegalArgumentException if `inner` is not a scalar law with a lower bound
  public static Law of(Expr p, Law inner) {
    requireBounded(inner);
    var law = Law.event(inner.kind(), List.of(), inner.support().withZero(), (b, x) -> {
      var other = add(log1m(p), inner.logpdf(b, x));
      var zero = inner.kind() == Kind.INT ? logAddExp(log(p), other) : log(p);
      return select(eq(x.scalar(), inner.kind() == Kind.INT ? integer(0) : ZERO), zero, other);
    }).withDraws(b -> draw(b, p, inner));
    if (inner.tails().isPresent())
      law = law.withTails(new Law.Tails(
          (b, x) -> logAddExp(log(p), add(log1m(p), summand(inner.logcdf(b, x)))),
          (b, x) -> add(log1m(p), inner.logccdf(b, x))));
    return moments(law, p, inner);
  }

  static void requireBounded(Law inner) {
    if (inner.support().lower().isEmpty())
      throw new IllegalArgumentException("zeros are added to nonnegative laws only");
  }

  /// Mean and standard deviation of a value that is 0 with probability p, else of law `other`.
  static Law moments(Law law, Expr p, Law other) {
    var rest = sub(ONE, p);
    if (other.mean().isEmpty()) return law;
    var mean = other.mean().orElseThrow().scalar();
    var known = law.withMean(mul(rest, mean));
    return other.sd()
        .map(s -> known.withSd(sqrt(mul(rest, add(square(s.scalar()), mul(p, square(mean)))))))
        .orElse(known);
  }

  static Arr draw(Build b, Expr p, Law other) {
    var zero = Draws.binomial(b, integer(1), p);
    var drawn = b.array("drawn", other.kind(), List.of());
    other.draw(b, drawn, List.of());
    return Arr.of(Draws.stored(b, select(zero, other.kind() == Kind.INT ? integer(0) : ZERO, drawn.read())));
  }
}
