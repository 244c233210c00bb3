package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.matrix;
import static ppl.dist.Parameter.vector;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import ppl.ir.Arr;
import ppl.ir.Build;
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
      .form(List.of(MEAN, matrix("cov", Domain.COV, "K")), a -> byCov(a.array(0), a.array(1)))
      .form(List.of(MEAN, matrix("precision", Domain.COV, "K")), a -> byPrecision(a.array(0), a.array(1)))
      .form(List.of(MEAN, matrix("cholesky", Domain.COV_CHOLESKY, "K")), a -> byFactor(a.array(0), a.array(1)));

  private static Law byCov(Arr mean, Arr cov) {
    return law(mean, (b, x) -> byFactor(mean, Matrices.cholesky(b, cov)).density().of(b, x))
        .withSd(new Arr(Kind.REAL, mean.dims(), at -> sqrt(cov.at(at.getFirst(), at.getFirst()))))
        .withDraws(b -> draw(b, mean, Matrices.cholesky(b, cov)))
        .withFrame(frame(mean, b -> new Lower(Matrices.cholesky(b, cov))));
  }

  static Law byFactor(Arr mean, Arr l) {
    return law(mean, (b, x) -> {
          var z = Matrices.solve(b, l, difference(x, mean));
          return density(mean, z, neg(Matrices.logDiagonal(l)));
        })
        .withSd(new Arr(Kind.REAL, mean.dims(), at ->
            sqrt(sum(add(at.getFirst(), integer(1)), k -> square(l.at(at.getFirst(), k))))))
        .withDraws(b -> draw(b, mean, l))
        .withFrame(frame(mean, _ -> new Lower(l)));
  }

  /// With the factor P = L L' of the precision the standardised vector is L' (x - mean).
  private static Law byPrecision(Arr mean, Arr precision) {
    return law(mean, (b, x) -> {
          var l = Matrices.cholesky(b, precision);
          var z = Elementwise.stored(b, Matrices.product(Matrices.transpose(l), difference(x, mean)));
          return density(mean, z, Matrices.logDiagonal(l));
        })
        .withDraws(b -> {
          var l = Matrices.cholesky(b, precision);
          var noise = Elementwise.each(b, mean.dims(), (body, at) -> Draws.normal(body));
          return plus(mean, Matrices.solveTransposed(b, l, noise));
        })
        .withFrame(frame(mean, b -> new OfPrecision(Matrices.cholesky(b, precision))));
  }

  private static Optional<Law.Frame> frame(Arr mean, Function<Build, Law.Factor> factor) {
    return Optional.of(new Law.Frame.Vector(mean, factor));
  }

  /// The factor of a covariance.
  private record Lower(Arr l) implements Law.Factor {
    @Override
    public Arr times(Build b, Arr z) {
      return new Arr(Kind.REAL, z.dims(), at -> sum(add(at.getFirst(), integer(1)), k -> mul(l.at(at.getFirst(), k), z.at(k))));
    }

    @Override
    public Arr solve(Build b, Arr x) {
      return Matrices.solve(b, l, x);
    }

    @Override
    public Expr logScale(Expr i) {
      return log(l.at(i, i));
    }
  }

  /// By the factor P of a precision: A = P'^-1.
  private record OfPrecision(Arr p) implements Law.Factor {
    @Override
    public Arr times(Build b, Arr z) {
      return Matrices.solveTransposed(b, p, z);
    }

    @Override
    public Arr solve(Build b, Arr x) {
      return Matrices.product(Matrices.transpose(p), x);
    }

    @Override
    public Expr logScale(Expr i) {
      return neg(log(p.at(i, i)));
    }
  }

  private static Law law(Arr mean, Law.Density density) {
    return Law.event(Kind.REAL, mean.dims(), Support.REAL, density).withMean(mean);
  }

  private static Expr density(Arr mean, Arr z, Expr logScale) {
    var constant = mul(real(-Normal.HALF_LOG_TWO_PI), toReal(mean.dims().getFirst()));
    return sub(add(constant, logScale), mul(HALF, Matrices.squares(z)));
  }

  private static Arr draw(Build b, Arr mean, Arr l) {
    var noise = Elementwise.each(b, mean.dims(), (body, at) -> Draws.normal(body));
    return Elementwise.stored(b, plus(mean, Matrices.product(l, noise)));
  }

  private static Arr plus(Arr a, Arr b) {
    return new Arr(Kind.REAL, a.dims(), at -> add(a.at(at), b.at(at)));
  }

  private static Arr difference(Arr x, Arr mean) {
    return new Arr(Kind.REAL, x.dims(), at -> sub(x.at(at), mean.at(at)));
  }
}
