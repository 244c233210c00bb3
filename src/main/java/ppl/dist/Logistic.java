package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;

/// The logistic distribution.
final class Logistic {
  private Logistic() {}

  private static final Law STANDARD = Law.real(Support.REAL, z -> neg(add(z, mul(TWO, log1pExp(neg(z))))))
      .withTails(z -> logInvLogit(z), z -> logInvLogit(neg(z)))
      .withMean(ZERO)
      .withSd(real(Math.PI / Math.sqrt(3)))
      .withDraw(b -> {
        var u = Draws.uniform(b);
        return sub(log(u), log1p(neg(u)));
      });

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Logistic", Domain.REAL, "exp(-z) / (scale (1 + exp(-z))^2), z = (x - location) / scale",
          "The standard deviation is pi scale / sqrt(3).")
      .form(List.of(scalar("location", Domain.REAL), scalar("scale", Domain.POSITIVE)),
          a -> Transforms.affine(STANDARD, a.scalar(0), a.scalar(1)));
}
