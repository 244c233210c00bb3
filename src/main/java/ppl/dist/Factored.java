package ppl.dist;

import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// Laws of covariance and correlation matrices, stated once on the lower Cholesky factor.
final class Factored {
  private Factored() {}

  /// The law of `L L'`, with the law of `L` beside it, which differs by the Jacobian of the product.
  ///
  /// @param domain  of the matrices: [Domain#COV] or [Domain#CORR]
  /// @param density log density of the matrix `L L'`, as a function of `L`
  /// @param draw    a random factor
  static Law law(Expr size, Domain domain, Law.Density density, Law.Draw draw) {
    var dims = List.of(size, size);
    var free = domain == Domain.COV ? size : sub(size, integer(1));
    var constant = domain == Domain.COV ? mul(real(Math.log(2)), toReal(size)) : ZERO;
    var factor = Law.event(Kind.REAL, dims, new Support.Whole(domain.cholesky().orElseThrow()), (b, l) -> add(
            density.of(b, l), constant, sum(size, i -> mul(toReal(sub(free, i)), log(l.at(i, i))))))
        .withDraws(draw);
    return Law.event(Kind.REAL, dims, new Support.Whole(domain), (b, x) -> density.of(b, Matrices.cholesky(b, x)))
        .withDraws(b -> {
          var l = draw.in(b);
          return Elementwise.stored(b, Matrices.product(l, Matrices.transpose(l)));
        })
        .withCholesky(factor);
  }
}
