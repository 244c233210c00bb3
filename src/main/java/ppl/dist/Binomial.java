package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// The number of successes in `n` trials.
final class Binomial {
  private Binomial() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Binomial", Domain.COUNT, "choose(n, x) p^x (1 - p)^(n - x)",
          "`logit` is log(p / (1 - p)), as in a logistic regression.")
      .form(List.of(scalar("n", Domain.COUNT), scalar("p", Domain.UNIT)), a -> {
        var n = a.scalar(0);
        var p = a.scalar(1);
        return law(n, p, sub(ONE, p), x -> add(xlogy(x, p), xlog1py(sub(n, x), neg(p))));
      })
      .form(List.of(scalar("n", Domain.COUNT), scalar("logit", Domain.REAL)), a -> {
        var n = a.scalar(0);
        var logit = a.scalar(1);
        return law(n, invLogit(logit), invLogit(neg(logit)),
            x -> sub(mul(toReal(x), logit), mul(toReal(n), log1pExp(logit))));
      });

  private static Law law(Expr n, Expr p, Expr q, UnaryOperator<Expr> kernel) {
    return Law.integer(Support.ints(integer(0), n), x -> add(lchoose(n, x), kernel.apply(x)))
        .withTails(
            x -> logIncBeta(toReal(sub(n, x)), toReal(add(x, integer(1))), q),
            x -> logIncBeta(toReal(add(x, integer(1))), toReal(sub(n, x)), p))
        .withMean(mul(toReal(n), p))
        .withSd(sqrt(mul(toReal(n), p, q)))
        .withDraw(b -> Draws.binomial(b, n, p));
  }
}
