package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// The Weibull distribution: survival `exp(-(x / scale)^shape)`.
final class Weibull {
  private Weibull() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Weibull", Domain.NONNEGATIVE,
          "(shape / scale) (x / scale)^(shape - 1) exp(-(x / scale)^shape)",
          "Survival is exp(-(x / scale)^shape); shape 1 is exponential with mean scale.")
      .form(List.of(scalar("shape", Domain.POSITIVE), scalar("scale", Domain.POSITIVE)),
          a -> law(a.scalar(0), a.scalar(1)));

  static Law law(Expr shape, Expr scale) {
    UnaryOperator<Expr> hazard = x -> pow(div(x, scale), shape);
    var mean = mul(scale, moment(shape, 1));
    return Law.real(Support.NONNEGATIVE, x -> sub(
            add(log(div(shape, scale)), xlogy(sub(shape, ONE), div(x, scale))), hazard.apply(x)))
        .withTails(x -> log1mExp(neg(hazard.apply(x))), x -> neg(hazard.apply(x)))
        .withMean(mean)
        .withSd(sqrt(sub(mul(square(scale), moment(shape, 2)), square(mean))))
        .withDraw(b -> mul(scale, pow(neg(log(Draws.uniform(b))), div(ONE, shape))))
        .withFrame(log(scale), div(ONE, shape));
  }

  /// The mean of (x / scale)^k.
  private static Expr moment(Expr shape, int k) {
    return exp(lgamma(add(ONE, div(real(k), shape))));
  }
}
