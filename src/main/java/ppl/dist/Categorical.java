package ppl.dist;

import static ppl.dist.Parameter.vector;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;

/// One of the categories 1 to K.
final class Categorical {
  private Categorical() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Categorical", Domain.POSITIVE_INT, "p[x]", "Categories are counted from 1.")
      .form(List.of(vector("p", Domain.SIMPLEX, "K")), a -> law(a.array(0)));

  static Law law(Arr p) {
    return Law.integer(Support.ints(integer(1), p.dims().getFirst()), x -> log(p.at(sub(x, integer(1)))));
  }
}
