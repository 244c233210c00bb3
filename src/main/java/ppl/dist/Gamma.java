package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The gamma distribution.
final class Gamma {
  private Gamma() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Gamma", Domain.NONNEGATIVE, "rate^shape x^(shape - 1) exp(-rate x) / Gamma(shape)",
          "The second argument is a rate: the mean is shape / rate.")
      .form(List.of(scalar("shape", Domain.POSITIVE), scalar("rate", Domain.POSITIVE)),
          a -> law(a.scalar(0), a.scalar(1)))
      .form(List.of(scalar("mean", Domain.POSITIVE), scalar("sd", Domain.POSITIVE)), a -> {
        var mean = a.scalar(0);
        var variance = square(a.scalar(1));
        return law(div(square(mean), variance), div(mean, variance)).withMean(mean).withSd(a.scalar(1));
      });

  static Law law(Expr shape, Expr rate) {
    return Law.real(Support.NONNEGATIVE, x -> sub(
            add(sub(mul(shape, log(rate)), lgamma(shape)), xlogy(sub(shape, ONE), x)), mul(rate, x)))
        .withTails(x -> logGammaP(shape, mul(rate, x)), x -> logGammaQ(shape, mul(rate, x)))
        .withMean(div(shape, rate))
        .withSd(div(sqrt(shape), rate))
        .withDraw(b -> div(Draws.gamma(b, shape), rate))
        .withFrame(neg(log(rate)), ONE);
  }
}
