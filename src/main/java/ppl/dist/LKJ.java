package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// The distribution of correlation matrices with density proportional to det^(eta - 1). Lewandowski, Kurowicka and Joe
/// (2009), "Generating random correlation matrices based on vines and extended onion method", section 3.
final class LKJ {
  private LKJ() {}

  static final Distribution DISTRIBUTION = Distribution
      .square("LKJ", Domain.CORR, "K", "det(x)^(eta - 1) / c(eta, K)",
          "eta = 1 is uniform over correlation matrices, larger ones favour the identity; also on `corr_cholesky`.")
      .form(List.of(scalar("eta", Domain.POSITIVE)), a -> law(a.scalar(0), a.event().getFirst()));

  private static Law law(Expr eta, Expr size) {
    return Factored.law(size, Domain.CORR,
        (b, l) -> sub(mul(TWO, sub(eta, ONE), Matrices.logDiagonal(l)), logNormalizer(eta, size)),
        b -> draw(b, eta, size))
        .withMean(new Arr(Kind.REAL, List.of(size, size), at -> toReal(eq(at.get(0), at.get(1)))));
  }

  /// Equation 16 of the paper, with k = size - i.
  private static Expr logNormalizer(Expr eta, Expr size) {
    return sum(size, i -> select(eq(i, integer(0)), ZERO, mul(toReal(i), add(
        mul(real(Math.log(2)), add(mul(TWO, sub(eta, ONE)), toReal(i))),
        lbeta(add(eta, mul(HALF, toReal(sub(i, integer(1))))), add(eta, mul(HALF, toReal(sub(i, integer(1))))))))));
  }

  /// Row i of the factor: a random direction of i coordinates, its squared length 1 - d^2 for a diagonal d with
  /// d^2 ~ Beta(eta + (size - 1 - i) / 2, i / 2): the onion method of the paper's section 3.2 on factors.
  private static Arr draw(Build b, Expr eta, Expr size) {
    var l = b.array("factor", Kind.REAL, List.of(size, size));
    Matrices.sequential(b, size, (body, i) -> {
      var noise = Elementwise.each(body, List.of(size), (inner, at) -> Draws.normal(inner));
      var norm = Draws.stored(body, sqrt(sum(i, j -> square(noise.at(j)))));
      var first = eq(i, integer(0));
      var room = mul(HALF, toReal(sub(sub(size, integer(1)), i)));
      var drawn = Draws.beta(body, add(eta, room), select(first, HALF, mul(HALF, toReal(i))));
      var squared = Draws.stored(body, select(first, ONE, drawn));
      body.loops(List.of(new Index("j")), List.of(size), at -> {
        var j = at.getFirst();
        var left = div(mul(sqrt(sub(ONE, squared)), noise.at(j)), norm);
        return new Stmt.Set(l, List.of(i, j), select(lt(j, i), left, select(eq(i, j), sqrt(squared), ZERO)));
      });
    });
    return Arr.of(l);
  }
}
