package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import ppl.ir.Expr;

/// A sum as the summands that are asked for and the rest.
///
/// @param plus  those that are added
/// @param minus those that are taken away
record Summands(List<Expr> plus, List<Expr> minus, Expr rest) {
  static Summands of(Expr e, Predicate<Expr> wanted) {
    var plus = new ArrayList<Expr>();
    var minus = new ArrayList<Expr>();
    var rest = rest(e, wanted, plus, minus);
    return new Summands(plus, minus, rest);
  }

  private static Expr rest(Expr e, Predicate<Expr> wanted, List<Expr> plus, List<Expr> minus) {
    if (wanted.test(e)) {
      plus.add(e);
      return ZERO;
    }
    if (!(e instanceof Expr.Apply a)) return e;
    var args = a.args();
    return switch (a.prim()) {
      case NEG -> rebuilt(a, rest(args.getFirst(), wanted, minus, plus));
      case ADD -> rebuilt(a, rest(args.get(0), wanted, plus, minus), rest(args.get(1), wanted, plus, minus));
      case SUB -> rebuilt(a, rest(args.get(0), wanted, plus, minus), rest(args.get(1), wanted, minus, plus));
      default -> e;
    };
  }

  /// The expression itself, which others may share, where its arguments are its own.
  private static Expr rebuilt(Expr.Apply e, Expr... args) {
    for (int i = 0; i < args.length; i++) if (args[i] != e.args().get(i)) return apply(e.prim(), args);
    return e;
  }
}
