package ppl.lib;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Kind;
import ppl.lib.Function.Outcome;
import ppl.typed.Dim;
import ppl.typed.SizeCheck;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// `x * y`: the matrix product where one operand has two dimensions and the other at least one, else elementwise.
final class Products {
  private Products() {}

  private static final Signature ELEMENTWISE = Signature.of("*(x : T, y : T) : T");

  static boolean isMatrix(int a, int b) {
    return a >= 1 && b >= 1 && (a == 2 || b == 2);
  }

  static boolean isMatrix(List<Integer> ranks) {
    return isMatrix(ranks.get(0), ranks.get(1));
  }

  static Outcome type(List<TExpr> args) {
    var x = args.get(0);
    var y = args.get(1);
    int a = x.type().rank();
    int b = y.type().rank();
    if (!isMatrix(a, b)) return Typing.each(ELEMENTWISE, args);
    if (a > 2 || b > 2)
      return new Outcome.Wrong(("`*` of %s and %s is a matrix product, which has at most two dimensions on each"
          + " side; write `.*` for elementwise")
          .formatted(x.written(), y.written()), List.of(0, 1));
    for (int i = 0; i < 2; i++)
      if (!Shapes.isNumber(args.get(i).type()))
        return Typing.wrong(i, "%s is a category, not a number", Shapes.name(args.get(i)));
    var checks = new ArrayList<SizeCheck>();
    var inner = x.type().dims().getLast();
    var outer = y.type().dims().getFirst();
    var apart = Shapes.agree(inner, x, outer, y, checks);
    if (apart.isPresent())
      return new Outcome.Wrong("matrix product: %s has %s and %s has %s".formatted(Shapes.name(x),
          part(inner, a, "columns"), Shapes.name(y), part(outer, b, "rows")), List.of(0, 1));
    var dims = Stream.concat(x.type().dims().subList(0, a - 1).stream(), y.type().dims().subList(1, b).stream())
        .toList();
    return new Outcome.Ok(new Type(Shapes.join(args), dims), List.copyOf(checks));
  }

  private static String part(Dim dim, int rank, String word) {
    if (rank == 1) return Shapes.count(dim);
    return dim.domain().map(d -> "one of its " + word + " per " + d.name()).orElse(dim.size() + " " + word);
  }

  static Arr lower(Build b, List<Arr> args) {
    var x = args.get(0);
    var y = args.get(1);
    var kind = x.kind() == Kind.INT && y.kind() == Kind.INT ? Kind.INT : Kind.REAL;
    if (!isMatrix(x.rank(), y.rank())) {
      var longer = x.rank() >= y.rank() ? x : y;
      return new Arr(kind, longer.dims(), at -> Exprs.multiplied(tail(x, at), tail(y, at)));
    }
    if (kind == Kind.REAL && x.rank() == 2 && y.rank() == 2)
      return Arr.of(ArrayOps.multiply(b, b.store("left", Reductions.real(x)), b.store("right", Reductions.real(y))));
    return sums(Stored.of(b, x), Stored.of(b, y), kind);
  }

  private static Arr sums(Arr x, Arr y, Kind kind) {
    var dims = Stream.concat(x.dims().subList(0, x.rank() - 1).stream(), y.dims().subList(1, y.rank()).stream())
        .toList();
    return new Arr(kind, dims, at -> Exprs.sum(x.dims().getLast(), k -> Exprs.multiplied(
        x.at(with(at.subList(0, x.rank() - 1), k, List.of())),
            y.at(with(List.of(), k, at.subList(x.rank() - 1, at.size()))))));
  }

  static Expr tail(Arr a, List<Expr> at) {
    return a.at(at.subList(at.size() - a.rank(), at.size()));
  }

  private static List<Expr> with(List<Expr> before, Expr k, List<Expr> after) {
    return Stream.of(before, List.of(k), after).flatMap(List::stream).toList();
  }
}
