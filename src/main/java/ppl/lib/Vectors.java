package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.whole;

import java.util.List;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.typed.Interval;

/// Functions of arrays of one dimension, and what makes arrays.
final class Vectors {
  private Vectors() {}

  static final List<Row> ROWS = List.of(
      whole("dot(x : T[n], y : T[n]) : T", "sum of products", (b, a) -> Arr.of(dot(a.get(0), a.get(1))))
          .in(x -> Ranges.PRODUCT.of(x).sum()),
      whole("distance(x : real[n], y : real[n]) : real", "Euclidean distance", (b, a) -> Arr.of(sqrt(
          sum(a.get(0).dims().getFirst(), i -> square(sub(a.get(0).at(i), a.get(1).at(i))))))).in(Ranges.NONNEGATIVE),
      whole("squared_distance(x : real[n], y : real[n]) : real", "squared Euclidean distance", (b, a) -> Arr.of(
          sum(a.get(0).dims().getFirst(), i -> square(sub(a.get(0).at(i), a.get(1).at(i)))))).in(Ranges.NONNEGATIVE),
      whole("cumulative_sum(x : T[n]) : T[n]", "sums of the first elements",
          (b, a) -> running(b, a.getFirst(), (x, y) -> add(x, y))).in(Ranges.of(x -> x.or(x.sum()))),
      whole("cumulative_prod(x : T[n]) : T[n]", "products of the first elements",
          (b, a) -> running(b, a.getFirst(), (x, y) -> mul(x, y))).in(Ranges.of(x -> x.or(Ranges.product(x)))),
      whole("softmax(x : real[n]) : real[n]", "exp(x), scaled to sum 1",
          (b, a) -> softmax(b, a.getFirst(), e -> exp(e))).in(Ranges.UNIT),
      whole("log_softmax(x : real[n]) : real[n]", "log of softmax", (b, a) -> softmax(b, a.getFirst(), e -> e))
          .in(Ranges.always(Interval.to(0))),
      whole("stick_breaking(v : real[n]) : real[n + 1]", "v[k] of what the pieces before have left; the rest comes last",
          (b, a) -> stickBreaking(a.getFirst())).in(Ranges.of(v -> Interval.UNIT.includes(v) ? Interval.UNIT : Interval.ALL)),
      whole("reverse(x : T[n]) : T[n]", "last element first", (b, a) -> reverse(a.getFirst())).in(Ranges.THEIRS),
      whole("sort(x : T[n]) : T[n]", "in rising order", (b, a) -> sort(b, a.getFirst())).in(Ranges.THEIRS),
      whole("sort_descending(x : T[n]) : T[n]", "in falling order", (b, a) -> reverse(sort(b, a.getFirst())))
          .in(Ranges.THEIRS),
      whole("rep(x : T, n : int) : T[n]", "n times x", (b, a) -> repeat(a, 1)).in(Ranges.FIRST),
      whole("rep(x : T, n : int, m : int) : T[n, m]", "n by m times x", (b, a) -> repeat(a, 1)).in(Ranges.FIRST),
      whole("rep(x : T, n : int, m : int, k : int) : T[n, m, k]", "n by m by k times x", (b, a) -> repeat(a, 1))
          .in(Ranges.FIRST),
      whole("rep(x : T[m], n : int) : T[n, m]", "n rows x", (b, a) -> repeat(a, 1)).in(Ranges.FIRST),
      whole("linspaced(n : int, first : real, last : real) : real[n]", "n numbers at equal distances",
          (b, a) -> linspaced(a)).in(x -> x.get(1).or(x.get(2))),
      whole("append(x : T[n], y : T[m]) : T[n + m]", "x, then y", (b, a) -> append(a.get(0), a.get(1)))
          .in(Ranges.THEIRS),
      whole("append(x : T, y : T[m]) : T[m + 1]", "x, then y", (b, a) -> append(one(a.get(0)), a.get(1))),
      whole("append(x : T[n], y : T) : T[n + 1]", "x, then y", (b, a) -> append(a.get(0), one(a.get(1)))),
      whole("append(x : T, y : T) : T[2]", "x, then y", (b, a) -> append(one(a.get(0)), one(a.get(1)))),
      whole("append(x : T[n, k], y : T[m, k]) : T[n + m, k]", "rows of x, then rows of y",
          (b, a) -> append(a.get(0), a.get(1))),
      whole("append_columns(x : T[k, n], y : T[k, m]) : T[k, n + m]", "columns of x, then columns of y",
          (b, a) -> columns(a)).in(Ranges.THEIRS),
      whole("append_columns(x : T[k], y : T[k, m]) : T[k, m + 1]", "column x, then columns of y",
          (b, a) -> columns(List.of(column(a.get(0)), a.get(1)))),
      whole("append_columns(x : T[k, n], y : T[k]) : T[k, n + 1]", "columns of x, then column y",
          (b, a) -> columns(List.of(a.get(0), column(a.get(1))))),
      whole("append_columns(x : T[k], y : T[k]) : T[k, 2]", "x and y as columns",
          (b, a) -> columns(List.of(column(a.get(0)), column(a.get(1))))),
      whole("diff(x : T[n]) : T[n - 1]", "differences of neighbours", (b, a) -> {
        var x = a.getFirst();
        return new Arr(x.kind(), List.of(sub(x.dims().getFirst(), integer(1))),
            at -> sub(x.at(add(at.getFirst(), integer(1))), x.at(at.getFirst())));
      }),
      whole("head(x : T[n], k : int) : T[k]", "first k elements",
          (b, a) -> new Arr(a.get(0).kind(), List.of(a.get(1).scalar()), a.get(0)::at)).in(Ranges.FIRST),
      whole("tail(x : T[n], k : int) : T[k]", "last k elements", (b, a) -> {
        var start = sub(a.get(0).dims().getFirst(), a.get(1).scalar());
        return new Arr(a.get(0).kind(), List.of(a.get(1).scalar()), at -> a.get(0).at(add(start, at.getFirst())));
      }).in(Ranges.FIRST),
      whole("outer(x : T[n], y : T[m]) : T[n, m]", "products of every pair", (b, a) -> new Arr(kind(a),
          List.of(a.get(0).dims().getFirst(), a.get(1).dims().getFirst()),
          at -> mul(a.get(0).at(at.get(0)), a.get(1).at(at.get(1))))).in(Ranges.CROSS),
      whole("one_hot(k : int, n : int) : int[n]", "1 at position k, else 0",
          (b, a) -> oneHot(b, sub(a.get(0).scalar(), integer(1)), a.get(1).scalar())).in(Ranges.UNIT));

  static Kind kind(List<Arr> args) {
    return args.stream().allMatch(a -> a.kind() == Kind.INT) ? Kind.INT : Kind.REAL;
  }

  static Expr as(Kind kind, Expr e) {
    return kind == Kind.REAL ? toReal(e) : e;
  }

  static Expr dot(Arr x, Arr y) {
    return sum(x.dims().getFirst(), i -> mul(x.at(i), y.at(i)));
  }

  private static Arr reverse(Arr x) {
    var last = sub(x.dims().getFirst(), integer(1));
    return new Arr(x.kind(), x.dims(), at -> x.at(sub(last, at.getFirst())));
  }

  private static Arr one(Arr scalar) {
    return new Arr(scalar.kind(), List.of(integer(1)), at -> scalar.scalar());
  }

  private static Arr column(Arr x) {
    return new Arr(x.kind(), List.of(x.dims().getFirst(), integer(1)), at -> x.at(at.getFirst()));
  }

  private static Arr repeat(List<Arr> args, int first) {
    var x = args.getFirst();
    var dims = Stream.concat(args.subList(first, args.size()).stream().map(Arr::scalar), x.dims().stream()).toList();
    return new Arr(x.kind(), dims, at -> Products.tail(x, at));
  }

  /// A position is a subscript: one outside is an error as everywhere.
  private static Arr oneHot(Build b, Expr position, Expr n) {
    var ones = b.array("one_hot", Kind.INT, List.of(n));
    b.add(new Stmt.Fill(ones, integer(1)));
    return new Arr(Kind.INT, List.of(n), at -> mul(eq(at.getFirst(), position), ones.read(position)));
  }

  private static Arr linspaced(List<Arr> a) {
    var n = a.get(0).scalar();
    var first = toReal(a.get(1).scalar());
    var step = div(sub(toReal(a.get(2).scalar()), first), toReal(sub(n, integer(1))));
    return new Arr(Kind.REAL, List.of(n), at -> select(eq(at.getFirst(), integer(0)), first,
        add(first, mul(toReal(at.getFirst()), step))));
  }

  /// Along the first dimension.
  private static Arr append(Arr x, Arr y) {
    var n = x.dims().getFirst();
    var kind = kind(List.of(x, y));
    var dims = Stream.concat(Stream.of(add(n, y.dims().getFirst())), x.dims().subList(1, x.rank()).stream()).toList();
    return new Arr(kind, dims, at -> {
      var shifted = Stream.concat(Stream.of(sub(at.getFirst(), n)), at.subList(1, at.size()).stream()).toList();
      return select(lt(at.getFirst(), n), as(kind, x.at(at)), as(kind, y.at(shifted)));
    });
  }

  private static Arr columns(List<Arr> a) {
    return Matrices.transpose(append(Matrices.transpose(a.get(0)), Matrices.transpose(a.get(1))));
  }

  private static Arr running(Build b, Arr x, java.util.function.BinaryOperator<Expr> f) {
    var n = x.dims().getFirst();
    var out = b.array("running", x.kind(), x.dims());
    var i = new Index("i");
    var before = out.read(sub(var(i), integer(1)));
    var value = select(eq(var(i), integer(0)), x.at(var(i)), f.apply(before, x.at(var(i))));
    b.add(new Stmt.For(i, integer(0), n, false, false,
        Build.block(inner -> inner.add(new Stmt.Set(out, List.of(var(i)), value)))));
    return Arr.of(out);
  }

  private static Arr softmax(Build b, Arr given, java.util.function.UnaryOperator<Expr> last) {
    var x = given.isFixed() ? Arr.of(b.store("x", Reductions.real(given))) : Reductions.real(given);
    var total = b.store("total", Arr.of(logSumExp(x.dims().getFirst(), x::at))).read();
    return new Arr(Kind.REAL, x.dims(), at -> last.apply(sub(x.at(at), total)));
  }

  /// In logs, so that no product of many factors underflows and logs of the pieces are sums.
  private static Arr stickBreaking(Arr given) {
    var v = Reductions.real(given);
    var n = v.dims().getFirst();
    return new Arr(Kind.REAL, List.of(add(n, integer(1))), at -> {
      var k = at.getFirst();
      var own = select(lt(k, n), log(v.at(k)), ZERO);
      return exp(add(own, sum(k, j -> apply(Prim.LOG1M, v.at(j)))));
    });
  }

  private static Arr sort(Build b, Arr x) {
    if (x.kind() == Kind.INT) return sortWhole(b, x);
    return Arr.of(ArrayOps.sort(b, b.store("unsorted", x)).values());
  }

  /// Whole numbers stay whole: the order is that of their values as reals.
  private static Arr sortWhole(Build b, Arr x) {
    var stored = Arr.of(b.store("unsorted", x));
    var from = ArrayOps.sort(b, b.store("values", Reductions.real(stored))).from();
    return new Arr(Kind.INT, x.dims(), at -> stored.at(from.read(at)));
  }
}
