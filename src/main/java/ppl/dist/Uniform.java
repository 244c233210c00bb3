package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// Equal density between two bounds.
final class Uniform {
  private Uniform() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Uniform", Domain.REAL, "1 / (upper - lower)", "Nothing outside `lower <= x <= upper`.")
      .form(List.of(scalar("lower", Domain.REAL), scalar("upper", Domain.REAL)), a -> law(a.scalar(0), a.scalar(1)));

  static Law law(Expr lower, Expr upper) {
    var width = sub(upper, lower);
    return Law.real(Support.interval(lower, upper), x -> neg(log(width)))
        .withTails(x -> log(div(sub(x, lower), width)), x -> log(div(sub(upper, x), width)))
        .withMean(mul(HALF, add(lower, upper)))
        .withSd(div(width, real(Math.sqrt(12))))
        .withDraw(b -> add(lower, mul(width, Draws.uniform(b))));
  }
}
