package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Every sampler against its distribution function by the Kolmogorov-Smirnov statistic, at a fixed seed and a level of
/// 1e-6; vectors by their means, covariances or marginals.
class SamplersTest {
  private static final int COUNT = 20_000;
  private static final double LIMIT = Math.sqrt(0.5 * Math.log(2e6) / COUNT);

  private interface Draw {
    double from(RandomGenerator g);
  }

  private record Row(String name, Draw draw, DoubleUnaryOperator cdf) {}

  private static RandomGenerator generator() {
    return new SplittableRandom(2025);
  }

  private static double phi(double x) {
    return ErrorFunctions.Phi(x);
  }

  @TestFactory
  Stream<DynamicTest> agreeWithTheirDistributionFunctions() {
    return Stream.concat(continuous(), discrete()).map(row -> DynamicTest.dynamicTest(row.name(), () -> check(row)));
  }

  private static Stream<Row> continuous() {
    return Stream.of(
        new Row("normal", g -> Samplers.normal(g, 1, 2), x -> phi((x - 1) / 2)),
        new Row("half normal", g -> Samplers.halfNormal(g, 3), x -> 2 * phi(x / 3) - 1),
        new Row("t", g -> Samplers.studentT(g, 3.5, 1, 2), x ->
            TDistribution.of(3.5).cumulativeProbability((x - 1) / 2)),
        new Row("t, tiny df", g -> Samplers.studentT(g, 0.05, 0, 1), x ->
            TDistribution.of(0.05).cumulativeProbability(x)),
        new Row("half t", g -> Samplers.halfStudentT(g, 4, 2), x -> 2 * StudentT.student_t_cdf(4, x / 2) - 1),
        new Row("cauchy", g -> Samplers.cauchy(g, 1, 3), x -> 0.5 + Math.atan((x - 1) / 3) / Math.PI),
        new Row("half cauchy", g -> Samplers.halfCauchy(g, 5), x -> 2 * Math.atan(x / 5) / Math.PI),
        new Row("laplace", g -> Samplers.laplace(g, -1, 2), x -> x < -1 ? 0.5 * Math.exp((x + 1) / 2)
            : 1 - 0.5 * Math.exp(-(x + 1) / 2)),
        new Row("logistic", g -> Samplers.logistic(g, 2, 0.5), x -> LogSpace.inv_logit((x - 2) / 0.5)),
        new Row("gumbel", g -> Samplers.gumbel(g, 1, 2), x -> Math.exp(-Math.exp(-(x - 1) / 2))),
        new Row("skew normal", g -> Samplers.skewNormal(g, 1, 2, -3), x -> SkewNormal.skew_normal_cdf((x - 1) / 2, -3)),
        new Row("von mises", g -> Samplers.vonMises(g, 1, 2), x -> VonMises.von_mises_cdf(x - 1, 2)),
        new Row("von mises, flat", g -> Samplers.vonMises(g, 0, 1e-9), x -> 0.5 + x / (2 * Math.PI)),
        new Row("von mises, no concentration", g -> Samplers.vonMises(g, 0, 0), x -> 0.5 + x / (2 * Math.PI)),
        new Row("von mises, sharp", g -> Samplers.vonMises(g, 0, 1e5), x -> VonMises.von_mises_cdf(x, 1e5)),
        new Row("exponential", g -> Samplers.exponential(g, 4), x -> -Math.expm1(-4 * x)),
        new Row("gamma", g -> Samplers.gamma(g, 2.5, 3), x ->
            GammaDistribution.of(2.5, 1.0 / 3).cumulativeProbability(x)),
        new Row("gamma, small shape", g -> Samplers.gamma(g, 0.2, 1), x -> IncompleteGamma.gamma_p(0.2, x)),
        new Row("log gamma, tiny shape", g -> Samplers.logGamma(g, 1e-4), x -> x < -40
            ? Math.exp(1e-4 * x - GammaFunctions.lgamma1p(1e-4)) : IncompleteGamma.gamma_p(1e-4, Math.exp(x))),
        new Row("inverse gamma", g -> Samplers.inverseGamma(g, 3, 2), x -> IncompleteGamma.gamma_q(3, 2 / x)),
        new Row("chi squared", g -> Samplers.chiSquared(g, 5), x -> IncompleteGamma.gamma_p(2.5, x / 2)),
        new Row("inverse chi squared", g -> Samplers.inverseChiSquared(g, 5, 2), x ->
            IncompleteGamma.gamma_q(2.5, 10 / x)),
        new Row("weibull", g -> Samplers.weibull(g, 1.7, 2), x -> -Math.expm1(-Math.pow(x / 2, 1.7))),
        new Row("log normal", g -> Samplers.logNormal(g, 1, 0.5), x -> phi((Math.log(x) - 1) / 0.5)),
        new Row("pareto", g -> Samplers.pareto(g, 2, 3), x -> 1 - Math.pow(2 / x, 3)),
        new Row("beta", g -> Samplers.beta(g, 2, 0.7), x -> BetaDistribution.of(2, 0.7).cumulativeProbability(x)),
        new Row("uniform", g -> Samplers.uniform(g, -1, 3), x -> (x + 1) / 4),
        truncated(0, 1, -1, 2),
        truncated(0, 1, -0.1, 0.2),
        truncated(1, 2, 9, Double.POSITIVE_INFINITY),
        truncated(0, 1, Double.NEGATIVE_INFINITY, -30),
        truncated(0, 1, 5, 5.1),
        truncated(0, 1, 0.3, Double.POSITIVE_INFINITY),
        truncated(0, 1, Double.NEGATIVE_INFINITY, 3));
  }

  private static Row truncated(double mean, double sd, double lower, double upper) {
    double a = (lower - mean) / sd;
    double b = (upper - mean) / sd;
    double total = ErrorFunctions.log_diff_Phi(b, a);
    return new Row("normal on " + lower + " .. " + upper, g -> Samplers.truncatedNormal(g, mean, sd, lower, upper),
        x -> Math.exp(ErrorFunctions.log_diff_Phi((x - mean) / sd, a) - total));
  }

  private static Stream<Row> discrete() {
    double[] weights = {0, 1, 3, 0, 2};
    double[] logits = Arrays.stream(weights).map(w -> Math.log(w) + 5).toArray();
    DoubleUnaryOperator cells = k -> IntStream.range(0, (int) k).mapToDouble(i -> weights[i]).sum() / 6;
    double[] cuts = {-1, 0.5, 2};
    return Stream.of(
        new Row("bernoulli", g -> CountSamplers.bernoulliLogit(g, -1), k -> k < 1 ? 1 - LogSpace.inv_logit(-1) : 1),
        binomial(7, 0.3),
        binomial(50, 0.93),
        binomial(1e6, 0.4),
        new Row("beta binomial", g -> CountSamplers.betaBinomial(g, 4, 1, 1), k -> (k + 1) / 5),
        poisson(0.3),
        poisson(9.9),
        poisson(10.1),
        poisson(1234.5),
        new Row("negative binomial", g -> CountSamplers.negativeBinomial(g, 6, 1.5), k ->
            Math.exp(DiscreteCdfs.neg_binomial_2_lcdf(k, 6, 1.5))),
        new Row("geometric", g -> CountSamplers.geometric(g, 0.2), k -> 1 - Math.pow(0.8, k + 1)),
        new Row("discrete uniform", g -> CountSamplers.discreteUniform(g, -2, 3), k -> (k + 3) / 6),
        new Row("categorical", g -> CountSamplers.categorical(g, weights), cells),
        new Row("categorical logits", g -> CountSamplers.categoricalLogits(g, logits), cells),
        new Row("ordered logistic", g -> CountSamplers.orderedLogistic(g, 0.4, cuts, 0, 3), k ->
            k > 3 ? 1 : LogSpace.inv_logit(cuts[(int) k - 1] - 0.4)),
        new Row("ordered probit", g -> CountSamplers.orderedProbit(g, 0.4, cuts, 0, 3), k ->
            k > 3 ? 1 : phi(cuts[(int) k - 1] - 0.4)));
  }

  private static Row binomial(double n, double p) {
    return new Row("binomial " + n + " " + p, g -> CountSamplers.binomial(g, n, p),
        k -> Math.exp(DiscreteCdfs.binomial_lcdf(k, n, p)));
  }

  private static Row poisson(double rate) {
    return new Row("poisson " + rate, g -> CountSamplers.poisson(g, rate),
        k -> Math.exp(DiscreteCdfs.poisson_lcdf(k, rate)));
  }

  private static void check(Row row) {
    RandomGenerator g = generator();
    double[] x = IntStream.range(0, COUNT).mapToDouble(i -> row.draw().from(g)).sorted().toArray();
    boolean whole = Arrays.stream(x).allMatch(v -> v == Math.rint(v));
    double worst = 0;
    for (int i = 0; i < COUNT; i++) {
      double f = row.cdf().applyAsDouble(x[i]);
      boolean last = i + 1 == COUNT || x[i + 1] > x[i];
      if (last) {
        worst = Math.max(worst, Math.abs((i + 1.0) / COUNT - f));
      }
      if (!whole) {
        worst = Math.max(worst, Math.abs((double) i / COUNT - f));
      }
    }
    double found = worst;
    assertTrue(found < LIMIT, () -> "distance " + found + ", limit " + LIMIT);
  }

  @Test
  void theCheckSeesAWrongSampler() {
    var wrong = new Row("wrong", g -> Samplers.normal(g, 0.06, 1), SamplersTest::phi);
    assertThrows(AssertionError.class, () -> check(wrong));
  }

  @TestFactory
  Stream<DynamicTest> marginalsOfVectors() {
    var out = new double[16];
    double[] alpha = {0.5, 2, 1.2};
    double[] mean = {1, -1};
    double[] l = {2, 0, -1, 0.5};
    double[] scale = {2, 0.6, 0.6, 1};
    return Stream.of(
        new Row("dirichlet", g -> {
          VectorSamplers.dirichlet(g, alpha, out);
          return out[1];
        }, x -> IncompleteBeta.inc_beta(2, 1.7, x)),
        new Row("multinomial", g -> {
          VectorSamplers.multinomial(g, 30, new double[] {1, 0, 4, 5}, out);
          return out[2];
        }, k -> Math.exp(DiscreteCdfs.binomial_lcdf(k, 30, 0.4))),
        new Row("multivariate normal", g -> {
          VectorSamplers.multivariateNormal(g, mean, 0, l, 2, out, 0);
          return out[0] + 2 * out[1];
        }, x -> phi((x + 1) / 1.0)),
        new Row("multivariate normal by precision", g -> {
          VectorSamplers.multivariateNormalPrecision(g, mean, 0, l, 2, out, 0);
          return out[0];
        }, x -> phi((x - 1) / Math.sqrt(1.25))),
        new Row("wishart", g -> {
          VectorSamplers.wishart(g, 4.5, scale, 2, out, 0);
          return out[0] + 2 * out[1] + out[3];
        }, x -> IncompleteGamma.gamma_p(2.25, x / (2 * 4.2))),
        new Row("inverse wishart", g -> {
          VectorSamplers.inverseWishart(g, 4.5, scale, 2, out, 0);
          return out[0];
        }, x -> IncompleteGamma.gamma_q(0.5 * 3.5, 2 / (2 * x))),
        new Row("lkj, first pair", g -> {
          VectorSamplers.lkj(g, 1.5, 4, out, 0);
          return out[1];
        }, x -> IncompleteBeta.inc_beta(2.5, 2.5, 0.5 * (x + 1))),
        new Row("lkj, last pair", g -> {
          VectorSamplers.lkj(g, 1.5, 4, out, 0);
          return out[14];
        }, x -> IncompleteBeta.inc_beta(2.5, 2.5, 0.5 * (x + 1)))).map(row ->
            DynamicTest.dynamicTest(row.name(), () -> check(row)));
  }

  @Test
  void dirichletOfTinyConcentrationsIsASimplex() {
    var out = new double[3];
    RandomGenerator g = generator();
    for (int i = 0; i < 200; i++) {
      VectorSamplers.dirichlet(g, new double[] {1e-5, 1e-4, 1e-6}, out);
      assertEquals(1, Arrays.stream(out).sum(), 1e-12);
    }
  }

  @Test
  void badParametersGiveNaNAndEnd() {
    RandomGenerator g = generator();
    assertTrue(Double.isNaN(Samplers.gamma(g, -0.5, 1)));
    assertTrue(Double.isNaN(Samplers.gamma(g, Double.POSITIVE_INFINITY, 1)));
    assertTrue(Double.isNaN(Samplers.vonMises(g, 0, Double.NaN)));
    assertTrue(Double.isNaN(CountSamplers.poisson(g, Double.NaN)));
    assertTrue(Double.isNaN(CountSamplers.binomial(g, 5, 1.5)));
    assertTrue(Double.isNaN(CountSamplers.categorical(g, new double[] {0, 0})));
    assertTrue(Double.isNaN(Samplers.truncatedNormal(g, 0, 1, 2, 1)));
  }
}
