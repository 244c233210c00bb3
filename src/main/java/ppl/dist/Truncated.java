package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// A scalar law given that its value lies between two bounds, which themselves count: the density divided by the
/// probability of being there. The law needs its tails.
public final class Truncated {
  private Truncated() {}

  /// @param lower  no lower truncation where empty
  /// @param upper  no upper truncation where empty
  /// @throws IllegalArgumentException if `inner` has no tails
  public static Law of(Law inner, Optional<Expr> lower, Optional<Expr> upper) {
    if (inner.tails().isEmpty()) throw new IllegalArgumentException("truncation needs a distribution function");
    Law.OfScalar below = (b, x) -> sub(mass(b, inner, lower, Optional.of(x)), mass(b, inner, lower, upper));
    Law.OfScalar above = (b, x) -> sub(beyond(b, inner, x, upper), mass(b, inner, lower, upper));
    return Law.event(inner.kind(), List.of(), inner.support().within(lower, upper),
            (b, x) -> sub(inner.logpdf(b, x), mass(b, inner, lower, upper)))
        .withTails(new Law.Tails(below, above))
        .withDraw(b -> clamp(Inversion.draw(b, inner, lower.map(l -> before(inner, l)), upper), lower, upper))
        .withFrame(frame(inner, lower.isPresent() != upper.isPresent()));
  }

  /// The distance from the only bound is in units of the scale.
  private static Optional<Law.Frame> frame(Law inner, boolean one) {
    boolean unbounded = inner.support().lower().isEmpty() && inner.support().upper().isEmpty();
    return inner.frame().filter(_ -> one && unbounded && inner.rank() == 0)
        .map(f -> f instanceof Law.Frame.Scalar s ? new Law.Frame.Scalar(log(s.scale()), ONE) : f);
  }

  /// log P(lower <= X <= upper), from the side where the difference of the two tails is exact.
  static Expr mass(Build b, Law law, Optional<Expr> lower, Optional<Expr> upper) {
    return beyond(b, law, lower.map(l -> before(law, l)), upper);
  }

  private static Expr beyond(Build b, Law law, Expr lower, Optional<Expr> upper) {
    return beyond(b, law, Optional.of(lower), upper);
  }

  /// log P(lower < X <= upper).
  static Expr beyond(Build b, Law law, Optional<Expr> lower, Optional<Expr> upper) {
    if (lower.isEmpty()) return upper.map(u -> law.logcdf(b, u)).orElse(ZERO);
    var l = lower.orElseThrow();
    if (upper.isEmpty()) return law.logccdf(b, l);
    var u = upper.orElseThrow();
    var fromBelow = logDiffExp(law.logcdf(b, u), law.logcdf(b, l));
    var fromAbove = logDiffExp(law.logccdf(b, l), law.logccdf(b, u));
    return select(lt(real(-Math.log(2)), law.logcdf(b, l)), fromAbove, fromBelow);
  }

  /// The value whose distribution function leaves out `x` itself.
  static Expr before(Law law, Expr x) {
    return law.kind() == Kind.INT ? sub(x, integer(1)) : x;
  }

  /// `x`, or the bound that it is beyond.
  static Expr clamp(Expr x, Optional<Expr> lower, Optional<Expr> upper) {
    var capped = upper.map(u -> select(lt(u, x), u, x)).orElse(x);
    return lower.map(l -> select(lt(capped, l), l, capped)).orElse(capped);
  }
}
