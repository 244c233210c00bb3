package ppl.dist;

import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The absolute value of a centred normal variate.
final class HalfNormal {
  private HalfNormal() {}

  private static final Law STANDARD = Transforms.folded(Normal.STANDARD)
      .withMean(real(Math.sqrt(2 / Math.PI)))
      .withSd(real(Math.sqrt(1 - 2 / Math.PI)));

  static final Distribution DISTRIBUTION = Distribution
      .scalar("HalfNormal", Domain.NONNEGATIVE, "2 exp(-(x / scale)^2 / 2) / (scale sqrt(2 pi))",
          "`scale` is the standard deviation of the normal distribution before it is folded.")
      .form(List.of(scalar("scale", Domain.POSITIVE)), a -> law(a.scalar(0)));

  static Law law(Expr scale) {
    return Transforms.scaled(STANDARD, scale);
  }
}
