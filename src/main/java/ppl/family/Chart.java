package ppl.family;

import ppl.math.LogSpace;
import ppl.runtime.Statistic;

/// An interval as the image of the line: by the log of the distance from its only bound, by the logit between two, or as
/// it is.
public record Chart(double lower, double upper) {
  private enum Kind { LINE, ABOVE, BELOW, BETWEEN }

  private Kind kind() {
    boolean above = lower > Double.NEGATIVE_INFINITY;
    boolean below = upper < Double.POSITIVE_INFINITY;
    return above && below ? Kind.BETWEEN : above ? Kind.ABOVE : below ? Kind.BELOW : Kind.LINE;
  }

  private double length() {
    return upper - lower;
  }

  /// Whether x falls as u grows.
  boolean falling() {
    return kind() == Kind.BELOW;
  }

  /// Whether the interval is that of all positive numbers, and x is exp(u).
  boolean positive() {
    return kind() == Kind.ABOVE && lower == 0;
  }

  /// The point of the interval.
  public double x(double u) {
    return switch (kind()) {
      case LINE -> u;
      case ABOVE -> lower + Math.exp(u);
      case BELOW -> upper - Math.exp(u);
      case BETWEEN -> u < 0 ? lower + length() * LogSpace.inv_logit(u) : upper - length() * LogSpace.inv_logit(-u);
    };
  }

  /// The coordinate of a point inside.
  public double u(double x) {
    return switch (kind()) {
      case LINE -> x;
      case ABOVE -> Math.log(x - lower);
      case BELOW -> Math.log(upper - x);
      case BETWEEN -> Math.log(x - lower) - Math.log(upper - x);
    };
  }

  /// dx/du.
  public double slope(double u) {
    return switch (kind()) {
      case LINE -> 1;
      case ABOVE -> Math.exp(u);
      case BELOW -> -Math.exp(u);
      case BETWEEN -> length() * LogSpace.inv_logit(u) * LogSpace.inv_logit(-u);
    };
  }

  /// log |dx/du|.
  public double logJacobian(double u) {
    return switch (kind()) {
      case LINE -> 0;
      case ABOVE, BELOW -> u;
      case BETWEEN -> Math.log(length()) + LogSpace.log_inv_logit(u) + LogSpace.log1m_inv_logit(u);
    };
  }

  /// The derivative of [#logJacobian].
  public double logJacobianSlope(double u) {
    return switch (kind()) {
      case LINE -> 0;
      case ABOVE, BELOW -> 1;
      case BETWEEN -> LogSpace.inv_logit(-u) - LogSpace.inv_logit(u);
    };
  }

  /// A statistic of x(u).
  public double statistic(Statistic s, double u) {
    return switch (s) {
      case Statistic.Power(double k) -> positive() ? Math.exp(k * u) : Numbers.of(s, x(u));
      case Statistic.Log() -> positive() ? u
          : kind() == Kind.BETWEEN && lower == 0 ? Math.log(upper) + LogSpace.log_inv_logit(u) : Math.log(x(u));
      case Statistic.Log1m() -> kind() == Kind.BETWEEN && upper == 1 ? Math.log(length()) + LogSpace.log1m_inv_logit(u)
          : kind() == Kind.BELOW && upper == 1 ? u : Math.log1p(-x(u));
      case Statistic.Indicator(), Statistic.LogDeterminant(), Statistic.Inverse() -> Numbers.of(s, x(u));
    };
  }

  /// The derivative of [#statistic] by u.
  public double statisticSlope(Statistic s, double u) {
    return switch (s) {
      case Statistic.Power(double k) -> positive() ? k * Math.exp(k * u)
          : k == 1 ? slope(u) : k * Math.pow(x(u), k - 1) * slope(u);
      case Statistic.Log() -> positive() ? 1
          : kind() == Kind.BETWEEN && lower == 0 ? LogSpace.inv_logit(-u) : slope(u) / x(u);
      case Statistic.Log1m() -> kind() == Kind.BETWEEN && upper == 1 ? -LogSpace.inv_logit(u)
          : kind() == Kind.BELOW && upper == 1 ? 1 : -slope(u) / (1 - x(u));
      case Statistic.Indicator(), Statistic.LogDeterminant(), Statistic.Inverse() -> Numbers.of(s, x(u));
    };
  }
}
