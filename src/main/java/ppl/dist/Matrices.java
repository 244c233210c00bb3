package ppl.dist;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.BiConsumer;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// The little linear algebra that densities of vectors and matrices share, on square matrices of extent n.
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

  /// z with L z = x.
  static Arr solveLower(Build b, Arr l, Arr x) {
    var n = x.dims().getFirst();
    var z = b.array("z", Kind.REAL, List.of(n));
    sequential(b, n, (body, i) -> body.add(new Stmt.Set(z, List.of(i),
        div(sub(x.at(i), sum(i, k -> mul(l.at(i, k), z.read(k)))), l.at(i, i)))));
    return Arr.of(z);
  }

  /// Half the log determinant of L L'.
  static Expr logDiagonal(Arr l) {
    return sum(l.dims().getFirst(), i -> log(l.at(i, i)));
  }

  /// The squared length of a vector.
  static Expr squares(Arr x) {
    return sum(x.dims().getFirst(), i -> square(x.at(i)));
  }

  /// A stored copy, so that elements are computed once.
  static Arr stored(Build b, String name, Arr a) {
    Array array = b.store(name, a);
    return Arr.of(array);
  }

  /// A loop in rising order over `0 <= i < n`.
  static void sequential(Build b, Expr n, BiConsumer<Build, Expr> body) {
    var i = new Index("i");
    b.add(new Stmt.For(i, integer(0), n, false, false, Build.block(inner -> body.accept(inner, var(i)))));
  }
}
