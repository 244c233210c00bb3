package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// The Pareto distribution of type I.
final class Pareto {
  private Pareto() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Pareto", Domain.POSITIVE, "shape minimum^shape x^(-shape - 1)", "Nothing below `minimum`.")
      .form(List.of(scalar("minimum", Domain.POSITIVE), scalar("shape", Domain.POSITIVE)),
          a -> law(a.scalar(0), a.scalar(1)));

  private static Law law(Expr minimum, Expr shape) {
    UnaryOperator<Expr> survival = x -> mul(shape, sub(log(minimum), log(x)));
    var mean = div(mul(shape, minimum), sub(shape, ONE));
    return Law.real(Support.lower(minimum), x -> sub(add(log(shape), survival.apply(x)), log(x)))
        .withTails(x -> log1mExp(survival.apply(x)), survival)
        .withMean(select(lt(ONE, shape), mean, INFINITY))
        .withSd(select(lt(TWO, shape), div(mean, sqrt(mul(shape, sub(shape, TWO)))),
            select(lt(ONE, shape), INFINITY, UNDEFINED)))
        .withDraw(b -> mul(minimum, exp(div(neg(log(Draws.uniform(b))), shape))));
  }
}
