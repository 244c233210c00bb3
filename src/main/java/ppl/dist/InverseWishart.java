package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.matrix;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// The law of the inverse of a Wishart matrix whose scale is the inverse of `scale`.
final class InverseWishart {
  private InverseWishart() {}

  static final Distribution DISTRIBUTION = Distribution
      .square("InverseWishart", Domain.COV, "K",
          "det(scale)^(df / 2) det(x)^(-(df + K + 1) / 2) exp(-tr(scale x^-1) / 2) / (2^(df K / 2) Gamma_K(df / 2))",
          "df above K - 1; the mean is scale / (df - K - 1); also on `cov_cholesky`.")
      .form(List.of(scalar("df", Domain.POSITIVE), matrix("scale", Domain.COV, "K")),
          a -> law(a.scalar(0), a.array(1)));

  private static Law law(Expr df, Arr scale) {
    var size = scale.dims().getFirst();
    return Factored.law(size, Domain.COV, (b, l) -> {
      var s = Matrices.cholesky(b, scale);
      var trace = Matrices.squares(Matrices.solve(b, l, s));
      var weight = add(df, toReal(size), ONE);
      return sub(
          sub(mul(df, Matrices.logDiagonal(s)), mul(HALF, trace)),
          add(mul(weight, Matrices.logDiagonal(l)), Wishart.constant(df, size)));
    }, b -> draw(b, df, scale))
        .withMean(mean(df, scale));
  }

  private static Arr mean(Expr df, Arr scale) {
    var spare = sub(sub(df, toReal(scale.dims().getFirst())), ONE);
    return Elementwise.map(scale, e -> select(lt(ZERO, spare), div(e, spare), UNDEFINED));
  }

  /// For a Wishart matrix U U' of unit scale with U upper triangular the inverse is M M' with M = U'^-1, which is
  /// lower. Reversing rows and columns makes such a U from a lower factor.
  private static Arr draw(Build b, Expr df, Arr scale) {
    var size = scale.dims().getFirst();
    var last = sub(size, integer(1));
    var lower = Wishart.bartlett(b, df, size);
    var transposed = new Arr(Kind.REAL, scale.dims(), at -> lower.at(sub(last, at.get(1)), sub(last, at.get(0))));
    var identity = new Arr(Kind.REAL, scale.dims(), at -> toReal(eq(at.get(0), at.get(1))));
    var inverse = Matrices.solve(b, transposed, identity);
    return Elementwise.stored(b, Matrices.product(Matrices.cholesky(b, scale), inverse));
  }
}
