package ppl.lower;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.Function;
import ppl.dist.Domain;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.typed.Support;
import ppl.typed.Symbol;

/// Tests that values lie where they have to, such as the declared support of a deterministic quantity, which is tested
/// whenever it is evaluated: outside, the log density is negative infinity.
final class Restrictions {
  /// What is done with a condition that has to hold.
  @FunctionalInterface
  interface Require {
    void that(Build b, Expr condition);
  }

  private static final Require DENSITY = (b, condition) ->
      b.add(new Stmt.Add(Array.TARGET, List.of(), select(condition, ZERO, real(Double.NEGATIVE_INFINITY))));

  /// Sums and diagonals that must have a value may be off by this much: what rounding to seven digits brings.
  private static final double ROUNDING = 1e-6;

  private Restrictions() {}

  /// Adds the test of `value` to the target; nothing where the declaration allows everything.
  static void test(Symbol symbol, Arr value, Expressions expressions, Build b, Scope scope) {
    switch (symbol.support()) {
      case Support.All all -> {}
      case Support.Between between -> {
        var declared = Unknowns.Declared.of(symbol, expressions, b, scope);
        Laws.over(value, 0, b, (inner, at) -> {
          var x = toReal(value.at(at));
          declared.lower(at).ifPresent(l -> DENSITY.that(inner, between.strictLower() ? lt(l, x) : le(l, x)));
          declared.upper(at).ifPresent(u -> DENSITY.that(inner, le(x, u)));
        });
      }
      case Support.Shaped(var shape) ->
          Laws.over(value, shape.rank(), b, (inner, at) -> shaped(shape, value.slice(at), inner, DENSITY));
    }
  }

  /// Requires of one vector or matrix what its declaration says.
  static void shaped(Support.Shape shape, Arr x, Build b, Require require) {
    var n = x.dims().getFirst();
    switch (shape) {
      case SIMPLEX -> {
        each(b, require, integer(0), n, i -> le(ZERO, x.at(i)));
        require.that(b, near(sum(n, x::at), ONE));
      }
      case ORDERED -> rising(b, x, require);
      case POSITIVE_ORDERED -> {
        rising(b, x, require);
        each(b, require, integer(0), n, i -> lt(ZERO, x.at(i)));
      }
      case UNIT_VECTOR -> require.that(b, near(sum(n, i -> square(x.at(i))), ONE));
      case SUM_TO_ZERO -> require.that(b, near(sum(n, x::at), ZERO));
      case COV -> definite(b, x, require);
      case CORR -> {
        definite(b, x, require);
        each(b, require, integer(0), n, i -> near(x.at(i, i), ONE));
      }
      case COV_CHOLESKY -> factor(b, x, require);
      case CORR_CHOLESKY -> {
        factor(b, x, require);
        each(b, require, integer(0), n, i -> near(sum(n, j -> square(x.at(i, j))), ONE));
      }
    }
  }

  /// Whether `x` lies in a support, as a truth value, but for what takes more than a formula: see [#isDefinite].
  static Expr holds(ppl.dist.Support support, Arr x) {
    var n = x.rank() == 0 ? integer(1) : x.dims().getFirst();
    return switch (support) {
      case ppl.dist.Support.Whole(var domain) -> switch (domain) {
        case SIMPLEX -> and(all(integer(0), n, i -> le(ZERO, x.at(i))), near(sum(n, x::at), ONE));
        case ORDERED -> all(integer(1), n, i -> lt(x.at(sub(i, integer(1))), x.at(i)));
        case COV -> symmetric(x);
        case CORR -> and(symmetric(x), all(integer(0), n, i -> near(x.at(i, i), ONE)));
        case COV_CHOLESKY -> triangular(x);
        case CORR_CHOLESKY -> and(triangular(x), all(integer(0), n, i -> near(sum(n, j -> square(x.at(i, j))), ONE)));
        case REAL, POSITIVE, NONNEGATIVE, UNIT, INT, BINARY, COUNT,
            POSITIVE_INT -> integer(1);
      };
      case ppl.dist.Support.Reals r -> r.contains(new Arr(Kind.REAL, x.dims(), at -> toReal(x.at(at))));
      case ppl.dist.Support.Ints i -> i.contains(x);
      case ppl.dist.Support.Counts c -> c.contains(x);
      case ppl.dist.Support.Elements e -> e.contains(x);
    };
  }

  /// Whether a symmetric matrix is positive definite; of any other support, 1.
  static Expr isDefinite(ppl.dist.Support support, Arr x, Build b) {
    if (!(support instanceof ppl.dist.Support.Whole(var domain) && (domain == Domain.COV || domain == Domain.CORR))) return integer(1);
    var l = ArrayOps.cholesky(b, b.store("matrix", x));
    return all(integer(0), x.dims().getFirst(), i -> lt(ZERO, apply(Prim.DETACH, l.read(i, i))));
  }

  /// But for rounding, by the size of the diagonal.
  private static Expr symmetric(Arr x) {
    return all(integer(0), x.dims().getFirst(), i -> all(integer(0), i, j -> alike(x, i, j)));
  }

  private static Expr alike(Arr x, Expr i, Expr j) {
    return le(apply(Prim.ABS, sub(x.at(i, j), x.at(j, i))),
        mul(real(ROUNDING), apply(Prim.FMAX, apply(Prim.ABS, x.at(i, i)), apply(Prim.ABS, x.at(j, j)))));
  }

  private static Expr triangular(Arr x) {
    var n = x.dims().getFirst();
    return all(integer(0), n, i -> and(lt(ZERO, x.at(i, i)), all(add(i, integer(1)), n, j -> eq(x.at(i, j), ZERO))));
  }

  private static Expr all(Expr from, Expr to, Function<Expr, Expr> condition) {
    var i = new Index("i");
    return new Expr.Reduce(Expr.Reducer.PRODUCT, i, from, to, condition.apply(var(i)));
  }

  private static void rising(Build b, Arr x, Require require) {
    each(b, require, integer(1), x.dims().getFirst(), i -> lt(x.at(sub(i, integer(1))), x.at(i)));
  }

  /// Symmetric, with a Cholesky factor of positive diagonal; the factor of any other matrix is not a number.
  private static void definite(Build b, Arr x, Require require) {
    var n = x.dims().getFirst();
    var l = ArrayOps.cholesky(b, b.store("matrix", x));
    each(b, require, integer(0), n, i -> lt(ZERO, apply(Prim.DETACH, l.read(i, i))));
    symmetric(b, x, require);
  }

  /// The same above the diagonal as below.
  static void symmetric(Build b, Arr x, Require require) {
    each(b, require, integer(0), x.dims().getFirst(), i -> all(integer(0), i, j -> alike(x, i, j)));
  }

  private static void factor(Build b, Arr x, Require require) {
    var n = x.dims().getFirst();
    each(b, require, integer(0), n, i -> lt(ZERO, x.at(i, i)));
    each(b, require, integer(0), n, i -> eq(sum(sub(n, add(i, integer(1))),
        k -> apply(Prim.ABS, x.at(i, add(add(i, integer(1)), k)))), ZERO));
  }

  private static Expr near(Expr a, Expr b) {
    return le(apply(Prim.ABS, sub(a, b)), real(ROUNDING));
  }

  private static void each(Build b, Require require, Expr from, Expr to, Function<Expr, Expr> condition) {
    var i = new Index("i");
    b.add(new Stmt.For(i, from, to, false, true, Build.block(inner -> require.that(inner, condition.apply(var(i))))));
  }
}
