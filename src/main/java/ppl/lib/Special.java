package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.each;
import static ppl.lib.Row.each1;
import static ppl.lib.Row.each2;
import static ppl.lib.Row.prim;

import java.util.List;
import ppl.ir.Prim;
import ppl.typed.Interval;

/// Special functions and links, applied element by element.
final class Special {
  private Special() {}

  static final List<Row> ROWS = List.of(
      prim(Prim.LGAMMA, "log of the gamma function", "x"),
      prim(Prim.TGAMMA, "gamma function", "x").in(Ranges.of(x -> x.low() >= 0 ? Interval.NONNEGATIVE : Interval.ALL)),
      prim(Prim.DIGAMMA, "derivative of lgamma", "x"),
      prim(Prim.TRIGAMMA, "derivative of digamma", "x"),
      prim(Prim.LMGAMMA, "log of the multivariate gamma function of dimension p", "p", "x"),
      prim(Prim.LBETA, "log of the beta function", "a", "b"),
      each2("beta(a : real, b : real) : real", "beta function", (a, b) -> exp(apply(Prim.LBETA, a, b)))
          .in(Ranges.NONNEGATIVE),
      prim(Prim.LCHOOSE, "log of the binomial coefficient", "n", "k"),
      each2("choose(n : real, k : real) : real", "binomial coefficient", (n, k) -> exp(apply(Prim.LCHOOSE, n, k)))
          .in(Ranges.NONNEGATIVE),
      prim(Prim.LFACTORIAL, "log n!", "n"),
      prim(Prim.LOG_RISING_FACTORIAL, "log of x (x + 1) .. (x + n - 1)", "x", "n"),
      prim(Prim.LOG_FALLING_FACTORIAL, "log of x (x - 1) .. (x - n + 1)", "x", "n"),
      prim(Prim.ERF, "error function", "x").in(Ranges.rising(Prim.ERF)),
      prim(Prim.ERFC, "1 - erf(x), exact in the tail", "x").in(Ranges.always(new Interval(0, 2))),
      prim(Prim.PHI, "standard normal distribution function", "x").in(Ranges.rising(Prim.PHI)),
      prim(Prim.LOG_PHI, "log Phi(x), exact in the tail", "x").in(Ranges.rising(Prim.LOG_PHI)),
      prim(Prim.INV_PHI, "standard normal quantile", "p").in(Ranges.rising(Prim.INV_PHI, Interval.UNIT)),
      prim(Prim.OWENS_T, "Owen's T function", "h", "a"),
      prim(Prim.INV_LOGIT, "1 / (1 + exp(-x))", "x").in(Ranges.rising(Prim.INV_LOGIT)),
      prim(Prim.LOGIT, "log(p / (1 - p))", "p").in(Ranges.rising(Prim.LOGIT, Interval.UNIT)),
      prim(Prim.LOG_INV_LOGIT, "log(inv_logit(x))", "x").in(Ranges.rising(Prim.LOG_INV_LOGIT)),
      prim(Prim.LOG1M_INV_LOGIT, "log(1 - inv_logit(x))", "x").in(Ranges.always(Interval.to(0))),
      prim(Prim.LOG_INV_LOGIT_DIFF, "log(inv_logit(x) - inv_logit(y))", "x", "y").in(Ranges.always(Interval.to(0))),
      prim(Prim.LOG1P_EXP, "log(1 + exp(x))", "x").in(Ranges.rising(Prim.LOG1P_EXP)),
      each1("softplus(x : real) : real", "log(1 + exp(x))", x -> apply(Prim.LOG1P_EXP, x))
          .in(Ranges.rising(Prim.LOG1P_EXP)),
      prim(Prim.LOG1M, "log(1 - x)", "x"),
      prim(Prim.LOG1M_EXP, "log(1 - exp(x)) for x < 0", "x").in(Ranges.always(Interval.to(0))),
      prim(Prim.LOG_DIFF_EXP, "log(exp(x) - exp(y))", "x", "y"),
      prim(Prim.LOG_ADD_EXP, "log(exp(x) + exp(y))", "x", "y"),
      each("log_mix(p : real, x : real, y : real) : real", "log(p exp(x) + (1 - p) exp(y))",
          a -> apply(Prim.LOG_ADD_EXP,
          add(log(toReal(a.get(0))), a.get(1)), add(apply(Prim.LOG1M, a.get(0)), a.get(2)))),
      each1("cloglog(p : real) : real", "log(-log(1 - p))", p -> log(neg(apply(Prim.LOG1M, p)))),
      prim(Prim.INV_CLOGLOG, "1 - exp(-exp(x))", "x").in(Ranges.UNIT),
      prim(Prim.GAMMA_P, "regularised lower incomplete gamma function", "a", "x").in(Ranges.UNIT),
      prim(Prim.GAMMA_Q, "regularised upper incomplete gamma function", "a", "x").in(Ranges.UNIT),
      prim(Prim.INC_BETA, "regularised incomplete beta function", "a", "b", "x").in(Ranges.UNIT),
      prim(Prim.LMULTIPLY, "x log(y), 0 where x is 0", "x", "y"));
}
