package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;

/// The distribution of extremes of type I, for maxima.
final class Gumbel {
  private Gumbel() {}

  /// Euler's constant.
  private static final double GAMMA = 0.57721566490153286061;

  private static final Law STANDARD = Law.real(Support.REAL, z -> neg(add(z, exp(neg(z)))))
      .withTails(z -> neg(exp(neg(z))), z -> log1mExp(neg(exp(neg(z)))))
      .withMean(real(GAMMA))
      .withSd(real(Math.PI / Math.sqrt(6)))
      .withDraw(b -> neg(log(neg(log(Draws.uniform(b))))));

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Gumbel", Domain.REAL, "exp(-z - exp(-z)) / scale, z = (x - location) / scale",
          "For maxima; `location` is the mode.")
      .form(List.of(scalar("location", Domain.REAL), scalar("scale", Domain.POSITIVE)),
          a -> Transforms.affine(STANDARD, a.scalar(0), a.scalar(1)));
}
