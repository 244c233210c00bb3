package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.total;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Expr.Reducer;
import ppl.ir.Kind;
import ppl.typed.Interval;

/// One number from all elements of an array.
final class Reductions {
  private Reductions() {}

  /// Of parts, then of what comes of these, is of everything.
  static final List<Row> BY_PARTS = List.of(
      total("sum(x : T[..]) : T", "sum of all elements", (b, a) -> Arr.of(all(Reducer.SUM, a.getFirst(), e -> e))).in(Ranges.of(Interval::sum)),
      total("prod(x : T[..]) : T", "product of all elements",
          (b, a) -> Arr.of(all(Reducer.PRODUCT, a.getFirst(), e -> e))).in(Ranges.of(Ranges::product)),
      total("min(x : T[..]) : T", "smallest element", (b, a) -> Arr.of(extreme(Reducer.MIN, a.getFirst()))).in(Ranges.THEIRS),
      total("max(x : T[..]) : T", "largest element", (b, a) -> Arr.of(extreme(Reducer.MAX, a.getFirst()))).in(Ranges.THEIRS),
      total("norm(x : real[..]) : real", "square root of the sum of squares",
          (b, a) -> Arr.of(sqrt(all(Reducer.SUM, a.getFirst(), e -> square(e))))).in(Ranges.NONNEGATIVE),
      total("log_sum_exp(x : real[..]) : real", "log of the sum of exp of all elements",
          (b, a) -> Arr.of(logSumExp(stored(b, real(a.getFirst()))))),
      total("any(x : int[..]) : int", "1 where some element is not 0",
          (b, a) -> Arr.of(lt(integer(0), all(Reducer.MAX, a.getFirst(), Reductions::truth)))).in(Ranges.UNIT),
      total("all(x : int[..]) : int", "1 where no element is 0",
          (b, a) -> Arr.of(all(Reducer.PRODUCT, a.getFirst(), Reductions::truth))).in(Ranges.UNIT));

  static final List<Row> AT_ONCE = List.of(
      total("mean(x : real[..]) : real", "mean of all elements", (b, a) -> Arr.of(mean(stored(b, a.getFirst())))).in(Ranges.THEIRS),
      total("var(x : real[..]) : real", "sample variance, divisor n - 1", (b, a) -> Arr.of(variance(b, a.getFirst()))).in(Ranges.NONNEGATIVE),
      total("sd(x : real[..]) : real", "sample standard deviation", (b, a) -> Arr.of(sqrt(variance(b, a.getFirst())))).in(Ranges.NONNEGATIVE),
      total("dot_self(x : T[..]) : T", "sum of squares", (b, a) ->
          Arr.of(all(Reducer.SUM, a.getFirst(), e -> multiplied(e, e)))).in(Ranges.NONNEGATIVE),
      total("count(x : int[..]) : int", "how many elements are not 0",
          (b, a) -> Arr.of(all(Reducer.SUM, a.getFirst(), Reductions::truth))).in(Ranges.NONNEGATIVE));

  /// Of no reals it is infinite; of no whole numbers there is none.
  private static Expr extreme(Reducer reducer, Arr a) {
    if (a.kind() == Kind.REAL || a.rank() == 0) return all(reducer, a, e -> e);
    return all(reducer, new Arr(a.kind(), a.dims().stream().map(n -> apply(ppl.ir.Prim.SOME, n)).toList(), a::at), e -> e);
  }

  private static Expr truth(Expr e) {
    return not(eq(e, integer(0)));
  }

  static Arr real(Arr a) {
    return new Arr(Kind.REAL, a.dims(), at -> toReal(a.at(at)));
  }

  static Arr stored(ppl.ir.Build b, Arr a) {
    return a.rank() == 0 || !a.isFixed() ? a : Arr.of(b.store("values", a));
  }

  /// `f` of every element, reduced.
  static Expr all(Reducer reducer, Arr a, UnaryOperator<Expr> f) {
    return all(reducer, a, new ArrayList<>(), f);
  }

  private static Expr all(Reducer reducer, Arr a, List<Expr> at, UnaryOperator<Expr> f) {
    if (at.size() == a.rank()) return f.apply(a.at(at));
    return reduce(reducer, a.dims().get(at.size()), i -> {
      var deeper = new ArrayList<>(at);
      deeper.add(i);
      return all(reducer, a, deeper, f);
    });
  }

  static Expr size(Arr a) {
    return a.dims().stream().reduce(integer(1), (x, y) -> mul(x, y));
  }

  private static Expr mean(Arr a) {
    return div(all(Reducer.SUM, real(a), e -> e), toReal(size(a)));
  }

  private static Expr variance(ppl.ir.Build b, Arr given) {
    var a = stored(b, real(given));
    var m = b.store("mean", Arr.of(mean(a))).read();
    return div(all(Reducer.SUM, a, e -> square(sub(e, m))), toReal(sub(size(a), integer(1))));
  }

  private static Expr logSumExp(Arr a) {
    var max = apply(ppl.ir.Prim.DETACH, all(Reducer.MAX, a, e -> e));
    var safe = select(eq(max, ppl.ir.Exprs.real(Double.NEGATIVE_INFINITY)), ZERO, max);
    return add(safe, log(all(Reducer.SUM, a, e -> exp(sub(e, safe)))));
  }
}
