package ppl.dist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;
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
