package ppl.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Index;

/// Where a law has its mass, with bounds that may depend on the arguments.
public sealed interface Support {
  /// Reals, every element of the event for itself; without bounds all of them.
  ///
  /// @param open whether the bounds themselves are outside
  record Reals(Optional<Expr> lower, Optional<Expr> upper, boolean open) implements Support {}

  /// Whole numbers, bounds included, every element of the event for itself.
  record Ints(Optional<Expr> lower, Optional<Expr> upper) implements Support {}

  /// Vectors of counts that add up to `total`.
  record Counts(Expr total) implements Support {}

  /// Vectors or matrices of a domain of rank 1 or 2: simplex, cov, corr and their factors.
  record Whole(Domain domain) implements Support {}

  /// A vector whose elements have different supports.
  record Elements(List<Support> parts) implements Support {
    public Elements {
      parts = List.copyOf(parts);
    }
  }

  Support REAL = new Reals(Optional.empty(), Optional.empty(), true);
  Support POSITIVE = new Reals(Optional.of(Exprs.ZERO), Optional.empty(), true);
  Support NONNEGATIVE = new Reals(Optional.of(Exprs.ZERO), Optional.empty(), false);
  Support UNIT = new Reals(Optional.of(Exprs.ZERO), Optional.of(Exprs.ONE), false);
  Support COUNT = new Ints(Optional.of(Exprs.integer(0)), Optional.empty());
  Support BINARY = ints(Exprs.integer(0), Exprs.integer(1));

  static Support lower(Expr bound) {
    return new Reals(Optional.of(bound), Optional.empty(), false);
  }

  static Support interval(Expr lower, Expr upper) {
    return new Reals(Optional.of(lower), Optional.of(upper), false);
  }

  static Support ints(Expr lower, Expr upper) {
    return new Ints(Optional.of(lower), Optional.of(upper));
  }

  /// The lower bound of a scalar.
  default Optional<Expr> lower() {
    return switch (this) {
      case Reals(var l, var u, var open) -> l;
      case Ints(var l, var u) -> l;
      case Counts c -> Optional.empty();
      case Whole w -> Optional.empty();
      case Elements e -> Optional.empty();
    };
  }

  /// The upper bound of a scalar.
  default Optional<Expr> upper() {
    return switch (this) {
      case Reals(var l, var u, var open) -> u;
      case Ints(var l, var u) -> u;
      case Counts c -> Optional.empty();
      case Whole w -> Optional.empty();
      case Elements e -> Optional.empty();
    };
  }

  /// Whether `x` lies inside, as a truth value. Matrices and simplexes are taken to be what their type says.
  default Expr contains(Arr x) {
    return switch (this) {
      case Reals(var l, var u, var open) -> every(x, e -> between(l, u, e, open));
      case Ints(var l, var u) -> every(x, e -> between(l, u, e, false));
      case Counts(var total) -> Exprs.and(
          every(x, e -> Exprs.le(Exprs.integer(0), e)),
          Exprs.eq(Exprs.sum(x.dims().getFirst(), x::at), total));
      case Whole w -> Exprs.integer(1);
      case Elements(var parts) -> IntStream.range(0, parts.size())
          .mapToObj(i -> parts.get(i).contains(Arr.of(x.at(Exprs.integer(i)))))
          .reduce(Exprs.integer(1), Support::both);
    };
  }

  /// This support of scalars between bounds that count themselves; empty bounds change nothing.
  default Support within(Optional<Expr> lower, Optional<Expr> upper) {
    return switch (this) {
      case Reals(var l, var u, var open) -> new Reals(
          tighter(l, lower, Exprs::lt), tighter(u, upper, Exprs::gt), open && lower.isEmpty() && upper.isEmpty());
      case Ints(var l, var u) -> new Ints(tighter(l, lower, Exprs::lt), tighter(u, upper, Exprs::gt));
      case Counts c -> throw new IllegalArgumentException("bounds of a vector");
      case Whole w -> throw new IllegalArgumentException("bounds of " + w.domain().word());
      case Elements e -> throw new IllegalArgumentException("bounds of a vector");
    };
  }

  /// The smallest support of this form that holds both.
  default Support union(Support other) {
    if (this instanceof Reals(var l, var u, var open) && other instanceof Reals(var m, var v, var alsoOpen))
      return new Reals(looser(l, m, Exprs::lt), looser(u, v, Exprs::gt), open && alsoOpen);
    if (this instanceof Ints(var l, var u) && other instanceof Ints(var m, var v))
      return new Ints(looser(l, m, Exprs::lt), looser(u, v, Exprs::gt));
    return this;
  }

  /// This support of scalars and 0.
  default Support withZero() {
    return switch (this) {
      case Reals(var l, var u, var open) -> new Reals(l, u, false).union(interval(Exprs.ZERO, Exprs.ZERO));
      case Ints(var l, var u) -> union(ints(Exprs.integer(0), Exprs.integer(0)));
      case Counts c -> this;
      case Whole w -> this;
      case Elements e -> this;
    };
  }

  /// The union over `0 <= k < count` of supports whose bounds contain `k`.
  default Support over(Index k, Expr count) {
    return switch (this) {
      case Reals(var l, var u, var open) -> new Reals(
          l.map(e -> extreme(Expr.Reducer.MIN, k, count, e)), u.map(e -> extreme(Expr.Reducer.MAX, k, count, e)), open);
      case Ints(var l, var u) -> new Ints(
          l.map(e -> extreme(Expr.Reducer.MIN, k, count, e)), u.map(e -> extreme(Expr.Reducer.MAX, k, count, e)));
      case Counts c -> this;
      case Whole w -> this;
      case Elements e -> this;
    };
  }

  private static Expr extreme(Expr.Reducer reducer, Index k, Expr count, Expr bound) {
    return new Graph.Free().of(bound).contains(k)
        ? new Expr.Reduce(reducer, k, Exprs.integer(0), count, bound)
        : bound;
  }

  /// Of two bounds the one that leaves less; `looser` says that its first argument leaves more than its second.
  private static Optional<Expr> tighter(Optional<Expr> a, Optional<Expr> b, BinaryOperator<Expr> looser) {
    return a.isPresent() && b.isPresent() ? Optional.of(pick(looser, b, a, a, b)) : a.or(() -> b);
  }

  /// Of two bounds the one that leaves more; an absent bound leaves all.
  private static Optional<Expr> looser(Optional<Expr> a, Optional<Expr> b, BinaryOperator<Expr> looser) {
    return a.isPresent() && b.isPresent() ? Optional.of(pick(looser, a, b, a, b)) : Optional.empty();
  }

  private static Expr pick(
      BinaryOperator<Expr> test, Optional<Expr> yes, Optional<Expr> no, Optional<Expr> a, Optional<Expr> b) {
    if (a.orElseThrow() == b.orElseThrow()) return a.orElseThrow();
    return Exprs.select(test.apply(a.orElseThrow(), b.orElseThrow()), yes.orElseThrow(), no.orElseThrow());
  }

  private static Expr between(Optional<Expr> lower, Optional<Expr> upper, Expr x, boolean open) {
    var above = lower.map(l -> open ? Exprs.lt(l, x) : Exprs.le(l, x)).orElse(Exprs.integer(1));
    var below = upper.map(u -> open ? Exprs.lt(x, u) : Exprs.le(x, u)).orElse(Exprs.integer(1));
    return both(above, below);
  }

  private static Expr both(Expr a, Expr b) {
    if (a instanceof Expr.Int(int v)) return v != 0 ? b : a;
    if (b instanceof Expr.Int(int v)) return v != 0 ? a : b;
    return Exprs.and(a, b);
  }

  private static Expr every(Arr x, Function<Expr, Expr> test) {
    return every(x, new ArrayList<>(), test);
  }

  private static Expr every(Arr x, List<Expr> at, Function<Expr, Expr> test) {
    if (at.size() == x.rank()) return test.apply(x.at(at));
    var i = new Index("i");
    var deeper = new ArrayList<>(at);
    deeper.add(Exprs.var(i));
    var inner = every(x, deeper, test);
    return inner instanceof Expr.Int
        ? inner
        : new Expr.Reduce(Expr.Reducer.PRODUCT, i, Exprs.integer(0), x.dims().get(at.size()), inner);
  }
}
