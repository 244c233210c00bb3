package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;
import ppl.ir.Expr;
import ppl.ir.Prim;

/// A product of an element of a matrix and the rest.
record Factors(Expr.Read matrix, Expr rest) {
  /// The product that `e` is, if just one factor is such an element.
  static Optional<Factors> of(Expr e, Predicate<Expr> isElement) {
    var factors = new ArrayList<Expr>();
    boolean negative = collect(e, factors);
    var elements = factors.stream().filter(isElement).toList();
    if (elements.size() != 1 || !(elements.getFirst() instanceof Expr.Read matrix)) return Optional.empty();
    factors.remove(matrix);
    var rest = factors.stream().reduce((a, b) -> mul(a, b)).orElse(ONE);
    return Optional.of(new Factors(matrix, negative ? neg(rest) : rest));
  }

  private static boolean collect(Expr e, ArrayList<Expr> factors) {
    if (e instanceof Expr.Apply(Prim p, var args)) {
      if (p == Prim.MUL) return collect(args.get(0), factors) ^ collect(args.get(1), factors);
      if (p == Prim.NEG) return !collect(args.get(0), factors);
    }
    factors.add(e);
    return false;
  }
}
