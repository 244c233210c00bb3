package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Expr;

/// The law of exp(z) for a normal z.
final class LogNormal {
  private LogNormal() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("LogNormal", Domain.POSITIVE, "exp(-((log(x) - mean_log) / sd_log)^2 / 2) / (x sd_log sqrt(2 pi))",
          "The arguments are the mean and the standard deviation of log(x).")
      .form(List.of(scalar("mean_log", Domain.REAL), scalar("sd_log", Domain.POSITIVE)),
          a -> law(a.scalar(0), a.scalar(1)));

  static Law law(Expr meanLog, Expr sdLog) {
    var normal = Normal.law(meanLog, sdLog);
    var mean = exp(add(meanLog, mul(HALF, square(sdLog))));
    return Transforms.exponential(normal).withMean(mean).withSd(mul(mean, sqrt(expm1(square(sdLog)))));
  }
}
