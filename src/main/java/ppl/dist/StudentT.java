package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// Student's t, moved and scaled: `lgamma((df + 1) / 2) - lgamma(df / 2) - log(df pi) / 2 - log(scale) - (df + 1) / 2
/// log(1 + z^2 / df)` with `z = (x - location) / scale`.
final class StudentT {
  private StudentT() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("StudentT", Domain.REAL,
          "(1 + z^2 / df)^(-(df + 1) / 2) / (sqrt(df) B(df / 2, 1 / 2) scale), z = (x - location) / scale",
          "Heavier tails than `Normal`; `scale` is not the standard deviation, which is scale sqrt(df / (df - 2)).")
      .form(
          List.of(scalar("df", Domain.POSITIVE), scalar("location", Domain.REAL), scalar("scale", Domain.POSITIVE)),
          a -> Transforms.affine(standard(a.scalar(0)), a.scalar(1), a.scalar(2)));

  static Law standard(Expr df) {
    var half = mul(HALF, df);
    return Law.real(Support.REAL, z -> sub(constant(df), mul(add(half, HALF), log1p(div(square(z), df)))))
        .withTails(z -> logStudentT(df, z), z -> logStudentT(df, neg(z)))
        .withMean(select(lt(ONE, df), ZERO, UNDEFINED))
        .withSd(select(lt(TWO, df), sqrt(div(df, sub(df, TWO))), select(lt(ONE, df), INFINITY, UNDEFINED)))
        .withDraw(b -> mul(Draws.normal(b), sqrt(div(half, Draws.gamma(b, half)))));
  }

  /// log of the density at 0.
  static Expr constant(Expr df) {
    return neg(add(mul(HALF, log(df)), lbeta(mul(HALF, df), HALF)));
  }
}
