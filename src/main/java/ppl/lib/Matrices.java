package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.whole;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.typed.Interval;

/// Functions of matrices.
final class Matrices {
  private Matrices() {}

  static final List<Row> ROWS = List.of(
      whole("transpose(x : T[n, m]) : T[m, n]", "rows become columns", (b, a) -> transpose(a.getFirst()))
          .in(Ranges.THEIRS),
      whole("diag(x : T[n]) : T[n, n]", "matrix with x on its diagonal", (b, a) -> diag(a.getFirst()))
          .in(Ranges.of(x -> x.or(Interval.at(0)))),
      whole("diagonal(x : T[n, n]) : T[n]", "diagonal of a matrix", (b, a) -> new Arr(a.getFirst().kind(),
          List.of(a.getFirst().dims().getFirst()), at -> a.getFirst().at(at.getFirst(), at.getFirst())))
          .in(Ranges.THEIRS),
      whole("identity(n : int) : real[n, n]", "identity matrix", (b, a) -> new Arr(Kind.REAL,
          List.of(a.getFirst().scalar(), a.getFirst().scalar()), at -> toReal(eq(at.get(0), at.get(1)))))
          .in(Ranges.UNIT),
      whole("trace(x : T[n, n]) : T", "sum of the diagonal",
          (b, a) -> Arr.of(sum(a.getFirst().dims().getFirst(), i -> a.getFirst().at(i, i))))
          .in(Ranges.of(Interval::sum)),
      whole("crossprod(x : T[n, m]) : T[m, m]", "x' * x", (b, a) ->
          Products.lower(b, List.of(transpose(a.getFirst()), a.getFirst()))).in(Ranges.of(x -> x.times(x).sum())),
      whole("tcrossprod(x : T[n, m]) : T[n, n]", "x * x'", (b, a) ->
          Products.lower(b, List.of(a.getFirst(), transpose(a.getFirst())))).in(Ranges.of(x -> x.times(x).sum())),
      whole("quad_form(x : T[n, n], y : T[n]) : T", "y' * x * y", (b, a) -> Arr.of(sum(a.get(1).dims().getFirst(),
          i -> mul(a.get(1).at(i), sum(a.get(1).dims().getFirst(), j -> mul(a.get(0).at(i, j), a.get(1).at(j))))))),
      whole("quad_form_diag(x : T[n, n], y : T[n]) : T[n, n]", "diag(y) * x * diag(y)",
          (b, a) -> new Arr(Vectors.kind(a), a.get(0).dims(),
          at -> mul(a.get(1).at(at.get(0)), a.get(0).at(at), a.get(1).at(at.get(1)))))
          .in(x -> x.get(0).times(x.get(1)).times(x.get(1))),
      whole("diag_pre_multiply(x : T[n], y : T[n, m]) : T[n, m]", "diag(x) * y",
          (b, a) -> new Arr(Vectors.kind(a), a.get(1).dims(), at -> mul(a.get(0).at(at.get(0)), a.get(1).at(at))))
          .in(Ranges.CROSS),
      whole("diag_post_multiply(x : T[n, m], y : T[m]) : T[n, m]", "x * diag(y)",
          (b, a) -> new Arr(Vectors.kind(a), a.get(0).dims(), at -> mul(a.get(0).at(at), a.get(1).at(at.get(1)))))
          .in(Ranges.CROSS),
      whole("symmetrize(x : real[n, n]) : real[n, n]", "(x + x') / 2", (b, a) -> new Arr(Kind.REAL, a.getFirst().dims(),
          at -> mul(new Expr.Real(0.5), add(toReal(a.getFirst().at(at)), toReal(a.getFirst().at(at.reversed()))))))
          .in(Ranges.THEIRS),
      whole("cholesky(x : real[n, n]) : real[n, n]", "lower triangular l with l * l' = x",
          (b, a) -> Arr.of(ArrayOps.cholesky(b, real(b, a.getFirst())))).reading(Symmetry.DEFINITE),
      whole("solve(a : real[n, n], b : real[n]) : real[n]", "x with a * x = b",
          (b, a) -> Arr.of(ArrayOps.solve(b, real(b, a.get(0)), real(b, a.get(1))))),
      whole("solve(a : real[n, n], b : real[n, m]) : real[n, m]", "x with a * x = b",
          (b, a) -> Arr.of(ArrayOps.solve(b, real(b, a.get(0)), real(b, a.get(1))))),
      whole("solve_lower(l : real[n, n], b : real[n]) : real[n]", "x with l * x = b, l lower triangular",
          (b, a) -> Arr.of(ArrayOps.solveLower(b, real(b, a.get(0)), real(b, a.get(1))))),
      whole("solve_lower(l : real[n, n], b : real[n, m]) : real[n, m]", "x with l * x = b, l lower triangular",
          (b, a) -> Arr.of(ArrayOps.solveLower(b, real(b, a.get(0)), real(b, a.get(1))))),
      whole("solve_upper(u : real[n, n], b : real[n]) : real[n]", "x with u * x = b, u upper triangular",
          (b, a) -> Arr.of(ArrayOps.solveLowerTransposed(b, real(b, transpose(a.get(0))), real(b, a.get(1))))),
      whole("solve_upper(u : real[n, n], b : real[n, m]) : real[n, m]", "x with u * x = b, u upper triangular",
          (b, a) -> Arr.of(ArrayOps.solveLowerTransposed(b, real(b, transpose(a.get(0))), real(b, a.get(1))))),
      whole("solve_spd(a : real[n, n], b : real[n]) : real[n]", "x with a * x = b, a symmetric and positive definite",
          (b, a) -> Arr.of(ArrayOps.solveSpd(b, ArrayOps.cholesky(b, real(b, a.get(0))), real(b, a.get(1))))).reading(Symmetry.DEFINITE),
      whole("solve_spd(a : real[n, n], b : real[n, m]) : real[n, m]",
          "x with a * x = b, a symmetric and positive definite",
          (b, a) -> Arr.of(ArrayOps.solveSpd(b, ArrayOps.cholesky(b, real(b, a.get(0))), real(b, a.get(1))))).reading(Symmetry.DEFINITE),
      whole("inverse(x : real[n, n]) : real[n, n]", "inverse matrix",
          (b, a) -> Arr.of(ArrayOps.inverse(b, real(b, a.getFirst())))),
      whole("log_determinant(x : real[n, n]) : real", "log of the absolute determinant",
          (b, a) -> Arr.of(ArrayOps.logDeterminant(b, real(b, a.getFirst())))),
      whole("log_determinant_spd(x : real[n, n]) : real", "log determinant of a symmetric positive definite matrix",
          (b, a) -> Arr.of(ArrayOps.logDeterminantSpd(ArrayOps.cholesky(b, real(b, a.getFirst()))))).reading(Symmetry.DEFINITE),
      whole("eigenvalues_sym(x : real[n, n]) : real[n]", "eigenvalues of a symmetric matrix, rising",
          (b, a) -> Arr.of(ArrayOps.eigen(b, real(b, a.getFirst())).values())).reading(Symmetry.SYMMETRIC),
      whole("eigenvectors_sym(x : real[n, n]) : real[n, n]", "unit eigenvectors of a symmetric matrix as columns",
          (b, a) -> Arr.of(ArrayOps.eigen(b, real(b, a.getFirst())).vectors())).reading(Symmetry.SYMMETRIC),
      whole("kron(x : T[n, m], y : T[p, q]) : T[n * p, m * q]", "Kronecker product",
          (b, a) -> kron(a.get(0), a.get(1))).in(Ranges.CROSS));

  private static Array real(Build b, Arr a) {
    return b.store("matrix", Reductions.real(a));
  }

  private static Arr kron(Arr x, Arr y) {
    var p = y.dims().get(0);
    var q = y.dims().get(1);
    var dims = List.of(mul(x.dims().get(0), p), mul(x.dims().get(1), q));
    return new Arr(Vectors.kind(List.of(x, y)), dims, at -> mul(
        x.at(apply(Prim.IDIV, at.get(0), p), apply(Prim.IDIV, at.get(1), q)),
        y.at(apply(Prim.IMOD, at.get(0), p), apply(Prim.IMOD, at.get(1), q))));
  }

  static Arr transpose(Arr x) {
    return new Arr(x.kind(), x.dims().reversed(), at -> x.at(at.reversed()));
  }

  private static Arr diag(Arr x) {
    var n = x.dims().getFirst();
    Expr none = x.kind() == Kind.INT ? integer(0) : ZERO;
    return new Arr(x.kind(), List.of(n, n), at -> select(eq(at.get(0), at.get(1)), x.at(at.get(0)), none));
  }
}
