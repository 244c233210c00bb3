package ppl.dist;

import static ppl.dist.Parameter.scalar;

import java.util.List;

/// The absolute value of a centred Cauchy variate. It has no mean.
final class HalfCauchy {
  private HalfCauchy() {}

  private static final Law STANDARD = Transforms.folded(Cauchy.STANDARD);

  static final Distribution DISTRIBUTION = Distribution
      .scalar("HalfCauchy", Domain.NONNEGATIVE, "2 / (pi scale (1 + (x / scale)^2))", "`scale` is the median.")
      .form(List.of(scalar("scale", Domain.POSITIVE)), a -> Transforms.scaled(STANDARD, a.scalar(0)));
}
