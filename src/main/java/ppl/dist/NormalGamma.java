package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// A mean and a precision together: the conjugate prior of both for normal data. The event is the vector (mean,
/// precision). DeGroot (1970), "Optimal Statistical Decisions", section 9.6.
final class NormalGamma {
  private NormalGamma() {}

  static final Distribution DISTRIBUTION = new Distribution("NormalGamma",
      "Gamma(x[2] | shape, rate) Normal(x[1] | mean, precision = count x[2])",
      "The vector (m, p) of a mean and a precision: p ~ Gamma(shape, rate), m ~ Normal(mean, precision = count p).",
      Domain.REAL, List.of(new Size.Fixed(2)), List.of())
      .form(
          List.of(scalar("mean", Domain.REAL), scalar("count", Domain.POSITIVE), scalar("shape", Domain.POSITIVE),
              scalar("rate", Domain.POSITIVE)),
          a -> law(a.scalar(0), a.scalar(1), a.scalar(2), a.scalar(3)));

  private static Law law(Expr mean, Expr count, Expr shape, Expr rate) {
    var gamma = Gamma.law(shape, rate);
    var sd = sqrt(div(rate, mul(count, sub(shape, ONE))));
    var support = new Support.Elements(List.of(Support.REAL, Support.POSITIVE));
    return Law.event(Kind.REAL, List.of(integer(2)), support, (b, x) -> {
          var precision = mul(count, x.at(integer(1)));
          return add(gamma.density().of(b, Arr.of(x.at(integer(1)))),
              Normal.byPrecision(mean, precision).density().of(b, Arr.of(x.at(integer(0)))));
        })
        .withMean(pair(select(lt(HALF, shape), mean, UNDEFINED), div(shape, rate)))
        .withSd(pair(select(lt(ONE, shape), sd, INFINITY), div(sqrt(shape), rate)))
        .withDraws(b -> {
          var precision = Draws.stored(b, div(Draws.gamma(b, shape), rate));
          return pair(add(mean, div(Draws.normal(b), sqrt(mul(count, precision)))), precision);
        });
  }

  private static Arr pair(Expr first, Expr second) {
    return new Arr(Kind.REAL, List.of(integer(2)), at -> select(eq(at.getFirst(), integer(0)), first, second));
  }
}
