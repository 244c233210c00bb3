package ppl.dist;

import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The absolute value of a centred Cauchy variate. It has no mean.
final class HalfCauchy {
  private HalfCauchy() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("HalfCauchy", Domain.NONNEGATIVE, "2 / (pi scale (1 + (x / scale)^2))", "`scale` is the median.")
      .form(List.of(scalar("scale", Domain.POSITIVE)), a -> law(a.scalar(0)));

  static Law law(Expr scale) {
    return Law.real(Support.NONNEGATIVE,
        x -> sub(sub(real(Math.log(2 / Math.PI)), log(scale)), log(add(ONE, square(div(x, scale))))));
  }
}
