package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.whole;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// Functions of matrices.
final class Matrices {
  private Matrices() {}

  static final List<Row> ROWS = List.of(
      whole("transpose(x : T[n, m]) : T[m, n]", "rows become columns", (b, a) -> transpose(a.getFirst())),
      whole("diag(x : T[n]) : T[n, n]", "matrix with x on its diagonal", (b, a) -> diag(a.getFirst())),
      whole("diagonal(x : T[n, n]) : T[n]", "diagonal of a matrix", (b, a) -> new Arr(a.getFirst().kind(),
          List.of(a.getFirst().dims().getFirst()), at -> a.getFirst().at(at.getFirst(), at.getFirst()))),
      whole("identity(n : int) : real[n, n]", "identity matrix", (b, a) -> new Arr(Kind.REAL,
          List.of(a.getFirst().scalar(), a.getFirst().scalar()), at -> toReal(eq(at.get(0), at.get(1))))),
      whole("trace(x : T[n, n]) : T", "sum of the diagonal",
          (b, a) -> Arr.of(sum(a.getFirst().dims().getFirst(), i -> a.getFirst().at(i, i)))),
      whole("crossprod(x : T[n, m]) : T[m, m]", "x' * x", (b, a) -> Products.lower(b, List.of(transpose(a.getFirst()), a.getFirst()))),
      whole("tcrossprod(x : T[n, m]) : T[n, n]", "x * x'", (b, a) -> Products.lower(b, List.of(a.getFirst(), transpose(a.getFirst())))),
      whole("quad_form(x : T[n, n], y : T[n]) : T", "y' * x * y", (b, a) -> Arr.of(sum(a.get(1).dims().getFirst(),
          i -> mul(a.get(1).at(i), sum(a.get(1).dims().getFirst(), j -> mul(a.get(0).at(i, j), a.get(1).at(j))))))),
      whole("quad_form_diag(x : T[n, n], y : T[n]) : T[n, n]", "diag(y) * x * diag(y)", (b, a) -> new Arr(Vectors.kind(a), a.get(0).dims(),
          at -> mul(a.get(1).at(at.get(0)), a.get(0).at(at), a.get(1).at(at.get(1))))),
      whole("diag_pre_multiply(x : T[n], y : T[n, m]) : T[n, m]", "diag(x) * y",
          (b, a) -> new Arr(Vectors.kind(a), a.get(1).dims(), at -> mul(a.get(0).at(at.get(0)), a.get(1).at(at)))),
      whole("diag_post_multiply(x : T[n, m], y : T[m]) : T[n, m]", "x * diag(y)",
          (b, a) -> new Arr(Vectors.kind(a), a.get(0).dims(), at -> mul(a.get(0).at(at), a.get(1).at(at.get(1))))),
      whole("symmetrize(x : real[n, n]) : real[n, n]", "(x + x') / 2", (b, a) -> new Arr(Kind.REAL, a.getFirst().dims(),
          at -> mul(real(0.5), add(toReal(a.getFirst().at(at)), toReal(a.getFirst().at(at.reversed())))))));

  static Arr transpose(Arr x) {
    return new Arr(x.kind(), x.dims().reversed(), at -> x.at(at.reversed()));
  }

  private static Arr diag(Arr x) {
    var n = x.dims().getFirst();
    Expr none = x.kind() == Kind.INT ? integer(0) : ZERO;
    return new Arr(x.kind(), List.of(n, n), at -> select(eq(at.get(0), at.get(1)), x.at(at.get(0)), none));
  }
}
