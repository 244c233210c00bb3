package ppl.ir;

import static ppl.ir.Exprs.*;
import static ppl.ir.Partials.d;
import static ppl.ir.PrimCalls.*;
import static ppl.ir.PrimKernel.*;

import java.util.List;
import java.util.OptionalDouble;
import ppl.math.Bessel;
import ppl.math.Elementary;
import ppl.math.ErrorFunctions;
import ppl.math.GammaFunctions;
import ppl.math.IncompleteBeta;
import ppl.math.IncompleteGamma;
import ppl.math.LogSpace;
import ppl.math.NormalQuantile;
import ppl.math.SkewNormal;
import ppl.math.StudentT;
import ppl.math.VonMises;
import ppl.math.Wholes;

/// The primitive scalar functions. One row says all that the compiler knows of one: name, kinds, value, emission,
/// derivatives. Whole numbers stand as doubles in [#value]; truth values are 0 and 1.
///
/// Where a function has a corner (`abs`, `fmin`, `fmax`) its derivative is one of the two one-sided ones; steps have
/// derivative 0. Derivatives are given in a form that neither cancels nor overflows where the function is smooth.
public enum Prim {
  // arithmetic
  ADD("+", op(99, 2, x -> x[0] + x[1]), d((a, b, y) -> ONE, (a, b, y) -> ONE)),
  SUB("-", op(103, 2, x -> x[0] - x[1]), d((a, b, y) -> ONE, (a, b, y) -> real(-1))),
  MUL("*", op(107, 2, x -> x[0] * x[1]), d((a, b, y) -> b, (a, b, y) -> a)),
  DIV("/", op(111, 2, x -> x[0] / x[1]), d((a, b, y) -> div(ONE, b), (a, b, y) -> neg(div(y, b)))),
  NEG("-", op(119, 1, x -> -x[0]), d((x, y) -> real(-1))),
  /// The remainder of the quotient rounded toward 0, as the C function of that name.
  FMOD("fmod", op(115, 2, x -> x[0] % x[1]), d((a, b, y) -> ONE, (a, b, y) -> neg(trunc(div(a, b))))),
  /// The argument, held constant by differentiation.
  DETACH("detach", same(), Partials.NONE),
  /// `x^b`. The derivative by b at x = 0 is taken as 0, the limit for every b > 0; that by x is taken as 0 there also for
  /// b < 1, where it is infinite, so that multiples of x that are 0 for good have none.
  POW("^", java("pow", Math::pow), d(
      (a, b, y) -> powerSlope(a, b),
      (a, b, y) -> select(eq(a, ZERO), ZERO, mul(y, log(a))))),
  SQRT("sqrt", java("sqrt", Math::sqrt), d((x, y) -> div(real(0.5), y))),
  CBRT("cbrt", java("cbrt", Math::cbrt), d((x, y) -> div(real(1.0 / 3), square(y)))),
  HYPOT("hypot", java("hypot", Math::hypot), d((a, b, y) -> div(a, y), (a, b, y) -> div(b, y))),
  ABS("abs", java("abs", Math::abs), d((x, y) -> sign(x))),
  FMIN("fmin", java("min", Math::min), d(
      (a, b, y) -> select(le(a, b), ONE, ZERO), (a, b, y) -> select(le(a, b), ZERO, ONE))),
  FMAX("fmax", java("max", Math::max), d(
      (a, b, y) -> select(le(b, a), ONE, ZERO), (a, b, y) -> select(le(b, a), ZERO, ONE))),

  // steps
  /// -1, 0 or 1.
  SIGN("sign", java("signum", Math::signum), Partials.NONE),
  FLOOR("floor", java("floor", Math::floor), Partials.NONE),
  CEIL("ceil", java("ceil", Math::ceil), Partials.NONE),
  /// To the nearest whole number, halves away from 0.
  ROUND("round", math("Elementary", "round", Elementary::round), Partials.NONE),
  /// Toward 0.
  TRUNC("trunc", math("Elementary", "trunc", Elementary::trunc), Partials.NONE),
  /// 0 below 0, else 1.
  STEP("step", math("Elementary", "step", Elementary::step), Partials.NONE),
  LT("<", compare(Kind.REAL, Emission.Test.LT, x -> x[0] < x[1]), Partials.NONE),
  LE("<=", compare(Kind.REAL, Emission.Test.LE, x -> x[0] <= x[1]), Partials.NONE),
  EQ("==", compare(Kind.REAL, Emission.Test.EQ, x -> x[0] == x[1]), Partials.NONE),

  // exponentials and logarithms
  EXP("exp", java("exp", Math::exp), d((x, y) -> y)),
  EXPM1("expm1", java("expm1", Math::expm1), d((x, y) -> exp(x))),
  LOG("log", java("log", Math::log), d((x, y) -> div(ONE, x))),
  LOG1P("log1p", math("LogSpace", "log1p", LogSpace::log1p), d((x, y) -> div(ONE, add(ONE, x)))),
  LOG1M("log1m", math("LogSpace", "log1m", LogSpace::log1m), d((x, y) -> div(real(-1), sub(ONE, x)))),
  LOG1P_EXP("log1p_exp", math("LogSpace", "log1p_exp", LogSpace::log1p_exp), d((x, y) -> invLogit(x))),
  LOG1M_EXP("log1m_exp", math("LogSpace", "log1m_exp", LogSpace::log1m_exp), d((x, y) -> inverseExpm1(neg(x)))),
  /// log(exp a + exp b).
  LOG_ADD_EXP("log_sum_exp", math("LogSpace", "log_sum_exp", (a, b) -> LogSpace.log_sum_exp(a, b)),
      d((a, b, y) -> share(a, b), (a, b, y) -> share(b, a))),
  LOG_DIFF_EXP("log_diff_exp", math("LogSpace", "log_diff_exp", LogSpace::log_diff_exp),
      d((a, b, y) -> inverseExpm1(sub(b, a)), (a, b, y) -> inverseExpm1(sub(a, b)))),
  INV_LOGIT("inv_logit", math("LogSpace", "inv_logit", LogSpace::inv_logit),
      d((x, y) -> mul(y, invLogit(neg(x))))),
  LOGIT("logit", math("LogSpace", "logit", LogSpace::logit), d((x, y) -> div(ONE, mul(x, sub(ONE, x))))),
  LOG_INV_LOGIT("log_inv_logit", math("LogSpace", "log_inv_logit", LogSpace::log_inv_logit),
      d((x, y) -> invLogit(neg(x)))),
  LOG1M_INV_LOGIT("log1m_inv_logit", math("LogSpace", "log1m_inv_logit", LogSpace::log1m_inv_logit),
      d((x, y) -> neg(invLogit(x)))),
  /// log(inv_logit(a) - inv_logit(b)).
  LOG_INV_LOGIT_DIFF("log_inv_logit_diff", math("LogSpace", "log_inv_logit_diff", LogSpace::log_inv_logit_diff), d(
      (a, b, y) -> sub(invLogit(neg(a)), inverseExpm1(sub(a, b))),
      (a, b, y) -> sub(inverseExpm1(sub(a, b)), invLogit(b)))),
  INV_CLOGLOG("inv_cloglog", math("LogSpace", "inv_cloglog", LogSpace::inv_cloglog),
      d((x, y) -> exp(sub(x, exp(x))))),
  /// a log b, and 0 where a is 0.
  LMULTIPLY("lmultiply", math("LogSpace", "lmultiply", LogSpace::lmultiply),
      d((a, b, y) -> log(b), (a, b, y) -> select(eq(a, ZERO), ZERO, div(a, b)))),
  /// a log(1 + b), and 0 where a is 0.
  XLOG1PY("xlog1py", math("LogSpace", "xlog1py", LogSpace::xlog1py),
      d((a, b, y) -> log1p(b), (a, b, y) -> select(eq(a, ZERO), ZERO, div(a, add(ONE, b))))),

  // angles
  SIN("sin", java("sin", Math::sin), d((x, y) -> cos(x))),
  COS("cos", java("cos", Math::cos), d((x, y) -> neg(sin(x)))),
  TAN("tan", java("tan", Math::tan), d((x, y) -> add(ONE, square(y)))),
  ASIN("asin", java("asin", Math::asin), d((x, y) -> div(ONE, sqrt(oneMinusSquare(x))))),
  ACOS("acos", java("acos", Math::acos), d((x, y) -> div(real(-1), sqrt(oneMinusSquare(x))))),
  ATAN("atan", java("atan", Math::atan), d((x, y) -> div(ONE, add(ONE, square(x))))),
  ATAN2("atan2", java("atan2", Math::atan2), d(
      (a, b, y) -> div(b, add(square(a), square(b))), (a, b, y) -> neg(div(a, add(square(a), square(b)))))),
  SINH("sinh", java("sinh", Math::sinh), d((x, y) -> cosh(x))),
  COSH("cosh", java("cosh", Math::cosh), d((x, y) -> sinh(x))),
  TANH("tanh", java("tanh", Math::tanh), d((x, y) -> mul(real(4), mul(invLogit(mul(real(2), x)), invLogit(mul(real(-2), x)))))),
  ASINH("asinh", math("Elementary", "asinh", Elementary::asinh),
      d((x, y) -> div(ONE, hypot(x, ONE)))),
  ACOSH("acosh", math("Elementary", "acosh", Elementary::acosh),
      d((x, y) -> div(ONE, mul(sqrt(sub(x, ONE)), sqrt(add(x, ONE)))))),
  ATANH("atanh", math("Elementary", "atanh", Elementary::atanh), d((x, y) -> div(ONE, oneMinusSquare(x)))),

  // gamma functions
  LGAMMA("lgamma", math("GammaFunctions", "lgamma", GammaFunctions::lgamma), d((x, y) -> digamma(x))),
  TGAMMA("tgamma", math("GammaFunctions", "tgamma", GammaFunctions::tgamma), d((x, y) -> mul(y, digamma(x)))),
  DIGAMMA("digamma", math("GammaFunctions", "digamma", GammaFunctions::digamma), d((x, y) -> trigamma(x))),
  TRIGAMMA("trigamma", math("GammaFunctions", "trigamma", GammaFunctions::trigamma),
      d((x, y) -> polygamma(integer(2), x))),
  POLYGAMMA("polygamma", mathInt("GammaFunctions", "polygamma", GammaFunctions::polygamma),
      d((n, x, y) -> ZERO, (n, x, y) -> polygamma(add(n, integer(1)), x))),
  LFACTORIAL("lfactorial", math("GammaFunctions", "lfactorial", GammaFunctions::lfactorial),
      d((x, y) -> digamma(add(x, ONE)))),
  LBETA("lbeta", math("GammaFunctions", "lbeta", GammaFunctions::lbeta), d(
      (a, b, y) -> sub(digamma(a), digamma(add(a, b))), (a, b, y) -> sub(digamma(b), digamma(add(a, b))))),
  LCHOOSE("lchoose", math("GammaFunctions", "lchoose", GammaFunctions::lchoose), d(
      (n, k, y) -> sub(digamma(add(n, ONE)), digamma(add(sub(n, k), ONE))),
      (n, k, y) -> sub(digamma(add(sub(n, k), ONE)), digamma(add(k, ONE))))),
  /// log Gamma(x + n) - log Gamma(x).
  LOG_RISING_FACTORIAL("log_rising_factorial",
      math("GammaFunctions", "log_rising_factorial", GammaFunctions::log_rising_factorial),
      d((x, n, y) -> sub(digamma(add(x, n)), digamma(x)), (x, n, y) -> digamma(add(x, n)))),
  /// log Gamma(x + 1) - log Gamma(x - n + 1).
  LOG_FALLING_FACTORIAL("log_falling_factorial",
      math("GammaFunctions", "log_falling_factorial", GammaFunctions::log_falling_factorial),
      d((x, n, y) -> sub(digamma(add(x, ONE)), digamma(add(sub(x, n), ONE))),
          (x, n, y) -> digamma(add(sub(x, n), ONE)))),
  /// The multivariate log gamma function; the dimension comes first.
  LMGAMMA("lmgamma", mathInt("GammaFunctions", "lmgamma", GammaFunctions::lmgamma),
      d((k, x, y) -> ZERO, (k, x, y) -> lmgammaDx(k, x))),
  LMGAMMA_DX("lmgamma_dx", mathInt("GammaFunctions", "lmgamma_dx", GammaFunctions::lmgamma_dx),
      d((k, x, y) -> ZERO, (k, x, y) -> sum(k, j -> trigamma(sub(x, mul(real(0.5), toReal(j))))))),

  // the normal distribution and error functions
  ERF("erf", math("ErrorFunctions", "erf", ErrorFunctions::erf), d((x, y) -> twoOverRootPi(exp(neg(square(x)))))),
  ERFC("erfc", math("ErrorFunctions", "erfc", ErrorFunctions::erfc),
      d((x, y) -> neg(twoOverRootPi(exp(neg(square(x))))))),
  /// exp(x^2) erfc(x).
  ERFCX("erfcx", math("ErrorFunctions", "erfcx", ErrorFunctions::erfcx),
      d((x, y) -> sub(mul(real(2), mul(x, y)), twoOverRootPi(ONE)))),
  PHI("Phi", math("ErrorFunctions", "Phi", ErrorFunctions::Phi), d((x, y) -> normal(x, ZERO))),
  LOG_PHI("log_Phi", math("ErrorFunctions", "log_Phi", ErrorFunctions::log_Phi),
      d((x, y) -> logPhiDx(x))),
  LOG_PHI_DX("log_Phi_dx", math("ErrorFunctions", "log_Phi_dx", ErrorFunctions::log_Phi_dx),
      d((x, y) -> neg(mul(y, add(x, y))))),
  /// log(Phi(a) - Phi(b)).
  LOG_DIFF_PHI("log_diff_Phi", math("ErrorFunctions", "log_diff_Phi", ErrorFunctions::log_diff_Phi),
      d((a, b, y) -> normal(a, y), (a, b, y) -> neg(normal(b, y)))),
  INV_PHI("inv_Phi", math("NormalQuantile", "inv_Phi", NormalQuantile::inv_Phi),
      d((x, y) -> mul(real(Math.sqrt(2 * Math.PI)), exp(mul(real(0.5), square(y)))))),

  // incomplete gamma and beta functions: shape first, shapes first
  GAMMA_P("gamma_p", math("IncompleteGamma", "gamma_p", IncompleteGamma::gamma_p),
      d((a, x, y) -> gammaPDa(a, x), (a, x, y) -> gammaPDx(a, x))),
  GAMMA_Q("gamma_q", math("IncompleteGamma", "gamma_q", IncompleteGamma::gamma_q),
      d((a, x, y) -> neg(gammaPDa(a, x)), (a, x, y) -> neg(gammaPDx(a, x)))),
  LOG_GAMMA_P("log_gamma_p", math("IncompleteGamma", "log_gamma_p", IncompleteGamma::log_gamma_p),
      d((a, x, y) -> logGammaPDa(a, x), (a, x, y) -> logGammaPDx(a, x))),
  LOG_GAMMA_Q("log_gamma_q", math("IncompleteGamma", "log_gamma_q", IncompleteGamma::log_gamma_q),
      d((a, x, y) -> logGammaQDa(a, x), (a, x, y) -> logGammaQDx(a, x))),
  GAMMA_P_DA("gamma_p_da", math("IncompleteGamma", "gamma_p_da", IncompleteGamma::gamma_p_da), Partials.UNKNOWN),
  GAMMA_P_DX("gamma_p_dx", math("IncompleteGamma", "gamma_p_dx", IncompleteGamma::gamma_p_dx), d(
      (a, x, y) -> mul(y, PrimPartials.gammaScore(a, x)), (a, x, y) -> mul(y, PrimPartials.gammaSlope(a, x)))),
  LOG_GAMMA_P_DA("log_gamma_p_da", math("IncompleteGamma", "log_gamma_p_da", IncompleteGamma::log_gamma_p_da),
      Partials.UNKNOWN),
  LOG_GAMMA_P_DX("log_gamma_p_dx", math("IncompleteGamma", "log_gamma_p_dx", IncompleteGamma::log_gamma_p_dx), d(
      (a, x, y) -> mul(y, sub(PrimPartials.gammaScore(a, x), logGammaPDa(a, x))),
      (a, x, y) -> mul(y, sub(PrimPartials.gammaSlope(a, x), y)))),
  LOG_GAMMA_Q_DA("log_gamma_q_da", math("IncompleteGamma", "log_gamma_q_da", IncompleteGamma::log_gamma_q_da),
      Partials.UNKNOWN),
  LOG_GAMMA_Q_DX("log_gamma_q_dx", math("IncompleteGamma", "log_gamma_q_dx", IncompleteGamma::log_gamma_q_dx), d(
      (a, x, y) -> mul(y, sub(PrimPartials.gammaScore(a, x), logGammaQDa(a, x))),
      (a, x, y) -> mul(y, sub(PrimPartials.gammaSlope(a, x), y)))),
  INC_BETA("inc_beta", math("IncompleteBeta", "inc_beta", IncompleteBeta::inc_beta), d(
      (a, b, x, y) -> incBetaDa(a, b, x), (a, b, x, y) -> incBetaDb(a, b, x),
      (a, b, x, y) -> incBetaDx(a, b, x))),
  /// 1 - inc_beta.
  INC_BETA_C("inc_beta_c", math("IncompleteBeta", "inc_beta_c", IncompleteBeta::inc_beta_c), d(
      (a, b, x, y) -> neg(incBetaDa(a, b, x)), (a, b, x, y) -> neg(incBetaDb(a, b, x)),
      (a, b, x, y) -> neg(incBetaDx(a, b, x)))),
  LOG_INC_BETA("log_inc_beta", math("IncompleteBeta", "log_inc_beta", IncompleteBeta::log_inc_beta), d(
      (a, b, x, y) -> logIncBetaDa(a, b, x), (a, b, x, y) -> logIncBetaDb(a, b, x),
      (a, b, x, y) -> logIncBetaDx(a, b, x))),
  LOG_INC_BETA_C("log_inc_beta_c", math("IncompleteBeta", "log_inc_beta_c", IncompleteBeta::log_inc_beta_c), d(
      (a, b, x, y) -> logIncBetaCDa(a, b, x), (a, b, x, y) -> logIncBetaCDb(a, b, x),
      (a, b, x, y) -> logIncBetaCDx(a, b, x))),
  INC_BETA_DA("inc_beta_da", math("IncompleteBeta", "inc_beta_da", IncompleteBeta::inc_beta_da), Partials.UNKNOWN),
  INC_BETA_DB("inc_beta_db", math("IncompleteBeta", "inc_beta_db", IncompleteBeta::inc_beta_db), Partials.UNKNOWN),
  INC_BETA_DX("inc_beta_dx", math("IncompleteBeta", "inc_beta_dx", IncompleteBeta::inc_beta_dx),
      PrimPartials.betaDensity((a, b, x) -> List.of(ZERO, ZERO, ZERO))),
  LOG_INC_BETA_DA("log_inc_beta_da", math("IncompleteBeta", "log_inc_beta_da", IncompleteBeta::log_inc_beta_da),
      Partials.UNKNOWN),
  LOG_INC_BETA_DB("log_inc_beta_db", math("IncompleteBeta", "log_inc_beta_db", IncompleteBeta::log_inc_beta_db),
      Partials.UNKNOWN),
  LOG_INC_BETA_DX("log_inc_beta_dx", math("IncompleteBeta", "log_inc_beta_dx", IncompleteBeta::log_inc_beta_dx),
      PrimPartials.betaDensity((a, b, x) -> List.of(logIncBetaDa(a, b, x),
          logIncBetaDb(a, b, x), logIncBetaDx(a, b, x)))),
  LOG_INC_BETA_C_DA("log_inc_beta_c_da",
      math("IncompleteBeta", "log_inc_beta_c_da", IncompleteBeta::log_inc_beta_c_da), Partials.UNKNOWN),
  LOG_INC_BETA_C_DB("log_inc_beta_c_db",
      math("IncompleteBeta", "log_inc_beta_c_db", IncompleteBeta::log_inc_beta_c_db), Partials.UNKNOWN),
  LOG_INC_BETA_C_DX("log_inc_beta_c_dx",
      math("IncompleteBeta", "log_inc_beta_c_dx", IncompleteBeta::log_inc_beta_c_dx),
      PrimPartials.betaDensity((a, b, x) -> List.of(logIncBetaCDa(a, b, x),
          logIncBetaCDb(a, b, x), logIncBetaCDx(a, b, x)))),

  // distribution functions that nothing above expresses
  /// Owen's T.
  OWENS_T("owens_t", math("SkewNormal", "owens_t", SkewNormal::owens_t),
      d((h, a, y) -> PrimPartials.owensByH(h, a), (h, a, y) -> PrimPartials.owensByA(h, a, ZERO))),
  /// log P(Z <= z) for density 2 phi(z) Phi(shape z).
  SKEW_NORMAL_LCDF("skew_normal_lcdf", math("SkewNormal", "skew_normal_lcdf", SkewNormal::skew_normal_lcdf), d(
      (z, a, y) -> mul(real(2), normal(z, sub(y, logPhi(mul(a, z))))),
      (z, a, y) -> mul(real(-2), PrimPartials.owensByA(z, a, y)))),
  /// Degrees of freedom first.
  STUDENT_T_LCDF("student_t_lcdf", math("StudentT", "student_t_lcdf", StudentT::student_t_lcdf),
      d((nu, t, y) -> studentTLcdfDnu(nu, t), (nu, t, y) -> studentTLcdfDt(nu, t))),
  STUDENT_T_LCDF_DNU("student_t_lcdf_dnu", math("StudentT", "student_t_lcdf_dnu", StudentT::student_t_lcdf_dnu),
      Partials.UNKNOWN),
  STUDENT_T_LCDF_DT("student_t_lcdf_dt", math("StudentT", "student_t_lcdf_dt", StudentT::student_t_lcdf_dt), d(
      (nu, t, y) -> mul(y, sub(PrimPartials.studentScore(nu, t), studentTLcdfDnu(nu, t))),
      (nu, t, y) -> mul(y, neg(add(div(mul(add(nu, ONE), t), add(nu, square(t))), y))))),
  /// About 0, on -pi..pi; the concentration comes last.
  VON_MISES_CDF("von_mises_cdf", math("VonMises", "von_mises_cdf", VonMises::von_mises_cdf), d(
      (x, k, y) -> PrimPartials.vonMises(x, k, ZERO), (x, k, y) -> vonMisesCdfDkappa(x, k))),
  VON_MISES_LCDF("von_mises_lcdf", math("VonMises", "von_mises_lcdf", VonMises::von_mises_lcdf), d(
      (x, k, y) -> PrimPartials.vonMises(x, k, y), (x, k, y) -> mul(vonMisesCdfDkappa(x, k), exp(neg(y))))),
  VON_MISES_CDF_DKAPPA("von_mises_cdf_dkappa",
      math("VonMises", "von_mises_cdf_dkappa", VonMises::von_mises_cdf_dkappa), Partials.UNKNOWN),

  // Bessel functions
  LOG_BESSEL_I0("log_bessel_i0", math("Bessel", "log_bessel_i0", Bessel::log_bessel_i0),
      d((x, y) -> besselI1I0(x))),
  /// I1(x) / I0(x).
  BESSEL_I1_I0("bessel_i1_i0", math("Bessel", "bessel_i1_i0", Bessel::bessel_i1_i0),
      d((x, y) -> select(eq(x, ZERO), real(0.5), sub(sub(ONE, div(y, x)), square(y))))),

  // whole numbers
  REAL_OF("real", toReal(), Partials.NONE),
  IADD("+", intOp(96, 2, x -> x[0] + x[1]), Partials.NONE),
  ISUB("-", intOp(100, 2, x -> x[0] - x[1]), Partials.NONE),
  IMUL("*", intOp(104, 2, x -> x[0] * x[1]), Partials.NONE),
  INEG("-", intOp(116, 1, x -> -x[0]), Partials.NONE),
  /// The quotient rounded down; by 0 an [ArithmeticException].
  IDIV("div", whole("quotient", Wholes::quotient), Partials.NONE),
  /// `a - b * (a div b)`, which has the sign of b; by 0 an [ArithmeticException].
  IMOD("mod", whole("remainder", Wholes::remainder), Partials.NONE),
  /// What a model adds, subtracts and multiplies: where the result is beyond an `int` an [ArithmeticException]. `IADD`
  /// and its like are for positions, which their arrays bound.
  EADD("+", whole("add", Wholes::add), Partials.NONE),
  ESUB("-", whole("subtract", Wholes::subtract), Partials.NONE),
  EMUL("*", whole("multiply", Wholes::multiply), Partials.NONE),
  /// The argument, a number of elements; an [ArithmeticException] where there are none.
  SOME("some", whole("some", Wholes::some), Partials.NONE),
  IMIN("min", javaInt("min", Math::min), Partials.NONE),
  IMAX("max", javaInt("max", Math::max), Partials.NONE),
  IABS("abs", javaInt("abs", Math::abs), Partials.NONE),
  ILT("<", compare(Kind.INT, Emission.Test.LT, x -> x[0] < x[1]), Partials.NONE),
  ILE("<=", compare(Kind.INT, Emission.Test.LE, x -> x[0] <= x[1]), Partials.NONE),
  IEQ("==", compare(Kind.INT, Emission.Test.EQ, x -> x[0] == x[1]), Partials.NONE),
  AND("and", logic(2, x -> x[0] != 0 && x[1] != 0), Partials.NONE),
  OR("or", logic(2, x -> x[0] != 0 || x[1] != 0), Partials.NONE),
  NOT("not", logic(1, x -> x[0] == 0), Partials.NONE);

  /// The function itself.
  @FunctionalInterface
  public interface Value {
    double apply(double[] x);
  }

  /// How the function becomes bytecode.
  public sealed interface Emission {
    /// One instruction (Java Virtual Machine Specification, chapter 6).
    record Op(int opcode) implements Emission {}

    /// A static call; the descriptor follows from the kinds.
    record Invoke(String owner, String name) implements Emission {}

    /// A comparison, to 0 or 1 (or straight into a branch).
    record Compare(Test test) implements Emission {}

    /// And, or, not on truth values.
    record Logic() implements Emission {}

    /// The argument itself.
    record Nothing() implements Emission {}

    enum Test { LT, LE, EQ }
  }

  private final String symbol;
  private final PrimKernel kernel;
  private final Partials partials;

  Prim(String symbol, PrimKernel kernel, Partials partials) {
    this.symbol = symbol;
    this.kernel = kernel;
    this.partials = partials;
  }

  public String symbol() {
    return symbol;
  }

  public List<Kind> parameters() {
    return kernel.parameters();
  }

  public Kind result() {
    return kernel.result();
  }

  public Value value() {
    return kernel.value();
  }

  /// Whether there are arguments without a value, for which it throws an [ArithmeticException].
  public boolean isPartial() {
    return kernel.isPartial();
  }

  /// The value, if there is one that a constant can hold.
  public OptionalDouble at(double... x) {
    try {
      double y = value().apply(x);
      return result() == Kind.REAL || y == (int) y ? OptionalDouble.of(y) : OptionalDouble.empty();
    } catch (ArithmeticException e) {
      return OptionalDouble.empty();
    }
  }

  public Partials partials() {
    return partials;
  }

  /// Whether a derivative flows through.
  public boolean smooth() {
    return partials != Partials.NONE;
  }

  public Emission emission() {
    return kernel.emission();
  }

  private static Expr powerSlope(Expr x, Expr b) {
    var slope = mul(b, pow(x, sub(b, ONE)));
    return b instanceof Expr.Real(double p) && p >= 1 ? slope
        : select(eq(x, ZERO), select(eq(b, ONE), ONE, ZERO), slope);
  }

  /// 1 / (1 - exp x) = -1 / expm1(x), written so that no sign is lost; 0 where x is: the log whose derivative it is is
  /// negative infinity there.
  private static Expr inverseExpm1(Expr x) {
    return select(eq(x, ZERO), ZERO, div(real(-1), expm1(x)));
  }

  /// exp a / (exp a + exp b); one half also where both are infinite.
  private static Expr share(Expr a, Expr b) {
    return select(eq(a, b), real(0.5), invLogit(sub(a, b)));
  }

  private static Expr oneMinusSquare(Expr x) {
    return mul(sub(ONE, x), add(ONE, x));
  }

  private static Expr twoOverRootPi(Expr x) {
    return mul(real(2 / Math.sqrt(Math.PI)), x);
  }

  /// The standard normal density at x over exp(log).
  private static Expr normal(Expr x, Expr log) {
    return mul(real(1 / Math.sqrt(2 * Math.PI)), exp(sub(mul(real(-0.5), square(x)), log)));
  }
}
