package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Elementary.prim1;
import static ppl.lib.Elementary.prim2;
import static ppl.lib.Row.each;
import static ppl.lib.Row.each1;
import static ppl.lib.Row.each2;

import java.util.List;

/// Special functions and links, applied element by element.
final class Special {
  private Special() {}

  static final List<Row> ROWS = List.of(
      prim1("lgamma", "log of the gamma function"),
      prim1("digamma", "derivative of lgamma"),
      prim1("trigamma", "derivative of digamma"),
      each1("tgamma(x : real) : real", "gamma function", x -> exp(new Prims("LGAMMA").apply(x))),
      prim2("lbeta", "a", "b", "log of the beta function"),
      each2("beta(a : real, b : real) : real", "beta function", (a, b) -> exp(new Prims("LBETA").apply(a, b))),
      prim2("lchoose", "n", "k", "log of the binomial coefficient"),
      each2("choose(n : real, k : real) : real", "binomial coefficient", (n, k) -> exp(new Prims("LCHOOSE").apply(n, k))),
      each1("lfactorial(n : real) : real", "log n!", n -> new Prims("LGAMMA").apply(add(n, ONE))),
      prim1("erf", "error function"),
      prim1("erfc", "1 - erf(x), exact in the tail"),
      each1("Phi(x : real) : real", "standard normal distribution function", x -> new Prims("PHI").apply(x)),
      each1("log_Phi(x : real) : real", "log Phi(x), exact in the tail", x -> new Prims("LOG_PHI").apply(x)),
      each1("inv_Phi(p : real) : real", "standard normal quantile", x -> new Prims("INV_PHI").apply(x)),
      prim1("inv_logit", "1 / (1 + exp(-x))"),
      each1("logit(p : real) : real", "log(p / (1 - p))", p -> sub(log(p), new Prims("LOG1P").apply(neg(p)))),
      prim1("log_inv_logit", "log(inv_logit(x))"),
      each1("log1m_inv_logit(x : real) : real", "log(1 - inv_logit(x))", x -> new Prims("LOG_INV_LOGIT").apply(neg(x))),
      prim1("log1p_exp", "log(1 + exp(x)), the softplus function"),
      each1("softplus(x : real) : real", "log(1 + exp(x))", x -> new Prims("LOG1P_EXP").apply(x)),
      each1("log1m(x : real) : real", "log(1 - x)", x -> new Prims("LOG1P").apply(neg(x))),
      prim1("log1m_exp", "log(1 - exp(x)) for x < 0"),
      prim2("log_diff_exp", "x", "y", "log(exp(x) - exp(y))"),
      each2("log_sum_exp(x : real, y : real) : real", "log(exp(x) + exp(y))", (x, y) -> new Prims("LOG_ADD_EXP").apply(x, y)),
      each("log_mix(p : real, x : real, y : real) : real", "log(p exp(x) + (1 - p) exp(y))", a -> new Prims("LOG_ADD_EXP").apply(
          add(log(a.get(0)), a.get(1)), add(new Prims("LOG1P").apply(neg(a.get(0))), a.get(2)))),
      each1("cloglog(p : real) : real", "log(-log(1 - p))", p -> log(neg(new Prims("LOG1P").apply(neg(p))))),
      each1("inv_cloglog(x : real) : real", "1 - exp(-exp(x))", x -> neg(new Prims("EXPM1").apply(neg(exp(x))))),
      each2("gamma_p(a : real, x : real) : real", "regularised lower incomplete gamma function",
          (a, x) -> exp(new Prims("LOG_GAMMA_P").apply(a, x))),
      each2("gamma_q(a : real, x : real) : real", "regularised upper incomplete gamma function",
          (a, x) -> exp(new Prims("LOG_GAMMA_Q").apply(a, x))),
      each("inc_beta(a : real, b : real, x : real) : real", "regularised incomplete beta function",
          a -> exp(new Prims("LOG_INC_BETA").apply(a.get(0), a.get(1), a.get(2)))),
      each2("lmultiply(x : real, y : real) : real", "x log(y), 0 where x is 0", (x, y) -> new Prims("LMULTIPLY").apply(x, y)));
}
