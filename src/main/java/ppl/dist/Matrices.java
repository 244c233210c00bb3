package ppl.dist;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// The linear algebra that densities and draws of vectors and matrices share.
final class Matrices {
  private Matrices() {}

  /// The lower factor L of a positive definite `a` = L L'; NaN where it is not.
  static Arr cholesky(Build b, Arr a) {
    return Arr.of(ArrayOps.cholesky(b, stored(b, "matrix", a)));
  }

  /// z with L z = x, for a vector `x` or each column of a matrix.
  static Arr solve(Build b, Arr l, Arr x) {
    return Arr.of(ArrayOps.solveLower(b, stored(b, "factor", l), stored(b, "rhs", x)));
  }

  /// z with L' z = x, for a vector `x` or each column of a matrix.
  static Arr solveTransposed(Build b, Arr l, Arr x) {
    return Arr.of(ArrayOps.solveLowerTransposed(b, stored(b, "factor", l), stored(b, "rhs", x)));
  }

  /// The array that operations take.
  private static Array stored(Build b, String name, Arr a) {
    return a.stored().orElseGet(() -> b.store(name, a));
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

  private static List<Expr> at(Expr first, List<Expr> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }
}
