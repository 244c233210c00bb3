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
      StudentT.DISTRIBUTION,
      HalfStudentT.DISTRIBUTION,
      Cauchy.DISTRIBUTION,
      HalfCauchy.DISTRIBUTION,
      Laplace.DISTRIBUTION,
      Logistic.DISTRIBUTION,
      Gumbel.DISTRIBUTION,
      SkewNormal.DISTRIBUTION,
      VonMises.DISTRIBUTION,
      Exponential.DISTRIBUTION,
      Gamma.DISTRIBUTION,
      InverseGamma.DISTRIBUTION,
      ChiSquared.DISTRIBUTION,
      InverseChiSquared.DISTRIBUTION,
      Weibull.DISTRIBUTION,
      LogNormal.DISTRIBUTION,
      Pareto.DISTRIBUTION,
      Beta.DISTRIBUTION,
      Uniform.DISTRIBUTION,
      Flat.DISTRIBUTION,
      Bernoulli.DISTRIBUTION,
      Binomial.DISTRIBUTION,
      BetaBinomial.DISTRIBUTION,
      Poisson.DISTRIBUTION,
      NegativeBinomial.DISTRIBUTION,
      Geometric.DISTRIBUTION,
      Categorical.DISTRIBUTION,
      DiscreteUniform.DISTRIBUTION,
      Ordered.LOGISTIC,
      Ordered.PROBIT,
      Multinomial.DISTRIBUTION,
      MultivariateNormal.DISTRIBUTION,
      Dirichlet.DISTRIBUTION,
      Wishart.DISTRIBUTION,
      InverseWishart.DISTRIBUTION,
      LKJ.DISTRIBUTION,
      NormalGamma.DISTRIBUTION);

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
