package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// Waiting times without memory.
final class Exponential {
  private Exponential() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Exponential", Domain.NONNEGATIVE, "rate exp(-rate x)", "The argument is a rate; the mean is 1 / rate.")
      .form(List.of(scalar("rate", Domain.POSITIVE)),
          a -> law(div(ONE, a.scalar(0)), log(a.scalar(0)), x -> mul(a.scalar(0), x)))
      .form(List.of(scalar("mean", Domain.POSITIVE)),
          a -> law(a.scalar(0), neg(log(a.scalar(0))), x -> div(x, a.scalar(0))));

  private static Law law(Expr mean, Expr logRate, UnaryOperator<Expr> scaled) {
    return Law.real(Support.NONNEGATIVE, x -> sub(logRate, scaled.apply(x)))
        .withTails(x -> log1mExp(neg(scaled.apply(x))), x -> neg(scaled.apply(x)))
        .withMean(mean)
        .withSd(mean)
        .withDraw(b -> neg(mul(mean, log(Draws.uniform(b)))))
        .withFrame(neg(logRate), ONE);
  }
}
