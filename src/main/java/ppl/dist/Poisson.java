package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// Counts of events that come independently.
final class Poisson {
  private Poisson() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Poisson", Domain.COUNT, "rate^x exp(-rate) / x!", "`log` is the log of the rate.")
      .form(List.of(scalar("rate", Domain.NONNEGATIVE)),
          a -> law(a.scalar(0), x -> xlogy(x, a.scalar(0))))
      .form(List.of(scalar("log", Domain.REAL)),
          a -> law(exp(a.scalar(0)), x -> mul(toReal(x), a.scalar(0))));

  private static Law law(Expr rate, UnaryOperator<Expr> timesLogRate) {
    return Law.integer(Support.COUNT, x -> sub(sub(timesLogRate.apply(x), rate), lfactorial(x)))
        .withTails(
            x -> logGammaQ(toReal(add(x, integer(1))), rate), x -> logGammaP(toReal(add(x, integer(1))), rate))
        .withMean(rate)
        .withSd(sqrt(rate))
        .withDraw(b -> Draws.poisson(b, rate));
  }
}
