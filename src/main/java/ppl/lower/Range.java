package ppl.lower;

import java.util.Optional;
import ppl.dist.Domain;
import ppl.dist.Support;
import ppl.ir.Exprs;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// An interval of constant ends that holds all values of a distribution of numbers, as far as this can be told without
/// the values of arguments.
record Range(double low, double high) {
  private static final Range ALL = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /// Where all distributions that observe `data` have their values: there missing values are looked for.
  static Range observed(Symbol data, Stated stated) {
    var range = ALL;
    for (var o : stated.observations(data)) range = range.intersect(of(o.dist()));
    return range;
  }

  static Range of(TDist d) {
    return switch (d) {
      case TDist.Named n -> of(n.distribution().domain());
      case TDist.User u -> of(u.definition().support());
      case TDist.Truncated t -> of(t.inner()).intersect(of(t.lower(), t.upper()));
      case TDist.Censored c -> of(c.inner()).intersect(of(c.lower(), c.upper()));
      case TDist.Mixture m -> m.components().stream().map(Range::of).reduce(Range::union).orElse(ALL);
      case TDist.MixtureOver m -> of(m.component());
      case TDist.ZeroInflated z -> of(z.inner());
      case TDist.Hurdle h -> of(h.inner());
    };
  }

  private static Range of(Domain domain) {
    return Domain.UNIT.includes(domain) ? new Range(0, 1)
        : Domain.NONNEGATIVE.includes(domain) ? new Range(0, Double.POSITIVE_INFINITY) : ALL;
  }

  private static Range of(ppl.typed.Support support) {
    return switch (support) {
      case ppl.typed.Support.Between(var lower, var upper, var strict) -> of(lower, upper);
      case ppl.typed.Support.All a -> ALL;
      case ppl.typed.Support.Shaped s -> ALL;
    };
  }

  private static Range of(Optional<TExpr> lower, Optional<TExpr> upper) {
    return new Range(number(lower).orElse(ALL.low), number(upper).orElse(ALL.high));
  }

  private static Optional<Double> number(Optional<TExpr> bound) {
    return bound.filter(e -> e instanceof TExpr.Num).map(e -> ((TExpr.Num) e).value());
  }

  Range intersect(Range that) {
    return new Range(Math.max(low, that.low), Math.min(high, that.high));
  }

  Range union(Range that) {
    return new Range(Math.min(low, that.low), Math.max(high, that.high));
  }

  Support support() {
    return new Support.Reals(end(low), end(high), false);
  }

  private static Optional<ppl.ir.Expr> end(double value) {
    return Double.isInfinite(value) ? Optional.empty() : Optional.of(Exprs.real(value));
  }
}
