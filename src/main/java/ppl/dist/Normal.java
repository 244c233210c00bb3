package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.function.UnaryOperator;
import ppl.ir.Expr;

/// The normal distribution: `-((x - mean) / sd)^2 / 2 - log(sd) - log(2 pi) / 2`.
final class Normal {
  private Normal() {}

  /// log(2 pi) / 2.
  static final double HALF_LOG_TWO_PI = 0.91893853320467274178;

  static final Law STANDARD = Law.real(Support.REAL, z -> sub(mul(real(-0.5), square(z)), real(HALF_LOG_TWO_PI)))
      .withTails(z -> logPhi(z), z -> logPhi(neg(z)))
      .withMean(ZERO)
      .withSd(ONE)
      .withDraw(Draws::normal);

  static final Distribution DISTRIBUTION = Distribution
      .scalar("Normal", Domain.REAL, "exp(-((x - mean) / sd)^2 / 2) / (sd sqrt(2 pi))",
          "The second argument is a standard deviation; write `precision =` or `variance =` for the others.")
      .form(List.of(scalar("mean", Domain.REAL), scalar("sd", Domain.POSITIVE)), a -> law(a.scalar(0), a.scalar(1)))
      .form(List.of(scalar("mean", Domain.REAL), scalar("precision", Domain.POSITIVE)),
          a -> byPrecision(a.scalar(0), a.scalar(1)))
      .form(List.of(scalar("mean", Domain.REAL), scalar("variance", Domain.POSITIVE)), a -> {
        var variance = a.scalar(1);
        return quadratic(a.scalar(0), sqrt(variance), x -> div(x, variance), neg(log(variance)));
      });

  static Law law(Expr mean, Expr sd) {
    return Transforms.affine(STANDARD, mean, sd);
  }

  static Law byPrecision(Expr mean, Expr precision) {
    return quadratic(mean, div(ONE, sqrt(precision)), x -> mul(precision, x), log(precision));
  }

  private static Law quadratic(Expr mean, Expr sd, UnaryOperator<Expr> timesPrecision, Expr logPrecision) {
    return law(mean, sd).withDensity(x -> sub(
        mul(HALF, sub(logPrecision, timesPrecision.apply(square(sub(x, mean))))), real(HALF_LOG_TWO_PI)));
  }
}
