package ppl.dist;

import static ppl.dist.Functions.*;
import static ppl.dist.Parameter.scalar;
import static ppl.ir.Exprs.*;

import java.util.List;

/// The scaled inverse chi-squared distribution: inverse gamma of shape df / 2 and scale df scale^2 / 2. Gelman et al.
/// (2013), "Bayesian Data Analysis", table A.1.
final class InverseChiSquared {
  private InverseChiSquared() {}

  static final Distribution DISTRIBUTION = Distribution
      .scalar("InverseChiSquared", Domain.POSITIVE,
          "(df scale^2 / 2)^(df / 2) x^(-df / 2 - 1) exp(-df scale^2 / (2 x)) / Gamma(df / 2)",
          "The law of a variance; `scale` is a guess of the standard deviation worth df observations.")
      .form(List.of(scalar("df", Domain.POSITIVE), scalar("scale", Domain.POSITIVE)), a -> {
        var half = mul(HALF, a.scalar(0));
        return InverseGamma.law(half, mul(half, square(a.scalar(1))));
      });
}
