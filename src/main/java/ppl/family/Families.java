package ppl.family;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.family.Family.Event;
import ppl.runtime.Block;
import ppl.runtime.Statistic;

/// Which families there are.
public final class Families {
  private static final Event LINE = new Event(1, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Event POSITIVE = new Event(1, 0, Double.POSITIVE_INFINITY);
  private static final Event UNIT = new Event(1, 0, 1);

  private Families() {}

  /// The family of an event that enters a log density by `statistics`, if there is one.
  ///
  /// @param bounded for numbers: whether there are bounds other than those that the statistics ask for themselves: 0
  ///                for logs and powers that need positive numbers, and 1 too for log(1 - x)
  public static Optional<Family> find(Block.Space space, List<Statistic> statistics, boolean bounded) {
    return switch (space) {
      case SCALAR -> scalar(statistics, bounded ? new Event(1, 0.25, 0.75) : natural(statistics));
      case POLYA_GAMMA -> first(statistics, new PolyaGamma());
      case SIMPLEX -> first(statistics, new Dirichlet());
      case COVARIANCE -> first(statistics, new Wishart(), new InverseWishart());
    };
  }

  /// The family of a number between bounds.
  static Optional<Family> scalar(List<Statistic> statistics, Event event) {
    if (!statistics.stream().allMatch(s -> exists(s, event))) return Optional.empty();
    Optional<Family> closed = event.equals(LINE) ? first(statistics, new Normal())
        : event.equals(POSITIVE) ? first(statistics, new Gamma(), new InverseGamma(), new GeneralizedInverseGaussian())
        : event.equals(UNIT) ? first(statistics, new Beta())
        : event.lower() > 0 && event.upper() == Double.POSITIVE_INFINITY ? first(statistics, new Pareto())
        : Optional.empty();
    return closed.or(() -> event.equals(LINE) ? Optional.empty() : first(statistics, new TruncatedNormal()))
        .or(() -> Optional.of(new Interval(statistics)));
  }

  private static Optional<Family> first(List<Statistic> statistics, Family... families) {
    for (var family : families) if (Set.copyOf(family.statistics()).containsAll(statistics)) return Optional.of(family);
    return Optional.empty();
  }

  /// The bounds that statistics ask for.
  private static Event natural(List<Statistic> statistics) {
    if (statistics.contains(new Statistic.Log1m())) return UNIT;
    return statistics.stream().allMatch(s -> exists(s, LINE)) ? LINE : POSITIVE;
  }

  /// Whether a number between these bounds has the statistic.
  private static boolean exists(Statistic statistic, Event event) {
    return switch (statistic) {
      case Statistic.Power(double k) -> event.lower() >= 0 || k > 0 && k == Math.rint(k);
      case Statistic.Log() -> event.lower() >= 0;
      case Statistic.Log1m() -> event.upper() <= 1;
      case Statistic.Indicator(), Statistic.LogDeterminant(), Statistic.Inverse() -> false;
    };
  }
}
