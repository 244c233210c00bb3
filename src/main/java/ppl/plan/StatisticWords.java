package ppl.plan;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import ppl.runtime.Statistic;

/// Statistics as people write them.
final class StatisticWords {
  private StatisticWords() {}

  /// A statistic of `x`.
  static String of(Statistic statistic, String x) {
    return switch (statistic) {
      case Statistic.Power(double p) -> p == 1 ? x : p == -1 ? "1/" + x : p < 0 ? "1/" + x + "^" + number(-p) : x + "^" + number(p);
      case Statistic.Log l -> "log " + x;
      case Statistic.Log1m l -> "log(1 - " + x + ")";
      case Statistic.Indicator i -> x;
      case Statistic.LogDeterminant d -> "log det " + x;
      case Statistic.Inverse i -> x + "^-1";
    };
  }

  static String number(double p) {
    return p == Math.rint(p) ? "" + (long) p : "" + p;
  }

  /// `log x, x and 1/x^2`.
  static String list(Collection<Statistic> statistics, String x) {
    return join(statistics.stream().map(s -> of(s, x)).toList());
  }

  static String join(List<String> all) {
    if (all.size() < 2) return String.join("", all);
    return all.subList(0, all.size() - 1).stream().collect(Collectors.joining(", ")) + " and " + all.getLast();
  }
}
