package ppl.check;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import ppl.lib.Function;
import ppl.lib.Functions;
import ppl.lib.Operators;
import ppl.typed.TExpr;
import ppl.typed.TypedPrinter;

/// A product of matrices, flat: `A * S * A'` is seen to be symmetric by what stands at its two ends.
///
/// @param signed whether a number in it may be negative
record MatrixProduct(List<Factor> factors, boolean signed) {
  /// @param text   of the matrix, before it was turned
  /// @param turned whether its rows stand as columns; never of a symmetric one
  private record Factor(String text, boolean turned, Seen seen) {
    Seen now() {
      return turned ? Seen.NOTHING : seen;
    }

    boolean isTurned(Factor that) {
      return text.equals(that.text) && (turned != that.turned || seen.semidefinite());
    }
  }

  private static final Function TRANSPOSE = function("transpose");
  private static final Function CROSS = function("crossprod");
  private static final Function OUTER_CROSS = function("tcrossprod");
  private static final Function PRE = function("diag_pre_multiply");
  private static final Function POST = function("diag_post_multiply");

  private static final Set<Function> PRODUCTS =
      Set.of(Operators.MULTIPLY, Operators.TRANSPOSE, TRANSPOSE, CROSS, OUTER_CROSS, PRE, POST);

  private static Function function(String name) {
    return Functions.find(name).orElseThrow();
  }

  static boolean isProduct(Function f) {
    return PRODUCTS.contains(f);
  }

  static MatrixProduct of(TExpr e, Definite definite) {
    return of(e, false, definite);
  }

  private static MatrixProduct of(TExpr e, boolean turned, Definite definite) {
    if (!(e instanceof TExpr.Apply(var f, var args, var type, var span))) return single(e, turned, definite);
    var x = args.getFirst();
    if (f == TRANSPOSE || f == Operators.TRANSPOSE) return of(x, !turned, definite);
    if (f == CROSS) return of(x, true, definite).then(of(x, false, definite));
    if (f == OUTER_CROSS) return of(x, false, definite).then(of(x, true, definite));
    if (f == PRE) return ordered(diagonal(x, definite), of(args.get(1), turned, definite), turned);
    if (f == POST) return ordered(of(x, turned, definite), diagonal(args.get(1), definite), turned);
    if (f != Operators.MULTIPLY || e.type().rank() != 2) return single(e, turned, definite);
    var y = args.get(1);
    if (x.type().isScalar()) return of(y, turned, definite).scaled(x, definite);
    if (y.type().isScalar()) return of(x, turned, definite).scaled(y, definite);
    return x.type().rank() == 2 && y.type().rank() == 2
        ? ordered(of(x, turned, definite), of(y, turned, definite), turned) : single(e, turned, definite);
  }

  private static MatrixProduct ordered(MatrixProduct x, MatrixProduct y, boolean turned) {
    return turned ? y.then(x) : x.then(y);
  }

  private MatrixProduct then(MatrixProduct that) {
    return new MatrixProduct(Stream.concat(factors.stream(), that.factors.stream()).toList(), signed || that.signed);
  }

  private MatrixProduct scaled(TExpr number, Definite definite) {
    return new MatrixProduct(factors.stream().map(f -> new Factor(f.text, f.turned, f.seen.scaled())).toList(),
        signed || !definite.isPositive(number));
  }

  private static MatrixProduct single(TExpr e, boolean turned, Definite definite) {
    var seen = e instanceof TExpr.Apply a && isProduct(a.function()) ? Seen.NOTHING : definite.of(e);
    return new MatrixProduct(List.of(new Factor(TypedPrinter.expr(e), turned && !seen.semidefinite(), seen)), false);
  }

  /// A diagonal of any numbers is symmetric, but no more is seen of it.
  private static MatrixProduct diagonal(TExpr x, Definite definite) {
    boolean positive = definite.isPositive(x);
    return new MatrixProduct(List.of(new Factor("diag(" + TypedPrinter.expr(x) + ")", false,
        positive ? Seen.DIAGONAL : Seen.NOTHING)), false);
  }

  Seen seen() {
    if (signed) return Seen.NOTHING;
    boolean lower = factors.stream().allMatch(f -> f.now().factor());
    var whole = symmetric();
    return new Seen(whole.semidefinite(), whole.definite(), lower, whole.unit());
  }

  private Seen symmetric() {
    int from = 0;
    int to = factors.size() - 1;
    boolean regular = true;
    for (; from < to; from++, to--) {
      if (!factors.get(from).isTurned(factors.get(to))) return Seen.NOTHING;
      regular &= factors.get(from).seen.isRegular();
    }
    var core = from == to ? factors.get(from).now() : Seen.IDENTITY;
    boolean unit = factors.size() == 1 ? core.unit()
        : factors.size() == 2 && factors.getFirst().seen.factor() && factors.getFirst().seen.unit() && !factors.getFirst().turned;
    return new Seen(core.semidefinite(), core.definite() && regular, false, unit);
  }
}
