package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.matrix;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;

/// The law of a sum of `df` outer products of normal vectors with covariance `scale`.
final class Wishart {
  private Wishart() {}

  static final Distribution DISTRIBUTION = Distribution
      .square("Wishart", Domain.COV, "K",
          "det(x)^((df - K - 1) / 2) exp(-tr(scale^-1 x) / 2) / (2^(df K / 2) det(scale)^(df / 2) Gamma_K(df / 2))",
          "df above K - 1; the mean is df scale; also on `cov_cholesky`.")
      .form(List.of(scalar("df", Domain.POSITIVE), matrix("scale", Domain.COV, "K")),
          a -> law(a.scalar(0), a.array(1)));

  private static Law law(Expr df, Arr scale) {
    var size = scale.dims().getFirst();
    return Factored.law(size, Domain.COV, (b, l) -> {
      var s = Matrices.cholesky(b, scale);
      var trace = Matrices.squares(Matrices.solve(b, s, l));
      var weight = sub(sub(df, toReal(size)), ONE);
      return sub(
          sub(mul(weight, Matrices.logDiagonal(l)), mul(HALF, trace)),
          add(mul(df, Matrices.logDiagonal(s)), constant(df, size)));
    }, b -> Elementwise.stored(b, Matrices.product(Matrices.cholesky(b, scale), bartlett(b, df, size))))
        .withMean(Elementwise.map(scale, e -> mul(df, e)));
  }

  /// log(2^(df K / 2) Gamma_K(df / 2)).
  static Expr constant(Expr df, Expr size) {
    return add(mul(real(Math.log(2) / 2), mul(df, toReal(size))), lmgamma(size, mul(HALF, df)));
  }

  /// The lower factor of a Wishart matrix of unit scale: Bartlett (1933), "On the theory of statistical regression".
  static Arr bartlett(Build b, Expr df, Expr size) {
    return Elementwise.each(b, List.of(size, size), (body, at) -> {
      var i = at.get(0);
      var j = at.get(1);
      var diagonal = sqrt(mul(TWO, Draws.gamma(body, mul(HALF, sub(df, toReal(i))))));
      return select(eq(i, j), diagonal, select(lt(j, i), Draws.normal(body), ZERO));
    });
  }
}
