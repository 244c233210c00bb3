package ppl.tile;

import static ppl.ir.Exprs.*;

import ppl.ir.Expr;
import ppl.ir.Prim;

/// Functions by others that have a kernel.
final class Rewrites {
  private Rewrites() {}

  static boolean has(Prim p) {
    return p == Prim.LOG_INV_LOGIT || p == Prim.LOG1M_INV_LOGIT;
  }

  /// A function of one argument that is there already.
  static Expr of(Prim p, Expr x) {
    return switch (p) {
      case LOG_INV_LOGIT -> neg(apply(Prim.LOG1P_EXP, neg(x)));
      case LOG1M_INV_LOGIT -> neg(apply(Prim.LOG1P_EXP, x));
      default -> apply(p, x);
    };
  }
}
