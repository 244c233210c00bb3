package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The absolute value of a centred Student t variate.
final class HalfStudentT {
  private HalfStudentT() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("HalfStudentT", Domain.NONNEGATIVE,
          "2 (1 + (x / scale)^2 / df)^(-(df + 1) / 2) / (sqrt(df) B(df / 2, 1 / 2) scale)",
          "df = 1 is `HalfCauchy`; a large df comes close to `HalfNormal`.")
      .form(List.of(scalar("df", Domain.POSITIVE), scalar("scale", Domain.POSITIVE)),
          a -> Transforms.scaled(standard(a.scalar(0)), a.scalar(1)));

  private static Law standard(Expr df) {
    var mean = exp(add(log(mul(TWO, div(df, sub(df, ONE)))), StudentT.constant(df)));
    var variance = sub(div(df, sub(df, TWO)), square(mean));
    return Transforms.folded(StudentT.standard(df))
        .withMean(select(lt(ONE, df), mean, INFINITY))
        .withSd(select(lt(TWO, df), sqrt(variance), select(lt(ONE, df), INFINITY, UNDEFINED)));
  }
}
