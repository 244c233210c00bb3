package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import ppl.math.DenseMatrix;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Target;
import ppl.runtime.Verdict;
import ppl.stats.Summaries;

class NutsTest {
  private static Posterior run(Target target, Map<String, String> given, long seed) throws NoStart {
    return new Nuts().run(target, given, seed, Progress.SILENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "diagonal", "dense"})
  void aCorrelatedNormal(String metric) throws NoStart {
    var g = Gaussians.rotated(5, 2, 8);
    var posterior = run(g.target(), Map.of("metric", metric), 1);
    var s = Summaries.of(posterior);
    for (int i = 0; i < 5; i++) {
      assertEquals(g.mean()[i], s.get(i).mean(), 5 * s.get(i).mcseMean());
      assertEquals(1, s.get(i).sd() / g.sd(i), 0.1);
      assertTrue(s.get(i).rhat() < 1.02);
    }
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
  }

  @Test
  void theDenseMetricMakesRotationsEasy() throws NoStart {
    var g = Gaussians.rotated(5, 4, 8);
    double diagonal = run(g.target(), Map.of("metric", "diagonal"), 1).diagnostics().get("leapfrog_steps");
    for (var metric : List.of("auto", "dense")) {
      double dense = run(g.target(), Map.of("metric", metric), 1).diagnostics().get("leapfrog_steps");
      assertTrue(dense < diagonal / 3, metric + ": " + dense + " against " + diagonal);
    }
  }

  @Test
  void unlikeScalesAreLearned() throws NoStart {
    var scale = new double[] {1e-6, 1, 1e6};
    var precision = new double[9];
    for (int i = 0; i < 3; i++) precision[4 * i] = 1 / (scale[i] * scale[i]);
    var posterior = run(Models.gaussian(new double[3], precision), Map.of(), 5);
    var s = Summaries.of(posterior);
    for (int i = 0; i < 3; i++) assertEquals(1, s.get(i).sd() / scale[i], 0.1);
    assertTrue(posterior.diagnostics().get("max_treedepth") <= 4);
  }

  /// The report takes what the verdict has looked at, and that is about the draws as they are in the end.
  /// A step is found where there is no warm-up to adapt it; chains that never move are no answer.
  @Test
  void withoutWarmUpChainsMove() throws NoStart {
    var posterior = run(Models.eightSchools(), Map.of("warmup", "0", "draws", "50", "max-thin", "1"), 1);
    assertTrue(posterior.diagnostics().get("mean_stepsize") > 0.01);
    assertTrue(Arrays.stream(posterior.draws().column(0, 0)).distinct().count() > 25);
    var cliff = Models.plain(1, (q, g) -> {
      g[0] = 1e300 * q[0];
      return q[0] == 0 ? 0 : -1e200;
    });
    // who had a warm-up is not told to have one
    for (var warmup : List.of("50", "1000")) {
      var still = run(cliff, Map.of("draws", "50", "warmup", warmup), 1);
      assertEquals(Verdict.Level.NOT_TO_BE_USED, still.level(), () -> "" + still.verdicts());
      var finding = still.verdicts().stream().filter(v -> v.sentence().startsWith("No chain moved")).findFirst().orElseThrow();
      assertEquals(warmup.equals("50"), finding.advice().contains("--warmup"), finding.advice());
    }
  }

  @Test
  void summariesAreThoseOfTheDraws() throws NoStart {
    var p = run(Models.eightSchools(), Map.of("draws", "50", "warmup", "100", "max-thin", "4"), 3);
    assertEquals(4, p.diagnostics().get("thin"));
    assertTrue(p.summary(0).isPresent());
    var fresh = new Posterior(p.method(), p.seed(), p.settings(), p.kind(), p.quantities(), p.draws(), p.columns(), p.sampler(),
        p.mode(), p.diagnostics(), p.verdicts(), p.seconds(), p.interrupted());
    assertEquals(Summaries.of(fresh), Summaries.of(p));
  }

  @Test
  void eightSchools() throws NoStart {
    var s = Summaries.of(run(Models.eightSchools(), Map.of(), 11));
    assertEquals(4.394, s.get(0).mean(), 0.1 * 3.35);
    assertEquals(3.647, s.get(1).mean(), 0.1 * 3.25);
    assertEquals(3.249, s.get(1).sd(), 0.15 * 3.25);
    assertEquals(0.328, s.get(2).mean(), 0.1);
  }

  /// Undivided steps cannot enter the neck, and miss a tenth of the lower half.
  @Test
  void theNeckOfAFunnelIsSeen() throws NoStart {
    var posterior = run(Models.funnel(1), Map.of("draws", "8000"), 3);
    var s = Summaries.of(posterior).getFirst();
    assertEquals(0, s.mean(), 0.3);
    assertEquals(3, s.sd(), 0.3);
    assertEquals(-3 * 1.645, s.q5(), 0.6);
    assertTrue(posterior.diagnostics().get("divergences") < 8);
  }

  /// Trajectories of one step mix slowly: sampling goes on, and the draws that there were are kept, thinned.
  @Test
  void samplingIsProlongedWhileDrawsAreWorthLittle() throws NoStart {
    var target = Gaussians.rotated(4, 0, 2).target();
    var settings = Map.of("max-depth", "1", "draws", "101", "chains", "2", "threads", "1");
    var once = run(target, with(settings, "max-thin", "1"), 7);
    assertEquals(1, once.diagnostics().get("thin"));
    assertTrue(once.diagnostics().get("min_ess_bulk") < 200);
    var longer = run(target, with(settings, "max-thin", "5"), 7);
    assertEquals(4, longer.diagnostics().get("thin"));
    assertEquals(101, longer.draws().length(0));
    assertTrue(longer.diagnostics().get("min_ess_bulk") > 2 * once.diagnostics().get("min_ess_bulk"));
    assertTrue(longer.diagnostics().get("leapfrog_steps") > 3.5 * once.diagnostics().get("leapfrog_steps"));
    assertTrue(longer.verdicts().stream().anyMatch(v -> v.sentence().contains("every 4th draw")));
    for (int i = 0; 4 * i < 101; i++) assertEquals(once.draws().get(1, 4 * i, 2), longer.draws().get(1, i, 2));
    var threads = run(target, with(settings, "max-thin", "5", "threads", "2"), 7);
    assertArrayEquals(longer.draws().chains().get(1).all(), threads.draws().chains().get(1).all());
  }

  private static Map<String, String> with(Map<String, String> settings, String... more) {
    var out = new HashMap<>(settings);
    for (int i = 0; i < more.length; i += 2) out.put(more[i], more[i + 1]);
    return out;
  }

  @Test
  void aCliffIsExplained() throws NoStart {
    var target = Models.plain(2, (q, g) -> {
      g[0] = -q[0];
      g[1] = -q[1];
      return q[0] > 0.3 ? Double.NEGATIVE_INFINITY : -0.5 * (q[0] * q[0] + q[1] * q[1]);
    });
    var posterior = run(target, Map.of(), 3);
    assertTrue(posterior.level().compareTo(Verdict.Level.DOUBTFUL) >= 0);
    assertTrue(posterior.verdicts().stream().anyMatch(v -> v.sentence().contains("diverged")));
    assertTrue(posterior.diagnostics().get("divergences") > 0);
  }

  @Test
  void sameSeedSameBitsOnAnyNumberOfThreads() throws NoStart {
    var settings = Map.of("warmup", "200", "draws", "100", "chains", "3");
    var one = new HashMap<>(settings);
    one.put("threads", "1");
    var many = new HashMap<>(settings);
    many.put("threads", "3");
    var a = run(Models.eightSchools(), one, 42);
    var b = run(Models.eightSchools(), many, 42);
    var c = run(Models.eightSchools(), many, 43);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(a.draws().chains().get(i).all(), b.draws().chains().get(i).all());
      assertArrayEquals(a.sampler().chains().get(i).all(), b.sampler().chains().get(i).all());
    }
    assertTrue(a.draws().get(0, 0, 0) != c.draws().get(0, 0, 0));
  }

  @Test
  void chainsDoNotDependOnHowManyThereAre() throws NoStart {
    var few = run(Gaussians.rotated(2, 0, 1).target(), Map.of("draws", "20", "paths", "1", "chains", "1"), 5);
    assertEquals(1, few.draws().chains().size());
    assertEquals(20, few.draws().length(0));
    assertEquals(7, few.columns().size());
  }

  /// A trajectory of a thousand steps that take long is not waited for.
  @Test
  void interruptionBreaksATrajectoryOff() throws NoStart {
    var stopped = new AtomicBoolean();
    var after = new AtomicInteger();
    var target = Models.plain(1, (q, g) -> {
      if (stopped.get()) {
        after.incrementAndGet();
        pause();
      }
      g[0] = -q[0];
      return -0.5 * q[0] * q[0];
    });
    var posterior = new Nuts().run(target, Map.of("threads", "1", "chains", "1", "target-accept", "0.9999"), 1,
        (chain, iteration, total, phase) -> {
          // the trajectory that begins is long
          boolean told = stopped.get();
          if (phase == Progress.Phase.SAMPLING && iteration == total - 500) stopped.set(true);
          return !told;
        });
    assertTrue(posterior.interrupted());
    assertEquals(499, posterior.draws().length(0));
    assertTrue(after.get() <= 2, after.toString());
  }

  private static void pause() {
    try {
      Thread.sleep(25);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void interruptionKeepsWhatThereIs() throws NoStart {
    var posterior = new Nuts().run(Models.eightSchools(), Map.of("threads", "1", "chains", "2"), 1,
        (chain, iteration, total, phase) -> chain == 0 || iteration <= 1300);
    assertTrue(posterior.interrupted());
    assertEquals(1000, posterior.draws().length(0));
    assertEquals(300, posterior.draws().length(1));
    assertEquals(300, posterior.draws().column(0)[0].length);
    assertTrue(posterior.verdicts().stream().anyMatch(v -> v.sentence().contains("interrupted")));
    var nothing = new Nuts().run(Models.eightSchools(), Map.of(), 1, (chain, iteration, total, phase) -> false);
    assertEquals(0, nothing.draws().total());
    assertEquals(Verdict.Level.NOT_TO_BE_USED, nothing.level());
    assertEquals(18, Summaries.of(nothing).size());
  }

  @Test
  void aPoorModeIsLeftAndEqualOnesShow() throws NoStart {
    // 200 nats apart, the worse mode nearer to the starts.
    var target = Models.plain(1, (q, g) -> {
      double a = -200 - 0.5 * (q[0] + 1) * (q[0] + 1);
      double b = -50 * (q[0] - 20) * (q[0] - 20);
      g[0] = a > b ? -(q[0] + 1) : -100 * (q[0] - 20);
      return Math.max(a, b);
    });
    var sometimes = new Models.Started((Models.Plain) target, (random, q) -> q[0] = random.nextInt(3) == 0 ? 19 : 0);
    var posterior = run(sometimes, Map.of("draws", "100", "warmup", "100"), 4);
    for (int c = 0; c < 4; c++) assertEquals(20, posterior.draws().get(c, 50, 0), 1);
    var two = run(AdviProperties.bimodal(0.5), Map.of("paths", "1", "draws", "200", "chains", "8"), 1);
    assertEquals(Verdict.Level.NOT_TO_BE_USED, two.level());
  }

  @Test
  void mixturesFromRandomStartsAgree() throws NoStart {
    var random = new Random(1);
    var y = new double[300];
    for (int i = 0; i < y.length; i++) y[i] = i % 3 == 0 ? -4 + random.nextGaussian() : 4 + 0.7 * random.nextGaussian();
    var posterior = run(Models.mixture(y, 2, false), Map.of("draws", "300", "warmup", "300"), 6);
    var s = Summaries.of(posterior);
    assertEquals(1 / 3.0, s.get(0).mean(), 0.03);
    assertEquals(-4, s.get(2).mean(), 0.3);
    assertEquals(4, s.get(3).mean(), 0.3);
    assertTrue(s.stream().allMatch(e -> e.rhat() < 1.05));
  }

  @Test
  void noFiniteStartIsAMessage() {
    var nowhere = Models.plain(2, (q, g) -> Double.NaN);
    for (var engine : Engine.ALL) {
      if (engine.objection(nowhere).isPresent()) continue;
      var e = assertThrows(NoStart.class, () -> engine.run(nowhere, Map.of(), 1, Progress.SILENT));
      assertTrue(e.getMessage().contains("never finite"));
    }
  }

  @Test
  void withoutUnknownsQuantitiesAreGenerated() throws NoStart {
    var target = new Models.Plain(0, (q, g) -> -1.5, List.of(Models.scalar("u")), (q, out) -> out[0] = 7, 0);
    for (var engine : Engine.ALL) {
      if (engine.objection(target).isPresent()) continue;
      var posterior = engine.run(target, Map.of(), 1, Progress.SILENT);
      assertEquals(7, Summaries.of(posterior).getFirst().mean());
      assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level());
      assertEquals(-1.5, posterior.sampler().get(0, 0, 0));
    }
  }

  @Test
  void transitionsAllocateNothing() {
    int d = 50;
    var target = new Quiet(d);
    for (var metric : List.of(new Metric.Diagonal(ones(d)), Metric.Dense.of(d, DenseMatrix.identity(d)))) {
      var space = new PhaseSpace(target, metric, 8);
      var tree = new Tree(8);
      var random = Streams.of(1, 1)[0];
      space.place(ones(d));
      space.stepSize(0.3);
      var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
      long before = 0;
      for (int i = 0; i < 3000; i++) {
        if (i == 2000) before = bean.getCurrentThreadAllocatedBytes();
        space.refresh(random);
        tree.grow(space, random);
      }
      long bytes = bean.getCurrentThreadAllocatedBytes() - before;
      assertTrue(bytes < 1000 * 16, bytes + " bytes in 1000 transitions");
    }
  }

  private static double[] ones(int d) {
    var out = new double[d];
    Arrays.fill(out, 1);
    return out;
  }

  /// A standard normal that allocates nothing itself.
  private record Quiet(int dimension) implements Target {
    @Override
    public double logDensity(double[] q) {
      double s = 0;
      for (double x : q) s -= 0.5 * x * x;
      return s;
    }

    @Override
    public double gradient(double[] q, double[] g) {
      for (int i = 0; i < q.length; i++) g[i] = -q[i];
      return logDensity(q);
    }

    @Override
    public List<Quantity> quantities() {
      return List.of();
    }

    @Override
    public int outputSize() {
      return 0;
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {}

    @Override
    public void start(RandomGenerator random, double[] q) {}

    @Override
    public Target fork() {
      return this;
    }
  }
}
