package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ppl.infer.Polynomial.block;
import static ppl.infer.Polynomial.dense;
import static ppl.infer.Polynomial.pair;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ppl.infer.Polynomial.Terms;
import ppl.math.GammaFunctions;
import ppl.math.LineIntegral;
import ppl.runtime.Crew;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

/// Blocks in closed form with gradients for the rest, and Gibbs draws, on models that other engines can do as well.
class HybridProperties {
  /// A regression with the log of its standard deviation outside, q ~ N(0, 1); it can be run as a plain target too.
  private static Polynomial outside(Conjugates.Rows rows) {
    int n = rows.x()[0].length;
    return new Polynomial(List.of(block("beta", n, dense(n))), 1, centres -> {
      var t = new Terms();
      var c = centres[0];
      for (int j = 0; j < n; j++) Conjugates.normalPrior(t, 0, n, j, 0, 3, c);
      t.add((q, g, w) -> {
        g[0] += w * (-q[0] - rows.y().length);
        return -0.5 * q[0] * q[0] - 0.5 * Conjugates.LOG_TWO_PI
            - rows.y().length * (q[0] + 0.5 * Conjugates.LOG_TWO_PI);
      });
      for (int i = 0; i < rows.y().length; i++) {
        var x = rows.x()[i];
        double r = rows.y()[i];
        for (int j = 0; j < n; j++) r -= x[j] * c[j];
        precision(t, -0.5 * r * r);
        for (int j = 0; j < n; j++) {
          precision(t, r * x[j], 0, j);
          precision(t, -0.5 * x[j] * x[j], 0, n + j);
          for (int k = 0; k < j; k++) precision(t, -x[j] * x[k], 0, pair(n, j, k));
        }
      }
      return t;
    });
  }

  private static void precision(Terms t, double coefficient, int... places) {
    t.add((q, g, w) -> {
      double v = coefficient * Math.exp(-2 * q[0]);
      g[0] += w * -2 * v;
      return v;
    }, places);
  }

  /// The same as a plain density of beta and q.
  private static Target plain(Conjugates.Rows rows) {
    int n = rows.x()[0].length;
    return Models.plain(n + 1, (q, g) -> {
      double lp = -0.5 * q[n] * q[n] - 0.5 * Conjugates.LOG_TWO_PI;
      Arrays.fill(g, 0);
      g[n] = -q[n];
      for (int j = 0; j < n; j++) {
        lp -= q[j] * q[j] / 18 + Math.log(3) + 0.5 * Conjugates.LOG_TWO_PI;
        g[j] = -q[j] / 9;
      }
      double p = Math.exp(-2 * q[n]);
      for (int i = 0; i < rows.y().length; i++) {
        double r = rows.y()[i];
        for (int j = 0; j < n; j++) r -= rows.x()[i][j] * q[j];
        lp -= 0.5 * p * r * r + q[n] + 0.5 * Conjugates.LOG_TWO_PI;
        g[n] += p * r * r - 1;
        for (int j = 0; j < n; j++) g[j] += p * r * rows.x()[i][j];
      }
      return lp;
    });
  }

  @Property(tries = 4)
  void theBoundIsAboveThatOfAdvi(@ForAll long seed) throws NoStart {
    var rows = Conjugates.Rows.random(20, 3, 0.7, 1, seed);
    var hybrid = new Hybrid().run(outside(rows).target(), Map.of(), 1, Progress.SILENT);
    var advi = new Advi().run(plain(rows), Map.of(), 1, Progress.SILENT);
    double error = 4 * (hybrid.diagnostics().get("elbo_mcse") + advi.diagnostics().get("elbo_mcse"));
    assertTrue(hybrid.diagnostics().get("elbo") > advi.diagnostics().get("elbo") - error);
    assertEquals(Verdict.Level.TRUSTWORTHY, hybrid.level(), hybrid.verdicts().toString());
    // One coordinate and one block: also exact, by quadrature.
    var exact = new Exact().run(outside(rows).target(), Map.of(), 1, Progress.SILENT);
    assertEquals(Verdict.Level.TRUSTWORTHY, exact.level(), exact.verdicts().toString());
    assertTrue(exact.diagnostics().get("log_evidence") >= hybrid.diagnostics().get("elbo") - error);
    assertEquals(exact.diagnostics().get("log_evidence"), hybrid.diagnostics().get("elbo"), 0.1);
    var e = Summaries.of(exact);
    var h = Summaries.of(hybrid);
    for (int i = 0; i < 4; i++) {
      assertEquals(0, (e.get(i).mean() - h.get(i).mean()) / e.get(i).sd(), 0.15);
      assertEquals(1, h.get(i).sd() / e.get(i).sd(), 0.12);
    }
  }

  private static double integral(LineIntegral.LogDensity f) {
    var integral = LineIntegral.near(f, 0);
    return f.at(integral.mode()) + integral.log();
  }

  /// Two precisions that need each other, with a coordinate that scales both: the blocks' optimum is a bound, its gradient
  /// that of the bound, and the answer says what it takes for independent.
  @Example
  void blocksThatDependOnOneAnotherGiveABound() throws NoStart {
    var coupled = new Polynomial(List.of(Conjugates.gammas("a", 1), Conjugates.gammas("b", 1)), 1, c -> {
      var t = new Terms();
      Conjugates.gammaPrior(t, 0, 1, 0, 3, 2);
      Conjugates.gammaPrior(t, 1, 1, 0, 3, 2);
      t.add((q, g, w) -> {
        g[0] += w * -Math.exp(q[0]);
        return -Math.exp(q[0]);
      }, 0, 0, 1, 0);
      t.add((q, g, w) -> {
        g[0] += w * -q[0];
        return -0.5 * q[0] * q[0] - 0.5 * Conjugates.LOG_TWO_PI;
      });
      return t;
    });
    var collapsed = new Collapsed(coupled.target(), coupled, List.of(), false, new double[][] {{1, 0}, {1, 0}});
    var g = new double[1];
    collapsed.gradient(new double[] {0.3}, g);
    double h = 1e-4;
    double slope = (collapsed.logDensity(new double[] {0.3 + h}) - collapsed.logDensity(new double[] {0.3 - h})) / (2 * h);
    assertEquals(slope, g[0], 1e-5);
    // a integrated out by hand, b and q by quadrature: the bound is below, and not by much.
    double exact = integral(q -> -0.5 * q * q - 0.5 * Conjugates.LOG_TWO_PI + 6 * Math.log(2) - GammaFunctions.lgamma(3)
        + integral(u -> 3 * u - 2 * Math.exp(u) - 3 * Math.log(2 + Math.exp(q + u))));
    double bound = integral(q -> collapsed.logDensity(new double[] {q}));
    assertTrue(bound <= exact, bound + " above " + exact);
    assertEquals(exact, bound, 0.2);
  }

  /// Gradients of the collapsed density by differences, with precisions opened.
  @Property(tries = 10)
  void collapsedGradients(@ForAll long seed) {
    var r = new Random(seed);
    var y = r.doubles(12, -2, 2).toArray();
    var model = Conjugates.localLevel(y);
    var target = Collapsed.of(model.target(), model, 10);
    assertTrue(target.exact());
    assertEquals(2, target.dimension());
    var u = r.doubles(2, -2, 2).toArray();
    var g = new double[2];
    double value = target.gradient(u, g);
    assertEquals(value, target.logDensity(u), 1e-9 * (1 + Math.abs(value)));
    for (int i = 0; i < 2; i++) {
      var moved = u.clone();
      moved[i] += 1e-5;
      double up = target.logDensity(moved);
      moved[i] -= 2e-5;
      assertEquals((up - target.logDensity(moved)) / 2e-5, g[i], 1e-4 * (1 + Math.abs(g[i])));
    }
  }

  /// Forks are about the centres of what they come from, and so are theirs.
  @Property(tries = 10)
  void forksOfForksAreTheSame(@ForAll long seed) {
    var r = new Random(seed);
    var model = Conjugates.localLevel(r.doubles(12, 50, 60).toArray());
    var target = Collapsed.of(model.target(), model, 10);
    target.centre(Streams.of(seed, 1)[0]);
    var u = r.doubles(2, -2, 2).toArray();
    var g = new double[2];
    var expected = new double[2];
    double value = target.gradient(u, expected);
    var drawn = new double[target.outputSize()];
    target.constrain(u, new Random(seed), drawn);
    var out = drawn.clone();
    try (var crew = new Crew(2)) {
      for (var fork : List.of(target.fork(), target.fork().fork(), target.helpedBy(crew), target.helpedBy(crew).fork())) {
        assertEquals(value, fork.gradient(u, g));
        assertArrayEquals(expected, g);
        fork.constrain(u, new Random(seed), out);
        assertArrayEquals(drawn, out);
      }
    }
  }

  /// Kalman's filter and the collapsed density say the same of a random walk with known precisions.
  @Property(tries = 10)
  void aLocalLevelIsKalmans(@ForAll long seed) {
    var r = new Random(seed);
    var y = r.doubles(30, -2, 2).toArray();
    var model = Conjugates.localLevel(y);
    var target = Collapsed.of(model.target(), model, 10);
    double walk = 0.5 + r.nextDouble();
    double noise = 0.5 + r.nextDouble();
    double m = 0;
    double p = 100;
    double log = 0;
    for (int i = 0; i < y.length; i++) {
      if (i > 0) p += 1 / walk;
      double s = p + 1 / noise;
      log -= 0.5 * (Conjugates.LOG_TWO_PI + Math.log(s) + (y[i] - m) * (y[i] - m) / s);
      m += p / s * (y[i] - m);
      p -= p * p / s;
    }
    // Gamma(2, 1) priors and the Jacobians of logs.
    log += 2 * Math.log(walk) - walk + 2 * Math.log(noise) - noise;
    assertEquals(log, target.logDensity(new double[] {Math.log(walk), Math.log(noise)}), 1e-9 * (1 + Math.abs(log)));
    int last = y.length - 1;
    assertEquals(m, target.blocks().factors[0].mean(last), 1e-9);
    assertEquals(Math.sqrt(p), target.blocks().factors[0].sd(last), 1e-9);
  }

  private static double[] walk(int n, long seed) {
    var r = new Random(seed);
    var y = new double[n];
    for (int i = 1; i < n; i++) y[i] = y[i - 1] + 0.5 * r.nextGaussian();
    for (int i = 0; i < n; i++) y[i] += r.nextGaussian();
    return y;
  }

  /// Precisions left to gradients, the walk integrated out: it agrees with Gibbs; mean field is too narrow, and says so.
  @Example
  void threeEnginesOnALocalLevel() throws NoStart {
    var target = Conjugates.localLevel(walk(40, 3)).target();
    var gibbs = new Gibbs().run(target, Map.of("draws", "4000", "chains", "2"), 1, Progress.SILENT);
    var hybrid = new Hybrid().run(target, Map.of(), 1, Progress.SILENT);
    var cavi = new Cavi().run(target, Map.of(), 1, Progress.SILENT);
    assertEquals(Verdict.Level.TRUSTWORTHY, hybrid.level(), hybrid.verdicts().toString());
    var g = Summaries.of(gibbs);
    var h = Summaries.of(hybrid);
    for (int i = 0; i < g.size(); i++) {
      double error = 5 * g.get(i).mcseMean() / g.get(i).sd();
      assertEquals(0, (h.get(i).mean() - g.get(i).mean()) / g.get(i).sd(), 0.1 + error, h.get(i).name());
      assertEquals(1, h.get(i).sd() / g.get(i).sd(), 0.15, h.get(i).name());
    }
    assertTrue(hybrid.diagnostics().get("elbo") > cavi.diagnostics().get("elbo"));
    assertTrue(cavi.level() != Verdict.Level.TRUSTWORTHY, cavi.verdicts().toString());
  }

  /// Discrete, normal, gamma and Dirichlet blocks by Gibbs: clusters far apart have known answers.
  @Example
  void gibbsOnAMixture() throws NoStart {
    var r = new Random(2);
    var y = new double[60];
    for (int i = 0; i < y.length; i++) y[i] = (i % 3 == 0 ? -20 : 20) + r.nextGaussian();
    var posterior = new Gibbs().run(Conjugates.mixture(y, 2, 50, 2, 2, 1).target(),
        Map.of("chains", "1", "draws", "2000", "warmup", "200"), 1, Progress.SILENT);
    var s = Summaries.of(posterior);
    int low = s.get(0).mean() < 0 ? 0 : 1;
    double mean = IntStream.range(0, 60).filter(i -> i % 3 == 0).mapToDouble(i -> y[i]).average()
        .orElseThrow();
    assertEquals(mean, s.get(low).mean(), 0.05);
    assertEquals(21.0 / 62, s.get(4 + low).mean(), 0.01);
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), posterior.verdicts().toString());
  }

  /// A coordinate outside the blocks is moved by trajectories within the sweeps.
  @Example
  void gibbsWithCoordinatesOutside() throws NoStart {
    var rows = Conjugates.Rows.random(20, 3, 0.7, 1, 4);
    var exact = Summaries.of(new Exact().run(outside(rows).target(), Map.of(), 1, Progress.SILENT));
    var gibbs = new Gibbs().run(outside(rows).target(), Map.of("chains", "2"), 1, Progress.SILENT);
    var s = Summaries.of(gibbs);
    for (int i = 0; i < 4; i++) {
      assertEquals(0, (s.get(i).mean() - exact.get(i).mean()) / exact.get(i).sd(), 0.12);
      assertEquals(1, s.get(i).sd() / exact.get(i).sd(), 0.12);
    }
    assertEquals(Verdict.Level.TRUSTWORTHY, gibbs.level(), gibbs.verdicts().toString());
  }

  @Example
  void sameSeedSameBitsOnAnyNumberOfThreads() throws NoStart {
    var target = Conjugates.localLevel(walk(15, 1)).target();
    for (Engine engine : List.of(new Hybrid(), new Gibbs())) {
      Posterior one = engine.run(target, Map.of("threads", "1", "draws", "100"), 5, Progress.SILENT);
      Posterior many = engine.run(target, Map.of("threads", "3", "draws", "100"), 5, Progress.SILENT);
      assertArrayEquals(one.draws().chains().getFirst().all(), many.draws().chains().getFirst().all());
      assertEquals(one.diagnostics(), many.diagnostics());
    }
  }

  @Example
  void impossibleModelsSayWhy() {
    var improper = new Polynomial(List.of(Conjugates.gammas("rate", 1)), 0, c -> new Terms().add(-1.5, 0, 1));
    var why = assertThrows(NoStart.class,
        () -> new Exact().run(improper.target(), Map.of(), 1, Progress.SILENT));
    assertTrue(why.getMessage().contains("rate: its shape would be -0.5"), why.getMessage());
  }

  /// Where nothing is left to gradients, the method that is named instead runs.
  @Example
  void theAdviceIsAMethodThatRuns() {
    var rate = new Polynomial(List.of(Conjugates.gammas("rate", 1)), 0, c -> new Terms().add(1.5, 0, 1).add(-1, 0, 0)).target();
    assertTrue(new Hybrid().objection(rate).orElseThrow().endsWith("--method exact"));
    assertEquals(Optional.empty(), new Exact().objection(rate));
    var mixture = Conjugates.mixture(new double[] {-3, 3, 4}, 2, 50, 2, 2, 1).target();
    assertTrue(new Hybrid().objection(mixture).orElseThrow().endsWith("--method cavi"));
    assertTrue(new Exact().objection(mixture).isPresent());
    assertEquals(Optional.empty(), new Cavi().objection(mixture));
  }
}
