package ppl.dist;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Every distribution of the language.
public final class Distributions {
  private Distributions() {}

  public static final List<Distribution> ALL = List.of(
      Normal.DISTRIBUTION,
      HalfNormal.DISTRIBUTION,
      HalfCauchy.DISTRIBUTION,
      Uniform.DISTRIBUTION,
      Bernoulli.DISTRIBUTION,
      Categorical.DISTRIBUTION,
      MultivariateNormal.DISTRIBUTION);

  private static final Map<String, Distribution> BY_NAME =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Distribution::name, Function.identity()));

  /// The distribution with exactly this name.
  public static Optional<Distribution> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /// All names in alphabetical order, for suggestions.
  public static List<String> names() {
    return ALL.stream().map(Distribution::name).sorted(Comparator.naturalOrder()).toList();
  }
}
