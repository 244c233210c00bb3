package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.dist.Draws;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;

/// Weights of states as logarithms.
final class LogSpace {
  static final Expr NEVER = real(Double.NEGATIVE_INFINITY);

  private LogSpace() {}

  /// `value`, with no derivative where it is negative infinity: what cannot be does not pull.
  static Expr possible(Expr value) {
    return select(eq(value, NEVER), NEVER, value);
  }

  /// The log of the sum of exp(score).
  static Expr total(Array score) {
    return total(score.dims().getFirst(), k -> score.read(k));
  }

  /// The log of the sum of exp(term) over `0 <= k < count`; no derivative where all terms are negative infinity.
  static Expr total(Expr count, UnaryOperator<Expr> term) {
    var most = apply(Prim.DETACH, reduce(Expr.Reducer.MAX, count, term::apply));
    return select(eq(most, NEVER), NEVER, add(most, log(sum(count, k -> exp(sub(term.apply(k), most))))));
  }

  /// A state from 0, drawn in proportion to exp(score).
  static Expr draw(Build b, Array score) {
    var most = b.store("most", Arr.of(reduce(Expr.Reducer.MAX, score.dims().getFirst(), k -> score.read(k))));
    var weights = new Arr(Kind.REAL, score.dims(), at -> exp(sub(score.read(at), most.read())));
    return sub(Draws.category(b, weights), integer(1));
  }

  static Stmt set(Array array, List<Expr> at, Expr value) {
    return new Stmt.Set(array, at, possible(value));
  }
}
