package ppl.family;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import ppl.runtime.Statistic;

/// What families of one number share.
final class Numbers {
  private Numbers() {}

  static void statistics(List<Statistic> statistics, double x, double[] out) {
    for (int k = 0; k < out.length; k++) out[k] = of(statistics.get(k), x);
  }

  /// A statistic of one number.
  static double of(Statistic statistic, double x) {
    return switch (statistic) {
      case Statistic.Power(double k) -> k == 1 ? x : k == 2 ? x * x : k == -1 ? 1 / x : Math.pow(x, k);
      case Statistic.Log() -> Math.log(x);
      case Statistic.Log1m() -> Math.log1p(-x);
      case Statistic.Indicator(), Statistic.LogDeterminant(), Statistic.Inverse() ->
          throw new IllegalArgumentException("no statistic of a real number: " + statistic);
    };
  }

  /// What is wrong if a parameter that must be positive is not.
  static Optional<String> positive(String what, double value) {
    return value > 0 && value < Double.POSITIVE_INFINITY ? Optional.empty()
        : Optional.of(String.format(Locale.ROOT, "%s would be %.3g, and must be positive", what, value));
  }
}
