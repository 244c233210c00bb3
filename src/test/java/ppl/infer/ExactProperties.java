package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ppl.math.Cholesky;
import ppl.math.DenseMatrix;
import ppl.math.GammaFunctions;
import ppl.math.LineIntegral;
import ppl.math.Roots;
import ppl.math.StudentT;
import ppl.runtime.Block;
import ppl.runtime.Posterior;
import ppl.runtime.Statistic;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

/// Exact answers against formulas.
class ExactProperties {
  private static Posterior run(Polynomial model) throws NoStart {
    return new Exact().run(model.target(), Map.of("draws", "200"), 1, Progress.SILENT);
  }

  /// Normal-gamma regression: weights have Student t marginals (Bernardo and Smith 1994, appendix A).
  @Property(tries = 12)
  void aNormalGammaRegression(@ForAll long seed) throws NoStart {
    int rows = 20;
    int n = 3;
    var data = Conjugates.Rows.random(rows, n, 0.5, 3, seed);
    double sd = 2;
    double a = 2.5;
    double b = 1.5;
    var posterior = run(Conjugates.regression(data, sd, a, b, true));
    var p = new double[n * n];
    var h = new double[n];
    double yy = 0;
    for (int i = 0; i < n; i++) p[i * n + i] = 1 / (sd * sd);
    for (int r = 0; r < rows; r++) {
      for (int i = 0; i < n; i++) {
        h[i] += data.x()[r][i] * data.y()[r];
        for (int j = 0; j < n; j++) p[i * n + j] += data.x()[r][i] * data.x()[r][j];
      }
      yy += data.y()[r] * data.y()[r];
    }
    var l = DenseMatrix.cholesky(p, n).orElseThrow();
    var inverse = new double[n * n];
    Cholesky.inverse(l, n, inverse);
    var mean = new double[n];
    DenseMatrix.multiply(inverse, n, h, mean);
    double an = a + 0.5 * rows;
    double bn = b + 0.5 * yy;
    for (int i = 0; i < n; i++) bn -= 0.5 * mean[i] * h[i];
    double evidence = -0.5 * rows * Conjugates.LOG_TWO_PI - n * Math.log(sd) - 0.5 * Cholesky.logDeterminant(l, n)
        + a * Math.log(b) - an * Math.log(bn) + GammaFunctions.lgamma(an) - GammaFunctions.lgamma(a);
    assertEquals(evidence, posterior.diagnostics().get("log_evidence"), 1e-10 * (1 + Math.abs(evidence)));
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), posterior.verdicts().toString());
    var s = Summaries.of(posterior);
    for (int i = 0; i < n; i++) {
      double scale = Math.sqrt(bn / an * inverse[i * n + i]);
      assertEquals(mean[i], s.get(i).mean(), 1e-10 * scale);
      assertEquals(scale * Math.sqrt(2 * an / (2 * an - 2)), s.get(i).sd(), 1e-10 * scale);
      double t = Roots.increasing(x -> StudentT.student_t_lcdf(2 * an, x) - Math.log(0.05),
          x -> Math.exp(-0.5 * (2 * an + 1) * Math.log1p(x * x / (2 * an))), -1.7, 0.1);
      assertEquals(mean[i] + scale * t, s.get(i).q5(), 1e-8 * scale);
    }
    assertEquals(an / bn, s.get(n).mean(), 1e-10 * an / bn);
    assertEquals(Math.sqrt(an) / bn, s.get(n).sd(), 1e-9 * an / bn);
  }

  /// With a prior of their own weights are no longer of a family of the books; log evidence by quadrature in the test.
  @Property(tries = 5)
  void aRegressionWithIndependentPriors(@ForAll long seed) throws NoStart {
    var data = Conjugates.Rows.random(15, 1, 0.8, 0.3, seed);
    var posterior = run(Conjugates.regression(data, 1.5, 2, 1, false));
    var reference = LineIntegral.near(u -> {
      double tau = Math.exp(u);
      double p = 1 / (1.5 * 1.5);
      double h = 0;
      double yy = 0;
      for (double y : data.y()) {
        p += tau;
        h += tau * y;
        yy += y * y;
      }
      return u + 2 * Math.log(1) - GammaFunctions.lgamma(2) + Math.log(tau) - tau - Math.log(1.5) - 0.5 * Math.log(p)
          + 0.5 * h * h / p + 7.5 * (u - Conjugates.LOG_TWO_PI) - 0.5 * tau * yy;
    }, 0);
    var mean = new double[reference.u().length];
    for (int k = 0; k < mean.length; k++) {
      double tau = Math.exp(reference.u()[k]);
      double p = 1 / (1.5 * 1.5) + 15 * tau;
      for (double y : data.y()) mean[k] += tau * y / p;
    }
    assertEquals(reference.mean(mean), Summaries.of(posterior).getFirst().mean(), 1e-10);
    double evidence = posterior.diagnostics().get("log_evidence");
    var weights = posterior.sampler().column(0, 1);
    for (int k = 0; k < 5; k++) assertEquals(evidence, weights[k], 1e-8);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
  }

  /// Gelman et al., "Bayesian Data Analysis", 5.5, by tau alone: draws agree with the marginals, funnel and all.
  @Example
  void eightSchoolsCentred() throws NoStart {
    double[] y = {28, 8, -3, 7, -1, 1, 18, 12};
    double[] sigma = {15, 10, 16, 11, 9, 11, 10, 18};
    var posterior = new Exact().run(Conjugates.schools(y, sigma).target(), Map.of("draws", "4000"), 1, Progress.SILENT);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
    var s = Summaries.of(posterior);
    // By quadrature over tau with theta and mu integrated out by hand, elsewhere.
    assertEquals(4.441369516471591, s.get(8).mean(), 1e-6);
    assertEquals(3.2833515190428875, s.get(8).sd(), 1e-6);
    assertEquals(3.2903666597570895, s.get(9).mean(), 1e-6);
    for (int i = 0; i < 10; i++) {
      var x = posterior.draws().column(0, i);
      double mean = Arrays.stream(x).average().orElseThrow();
      assertEquals(0, (mean - s.get(i).mean()) / s.get(i).sd(), 0.08);
      double q5 = s.get(i).q5();
      double below = Arrays.stream(x).filter(v -> v < q5).count() / 4000.0;
      assertEquals(0.05, below, 0.015);
    }
  }

  /// y ~ Normal(a^2, s), w ~ Normal(a, 3): the conditional of a has two peaks, which get narrow as s gets small.
  @Example
  void aSquareHasTwoRoots() throws NoStart {
    double[] y = {4.381, 4.118, 2.414, 4.277, 2.958, 4.455, 4.272, 3.64, 3.731, 5.361, 4.096, 4.564};
    double sum = Arrays.stream(y).sum();
    double squares = Arrays.stream(y).map(v -> v * v).sum();
    double infinity = Double.POSITIVE_INFINITY;
    var a = Polynomial.block("a", 1, new Block.Independent(Block.Space.SCALAR,
        List.of(Statistic.VALUE, Statistic.SQUARE, new Statistic.Power(4)), 1, 1, new double[] {-infinity},
        new double[] {infinity}));
    var s = Polynomial.block("s", 1, new Block.Independent(Block.Space.SCALAR,
        List.of(Statistic.LOG, new Statistic.Power(-2), Statistic.SQUARE), 1, 1, new double[] {0}, new double[] {infinity}));
    var posterior = run(new Polynomial(List.of(a, s), 0, _ -> new Polynomial.Terms()
        .add(-7.5 * Conjugates.LOG_TWO_PI + Math.log(2) - 2 * Math.log(3) - 1.0 / 18)
        .add(1.0 / 9, 0, 0).add(-1.0 / 9, 0, 1).add(-0.5, 1, 2).add(-y.length, 1, 0)
        .add(-0.5 * squares, 1, 1).add(sum, 0, 1, 1, 1).add(-0.5 * y.length, 0, 2, 1, 1)));
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), posterior.verdicts().toString());
    // by a grid of 1e-3 in both, elsewhere
    assertEquals(-20.569755, posterior.diagnostics().get("log_evidence"), 1e-4);
    var summaries = Summaries.of(posterior);
    assertEquals(0.438130, summaries.get(0).mean(), 1e-3);
    assertEquals(1.953530, summaries.get(0).sd(), 1e-3);
    assertEquals(0.832986, summaries.get(1).mean(), 1e-4);
    assertEquals(0.189005, summaries.get(1).sd(), 1e-4);
  }

  @Property(tries = 10)
  void aHiddenMarkovChainAgreesWithEnumeration(@ForAll long seed) throws NoStart {
    var r = new Random(seed);
    int k = 3;
    int n = 5;
    double[] start = r.doubles(k, -2, 0).toArray();
    var step = new double[k][];
    var emission = new double[n][];
    for (int i = 0; i < k; i++) step[i] = r.doubles(k, -3, 0).toArray();
    for (int i = 0; i < n; i++) emission[i] = r.doubles(k, -5, 0).toArray();
    double total = 0;
    var mean = new double[n];
    for (int state = 0; state < Math.pow(k, n); state++) {
      var x = new int[n];
      for (int i = 0, rest = state; i < n; i++, rest /= k) x[i] = rest % k;
      double log = start[x[0]];
      for (int i = 0; i < n; i++) log += emission[i][x[i]] + (i > 0 ? step[x[i - 1]][x[i]] : 0);
      total += Math.exp(log);
      for (int i = 0; i < n; i++) mean[i] += x[i] * Math.exp(log);
    }
    var posterior = run(Conjugates.hmm(start, step, emission));
    assertEquals(Math.log(total), posterior.diagnostics().get("log_evidence"), 1e-10);
    for (int i = 0; i < n; i++) assertEquals(mean[i] / total, Summaries.of(posterior).get(i).mean(), 1e-10);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
  }

  @Example
  void stopsWhenTold() throws NoStart {
    var data = Conjugates.Rows.random(15, 1, 0.8, 0.3, 1);
    var calls = new int[1];
    var posterior = new Exact().run(Conjugates.regression(data, 1.5, 2, 1, false).target(), Map.of(), 1,
        (c, i, n, phase) -> ++calls[0] < 10);
    assertTrue(posterior.interrupted());
    assertTrue(posterior.draws().total() < 20);
    assertEquals(Verdict.Level.DOUBTFUL, posterior.level());
  }

  @Example
  void whatIsNotExactIsRefused() {
    var y = new double[] {1, 2, 3};
    assertTrue(new Exact().objection(Conjugates.mixture(y, 2, 10, 2, 2, 1).target()).isPresent());
    assertTrue(new Exact().objection(Conjugates.localLevel(y).target()).isPresent());
  }
}
