package ppl.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import ppl.runtime.Block;
import ppl.runtime.Statistic;

/// Names of the exponential families of independent events that are in the books. There are more: any statistics of a
/// number are those of some distribution, see [ppl.family.Families].
final class FamilyNames {
  private FamilyNames() {}

  /// The name of the family that has all of these statistics.
  ///
  /// @param bounded for numbers: whether there are bounds other than those that the statistics ask for themselves
  static Optional<String> of(Block.Space space, List<Statistic> statistics, boolean bounded) {
    return switch (space) {
      case SCALAR -> scalar(statistics, bounded);
      case POLYA_GAMMA -> Optional.of("PolyaGamma");
      case SIMPLEX -> has(statistics, Statistic.LOG) ? Optional.of("Dirichlet") : Optional.empty();
      case COVARIANCE -> has(statistics, new Statistic.LogDeterminant(), Statistic.VALUE) ? Optional.of("Wishart")
          : has(statistics, new Statistic.LogDeterminant(), new Statistic.Inverse()) ? Optional.of("InverseWishart")
          : Optional.empty();
    };
  }

  private static Optional<String> scalar(List<Statistic> statistics, boolean bounded) {
    if (!bounded && statistics.equals(List.of(Statistic.VALUE))) return Optional.of("Gamma");
    if (has(statistics, Statistic.VALUE, Statistic.SQUARE)) return Optional.of(bounded ? "truncated normal" : "Normal");
    if (bounded) return has(statistics, Statistic.LOG) ? Optional.of("Pareto") : Optional.empty();
    if (has(statistics, Statistic.LOG, Statistic.VALUE)) return Optional.of("Gamma");
    if (has(statistics, Statistic.LOG, Statistic.RECIPROCAL)) return Optional.of("InverseGamma");
    if (has(statistics, Statistic.LOG, Statistic.VALUE, Statistic.RECIPROCAL)) return Optional.of("GeneralizedInverseGaussian");
    if (has(statistics, Statistic.LOG, new Statistic.Log1m())) return Optional.of("Beta");
    var powers = statistics.stream().filter(s -> s instanceof Statistic.Power).toList();
    boolean one = powers.size() == 1 && statistics.stream().allMatch(s -> s == powers.getFirst() || s instanceof Statistic.Log);
    return one ? Optional.of(((Statistic.Power) powers.getFirst()).exponent() < 0 ? "InverseGamma of a power" : "Gamma of a power") : Optional.empty();
  }

  private static boolean has(List<Statistic> some, Statistic... all) {
    return Set.of(all).containsAll(some);
  }
}
