package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Draws by inverting a distribution function numerically.
final class Inversion {
  private Inversion() {}

  /// Halvings of the interval of t until neighbouring doubles are left, for variates as small as 1e-5.
  private static final int HALVINGS = 80;
  /// Beyond this t, t exp(|t|) overflows.
  private static final double LARGEST = 703;
  /// Whole numbers are found bit by bit.
  private static final int BITS = 30;

  /// What a uniform variate asks of the two tails: P(X <= x) >= exp(below), or, where that tail is exact,
  /// P(X > x) <= exp(above).
  private record Wanted(Expr below, Expr above, Expr lower) {
    Expr reached(Build b, Law law, Expr x) {
      return select(lower, le(below, law.logcdf(b, x)), le(law.logccdf(b, x), above));
    }
  }

  /// A draw from a scalar law that has its tails, given that `from < X <= to`, each where present: the least x whose
  /// distribution function reaches a uniform variate between those of the bounds.
  static Expr draw(Build b, Law law, Optional<Expr> from, Optional<Expr> to) {
    var u = Draws.uniform(b);
    var mass = Truncated.beyond(b, law, from, to);
    var below = from.map(f -> logAddExp(law.logcdf(b, f), add(log(u), mass))).orElse(add(log(u), mass));
    var above = to.map(t -> logAddExp(law.logccdf(b, t), add(log1m(u), mass))).orElse(add(log1m(u), mass));
    var kept = Draws.stored(b, below);
    var wanted = new Wanted(kept, Draws.stored(b, above), Draws.stored(b, lt(kept, real(-Math.log(2)))));
    return law.kind() == Kind.INT ? whole(b, law, wanted) : continuous(b, law, wanted);
  }

  /// Bisection in t with x = t exp(|t|), which is fine both next to 0 and far from it.
  private static Expr continuous(Build b, Law law, Wanted wanted) {
    var ends = List.of(integer(HALVINGS + 1));
    var low = b.array("low", Kind.REAL, ends);
    var high = b.array("high", Kind.REAL, ends);
    b.add(new Stmt.Set(low, List.of(integer(0)), real(-LARGEST)));
    b.add(new Stmt.Set(high, List.of(integer(0)), real(LARGEST)));
    Matrices.sequential(b, integer(HALVINGS), (body, k) -> {
      var middle = Draws.stored(body, mul(HALF, add(low.read(k), high.read(k))));
      var reached = Draws.stored(body, wanted.reached(body, law, stretched(middle)));
      var next = List.of(add(k, integer(1)));
      body.add(new Stmt.Set(low, next, select(reached, low.read(k), middle)));
      body.add(new Stmt.Set(high, next, select(reached, middle, high.read(k))));
    });
    return stretched(high.read(integer(HALVINGS)));
  }

  private static Expr whole(Build b, Law law, Wanted wanted) {
    var ends = List.of(integer(BITS + 1));
    var step = b.array("step", Kind.INT, ends);
    var least = b.array("least", Kind.INT, ends);
    b.add(new Stmt.Set(step, List.of(integer(0)), integer(1)));
    Matrices.sequential(b, integer(BITS), (body, k) ->
        body.add(new Stmt.Set(step, List.of(add(k, integer(1))), mul(integer(2), step.read(k)))));
    b.add(new Stmt.Set(least, List.of(integer(0)), law.support().lower().orElse(integer(-(1 << (BITS - 1))))));
    Matrices.sequential(b, integer(BITS), (body, k) -> {
      var jump = step.read(sub(integer(BITS - 1), k));
      var last = sub(add(least.read(k), jump), integer(1));
      var reached = wanted.reached(body, law, last);
      body.add(new Stmt.Set(least, List.of(add(k, integer(1))),
          select(reached, least.read(k), add(least.read(k), jump))));
    });
    return least.read(integer(BITS));
  }

  private static Expr stretched(Expr t) {
    return mul(t, exp(abs(t)));
  }
}
