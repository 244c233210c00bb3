package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;

/// The law of a sum of df squared standard normal variates: a gamma distribution of shape df / 2 and rate 1 / 2.
final class ChiSquared {
  private ChiSquared() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("ChiSquared", Domain.NONNEGATIVE, "x^(df / 2 - 1) exp(-x / 2) / (2^(df / 2) Gamma(df / 2))",
          "The mean is df.")
      .form(List.of(scalar("df", Domain.POSITIVE)), a -> Gamma.law(mul(HALF, a.scalar(0)), HALF));
}
