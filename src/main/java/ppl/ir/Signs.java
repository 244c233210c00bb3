package ppl.ir;

/// What is plain about the sign of an expression.
final class Signs {
  /// How deep to look.
  private static final int DEPTH = 6;

  private Signs() {}

  /// Whether `e` can only be at least 0 (or NaN). No is no proof of the contrary.
  static boolean isNonnegative(Expr e) {
    return isNonnegative(e, DEPTH);
  }

  private static boolean isNonnegative(Expr e, int depth) {
    if (depth == 0) return false;
    return switch (e) {
      case Expr.Int(int v) -> v >= 0;
      case Expr.Real(double v) -> v >= 0;
      case Expr.Var v -> false;
      case Expr.Read r -> false;
      case Expr.Reduce r -> isNonnegative(r.body(), depth - 1) && r.reducer() != Expr.Reducer.MAX;
      case Expr.Select s -> isNonnegative(s.yes(), depth - 1) && isNonnegative(s.no(), depth - 1);
      case Expr.Apply a -> apply(a, depth - 1);
    };
  }

  private static boolean apply(Expr.Apply e, int depth) {
    return switch (e.prim()) {
      case EXP, SQRT, ABS, COSH, HYPOT, INV_LOGIT, PHI, ERFC, ERFCX, LOG1P_EXP, INV_CLOGLOG, GAMMA_P, GAMMA_Q, INC_BETA,
          INC_BETA_C, GAMMA_P_DX, INC_BETA_DX, TRIGAMMA, STEP -> true;
      case MUL -> Simplify.same(e.args().get(0), e.args().get(1)) || all(e, depth);
      case ADD, DIV, FMIN, DETACH, REAL_OF -> all(e, depth);
      case FMAX -> isNonnegative(e.args().get(0), depth) || isNonnegative(e.args().get(1), depth);
      default -> false;
    };
  }

  private static boolean all(Expr.Apply e, int depth) {
    return e.args().stream().allMatch(x -> isNonnegative(x, depth));
  }
}
