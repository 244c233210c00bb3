package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// Equal mass on the whole numbers between two bounds.
final class DiscreteUniform {
  private DiscreteUniform() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("DiscreteUniform", Domain.INT, "1 / (upper - lower + 1)", "Both bounds belong to it.")
      .form(List.of(scalar("lower", Domain.INT), scalar("upper", Domain.INT)), a -> law(a.scalar(0), a.scalar(1)));

  private static Law law(Expr lower, Expr upper) {
    var count = toReal(add(sub(upper, lower), integer(1)));
    return Law.integer(Support.ints(lower, upper), x -> neg(log(count)))
        .withTails(
            x -> log(div(toReal(add(sub(x, lower), integer(1))), count)),
            x -> log(div(toReal(sub(upper, x)), count)))
        .withMean(mul(HALF, add(toReal(lower), toReal(upper))))
        .withSd(sqrt(div(sub(square(count), ONE), real(12))))
        .withDraw(b -> Draws.between(b, lower, upper));
  }
}
