package ppl.dist;

import static ppl.ir.Exprs.*;

import ppl.ir.Expr;
import ppl.ir.Prim;

/// The functions that densities are written in, beyond those of [ppl.ir.Exprs].
final class Functions {
  private Functions() {}

  static final Expr HALF = real(0.5);
  static final Expr TWO = real(2);
  static final Expr INFINITY = real(Double.POSITIVE_INFINITY);
  static final Expr NEVER = real(Double.NEGATIVE_INFINITY);
  static final Expr UNDEFINED = real(Double.NaN);

  static Expr log1p(Expr x) {
    return apply(Prim.LOG1P, x);
  }

  static Expr expm1(Expr x) {
    return apply(Prim.EXPM1, x);
  }

  static Expr abs(Expr x) {
    return apply(Prim.ABS, x);
  }

  static Expr cos(Expr x) {
    return apply(Prim.COS, x);
  }

  static Expr tan(Expr x) {
    return apply(Prim.TAN, x);
  }

  static Expr atan(Expr x) {
    return apply(Prim.ATAN, x);
  }

  /// log Gamma(x).
  static Expr lgamma(Expr x) {
    return apply(Prim.LGAMMA, x);
  }

  /// log of the multivariate gamma function of order p.
  static Expr lmgamma(Expr p, Expr x) {
    return apply(Prim.LMGAMMA, p, x);
  }

  /// log x!
  static Expr lfactorial(Expr x) {
    return apply(Prim.LFACTORIAL, x);
  }

  static Expr lbeta(Expr a, Expr b) {
    return apply(Prim.LBETA, a, b);
  }

  static Expr lchoose(Expr n, Expr k) {
    return apply(Prim.LCHOOSE, n, k);
  }

  /// log(Gamma(x + n) / Gamma(x)).
  static Expr logRisingFactorial(Expr x, Expr n) {
    return apply(Prim.LOG_RISING_FACTORIAL, x, n);
  }

  static Expr logBesselI0(Expr x) {
    return apply(Prim.LOG_BESSEL_I0, x);
  }

  /// x log y, 0 where x is.
  static Expr xlogy(Expr x, Expr y) {
    return apply(Prim.LMULTIPLY, x, y);
  }

  /// x log(1 + y), 0 where x is.
  static Expr xlog1py(Expr x, Expr y) {
    return apply(Prim.XLOG1PY, x, y);
  }

  /// A count times a log probability, which may be infinite where the count is 0.
  static Expr times(Expr count, Expr log) {
    return select(eq(count, integer(0)), ZERO, mul(toReal(count), log));
  }

  /// log(1 + exp x).
  static Expr log1pExp(Expr x) {
    return apply(Prim.LOG1P_EXP, x);
  }

  /// log(1 - exp x) for x below 0.
  static Expr log1mExp(Expr x) {
    return apply(Prim.LOG1M_EXP, x);
  }

  /// log(1 - x).
  static Expr log1m(Expr x) {
    return apply(Prim.LOG1M, x);
  }

  /// log(exp x + exp y).
  static Expr logAddExp(Expr x, Expr y) {
    return apply(Prim.LOG_ADD_EXP, x, y);
  }

  /// The log of what may be 0: there its derivatives, which may be infinite, have no part in those of a sum.
  static Expr summand(Expr x) {
    return select(eq(x, NEVER), NEVER, x);
  }

  /// log(exp x - exp y). Where exp y is 0 there is nothing to take off, and y, whose derivatives may be infinite there,
  /// has no part in those of the difference.
  static Expr logDiffExp(Expr x, Expr y) {
    return select(eq(y, NEVER), x, apply(Prim.LOG_DIFF_EXP, x, y));
  }

  static Expr invLogit(Expr x) {
    return apply(Prim.INV_LOGIT, x);
  }

  static Expr logInvLogit(Expr x) {
    return apply(Prim.LOG_INV_LOGIT, x);
  }

  /// log(inv_logit(x) - inv_logit(y)).
  static Expr logInvLogitDiff(Expr x, Expr y) {
    return apply(Prim.LOG_INV_LOGIT_DIFF, x, y);
  }

  /// The standard normal distribution function.
  static Expr phi(Expr x) {
    return apply(Prim.PHI, x);
  }

  static Expr logPhi(Expr x) {
    return apply(Prim.LOG_PHI, x);
  }

  /// log(Phi(x) - Phi(y)).
  static Expr logDiffPhi(Expr x, Expr y) {
    return apply(Prim.LOG_DIFF_PHI, x, y);
  }

  /// log of the regularised lower incomplete gamma function of shape a.
  static Expr logGammaP(Expr a, Expr x) {
    return apply(Prim.LOG_GAMMA_P, a, x);
  }

  /// log of the regularised upper incomplete gamma function of shape a.
  static Expr logGammaQ(Expr a, Expr x) {
    return apply(Prim.LOG_GAMMA_Q, a, x);
  }

  /// log of the regularised incomplete beta function.
  static Expr logIncBeta(Expr a, Expr b, Expr x) {
    return apply(Prim.LOG_INC_BETA, a, b, x);
  }

  /// log of 1 minus the regularised incomplete beta function.
  static Expr logIncBetaC(Expr a, Expr b, Expr x) {
    return apply(Prim.LOG_INC_BETA_C, a, b, x);
  }

  /// log of the Student t distribution function.
  static Expr logStudentT(Expr df, Expr x) {
    return apply(Prim.STUDENT_T_LCDF, df, x);
  }

  /// log of the skew normal distribution function.
  static Expr logSkewNormal(Expr x, Expr shape) {
    return apply(Prim.SKEW_NORMAL_LCDF, x, shape);
  }

  /// The von Mises distribution function about 0, on -pi..pi.
  static Expr vonMises(Expr x, Expr concentration) {
    return apply(Prim.VON_MISES_CDF, x, concentration);
  }

  /// The nearest whole number.
  static Expr round(Expr x) {
    return apply(Prim.ROUND, x);
  }
}
