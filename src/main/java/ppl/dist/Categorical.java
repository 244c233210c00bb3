package ppl.dist;

import static ppl.dist.Parameter.vector;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Arr;
import ppl.ir.Expr;

/// One of the categories 1 to K.
final class Categorical {
  private Categorical() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Categorical", Domain.POSITIVE_INT, "p[x]",
          "Categories are counted from 1; `logits` are logs of the probabilities up to a constant.")
      .form(List.of(vector("p", Domain.SIMPLEX, "K")), a -> {
        var p = a.array(0);
        var size = p.dims().getFirst();
        return law(size, x -> log(p.at(sub(x, integer(1)))), p)
            .withTails(
                x -> log(sum(x, k -> p.at(k))), x -> log(sum(sub(size, x), k -> p.at(add(x, k)))));
      })
      .form(List.of(vector("logits", Domain.REAL, "K")), a -> {
        var logits = a.array(0);
        var size = logits.dims().getFirst();
        var total = logSumExp(size, k -> logits.at(k));
        UnaryOperator<Expr> mass = x -> sub(logits.at(sub(x, integer(1))), total);
        return law(size, mass, Elementwise.map(logits, l -> exp(sub(l, total))))
            .withTails(Transforms.summed(mass, integer(1), size));
      });

  private static Law law(Expr size, UnaryOperator<Expr> mass, Arr p) {
    return Law.integer(Support.ints(integer(1), size), mass).withDraw(b -> Draws.category(b, p));
  }
}
