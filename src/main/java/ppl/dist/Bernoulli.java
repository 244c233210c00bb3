package ppl.dist;

import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// One trial: 1 with probability `p`, else 0.
final class Bernoulli {
  private Bernoulli() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Bernoulli", Domain.BINARY, "p^x (1 - p)^(1 - x)", "Write `logit =` for a logistic regression.")
      .form(List.of(scalar("p", Domain.UNIT)), a -> law(a.scalar(0)));

  static Law law(Expr p) {
    var q = sub(ONE, p);
    return Law.integer(Support.BINARY, x -> log(select(eq(x, integer(1)), p, q)))
        .withTails(x -> log(q), x -> log(p))
        .withMean(p)
        .withSd(sqrt(mul(p, q)));
  }
}
