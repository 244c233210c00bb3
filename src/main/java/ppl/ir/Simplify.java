package ppl.ir;

import java.util.List;

/// The local rewrites that [Exprs] applies while it builds.
final class Simplify {
  private Simplify() {}

  static Expr apply(Prim prim, List<Expr> args) {
    var folded = fold(prim, args);
    if (folded != null) return folded;
    return switch (prim) {
      case ADD -> isReal(args.get(0), 0) ? args.get(1) : isReal(args.get(1), 0) ? args.get(0) : node(prim, args);
      case SUB -> isReal(args.get(1), 0) ? args.get(0) : isReal(args.get(0), 0) ? Exprs.neg(args.get(1)) : node(prim, args);
      case MUL -> mul(args);
      case DIV -> isReal(args.get(1), 1) ? args.get(0) : isReal(args.get(0), 0) ? Exprs.ZERO : node(prim, args);
      case NEG -> args.get(0) instanceof Expr.Apply(Prim p, var inner) && p == Prim.NEG ? inner.get(0) : node(prim, args);
      case IADD -> iadd(args.get(0), args.get(1));
      case ISUB -> args.get(1) instanceof Expr.Int(int v) ? iadd(args.get(0), Exprs.integer(-v)) : node(prim, args);
      case IMUL -> isInt(args.get(0), 1) ? args.get(1) : isInt(args.get(1), 1) ? args.get(0) : node(prim, args);
      default -> node(prim, args);
    };
  }

  static Expr reduce(Expr.Reducer reducer, Index i, Expr from, Expr to, Expr body) {
    return new Expr.Reduce(reducer, i, from, to, body);
  }

  private static Expr mul(List<Expr> args) {
    var a = args.get(0);
    var b = args.get(1);
    if (isReal(a, 0) || isReal(b, 0)) return Exprs.ZERO;
    if (isReal(a, 1)) return b;
    if (isReal(b, 1)) return a;
    if (isReal(a, -1)) return Exprs.neg(b);
    if (isReal(b, -1)) return Exprs.neg(a);
    return node(Prim.MUL, args);
  }

  private static Expr iadd(Expr a, Expr b) {
    if (a instanceof Expr.Int && !(b instanceof Expr.Int)) return iadd(b, a);
    if (b instanceof Expr.Int(int v)) {
      if (v == 0) return a;
      if (a instanceof Expr.Apply(Prim p, var inner) && p == Prim.IADD && inner.get(1) instanceof Expr.Int(int w))
        return iadd(inner.get(0), Exprs.integer(v + w));
    }
    return node(Prim.IADD, List.of(a, b));
  }

  private static Expr fold(Prim prim, List<Expr> args) {
    var values = new double[args.size()];
    for (int i = 0; i < values.length; i++)
      switch (args.get(i)) {
        case Expr.Int(int v) -> values[i] = v;
        case Expr.Real(double v) -> values[i] = v;
        default -> {
          return null;
        }
      }
    double y = prim.value().apply(values);
    if (prim.result() == Kind.REAL) return Exprs.real(y);
    return y == (int) y ? Exprs.integer((int) y) : null;
  }

  private static Expr node(Prim prim, List<Expr> args) {
    return new Expr.Apply(prim, args);
  }

  private static boolean isReal(Expr e, double v) {
    return e instanceof Expr.Real(double w) && w == v;
  }

  private static boolean isInt(Expr e, int v) {
    return e instanceof Expr.Int(int w) && w == v;
  }
}
