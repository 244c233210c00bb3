package ppl.dist;

import static ppl.dist.Parameter.square;
import static ppl.dist.Parameter.vector;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Kind;

/// The normal distribution of vectors: `-(x - mean)' cov^-1 (x - mean) / 2 - log det(cov) / 2 - K log(2 pi) / 2`.
final class MultivariateNormal {
  private MultivariateNormal() {}

  private static final Parameter MEAN = vector("mean", Domain.REAL, "K");

  static final Distribution DISTRIBUTION = Distribution
      .vector("MultivariateNormal", Domain.REAL, "K",
          "exp(-(x - mean)' cov^-1 (x - mean) / 2) / sqrt((2 pi)^K det(cov))",
          "`cholesky` is the lower factor L of cov = L L'; it is the fastest form.")
      .form(List.of(MEAN, square("cov", Domain.COV, "K")), a -> byCov(a.array(0), a.array(1)))
      .form(List.of(MEAN, square("cholesky", Domain.COV_CHOLESKY, "K")), a -> byFactor(a.array(0), a.array(1)));

  private static Law byCov(Arr mean, Arr cov) {
    return byFactor(mean, cov)
        .withDensity((b, x) -> byFactor(mean, Matrices.cholesky(b, cov)).density().of(b, x))
        .withSd(new Arr(Kind.REAL, mean.dims(), at -> sqrt(cov.at(at.getFirst(), at.getFirst()))));
  }

  static Law byFactor(Arr mean, Arr l) {
    return Law.event(Kind.REAL, mean.dims(), Support.REAL, (b, x) -> {
      var z = Matrices.solveLower(b, l, difference(x, mean));
      return sub(constant(mean), add(mul(real(0.5), Matrices.squares(z)), Matrices.logDiagonal(l)));
    }).withMean(mean);
  }

  private static Arr difference(Arr x, Arr mean) {
    return new Arr(Kind.REAL, x.dims(), at -> sub(x.at(at), mean.at(at)));
  }

  private static Expr constant(Arr mean) {
    return mul(real(-Normal.HALF_LOG_TWO_PI), toReal(mean.dims().getFirst()));
  }
}
