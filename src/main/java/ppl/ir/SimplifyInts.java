package ppl.ir;

import static ppl.ir.Exprs.*;

import java.util.Optional;

/// Rewrites of operations on two whole numbers or truth values. A constant stands last.
final class SimplifyInts {
  private SimplifyInts() {}

  static Optional<Expr> of(Prim prim, Expr a, Expr b) {
    return Optional.ofNullable(switch (prim) {
      case IADD -> add(a, b);
      case ISUB -> b instanceof Expr.Int(int v) ? Exprs.add(a, integer(-v)) : Simplify.same(a, b) ? integer(0) : null;
      case IMUL -> mul(a, b);
      case EADD -> b instanceof Expr.Int(int v) && v == 0 ? a : a instanceof Expr.Int(int w) && w == 0 ? b : null;
      case ESUB -> b instanceof Expr.Int(int v) && v == 0 ? a : null;
      case EMUL -> exact(a, b);
      case IEQ, ILE -> Simplify.same(a, b) ? integer(1) : null;
      case ILT -> Simplify.same(a, b) ? integer(0) : null;
      case AND -> constant(a, b).map(c -> c.yes() ? truth(c.other()) : integer(0)).orElse(null);
      case OR -> constant(a, b).map(c -> c.yes() ? integer(1) : truth(c.other())).orElse(null);
      default -> null;
    });
  }

  private record Known(boolean yes, Expr other) {}

  private static Optional<Known> constant(Expr a, Expr b) {
    if (a instanceof Expr.Int(int v)) return Optional.of(new Known(v != 0, b));
    return b instanceof Expr.Int(int v) ? Optional.of(new Known(v != 0, a)) : Optional.empty();
  }

  /// The truth value 0 or 1 of a whole number.
  private static Expr truth(Expr e) {
    boolean is = e instanceof Expr.Apply(Prim p, var args)
        && (p.emission() instanceof Prim.Emission.Compare || p.emission() instanceof Prim.Emission.Logic);
    return is ? e : not(not(e));
  }

  private static Expr add(Expr a, Expr b) {
    if (a instanceof Expr.Int && !(b instanceof Expr.Int)) return Exprs.add(b, a);
    if (!(b instanceof Expr.Int(int v))) return null;
    if (v == 0) return a;
    return a instanceof Expr.Apply(Prim p, var inner) && p == Prim.IADD && inner.get(1) instanceof Expr.Int(int w)
        ? Exprs.add(inner.get(0), integer(v + w))
        : null;
  }

  private static Expr exact(Expr a, Expr b) {
    if (a instanceof Expr.Int && !(b instanceof Expr.Int)) return Exprs.apply(Prim.EMUL, b, a);
    return b instanceof Expr.Int(int v) && v == 1 ? a : b instanceof Expr.Int(int w) && w == 0 ? b : null;
  }

  private static Expr mul(Expr a, Expr b) {
    if (a instanceof Expr.Int && !(b instanceof Expr.Int)) return Exprs.mul(b, a);
    if (!(b instanceof Expr.Int(int v))) return null;
    if (v == 0) return b;
    if (v == 1) return a;
    return a instanceof Expr.Apply(Prim p, var inner) && p == Prim.IMUL && inner.get(1) instanceof Expr.Int(int w)
        ? Exprs.mul(inner.get(0), integer(v * w))
        : null;
  }
}
