package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.dist.Parameter.vector;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;

/// Ordered categories: category k where a latent variate falls between the cutpoints k - 1 and k.
final class Ordered {
  private Ordered() {}

  private static final String ABOUT = "K - 1 rising cutpoints make the categories 1 to K; %s.";

  private static final List<Parameter> PARAMETERS =
      List.of(scalar("eta", Domain.REAL), vector("cutpoints", Domain.ORDERED, "C"));

  static final Distribution LOGISTIC = Distribution
      .scalar("OrderedLogistic", Domain.POSITIVE_INT,
          "inv_logit(cutpoints[x] - eta) - inv_logit(cutpoints[x - 1] - eta)",
          ABOUT.formatted("P(x <= k) = inv_logit(cutpoints[k] - eta)"))
      .form(PARAMETERS, a -> law(a.scalar(0), a.array(1), Functions::logInvLogit, Functions::logInvLogitDiff, b -> {
        var u = Draws.uniform(b);
        return sub(log(u), log1m(u));
      }));

  static final Distribution PROBIT = Distribution
      .scalar("OrderedProbit", Domain.POSITIVE_INT, "Phi(cutpoints[x] - eta) - Phi(cutpoints[x - 1] - eta)",
          ABOUT.formatted("P(x <= k) = Phi(cutpoints[k] - eta)"))
      .form(PARAMETERS, a -> law(a.scalar(0), a.array(1), Functions::logPhi, Functions::logDiffPhi, Draws::normal));

  /// @param below log distribution function of the latent noise, which is symmetric about 0
  /// @param between log of the difference of two values of it
  private static Law law(
      Expr eta, Arr cutpoints, UnaryOperator<Expr> below, BinaryOperator<Expr> between, Function<Build, Expr> noise) {
    var cuts = cutpoints.dims().getFirst();
    UnaryOperator<Expr> gap = x -> sub(cutpoints.at(sub(x, integer(1))), eta);
    UnaryOperator<Expr> last = x -> below.apply(neg(gap.apply(sub(x, integer(1)))));
    UnaryOperator<Expr> inner = x -> between.apply(gap.apply(x), gap.apply(sub(x, integer(1))));
    return Law.integer(Support.ints(integer(1), add(cuts, integer(1))),
            x -> select(eq(cuts, integer(0)), ZERO, select(eq(x, integer(1)), below.apply(gap.apply(x)),
                select(lt(cuts, x), last.apply(x), inner.apply(x)))))
        .withTails(x -> below.apply(gap.apply(x)), x -> below.apply(neg(gap.apply(x))))
        .withDraw(b -> {
          var latent = Draws.stored(b, add(eta, noise.apply(b)));
          return add(integer(1), sum(cuts, k -> lt(cutpoints.at(k), latent)));
        });
  }
}
