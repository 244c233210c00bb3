package ppl.ir;

import static ppl.ir.Exprs.*;
import static ppl.ir.Simplify.isReal;
import static ppl.ir.Simplify.same;

import java.util.List;
import java.util.Optional;

/// Rewrites of operations on two reals. Constants stand first, signs outside.
final class SimplifyReals {
  private SimplifyReals() {}

  static Optional<Expr> of(Prim prim, Expr a, Expr b) {
    return Optional.ofNullable(switch (prim) {
      case ADD -> add(a, b);
      case SUB -> sub(a, b);
      case MUL -> mul(a, b);
      case DIV -> div(a, b);
      case POW -> b instanceof Expr.Real(double p) ? power(a, p) : null;
      default -> null;
    });
  }

  private static Expr add(Expr a, Expr b) {
    if (isReal(a, 0)) return b;
    if (isReal(b, 0)) return a;
    if (b instanceof Expr.Real && !(a instanceof Expr.Real)) return Exprs.add(b, a);
    if (a instanceof Expr.Real(double c)) {
      if (b instanceof Expr.Apply(Prim p, var in)) {
        if (p == Prim.ADD && in.get(0) instanceof Expr.Real(double d)) return Exprs.add(real(c + d), in.get(1));
        if (p == Prim.SUB && in.get(0) instanceof Expr.Real(double d)) return Exprs.sub(real(c + d), in.get(1));
        if (p == Prim.NEG) return Exprs.sub(a, in.get(0));
        if (p == Prim.EXP && c == -1) return apply(Prim.EXPM1, in.get(0));
      }
      return null;
    }
    if (b instanceof Expr.Apply(Prim p, var in) && p == Prim.NEG) return Exprs.sub(a, in.get(0));
    if (a instanceof Expr.Apply(Prim p, var in) && p == Prim.NEG) return Exprs.sub(b, in.get(0));
    return multiples(a, b, 1);
  }

  private static Expr sub(Expr a, Expr b) {
    if (isReal(a, 0)) return neg(b);
    if (b instanceof Expr.Real(double c)) return Exprs.add(real(-c), a);
    if (a instanceof Expr.Real(double c) && b instanceof Expr.Apply(Prim p, var in)) {
      if (p == Prim.ADD && in.get(0) instanceof Expr.Real(double d)) return Exprs.sub(real(c - d), in.get(1));
      if (p == Prim.SUB && in.get(0) instanceof Expr.Real(double d)) return Exprs.add(real(c - d), in.get(1));
      if (c == 1) {
        var rest = complement(p, in);
        if (rest.isPresent()) return rest.get();
      }
    }
    if (b instanceof Expr.Apply(Prim p, var in) && p == Prim.NEG) return Exprs.add(a, in.get(0));
    if (a instanceof Expr.Apply(Prim p, var in) && p == Prim.NEG) return neg(Exprs.add(in.get(0), b));
    return multiples(a, b, -1);
  }

  /// 1 - p, where a function computes that as accurately as p.
  private static Optional<Expr> complement(Prim p, List<Expr> args) {
    return Optional.ofNullable(switch (p) {
      case INV_LOGIT, PHI -> apply(p, neg(args.get(0)));
      case ERF -> apply(Prim.ERFC, args);
      case ERFC -> apply(Prim.ERF, args);
      case GAMMA_P -> apply(Prim.GAMMA_Q, args);
      case GAMMA_Q -> apply(Prim.GAMMA_P, args);
      case INC_BETA -> apply(Prim.INC_BETA_C, args);
      case INC_BETA_C -> apply(Prim.INC_BETA, args);
      default -> null;
    });
  }

  /// c x, if it is one.
  private record Multiple(double factor, Expr of) {
    static Multiple of(Expr e) {
      return e instanceof Expr.Apply(Prim p, var in) && p == Prim.MUL && in.get(0) instanceof Expr.Real(double c)
          ? new Multiple(c, in.get(1))
          : new Multiple(1, e);
    }
  }

  private static Expr multiples(Expr a, Expr b, double sign) {
    var x = Multiple.of(a);
    var y = Multiple.of(b);
    return same(x.of, y.of) ? Exprs.mul(real(x.factor + sign * y.factor), x.of) : null;
  }

  private static Expr mul(Expr a, Expr b) {
    if (isReal(a, 0) || isReal(b, 0)) return ZERO;
    if (isReal(a, 1)) return b;
    if (isReal(b, 1)) return a;
    if (isReal(a, -1)) return neg(b);
    if (isReal(b, -1)) return neg(a);
    if (b instanceof Expr.Real && !(a instanceof Expr.Real)) return Exprs.mul(b, a);
    if (b instanceof Expr.Apply(Prim p, var in)) {
      if (p == Prim.NEG) return a instanceof Expr.Real(double c) ? Exprs.mul(real(-c), in.get(0))
          : neg(Exprs.mul(a, in.get(0)));
      if (a instanceof Expr.Real(double c) && in.get(0) instanceof Expr.Real(double d) && isSafe(c * d)) {
        if (p == Prim.MUL) return Exprs.mul(real(c * d), in.get(1));
        if (p == Prim.DIV) return Exprs.div(real(c * d), in.get(1));
      }
      if (p == Prim.DIV && isReal(in.get(0), 1)) return Exprs.div(a, in.get(1));
      if (p == Prim.DIV && isReal(in.get(0), -1)) return neg(Exprs.div(a, in.get(1)));
    }
    if (a instanceof Expr.Apply(Prim p, var in)) {
      if (p == Prim.NEG) return neg(Exprs.mul(in.get(0), b));
      if (p == Prim.DIV && isReal(in.get(0), 1)) return Exprs.div(b, in.get(1));
      if (p == Prim.DIV && isReal(in.get(0), -1)) return neg(Exprs.div(b, in.get(1)));
      if (p == Prim.SQRT && isRoot(b, in.get(0)) && Signs.isNonnegative(in.get(0))) return in.get(0);
    }
    return null;
  }

  private static boolean isRoot(Expr e, Expr of) {
    return e instanceof Expr.Apply(Prim p, var in) && p == Prim.SQRT && same(in.get(0), of);
  }

  private static Expr div(Expr a, Expr b) {
    if (isReal(b, 1)) return a;
    if (isReal(b, -1)) return neg(a);
    if (isReal(a, 0)) return ZERO;
    if (b instanceof Expr.Real(double c)) {
      if (isSafe(1 / c) && isPowerOfTwo(c)) return Exprs.mul(real(1 / c), a);
      if (a instanceof Expr.Apply(Prim p, var in) && p == Prim.MUL && in.get(0) instanceof Expr.Real(double d)
          && isSafe(d / c)) return Exprs.mul(real(d / c), in.get(1));
    }
    if (a instanceof Expr.Apply(Prim p, var in) && p == Prim.NEG) return neg(Exprs.div(in.get(0), b));
    if (b instanceof Expr.Apply(Prim p, var in)) {
      if (p == Prim.NEG) return neg(Exprs.div(a, in.get(0)));
      if (isReal(a, 1) && p == Prim.ADD && isReal(in.get(0), 1)
          && in.get(1) instanceof Expr.Apply(Prim q, var of) && q == Prim.EXP)
        return apply(Prim.INV_LOGIT, neg(of.get(0)));
    }
    return null;
  }

  /// Far from overflow and underflow, so that a product of constants may be taken before the rest.
  private static boolean isSafe(double c) {
    return Math.abs(c) > 1e-100 && Math.abs(c) < 1e100;
  }

  private static boolean isPowerOfTwo(double c) {
    return Math.abs(c) == Math.scalb(1.0, Math.getExponent(c));
  }

  private static Expr power(Expr x, double p) {
    if (p == 0) return ONE;
    if (p == 1) return x;
    if (p == 2) return square(x);
    if (p == 3) return Exprs.mul(square(x), x);
    if (p == 4) return square(square(x));
    if (p == -1) return Exprs.div(ONE, x);
    if (p == -2) return Exprs.div(ONE, square(x));
    if (p == 0.5) return sqrt(x);
    return p == -0.5 ? Exprs.div(ONE, sqrt(x)) : null;
  }
}
