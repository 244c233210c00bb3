package ppl.dist;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// The linear algebra that densities and draws of vectors and matrices share.
final class Matrices {
  private Matrices() {}

  /// The lower factor L of a positive definite `a` = L L'.
  static Arr cholesky(Build b, Arr a) {
    var n = a.dims().getFirst();
    var l = b.array("chol", Kind.REAL, List.of(n, n));
    sequential(b, n, (rows, i) -> sequential(rows, n, (columns, j) -> {
      var rest = sub(a.at(i, j), sum(j, k -> mul(l.read(i, k), l.read(j, k))));
      var lower = select(eq(i, j), sqrt(rest), div(rest, l.read(j, j)));
      columns.add(new Stmt.Set(l, List.of(i, j), select(le(j, i), lower, ZERO)));
    }));
    return Arr.of(l);
  }

  /// z with L z = x, for a vector `x` or each column of a matrix.
  static Arr solve(Build b, Arr l, Arr x) {
    var n = l.dims().getFirst();
    var z = b.array("z", Kind.REAL, x.dims());
    sequential(b, n, (body, i) -> columns(body, z, i, rest ->
        div(sub(x.at(at(i, rest)), sum(i, k -> mul(l.at(i, k), z.read(at(k, rest))))), l.at(i, i))));
    return Arr.of(z);
  }

  /// z with L' z = x, for a vector `x`.
  static Arr solveTransposed(Build b, Arr l, Arr x) {
    var n = l.dims().getFirst();
    var last = sub(n, integer(1));
    var reversed = solve(b,
        new Arr(Kind.REAL, l.dims(), at -> l.at(sub(last, at.get(1)), sub(last, at.get(0)))),
        new Arr(Kind.REAL, x.dims(), at -> x.at(sub(last, at.getFirst()))));
    return new Arr(Kind.REAL, x.dims(), at -> reversed.at(sub(last, at.getFirst())));
  }

  /// The product of a matrix with a vector or matrix; not stored.
  static Arr product(Arr a, Arr x) {
    var dims = new ArrayList<>(x.dims());
    dims.set(0, a.dims().getFirst());
    return new Arr(Kind.REAL, dims, at -> {
      var rest = at.subList(1, at.size());
      return sum(a.dims().get(1), k -> mul(a.at(at.getFirst(), k), x.at(at(k, rest))));
    });
  }

  static Arr transpose(Arr a) {
    return new Arr(Kind.REAL, a.dims().reversed(), at -> a.at(at.get(1), at.get(0)));
  }

  /// Half the log determinant of L L'.
  static Expr logDiagonal(Arr l) {
    return sum(l.dims().getFirst(), i -> log(l.at(i, i)));
  }

  /// The sum of the squared elements of a vector or matrix.
  static Expr squares(Arr x) {
    return squares(x, List.of());
  }

  private static Expr squares(Arr x, List<Expr> at) {
    if (at.size() == x.rank()) return square(x.at(at));
    return sum(x.dims().get(at.size()), i -> squares(x, Stream.concat(at.stream(), Stream.of(i)).toList()));
  }

  /// A loop in rising order over `0 <= i < n`.
  static void sequential(Build b, Expr n, BiConsumer<Build, Expr> body) {
    var i = new Index("i");
    b.add(new Stmt.For(i, integer(0), n, false, false, Build.block(inner -> body.accept(inner, var(i)))));
  }

  private static void columns(Build b, Array out, Expr row, Function<List<Expr>, Expr> element) {
    var dims = out.dims().subList(1, out.rank());
    var indices = dims.stream().map(d -> new Index("j")).toList();
    b.loops(indices, dims, rest -> new Stmt.Set(out, at(row, rest), element.apply(rest)));
  }

  private static List<Expr> at(Expr first, List<Expr> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }
}
