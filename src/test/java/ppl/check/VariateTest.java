package ppl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariateTest {
  private static final Pattern ADVICE = Pattern.compile("`w : (\\S+) ~ \\.\\.`");

  private static String model(String declared, String law, boolean generate) {
    var drawn = declared + " ~ " + law;
    return "data N : int data K : int data x : real[N] data y : real m : real ~ Normal(0, 1) y ~ Normal(m, 1) "
        + (generate ? "generate { " + drawn + " }" : drawn);
  }

  /// What is advised is what the law is, and a model that follows it has no error.
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"Normal(x, 1); real[N]", "Bernoulli(0.3); binary", "Bernoulli(inv_logit(x)); binary[N]", "Poisson(3); count",
      "Binomial(5, 0.5); count", "Categorical([0.1, 0.9]); int", "DiscreteUniform(-1, 3); int", "DiscreteUniform(0, 1); binary",
      "Gamma(2, 1); nonnegative", "LogNormal(0, x * x + 1); positive[N]", "Beta(1, 1); unit", "Uniform(0, 1); unit",
      "Uniform(0, 10); real", "Pareto(1, 3); positive", "truncated(Normal(0, 1), lower = 0); nonnegative",
      "truncated(Normal(0, 1), lower = 0, upper = 1); unit", "truncated(Poisson(3), lower = 1); int",
      "mixture([0.5, 0.5], HalfNormal(1), Normal(0, 1)); real", "mixture([0.5, 0.5], Beta(1, 1), HalfNormal(1)); nonnegative",
      "mixture([0.5, 0.5], k in 1..2 : Poisson(k)); count", "zero_inflated(0.5, Poisson(1)); count", "Dirichlet([1, 1, 1]); simplex[3]",
      "Dirichlet(rep(1, K)); simplex[K]", "MultivariateNormal(rep(0, K), cov = identity(K)); real[K]", "Wishart(K + 1, identity(K)); cov[K]",
      "LKJ(2); corr[K]", "Multinomial(5, [0.5, 0.5]); count[2]"})
  void adviceIsWhatTheLawGives(String law, String type) {
    for (boolean generate : List.of(true, false)) {
      var said = Check.of(model("w", law, generate)).said();
      var advice = ADVICE.matcher(said.toString());
      assertTrue(advice.find(), said::toString);
      assertEquals(type, advice.group(1));
      if (generate && law.startsWith("LKJ")) continue;
      assertEquals(List.of(), Check.of(model("w : " + type, law, generate)).codes().stream().filter(c -> c.startsWith("E")).toList());
    }
  }

  /// A mixture is nowhere that its parts are not, and everywhere that one of them is.
  @ParameterizedTest
  @CsvSource(delimiter = ';', value = {"HalfNormal(1), Normal(0, 1); false", "Normal(0, 1), HalfNormal(1); false", "HalfNormal(1), Gamma(1, 1); true"})
  void aMixtureIsWhereOneOfItsPartsIs(String parts, boolean apart) {
    var codes = Check.of("w : real(upper = 0) ~ mixture([0.5, 0.5], " + parts + ")").codes();
    assertEquals(apart, codes.contains("E0226"), codes::toString);
  }
}
