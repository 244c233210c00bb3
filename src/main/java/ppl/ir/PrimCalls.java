package ppl.ir;

/// The primitives that the derivatives of others are made of, as functions on expressions.
final class PrimCalls {
  private PrimCalls() {}

  static Expr besselI1I0(Expr x) {
    return Exprs.apply(Prim.BESSEL_I1_I0, x);
  }

  static Expr cos(Expr x) {
    return Exprs.apply(Prim.COS, x);
  }

  static Expr cosh(Expr x) {
    return Exprs.apply(Prim.COSH, x);
  }

  static Expr digamma(Expr x) {
    return Exprs.apply(Prim.DIGAMMA, x);
  }

  static Expr expm1(Expr x) {
    return Exprs.apply(Prim.EXPM1, x);
  }

  static Expr gammaPDa(Expr a, Expr x) {
    return Exprs.apply(Prim.GAMMA_P_DA, a, x);
  }

  static Expr gammaPDx(Expr a, Expr x) {
    return Exprs.apply(Prim.GAMMA_P_DX, a, x);
  }

  static Expr hypot(Expr a, Expr b) {
    return Exprs.apply(Prim.HYPOT, a, b);
  }

  static Expr incBetaDa(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.INC_BETA_DA, a, b, x);
  }

  static Expr incBetaDb(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.INC_BETA_DB, a, b, x);
  }

  static Expr incBetaDx(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.INC_BETA_DX, a, b, x);
  }

  static Expr invLogit(Expr x) {
    return Exprs.apply(Prim.INV_LOGIT, x);
  }

  static Expr lmgammaDx(Expr n, Expr x) {
    return Exprs.apply(Prim.LMGAMMA_DX, n, x);
  }

  static Expr log1m(Expr x) {
    return Exprs.apply(Prim.LOG1M, x);
  }

  static Expr log1p(Expr x) {
    return Exprs.apply(Prim.LOG1P, x);
  }

  static Expr logGammaPDa(Expr a, Expr x) {
    return Exprs.apply(Prim.LOG_GAMMA_P_DA, a, x);
  }

  static Expr logGammaPDx(Expr a, Expr x) {
    return Exprs.apply(Prim.LOG_GAMMA_P_DX, a, x);
  }

  static Expr logGammaQDa(Expr a, Expr x) {
    return Exprs.apply(Prim.LOG_GAMMA_Q_DA, a, x);
  }

  static Expr logGammaQDx(Expr a, Expr x) {
    return Exprs.apply(Prim.LOG_GAMMA_Q_DX, a, x);
  }

  static Expr logIncBetaCDa(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.LOG_INC_BETA_C_DA, a, b, x);
  }

  static Expr logIncBetaCDb(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.LOG_INC_BETA_C_DB, a, b, x);
  }

  static Expr logIncBetaCDx(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.LOG_INC_BETA_C_DX, a, b, x);
  }

  static Expr logIncBetaDa(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.LOG_INC_BETA_DA, a, b, x);
  }

  static Expr logIncBetaDb(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.LOG_INC_BETA_DB, a, b, x);
  }

  static Expr logIncBetaDx(Expr a, Expr b, Expr x) {
    return Exprs.apply(Prim.LOG_INC_BETA_DX, a, b, x);
  }

  static Expr logPhiDx(Expr x) {
    return Exprs.apply(Prim.LOG_PHI_DX, x);
  }

  static Expr polygamma(Expr n, Expr x) {
    return Exprs.apply(Prim.POLYGAMMA, n, x);
  }

  static Expr sign(Expr x) {
    return Exprs.apply(Prim.SIGN, x);
  }

  static Expr sin(Expr x) {
    return Exprs.apply(Prim.SIN, x);
  }

  static Expr sinh(Expr x) {
    return Exprs.apply(Prim.SINH, x);
  }

  static Expr trigamma(Expr x) {
    return Exprs.apply(Prim.TRIGAMMA, x);
  }

  static Expr trunc(Expr x) {
    return Exprs.apply(Prim.TRUNC, x);
  }

  static Expr logPhi(Expr x) {
    return Exprs.apply(Prim.LOG_PHI, x);
  }

  static Expr studentTLcdfDnu(Expr nu, Expr t) {
    return Exprs.apply(Prim.STUDENT_T_LCDF_DNU, nu, t);
  }

  static Expr studentTLcdfDt(Expr nu, Expr t) {
    return Exprs.apply(Prim.STUDENT_T_LCDF_DT, nu, t);
  }

  static Expr vonMisesCdfDkappa(Expr x, Expr k) {
    return Exprs.apply(Prim.VON_MISES_CDF_DKAPPA, x, k);
  }
}
