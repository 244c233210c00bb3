package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.runtime.Posterior;

/// Without data the posterior is the prior: what NUTS draws of an unknown is distributed as its forward draws.
class PriorDrawsTest {
  private static final int DRAWS = 2000;

  /// @param unknown declared with its prior as `x`
  /// @param forward declared with its distribution as `g`, of the same shape
  private record Case(String unknown, String forward) {}

  private static Case of(String type, String law) {
    return new Case(type + " ~ " + law, type + " ~ " + law);
  }

  private static final List<Case> CASES = List.of(
      of("real", "Normal(1, variance = 4)"), of("real", "HalfNormal(2)"), of("real", "StudentT(4, 1, 2)"),
      of("real", "HalfStudentT(4, 2)"), of("real", "Laplace(1, 2)"), of("real", "Logistic(1, 2)"), of("real", "Gumbel(1, 2)"),
      of("real", "SkewNormal(1, 2, 3)"), of("real", "VonMises(0.5, 2)"), of("real", "Exponential(mean = 2)"),
      of("real", "Gamma(mean = 3, sd = 2)"), of("real", "InverseGamma(3, 2)"), of("real", "ChiSquared(3)"),
      of("real", "InverseChiSquared(5, 2)"), of("real", "Weibull(2, 3)"), of("real", "LogNormal(0, 1)"), of("real", "Pareto(1, 3)"),
      of("real", "Beta(mean = 0.3, concentration = 5)"), of("real", "Uniform(-1, 3)"),
      of("real[2]", "NormalGamma(1, 2, 3, 4)"),
      of("real[2]", "MultivariateNormal([1, 2], precision = [[2, 1], [1, 2]])"),
      of("simplex[3]", "Dirichlet([1, 2, 3])"), of("cov[2]", "Wishart(4, [[2, 0.5], [0.5, 1]])"),
      of("cov[2]", "InverseWishart(5, [[2, 0.5], [0.5, 1]])"), of("corr[3]", "LKJ(2)"), of("corr_cholesky[3]", "LKJ(1)"),
      new Case("real(lower = 0.5) ~ Normal(0, 1)", "real ~ truncated(Normal(0, 1), lower = 0.5)"),
      new Case("real(-1..2) ~ StudentT(3, 0, 1)", "real ~ truncated(StudentT(3, 0, 1), lower = -1, upper = 2)"),
      of("real", "mixture([0.3, 0.7], Normal(-1, 1), Normal(1, 1))"),
      new Case("ordered[3] ~ Normal(0, 1)", "real[3] ~ Normal(0, 1)\n  h = sort(g)"),
      new Case("positive_ordered[2] ~ Exponential(1)", "real[2] ~ Exponential(1)\n  h = sort(g)"),
      new Case("sum_to_zero[3] ~ Normal(0, 1)", "real[3] ~ Normal(0, 1)\n  h = g - mean(g)"));

  @TestFactory
  Stream<DynamicTest> unknownsAreDistributedAsForwardDraws() {
    return CASES.stream().map(c -> DynamicTest.dynamicTest(c.unknown, () -> agree(c)));
  }

  private static void agree(Case c) throws Exception {
    var ready = Whole.ready("x : " + c.unknown + "\ngenerate {\n  g : " + c.forward + "\n}\n", Map.of());
    var target = ready.program().bind(ready.data());
    var posterior = new Nuts().run(target,
        Map.of("chains", "1", "warmup", "300", "draws", Integer.toString(DRAWS), "threads", "1"), 3, Progress.SILENT);
    int n = target.quantities().getFirst().size();
    int from = target.outputSize() - n;
    for (int k = 0; k < n; k++) compare(c.unknown + " element " + k, column(posterior, k), column(posterior, from + k));
  }

  private static void compare(String what, double[] x, double[] g) {
    double slack = 1e-9 * (1 + Math.abs(g[DRAWS / 2]));
    for (double p : new double[] {0.1, 0.5, 0.9}) {
      double quantile = g[(int) (p * DRAWS)];
      boolean constant = g[DRAWS - 1] - g[0] < slack;
      double below = Arrays.stream(x).filter(v -> v <= quantile + (constant ? slack : 0)).count() / (double) DRAWS;
      assertEquals(constant ? 1 : p, below, 0.07, what + " at " + p);
    }
  }

  private static double[] column(Posterior posterior, int k) {
    var values = new ArrayList<Double>();
    for (int i = 0; i < DRAWS; i++) values.add(posterior.draws().get(0, i, k));
    return values.stream().mapToDouble(v -> v).sorted().toArray();
  }
}
