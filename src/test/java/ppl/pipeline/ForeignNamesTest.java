package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import ppl.check.Check;
import ppl.source.Diagnostic;

/// Distributions as others write them: what is advised means the same.
class ForeignNamesTest {
  private static final Pattern ADVICE = Pattern.compile("write `([^`]*)`");

  /// A distribution as others write it, a value, and its log density by SciPy or by the textbook of BUGS.
  private static final String DENSITIES = """
      Gamma(2, scale = 3) | 1.5 | -2.29175946923
      Gamma(a = 2, loc = 0, scale = 1 + 2) | 1.5 | -2.29175946923
      Gamma(k = 2, theta = 3) | 1.5 | -2.29175946923
      Gamma(mu = 2, sigma = 3) | 1.5 | -1.91665818393
      Gamma(mean = 2, variance = 3) | 1.5 | -1.29227346637
      Gamma(shape = 2, mean = 3) | 1.5 | -1.40546510811
      Gamma(mean = 2, scale = 3) | 1.5 | -1.67071350363
      Gamma(shape = 2, sd = 3) | 1.5 | -1.80571906985
      Normal(mu = 1, tau = 2) | 0.3 | -1.06236494292
      Normal(loc = 1, scale = 2) | 0.3 | -1.67333571376
      Normal(m = 1, sigma2 = 2) | 0.3 | -1.38801212348
      HalfNormal(tau = 2) | 0.3 | 0.0307822376352
      StudentT(nu = 5, mu = 1, lam = 2) | 0.3 | -1.15899396536
      StudentT(5, 1, sd = 2) | 0.3 | -1.52641898078
      StudentT(df = 5, mean = 1, variance = 2) | 0.3 | -1.29528955192
      Cauchy(alpha = 1, beta = 2) | 0.3 | -1.95343540704
      Laplace(mu = 1, tau = 2) | 0.3 | -1.4
      Laplace(mean = 1, sd = 2) | 0.3 | -1.53469551767
      Logistic(mean = 1, sd = 2) | 0.3 | -1.58312228568
      Logistic(mu = 1, tau = 2) | 0.3 | -1.14768763928
      Gumbel(mean = 1, sd = 2) | 0.3 | -1.45218928874
      SkewNormal(mu = 1, tau = 2, alpha = 3) | 1.3 | -0.0762974146566
      Exponential(scale = 2) | 0.3 | -0.84314718056
      InverseGamma(mu = 3, sigma = 2) | 1.3 | -1.31348335461
      InverseGamma(shape = 3, mean = 2) | 1.3 | -0.660644231993
      InverseGamma(concentration = 3, rate = 2) | 1.3 | -1.20162423521
      InverseChiSquared(nu = 3, tau2 = 2) | 1.3 | -1.19490229822
      Weibull(k = 3, lambda = 2) | 1.3 | -0.730725724077
      Weibull(shape = 3, mean = 2) | 1.3 | -0.991228681184
      LogNormal(s = 1, scale = 2) | 1.3 | -1.27408975807
      LogNormal(mu = 1, tau = 2) | 1.3 | -1.37883568573
      Pareto(alpha = 3, m = 0.5) | 1.3 | -2.03028631088
      Beta(mu = 0.3, sigma = 0.1) | 0.4 | 0.778041822965
      Beta(concentration1 = 2, concentration0 = 3) | 0.4 | 0.546964670382
      Uniform(loc = 1, scale = 2) | 1.5 | -0.69314718056
      BetaBinomial(n = 5, mu = 0.3, phi = 4) | 2 | -1.60624302154
      NegativeBinomial(size = 3, prob = 0.4) | 2 | -1.97876397393
      NegativeBinomial(p = 0.4, r = 3) | 2 | -1.97876397393
      NegativeBinomial(total_count = 3, probs = 0.4) | 2 | -1.57329886582
      NegativeBinomial(total_count = 3, logits = 0.4) | 2 | -1.97331679277
      NegativeBinomial(mu = 2, theta = 3) | 2 | -1.57329886582
      NegativeBinomial(alpha = 3, beta = 2) | 2 | -1.62186043243
      Geometric(logits = 0.3) | 2 | -2.26306573341
      MultivariateNormal(mu = [0, 1], tau = [[2, 0.5], [0.5, 1]]) | [1, 1] | -2.55806917244
      MultivariateNormal(loc = [0, 1], scale_tril = [[2, 0], [0.5, 1]]) | [1, 1] | -2.68727424697
      Wishart(df = 4, precision_matrix = [[2, 0.5], [0.5, 1]]) | identity(2) | -3.60493985166
      dt(1, 2, 5) | 0.3 | -1.15899396536
      ddexp(1, 2) | 0.3 | -1.4
      dlogis(1, 2) | 0.3 | -1.14768763928
      dnorm(1, 2) | 0.3 | -1.06236494292
      dweib(3, 2) | 0.7 | 0.392409581351
      dlnorm(1, 2) | 0.7 | -2.0562569025
      dpar(3, 0.5) | 1.3 | -2.03028631088
      dbin(0.3, 5) | 2 | -1.17538534747
      dnegbin(0.4, 3) | 2 | -1.97876397393
      dmulti([0.3, 0.7], 5) | [2, 3] | -1.17538534747
      dwish([[2, 0.5], [0.5, 1]], 4) | identity(2) | -3.60493985166
      inv_chi_square(3) | 0.7 | -0.741536887644
      rayleigh(2) | 0.7 | -1.80421930506
      neg_binomial(3, 2) | 2 | -1.62186043243
      ZeroInflatedPoisson(0.8, 2) | 0 | -1.17678500944
      HurdlePoisson(0.8, 2) | 1 | -1.38458291289
      """;

  private static List<Diagnostic> said(String law) {
    return Check.of("data z : real\nz ~ %s\n".formatted(law)).said();
  }

  private static String advised(String law) {
    var help = said(law).stream().filter(Diagnostic::isError).findFirst().orElseThrow(() -> new AssertionError(law)).help();
    var advice = ADVICE.matcher(help.orElseThrow(() -> new AssertionError(law)));
    assertTrue(advice.find(), law + ": " + help);
    return advice.group(1);
  }

  @Test
  void theAdviceHasTheDensityThatIsMeant() {
    assertAll(DENSITIES.lines().map(line -> {
      var fields = line.split(" \\| ");
      return () -> assertEquals(Double.parseDouble(fields[2]), density(advised(fields[0]), fields[1]), 1e-9, line);
    }));
  }

  private static double density(String law, String value) {
    var ready = Whole.ready("u : real ~ Normal(0, 1)\ngenerate { q = logpdf(%s, %s) }\n".formatted(law, value), Map.of());
    var target = ready.program().bind(ready.data());
    var out = new double[target.outputSize()];
    target.constrain(new double[1], new SplittableRandom(1), out);
    return out[out.length - 1];
  }

  /// Where only names differ, what is advised is accepted and has the values in the places they have elsewhere.
  @Test
  void namesAreTranslated() {
    var pairs = Stream.of(
        "Normal(mu = 1, sigma = 2) -> Normal(mean = 1, sd = 2)",
        "Normal(μ = 1, σ = 2) -> Normal(mean = 1, sd = 2)",
        "StudentT(nu = 5, mu = 1, sigma = 2) -> StudentT(df = 5, location = 1, scale = 2)",
        "Weibull(alpha = 3, beta = 2) -> Weibull(shape = 3, scale = 2)",
        "Weibull(scale = 2, concentration = 3) -> Weibull(shape = 3, scale = 2)",
        "Beta(shape2 = 3, shape1 = 2) -> Beta(a = 2, b = 3)",
        "Binomial(size = 5, prob = 0.3) -> Binomial(n = 5, p = 0.3)",
        "Binomial(5, logits = 0.3) -> Binomial(5, logit = 0.3)",
        "Poisson(lam = 2) -> Poisson(rate = 2)",
        "NegativeBinomial(mu = 2, size = 3) -> NegativeBinomial(mean = 2, dispersion = 3)",
        "NegativeBinomial(mu = 2, alpha = 3) -> NegativeBinomial(mean = 2, dispersion = 3)",
        "Dirichlet(alpha = [1, 2]) -> Dirichlet(concentration = [1, 2])",
        "LKJ(n = 3, eta = 2) -> LKJ(eta = 2)",
        "Pareto(scale = 0.5, alpha = 3) -> Pareto(minimum = 0.5, shape = 3)",
        "OrderedLogistic(eta = 0.5, c = [0, 1]) -> OrderedLogistic(eta = 0.5, cutpoints = [0, 1])",
        "student_t(5, 1, 2) -> StudentT(5, 1, 2)",
        "N(0, 1) -> Normal(0, 1)",
        "poisson_log_glm(z, 1, 2) -> Poisson(log = 1 + z * 2)",
        "rnorm(10, 0, 1) -> x ~ Normal(0, 1)");
    assertAll(pairs.map(p -> p.split(" -> ")).map(p -> () -> assertEquals(p[1], advised(p[0]))));
  }
}
