package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// Counts with more spread than Poisson: a Poisson variate whose rate is a gamma variate. The variance is
/// `mean + mean^2 / dispersion`. All forms are one law in the dispersion and the odds mean / dispersion.
final class NegativeBinomial {
  private NegativeBinomial() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("NegativeBinomial", Domain.COUNT,
          "choose(x + dispersion - 1, x) (mean / (mean + dispersion))^x (dispersion / (mean + dispersion))^dispersion",
          "The variance is mean + mean^2 / dispersion; `log` is the log of the mean; `shape`, `rate` are those of the "
              + "gamma distribution of the Poisson rate.")
      .form(List.of(scalar("mean", Domain.POSITIVE), scalar("dispersion", Domain.POSITIVE)), a -> {
        var mean = a.scalar(0);
        var odds = div(mean, a.scalar(1));
        return law(mean, a.scalar(1), odds, neg(log1p(div(a.scalar(1), mean))), neg(log1p(odds)));
      })
      .form(List.of(scalar("log", Domain.REAL), scalar("dispersion", Domain.POSITIVE)), a -> {
        var logOdds = sub(a.scalar(0), log(a.scalar(1)));
        return law(exp(a.scalar(0)), a.scalar(1), exp(logOdds), logInvLogit(logOdds), logInvLogit(neg(logOdds)));
      })
      .form(List.of(scalar("shape", Domain.POSITIVE), scalar("rate", Domain.POSITIVE)), a -> {
        var rate = a.scalar(1);
        return law(div(a.scalar(0), rate), a.scalar(0), div(ONE, rate), neg(log1p(rate)), neg(log1p(div(ONE, rate))));
      });

  /// @param logQ log(odds / (1 + odds))
  /// @param logP log(1 / (1 + odds))
  static Law law(Expr mean, Expr dispersion, Expr odds, Expr logQ, Expr logP) {
    var more = add(ONE, odds);
    return Law.integer(Support.COUNT, x -> add(
            sub(logRisingFactorial(dispersion, x), lfactorial(x)), times(x, logQ), mul(dispersion, logP)))
        .withTails(
            x -> logIncBeta(dispersion, toReal(add(x, integer(1))), div(ONE, more)),
            x -> logIncBeta(toReal(add(x, integer(1))), dispersion, div(odds, more)))
        .withMean(mean)
        .withSd(sqrt(mul(mean, more)))
        .withDraw(b -> Draws.poisson(b, mul(odds, Draws.gamma(b, dispersion))));
  }
}
