package ppl.ir;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;

/// Rewrites of functions of one argument, by the function that made the argument: inverses cancel, and logarithms take
/// the form that keeps its digits.
final class SimplifyFunctions {
  private SimplifyFunctions() {}

  static Optional<Expr> of(Prim prim, Expr x) {
    if (prim == Prim.ABS && Signs.isNonnegative(x)) return Optional.of(x);
    if (!(x instanceof Expr.Apply(Prim inner, var in))) return Optional.empty();
    return Optional.ofNullable(switch (prim) {
      case NEG -> neg(inner, in);
      case LOG -> log(inner, in);
      case LOG1P -> switch (inner) {
        case EXP -> apply(Prim.LOG1P_EXP, in);
        case NEG -> apply(Prim.LOG1M, in);
        default -> null;
      };
      case LOG1M -> switch (inner) {
        case EXP -> apply(Prim.LOG1M_EXP, in);
        case NEG -> apply(Prim.LOG1P, in);
        case INV_LOGIT -> apply(Prim.LOG1M_INV_LOGIT, in);
        case PHI -> apply(Prim.LOG_PHI, Exprs.neg(in.get(0)));
        case GAMMA_P -> apply(Prim.LOG_GAMMA_Q, in);
        case GAMMA_Q -> apply(Prim.LOG_GAMMA_P, in);
        case INC_BETA -> apply(Prim.LOG_INC_BETA_C, in);
        case INC_BETA_C -> apply(Prim.LOG_INC_BETA, in);
        default -> null;
      };
      case EXP -> exp(inner, in);
      case EXPM1 -> inner == Prim.LOG1P && Signs.isNonnegative(in.get(0)) ? in.get(0) : null;
      case INV_LOGIT -> null;
      case LOGIT -> inner == Prim.INV_LOGIT ? in.get(0) : null;
      case SQRT -> inner == Prim.MUL && Simplify.same(in.get(0), in.get(1)) ? apply(Prim.ABS, in.get(0)) : null;
      case ABS -> inner == Prim.NEG || inner == Prim.ABS ? apply(Prim.ABS, in) : null;
      case DETACH -> inner == Prim.DETACH ? new Expr.Apply(inner, in) : null;
      case FLOOR, CEIL, ROUND, TRUNC -> inner == Prim.REAL_OF || inner == prim ? x : null;
      case INEG -> inner == Prim.INEG ? in.get(0) : null;
      case NOT -> inner == Prim.NOT && isTruth(in.get(0)) ? in.get(0) : null;
      default -> null;
    });
  }

  private static Expr neg(Prim inner, List<Expr> in) {
    return switch (inner) {
      case NEG -> in.get(0);
      case SUB -> Exprs.sub(in.get(1), in.get(0));
      case MUL -> in.get(0) instanceof Expr.Real(double c) ? Exprs.mul(real(-c), in.get(1)) : null;
      case DIV -> in.get(0) instanceof Expr.Real(double c) ? Exprs.div(real(-c), in.get(1)) : null;
      default -> null;
    };
  }

  private static Expr log(Prim inner, List<Expr> in) {
    return switch (inner) {
      case EXP -> in.get(0);
      case ADD -> Simplify.isReal(in.get(0), 1) ? apply(Prim.LOG1P, in.get(1)) : null;
      case SUB -> Simplify.isReal(in.get(0), 1) ? apply(Prim.LOG1M, in.get(1)) : null;
      case SQRT -> Exprs.mul(real(0.5), Exprs.log(in.get(0)));
      case DIV -> Simplify.isReal(in.get(0), 1) ? Exprs.neg(Exprs.log(in.get(1))) : null;
      case INV_LOGIT -> apply(Prim.LOG_INV_LOGIT, in);
      case PHI -> apply(Prim.LOG_PHI, in);
      case GAMMA_P -> apply(Prim.LOG_GAMMA_P, in);
      case GAMMA_Q -> apply(Prim.LOG_GAMMA_Q, in);
      case INC_BETA -> apply(Prim.LOG_INC_BETA, in);
      case INC_BETA_C -> apply(Prim.LOG_INC_BETA_C, in);
      default -> null;
    };
  }

  private static Expr exp(Prim inner, List<Expr> in) {
    return switch (inner) {
      case LOG -> Signs.isNonnegative(in.get(0)) ? in.get(0) : null;
      case LOG_INV_LOGIT -> apply(Prim.INV_LOGIT, in);
      case LOG1M_INV_LOGIT -> apply(Prim.INV_LOGIT, Exprs.neg(in.get(0)));
      case LOG1P_EXP -> Exprs.add(ONE, Exprs.exp(in.get(0)));
      case LOG_PHI -> apply(Prim.PHI, in);
      default -> null;
    };
  }

  private static boolean isTruth(Expr e) {
    return e instanceof Expr.Apply(Prim p, var args)
        && (p.emission() instanceof Prim.Emission.Compare || p.emission() instanceof Prim.Emission.Logic);
  }
}
