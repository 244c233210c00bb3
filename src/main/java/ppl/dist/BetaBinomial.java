package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// The number of successes in `n` trials whose common probability is a beta variate.
final class BetaBinomial {
  private BetaBinomial() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("BetaBinomial", Domain.COUNT, "choose(n, x) B(x + a, n - x + b) / B(a, b)",
          "A binomial distribution with more spread: its probability is Beta(a, b).")
      .form(List.of(scalar("n", Domain.COUNT), scalar("a", Domain.POSITIVE), scalar("b", Domain.POSITIVE)),
          a -> law(a.scalar(0), a.scalar(1), a.scalar(2)));

  private static Law law(Expr n, Expr a, Expr b) {
    UnaryOperator<Expr> mass = x -> sub(add(lchoose(n, x), lbeta(add(x, a), add(sub(n, x), b))), lbeta(a, b));
    var sum = add(a, b);
    var trials = toReal(n);
    var variance = div(mul(trials, mul(a, b), add(sum, trials)), mul(square(sum), add(sum, ONE)));
    return Law.integer(Support.ints(integer(0), n), mass)
        .withTails(Transforms.summed(mass, integer(0), n))
        .withMean(div(mul(trials, a), sum))
        .withSd(sqrt(variance))
        .withDraw(out -> Draws.binomial(out, n, Draws.beta(out, a, b)));
  }
}
