package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.vector;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Kind;

/// The Dirichlet distribution on the simplex, a density with respect to all elements but the last.
final class Dirichlet {
  private Dirichlet() {}

  static final Distribution DISTRIBUTION = Distribution
      .vector("Dirichlet", Domain.SIMPLEX, "K",
          "Gamma(sum(concentration)) prod(x[k]^(concentration[k] - 1) / Gamma(concentration[k]))",
          "`rep(1, K)` is uniform on the simplex; smaller concentrations favour its corners.")
      .form(List.of(vector("concentration", Domain.POSITIVE, "K")), a -> law(a.array(0)));

  private static Law law(Arr a) {
    var size = a.dims().getFirst();
    var total = sum(size, k -> a.at(k));
    return Law.event(Kind.REAL, a.dims(), new Support.Whole(Domain.SIMPLEX), (b, x) -> add(lgamma(total),
            sum(size, k -> sub(xlogy(sub(a.at(k), ONE), x.at(k)), lgamma(a.at(k))))))
        .withMean(Elementwise.map(a, e -> div(e, total)))
        .withSd(Elementwise.map(a, e -> div(sqrt(div(mul(e, sub(total, e)), add(total, ONE))), total)))
        .withDraws(b -> draw(b, a));
  }

  /// Normalised gamma variates, as logs: small concentrations make variates that underflow.
  private static Arr draw(Build b, Arr a) {
    var logs = Elementwise.each(b, a.dims(), (body, at) -> Draws.logGamma(body, a.at(at)));
    var total = Draws.stored(b, logSumExp(a.dims().getFirst(), k -> logs.at(k)));
    return Elementwise.map(logs, g -> exp(sub(g, total)));
  }
}
