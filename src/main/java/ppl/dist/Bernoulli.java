package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// One trial: 1 with probability `p`, else 0.
final class Bernoulli {
  private Bernoulli() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Bernoulli", Domain.BINARY, "p^x (1 - p)^(1 - x)",
          "`logit` is log(p / (1 - p)), as in a logistic regression.")
      .form(List.of(scalar("p", Domain.UNIT)), a -> {
        var p = a.scalar(0);
        return law(x -> log(select(eq(x, integer(1)), p, sub(ONE, p))), p, sub(ONE, p), log1m(p), log(p));
      })
      .form(List.of(scalar("logit", Domain.REAL)), a -> {
        var logit = a.scalar(0);
        return law(x -> logInvLogit(mul(toReal(sub(mul(integer(2), x), integer(1))), logit)),
            invLogit(logit), invLogit(neg(logit)), logInvLogit(neg(logit)), logInvLogit(logit));
      });

  private static Law law(UnaryOperator<Expr> mass, Expr p, Expr q, Expr logQ, Expr logP) {
    return Law.integer(Support.BINARY, mass)
        .withTails(x -> logQ, x -> logP)
        .withMean(p)
        .withSd(sqrt(mul(p, q)))
        .withDraw(b -> Draws.binomial(b, integer(1), p));
  }
}
