package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// The number of failures before the first success.
final class Geometric {
  private Geometric() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Geometric", Domain.COUNT, "p (1 - p)^x",
          "Failures before the first success: 0, 1, ..; the mean is (1 - p) / p.")
      .form(List.of(scalar("p", Domain.UNIT)), a -> law(a.scalar(0)));

  private static Law law(Expr p) {
    var odds = div(sub(ONE, p), p);
    UnaryOperator<Expr> above = x -> mul(toReal(add(x, integer(1))), log1m(p));
    return Law.integer(Support.COUNT, x -> add(xlog1py(x, neg(p)), log(p)))
        .withTails(x -> log1mExp(above.apply(x)), above)
        .withMean(odds)
        .withSd(div(sqrt(sub(ONE, p)), p))
        .withDraw(b -> Draws.poisson(b, mul(odds, Draws.gamma(b, ONE))));
  }
}
