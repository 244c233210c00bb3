package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The law of 1 / g for a gamma variate g.
final class InverseGamma {
  private InverseGamma() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("InverseGamma", Domain.POSITIVE, "scale^shape x^(-shape - 1) exp(-scale / x) / Gamma(shape)",
          "The mean is scale / (shape - 1) for a shape above 1.")
      .form(List.of(scalar("shape", Domain.POSITIVE), scalar("scale", Domain.POSITIVE)),
          a -> law(a.scalar(0), a.scalar(1)));

  static Law law(Expr shape, Expr scale) {
    var mean = div(scale, sub(shape, ONE));
    return Law.real(Support.POSITIVE, x -> sub(
            sub(sub(mul(shape, log(scale)), lgamma(shape)), mul(add(shape, ONE), log(x))), div(scale, x)))
        .withTails(x -> logGammaQ(shape, div(scale, x)), x -> logGammaP(shape, div(scale, x)))
        .withMean(select(lt(ONE, shape), mean, INFINITY))
        .withSd(select(lt(TWO, shape), div(mean, sqrt(sub(shape, TWO))), select(lt(ONE, shape), INFINITY, UNDEFINED)))
        .withDraw(b -> div(scale, Draws.gamma(b, shape)))
        .withFrame(log(scale), ONE);
  }
}
