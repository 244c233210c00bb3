package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The beta distribution.
final class Beta {
  private Beta() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Beta", Domain.UNIT, "x^(a - 1) (1 - x)^(b - 1) / B(a, b)",
          "`concentration` is a + b: how many trials the prior is worth.")
      .form(List.of(scalar("a", Domain.POSITIVE), scalar("b", Domain.POSITIVE)), a -> law(a.scalar(0), a.scalar(1)))
      .form(List.of(scalar("mean", Domain.UNIT), scalar("concentration", Domain.POSITIVE)),
          a -> law(mul(a.scalar(0), a.scalar(1)), mul(sub(ONE, a.scalar(0)), a.scalar(1))).withMean(a.scalar(0)));

  static Law law(Expr a, Expr b) {
    var n = add(a, b);
    return Law.real(Support.UNIT,
            x -> sub(add(xlogy(sub(a, ONE), x), xlog1py(sub(b, ONE), neg(x))), lbeta(a, b)))
        .withTails(x -> logIncBeta(a, b, x), x -> logIncBetaC(a, b, x))
        .withMean(div(a, n))
        .withSd(div(sqrt(div(mul(a, b), add(n, ONE))), n))
        .withDraw(out -> Draws.beta(out, a, b));
  }
}
