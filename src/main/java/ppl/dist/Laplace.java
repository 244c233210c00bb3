package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;

/// The double exponential distribution.
final class Laplace {
  private Laplace() {}

  private static final Law STANDARD = Law.real(Support.REAL, z -> sub(real(-Math.log(2)), abs(z)))
      .withTails(Transforms.symmetric(z -> sub(real(-Math.log(2)), z)))
      .withMean(ZERO)
      .withSd(real(Math.sqrt(2)))
      .withDraw(b -> {
        var u = sub(mul(TWO, Draws.uniform(b)), ONE);
        return select(lt(u, ZERO), log1p(u), neg(log1p(neg(u))));
      });

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Laplace", Domain.REAL, "exp(-|x - location| / scale) / (2 scale)",
          "The standard deviation is sqrt(2) scale.")
      .form(List.of(scalar("location", Domain.REAL), scalar("scale", Domain.POSITIVE)),
          a -> Transforms.affine(STANDARD, a.scalar(0), a.scalar(1)));
}
