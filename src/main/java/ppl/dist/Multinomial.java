package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.dist.Parameter.vector;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.BinaryOperator;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Counts of `n` independent draws of one of K categories.
final class Multinomial {
  private Multinomial() {}

  private static final Parameter N = scalar("n", Domain.COUNT);

  static final Distribution DISTRIBUTION = Distribution
      .vector("Multinomial", Domain.COUNT, "K", "n! prod(p[k]^x[k] / x[k]!)",
          "The counts add up to `n`; `logits` are logs of the probabilities up to a constant.")
      .form(List.of(N, vector("p", Domain.SIMPLEX, "K")),
          a -> law(a.scalar(0), a.array(1), (x, k) -> xlogy(x, a.array(1).at(k))))
      .form(List.of(N, vector("logits", Domain.REAL, "K")), a -> {
        var logits = a.array(1);
        var total = logSumExp(logits.dims().getFirst(), k -> logits.at(k));
        return law(a.scalar(0), Elementwise.map(logits, l -> exp(sub(l, total))),
            (x, k) -> times(x, sub(logits.at(k), total)));
      });

  private static Law law(Expr n, Arr p, BinaryOperator<Expr> timesLog) {
    return Law.event(Kind.INT, p.dims(), new Support.Counts(n), (b, x) -> add(lfactorial(n),
            sum(p.dims().getFirst(), k -> sub(timesLog.apply(x.at(k), k), lfactorial(x.at(k))))))
        .withMean(Elementwise.map(p, q -> mul(toReal(n), q)))
        .withSd(Elementwise.map(p, q -> sqrt(mul(toReal(n), q, sub(ONE, q)))))
        .withDraws(b -> draw(b, n, p));
  }

  /// One category after the other, each binomial among the trials that are left.
  private static Arr draw(Build b, Expr n, Arr p) {
    var size = p.dims().getFirst();
    var x = b.array("counts", Kind.INT, p.dims());
    Matrices.sequential(b, size, (body, k) -> {
      var used = sum(k, j -> x.read(j));
      var rest = sum(sub(size, k), j -> p.at(add(k, j)));
      var share = select(eq(add(k, integer(1)), size), ONE, div(p.at(k), rest));
      body.add(new Stmt.Set(x, List.of(k), Draws.binomial(body, sub(n, used), select(lt(ONE, share), ONE, share))));
    });
    return Arr.of(x);
  }
}
