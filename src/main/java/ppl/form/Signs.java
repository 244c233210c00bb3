package ppl.form;

import java.util.Set;
import java.util.stream.Collectors;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Prim;
import ppl.lower.Model;
import ppl.lower.Slots;

/// What is plain about the signs of expressions of data and unknowns.
///
/// @param data that is declared to be at least 0
record Signs(Facts facts, Set<Array> data) {
  static Signs of(Model model, Facts facts) {
    var slots = model.slots().stream().filter(Slots.Slot::isNonnegative).map(Slots.Slot::array);
    return new Signs(facts, slots.collect(Collectors.toSet()));
  }

  /// Whether `e` is plainly at least 0.
  boolean isNonnegative(Expr e) {
    return facts.isNonnegative(e) || switch (e) {
      case Expr.Read(Array a, var at) -> data.contains(a);
      case Expr.Apply(Prim p, var args) -> switch (p) {
        case MUL, ADD, DIV, IMUL, IADD -> isNonnegative(args.get(0)) && isNonnegative(args.get(1))
            || p == Prim.MUL && isNegative(args.get(0)) && isNegative(args.get(1));
        case NEG -> isNegative(args.get(0));
        case REAL_OF, POW, SQRT -> isNonnegative(args.get(0));
        default -> false;
      };
      case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Select _, Expr.Reduce _ -> false;
    };
  }

  /// Whether `e` is plainly at most 0.
  private boolean isNegative(Expr e) {
    return switch (e) {
      case Expr.Real(double v) -> v <= 0;
      case Expr.Apply(Prim p, var args) -> switch (p) {
        case NEG -> isNonnegative(args.get(0));
        case MUL, DIV -> isNegative(args.get(0)) && isNonnegative(args.get(1))
            || isNonnegative(args.get(0)) && isNegative(args.get(1));
        case ADD -> isNegative(args.get(0)) && isNegative(args.get(1));
        case SUB -> isNegative(args.get(0)) && isNonnegative(args.get(1));
        default -> false;
      };
      case Expr.Int _, Expr.Var _, Expr.Select _, Expr.Reduce _, Expr.Read _ -> false;
    };
  }

  /// Whether `e` is plainly above 0.
  boolean isPositive(Expr e) {
    return switch (e) {
      case Expr.Int(int v) -> v > 0;
      case Expr.Real(double v) -> v > 0;
      case Expr.Apply(Prim p, var args) -> switch (p) {
        case ADD -> isPositive(args.get(0)) && isNonnegative(args.get(1))
            || isNonnegative(args.get(0)) && isPositive(args.get(1));
        case MUL, DIV -> isPositive(args.get(0)) && isPositive(args.get(1));
        case SQRT, POW, REAL_OF -> isPositive(args.get(0));
        default -> p == Prim.EXP;
      };
      case Expr.Var _, Expr.Select _, Expr.Reduce _, Expr.Read _ -> false;
    };
  }
}
