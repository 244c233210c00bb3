package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The Cauchy distribution: Student's t with one degree of freedom. It has no mean.
final class Cauchy {
  private Cauchy() {}

  static final Law STANDARD = Law.real(Support.REAL, z -> sub(real(-Math.log(Math.PI)), log1p(square(z))))
      .withTails(Transforms.symmetric(Cauchy::tail))
      .withDraw(b -> tan(mul(real(Math.PI), sub(Draws.uniform(b), HALF))));

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Cauchy", Domain.REAL, "1 / (pi scale (1 + ((x - location) / scale)^2))",
          "`location` is the median, `scale` half the distance between the quartiles.")
      .form(List.of(scalar("location", Domain.REAL), scalar("scale", Domain.POSITIVE)),
          a -> Transforms.affine(STANDARD, a.scalar(0), a.scalar(1)));

  /// log P(Z > z) for z >= 0: the angle beyond z, from whichever side is exact.
  private static Expr tail(Expr z) {
    var angle = select(lt(z, ONE), sub(real(Math.PI / 2), atan(z)), atan(div(ONE, z)));
    return log(div(angle, real(Math.PI)));
  }
}
