package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Posterior;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

class AdviProperties {
  private static Posterior run(Target target, Map<String, String> given, long seed) throws NoStart {
    return new Advi().run(target, given, seed, Progress.SILENT);
  }

  /// More coordinates than noise pairs included, where only the control variate makes scales exact.
  @Property(tries = 25)
  void meanFieldIsExactOnNormals(@ForAll @IntRange(min = 1, max = 60) int d,
      @ForAll @DoubleRange(min = 0, max = 8) double decades, @ForAll long seed) throws NoStart {
    var g = Gaussians.rotated(d, decades, seed);
    var summaries = Summaries.of(run(g.target(), Map.of("draws", "200"), seed));
    for (int i = 0; i < d; i++) {
      assertEquals(0, (summaries.get(i).mean() - g.mean()[i]) / g.sd(i), 1e-3);
      assertEquals(1, summaries.get(i).sd() / g.conditionalSd(i), 0.005);
    }
  }

  @Property(tries = 15)
  void fullRankIsExactOnNormals(@ForAll @IntRange(min = 1, max = 25) int d,
      @ForAll @DoubleRange(min = 0, max = 8) double decades, @ForAll long seed) throws NoStart {
    var g = Gaussians.rotated(d, decades, seed);
    var posterior = run(g.target(), Map.of("draws", "200", "family", "fullrank"), seed);
    var summaries = Summaries.of(posterior);
    for (int i = 0; i < d; i++) {
      assertEquals(0, (summaries.get(i).mean() - g.mean()[i]) / g.sd(i), 1e-3);
      assertEquals(1, summaries.get(i).sd() / g.sd(i), 0.02);
    }
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
    double evidence = 0.5 * (d * Math.log(2 * Math.PI) - decades * Math.log(10) * (d == 1 ? 0 : d / 2.0));
    assertEquals(evidence, posterior.diagnostics().get("elbo"), 1e-2);
  }

  /// Above the size of dense matrices: a random walk observed with noise, whose precision has three diagonals.
  @Example
  void manyUnknownsGoWithoutMatrices() throws NoStart {
    int d = Whitening.DENSE_LIMIT + 100;
    double inner = 1 + 2 * 0.5;
    var walk = Models.plain(d, (q, g) -> {
      double lp = 0;
      for (int i = 0; i < d; i++) {
        double left = i == 0 ? q[i] : q[i] - q[i - 1];
        double right = i == d - 1 ? 0 : q[i + 1] - q[i];
        double residual = q[i] - Math.sin(i / 50.0);
        g[i] = -0.5 * left + 0.5 * right - residual;
        lp -= 0.25 * left * left + 0.5 * residual * residual;
      }
      return lp;
    });
    var exact = new Laplace().run(walk, Map.of("draws", "2", "starts", "1"), 1, Progress.SILENT).mode().orElseThrow();
    for (var family : new String[] {"meanfield", "fullrank"}) {
      var posterior = run(walk, Map.of("draws", "100", "check", "no", "family", family), 5);
      var s = Summaries.of(posterior);
      for (int i = 0; i < d - 1; i++) {
        assertEquals(exact[i], s.get(i).mean(), 0.02);
        assertEquals(1, s.get(i).sd() * Math.sqrt(inner), 0.15);
      }
      assertEquals(family.equals("fullrank"),
          posterior.verdicts().stream().anyMatch(v -> v.sentence().contains("out of reach")));
    }
  }

  @Example
  void eightSchools() throws NoStart {
    for (long seed = 1; seed <= 3; seed++) {
      for (var family : new String[] {"meanfield", "fullrank"}) {
        var posterior = run(Models.eightSchools(), Map.of("family", family), seed);
        var s = Summaries.of(posterior);
        assertEquals(0, (s.get(0).mean() - 4.39) / 3.35, 0.1);
        assertEquals(0, (s.get(1).mean() - 3.65) / 3.25, 0.3);
        assertEquals(0, (s.get(2).mean() - 0.328) / 0.99, 0.1);
        assertTrue(posterior.diagnostics().get("khat") < 0.8);
      }
    }
  }

  /// Intercepts that hardly vary, centred: indefinite curvature and a pole at the start must not lead the fit astray.
  @Example
  void aWeakHierarchyIsFitAndDoubted() throws NoStart {
    var random = new Random(8);
    int groups = 40;
    int n = 300;
    var group = new int[n];
    var x = new double[n];
    var y = new double[n];
    for (int i = 0; i < n; i++) {
      group[i] = random.nextInt(groups);
      x[i] = random.nextGaussian();
      y[i] = 1 + 0.1 * Math.sin(group[i]) - 0.7 * x[i] + 0.8 * random.nextGaussian();
    }
    for (long seed = 1; seed <= 2; seed++) {
      var posterior = run(Models.radon(group, x, y, groups), Map.of(), seed);
      var s = Summaries.of(posterior);
      assertEquals(1, s.get(0).mean(), 0.2);
      assertEquals(-0.7, s.get(1).mean(), 0.2);
      assertEquals(0.8, s.get(4).mean(), 0.1);
      assertTrue(s.stream().allMatch(e -> e.sd() < 1));
      assertTrue(posterior.level().compareTo(Verdict.Level.DOUBTFUL) >= 0);
    }
  }

  /// Gamma(3) on the log scale: the closest normal has its mean, but the sd 3 sqrt(exp(1/3) - 1) = 1.89.
  @Example
  void importanceWeightsCorrectTheDraws() throws NoStart {
    var gamma = new Models.Plain(1, (q, g) -> {
      double x = Math.exp(q[0]);
      g[0] = 3 - x;
      return 3 * q[0] - x;
    }, List.of(Models.scalar("x")), (q, out) -> out[0] = Math.exp(q[0]), 2);
    var plain = Summaries.of(run(gamma, Map.of("draws", "4000"), 1)).getFirst();
    var posterior = run(gamma, Map.of("draws", "4000", "correct", "yes"), 1);
    var corrected = Summaries.of(posterior).getFirst();
    assertEquals(4000, posterior.draws().total());
    assertEquals(3, plain.mean(), 0.02);
    assertEquals(1.887, plain.sd(), 0.04);
    assertEquals(3, corrected.mean(), 0.05);
    assertEquals(Math.sqrt(3), corrected.sd(), 0.04);
  }

  @Example
  void doubtsWhatANormalCannotBe() throws NoStart {
    for (long seed = 1; seed <= 5; seed++) {
      assertTrue(run(Models.funnel(9), Map.of(), seed).level().compareTo(Verdict.Level.DOUBTFUL) >= 0);
      assertTrue(run(Models.eightSchoolsCentred(), Map.of(), seed).level().compareTo(Verdict.Level.DOUBTFUL) >= 0);
    }
  }

  /// Uncentred predictors on scales from 1e-4 to 1e3, so that the intercept is all but determined by slopes.
  @Example
  void badlyScaledRegressionAgreesWithLongChains() throws NoStart {
    var target = badLogistic();
    var exact = Summaries.of(new Nuts().run(target, Map.of("metric", "dense", "chains", "2"), 1, Progress.SILENT));
    for (var family : new String[] {"meanfield", "fullrank"}) {
      var s = Summaries.of(run(target, Map.of("family", family), 7));
      for (int i = 0; i < s.size(); i++) {
        assertEquals(0, (s.get(i).mean() - exact.get(i).mean()) / exact.get(i).sd(), 0.12, s.get(i).name());
      }
    }
  }

  private static Target badLogistic() {
    var random = new Random(3);
    int n = 120;
    var x = new double[n][3];
    var y = new int[n];
    for (int i = 0; i < n; i++) {
      double a = random.nextGaussian();
      double b = random.nextGaussian();
      x[i][0] = 1e3 * (20 + a);
      x[i][1] = 1e-4 * (5 + b);
      x[i][2] = 30 + 0.3 * a + random.nextGaussian();
      y[i] = random.nextDouble() < 1 / (1 + Math.exp(-(0.7 * a - b + 0.3))) ? 1 : 0;
    }
    return Models.logistic(x, y, 1e5);
  }

  @Example
  void findsTheBetterModeAndSaysWhenThereAreTwo() throws NoStart {
    assertEquals(5, Summaries.of(run(bimodal(0.05), Map.of(), 2)).getFirst().mean(), 0.05);
    var posterior = run(bimodal(0.45), Map.of("starts", "16"), 2);
    assertTrue(posterior.verdicts().stream().anyMatch(v -> v.sentence().contains("several modes")));
  }

  /// Unit normals at -5, with weight w, and at 5.
  static Target bimodal(double w) {
    return Models.plain(1, (q, g) -> {
      double a = Math.log(w) - 0.5 * (q[0] + 5) * (q[0] + 5);
      double b = Math.log(1 - w) - 0.5 * (q[0] - 5) * (q[0] - 5);
      double max = Math.max(a, b);
      double sum = Math.exp(a - max) + Math.exp(b - max);
      double p = Math.exp(a - max) / sum;
      g[0] = -p * (q[0] + 5) - (1 - p) * (q[0] - 5);
      return max + Math.log(sum);
    });
  }

  @Example
  void sameSeedSameBitsOnAnyNumberOfThreads() throws NoStart {
    var one = run(Models.eightSchools(), Map.of("threads", "1"), 9);
    var many = run(Models.eightSchools(), Map.of("threads", "4"), 9);
    assertArrayEquals(one.draws().chains().getFirst().all(), many.draws().chains().getFirst().all());
    assertEquals(one.diagnostics(), many.diagnostics());
  }

  @Example
  void stopsWhenTold() throws NoStart {
    var calls = new int[1];
    var posterior = new Advi().run(Models.eightSchools(), Map.of(), 1, (c, i, n, phase) -> ++calls[0] < 5);
    assertTrue(posterior.interrupted());
    assertEquals(Verdict.Level.NOT_TO_BE_USED, posterior.level());
  }

  /// Whatever one evaluation takes, a run that is told to stop draws a few times and no more.
  @Example
  void aSlowModelStopsDrawing() throws NoStart {
    var after = new AtomicInteger();
    var stopped = new AtomicBoolean();
    var target = Models.plain(2, (q, g) -> {
      if (stopped.get()) {
        after.incrementAndGet();
        LockSupport.parkNanos(20_000_000);
      }
      for (int i = 0; i < 2; i++) g[i] = -q[i];
      return -0.5 * (q[0] * q[0] + q[1] * q[1]);
    });
    var posterior = new Advi().run(target, Map.of("threads", "1"), 1, (c, i, n, phase) -> {
      if (phase == Progress.Phase.DRAWING) stopped.set(true);
      return !stopped.get();
    });
    assertTrue(posterior.interrupted());
    assertTrue(after.get() < 200, () -> after.get() + " evaluations after the run was told to stop");
    int rows = posterior.draws().chains().getFirst().all().length / posterior.draws().width();
    assertTrue(rows >= 20 && rows < 200, () -> rows + " draws");
  }

  @Example
  void aPosteriorWithAnEdgeIsFitInside() throws NoStart {
    // Beyond 3 the density is not finite; the start lies inside.
    var target = Models.plain(1, (q, g) -> {
      g[0] = -q[0];
      return q[0] > 3 ? Double.NaN : -0.5 * q[0] * q[0];
    });
    var s = Summaries.of(run(target, Map.of(), 1)).getFirst();
    assertEquals(0, s.mean(), 0.1);
    assertEquals(1, s.sd(), 0.15);
  }
}
