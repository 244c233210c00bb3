package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The skew normal distribution. Azzalini (1985), "A class of distributions which includes the normal ones".
final class SkewNormal {
  private SkewNormal() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("SkewNormal", Domain.REAL,
          "2 phi(z) Phi(shape z) / scale, z = (x - location) / scale",
          "`shape` 0 is `Normal`; `location` and `scale` are not mean and standard deviation.")
      .form(
          List.of(scalar("location", Domain.REAL), scalar("scale", Domain.POSITIVE), scalar("shape", Domain.REAL)),
          a -> Transforms.affine(standard(a.scalar(2)), a.scalar(0), a.scalar(1)));

  private static Law standard(Expr shape) {
    var delta = div(shape, sqrt(add(ONE, square(shape))));
    var mean = mul(real(Math.sqrt(2 / Math.PI)), delta);
    return Law.real(Support.REAL, z -> add(
            sub(mul(real(-0.5), square(z)), real(Normal.HALF_LOG_TWO_PI - Math.log(2))), logPhi(mul(shape, z))))
        .withTails(z -> logSkewNormal(z, shape), z -> logSkewNormal(neg(z), neg(shape)))
        .withMean(mean)
        .withSd(sqrt(sub(ONE, square(mean))))
        .withDraw(b -> add(
            mul(delta, abs(Draws.normal(b))), div(Draws.normal(b), sqrt(add(ONE, square(shape))))));
  }
}
