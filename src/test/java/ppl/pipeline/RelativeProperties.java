package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import ppl.infer.Engine;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.lower.Known;
import ppl.lower.Lowering;
import ppl.runtime.KernelTarget;
import ppl.runtime.Posterior;
import ppl.runtime.Quantity;
import ppl.runtime.Relatives;
import ppl.runtime.Target;
import ppl.runtime.Verdict;

/// Coordinates that are relative to priors change what a position means, and nothing else.
class RelativeProperties {
  private static final double STEP = 1e-5;

  /// A prior that moves or scales by `m` and `s`.
  ///
  /// @param positive whether the model's own coordinate is the logarithm
  record Prior(String law, boolean positive) {}

  private static final List<Prior> PRIORS = List.of(new Prior("Normal(m, s)", false), new Prior("Normal(m, precision = s)", false),
      new Prior("Normal(0, variance = s)", false), new Prior("StudentT(4, m, s)", false), new Prior("Cauchy(m, s)", false),
      new Prior("Laplace(m, s)", false), new Prior("Logistic(m, s)", false), new Prior("Gumbel(m, s)", false),
      new Prior("SkewNormal(m, s, 2)", false), new Prior("LogNormal(m, s)", true), new Prior("Exponential(s)", true),
      new Prior("Exponential(mean = s)", true), new Prior("Gamma(2, s)", true), new Prior("Gamma(mean = s, sd = 2)", true),
      new Prior("InverseGamma(3, s)", true), new Prior("Weibull(1.5, s)", true), new Prior("Weibull(s, 2)", true),
      new Prior("HalfNormal(s)", true), new Prior("HalfCauchy(s)", true), new Prior("HalfStudentT(3, s)", true),
      new Prior("truncated(Normal(m, s), lower = 0)", true), new Prior("truncated(StudentT(4, 0, s), lower = 0)", true));

  @Provide
  Arbitrary<Prior> priors() {
    return Arbitraries.of(PRIORS);
  }

  private static Whole.Ready one(Prior prior, int n, boolean walks) {
    var type = prior.positive ? "positive" : "real";
    var before = prior.positive ? "log(x[i - 1])" : "x[i - 1]";
    var stated = walks && prior.law.contains("m")
        ? "x : %s[N]\nx[1] ~ %s\nfor i in 2..N { x[i] ~ %s }\n".formatted(type, prior.law, prior.law.replace("m,", "0.5 * m + 0.5 * " + before + ","))
        : "x : %s[N] ~ %s\n".formatted(type, prior.law);
    return Whole.ready("data N : int\ndata y : real[N]\nm : real ~ Normal(0, 1)\ns : positive ~ LogNormal(0, 1)\n" + stated
        + "y ~ Normal(x, 1)", Map.of("N", "" + n, "y", IntStream.range(0, n).mapToObj(i -> "" + (i - 0.5)).toList().toString()));
  }

  private static double[] values(Target target, double[] q) {
    var out = new double[target.outputSize()];
    target.constrain(q, RandomGenerator.of("L64X128MixRandom"), out);
    return out;
  }

  /// The model's own coordinates of what is at `q` of the other target: those of m and s are the same.
  private static double[] own(Target relative, double[] q, boolean positive) {
    var x = values(relative, q);
    var own = q.clone();
    for (int i = 2; i < q.length; i++) own[i] = positive ? Math.log(x[i]) : x[i];
    return own;
  }

  /// Densities differ by the Jacobian, which is triangular: each element moves with its own coordinate and those before.
  @Property(tries = 80)
  void densitiesAreTheSame(@ForAll("priors") Prior prior, @ForAll @IntRange(min = 1, max = 4) int n, @ForAll boolean walks,
      @ForAll long seed) {
    var ready = one(prior, n, walks);
    var target = ready.program().bind(ready.data());
    assertEquals(List.of("x"), target.relatives());
    var relative = target.relative(Set.of("x"));
    var q = PipelineProperties.position(relative, seed);
    double jacobian = 0;
    for (int i = 2; i < q.length; i++) {
      var above = q.clone();
      var below = q.clone();
      above[i] += STEP;
      below[i] -= STEP;
      jacobian += Math.log((own(relative, above, prior.positive)[i] - own(relative, below, prior.positive)[i]) / (2 * STEP));
    }
    var own = own(relative, q, prior.positive);
    PipelineProperties.agree("log density", target.logDensity(own) + jacobian, relative.logDensity(q), 1e-6);
    PipelineProperties.agree("value", values(target, own), values(relative, q));
    Differences.check(relative, q);
  }

  /// What is told of coordinates: what they are, where the other target's would be, and how they change with these.
  @Property(tries = 60)
  void coordinatesAreTold(@ForAll("priors") Prior prior, @ForAll @IntRange(min = 1, max = 4) int n, @ForAll boolean walks,
      @ForAll long seed) {
    var ready = one(prior, n, walks);
    var target = ready.program().bind(ready.data());
    var relative = target.relative(Set.of("x"));
    var q = PipelineProperties.position(relative, seed);
    var own = own(relative, q, prior.positive);
    var told = values(target.tellingRelatives(), own);
    assertEquals(3 * n, told.length);
    for (int i = 0; i < n; i++) {
      PipelineProperties.agree("own", own[2 + i], told[i]);
      PipelineProperties.agree("relative", q[2 + i], told[n + i], 1e-8);
      var above = q.clone();
      above[2 + i] += STEP;
      double slope = (own(relative, above, prior.positive)[2 + i] - own[2 + i]) / STEP;
      assertEquals(Math.log(slope), told[2 * n + i], 1e-6 * (1 + Math.abs(told[2 * n + i])) + 1e-9 / slope);
    }
  }

  /// Bounds that are declared or truncate: the distance from them is counted in units of the scale.
  @Property(tries = 40)
  void distancesFromBoundsAreInUnitsOfTheScale(@ForAll("bounded") String law, @ForAll long seed) {
    boolean below = law.contains("lower");
    var ready = Whole.ready("data y : real\nm : real ~ Normal(0, 1)\ns : positive ~ LogNormal(0, 1)\nx : " + law + "\ny ~ Normal(x, 1)", "{\"y\": 1}");
    var target = ready.program().bind(ready.data());
    assertEquals(List.of("x"), target.relatives());
    var relative = target.relative(Set.of("x"));
    var q = PipelineProperties.position(relative, seed);
    var values = values(relative, q);
    PipelineProperties.agree("relative", Math.log((below ? values[2] - 2 : 2 - values[2]) / values[1]), q[2], 1e-8);
    var own = q.clone();
    own[2] = q[2] + Math.log(values[1]);
    PipelineProperties.agree("log density", target.logDensity(own), relative.logDensity(q), 1e-10);
    Differences.check(relative, q);
  }

  @Provide
  Arbitrary<String> bounded() {
    return Arbitraries.of("real ~ truncated(Normal(m, s), lower = 2)", "real ~ truncated(Laplace(m, s), upper = 2)",
        "real(lower = 2) ~ Normal(m, s)", "real(upper = 2) ~ Logistic(m, s)");
  }

  /// Whatever the model: what may be relative may be it alone or with others, and gradients are slopes.
  @Property(tries = 25)
  void gradientsAreSlopes(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    var target = ready.program().bind(ready.data());
    for (var name : target.relatives()) Differences.check(target.relative(Set.of(name)), PipelineProperties.position(target, seed));
    if (target.relatives().isEmpty()) return;
    var all = target.relative(Set.copyOf(target.relatives()));
    assertEquals(target.dimension(), all.dimension());
    assertEquals(target.quantities(), all.quantities());
    Differences.check(all, PipelineProperties.position(target, seed));
  }

  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  private static List<String> relatives(String text) {
    return Lowering.relatives(Whole.ready(text, "{}").program().typed(), Known.NOTHING);
  }

  @Example
  void onlyPriorsThatDependOnUnknownsCount() {
    assertEquals(List.of("b", "d"), relatives("""
        a : real ~ Normal(0, 3)
        b : real ~ Normal(a, 3)
        c : positive ~ Gamma(exp(a), 1)
        e = 2 * a
        d : real[3] ~ Normal(0, exp(e))
        f : unit ~ Beta(exp(a), 1)
        g : real(lower = 1) ~ Normal(a, 1)
        h : real ~ Uniform(0, exp(a))
        i : real ~ truncated(Normal(a, 1), lower = 0)
        """));
  }

  private static Posterior nuts(KernelTarget target) throws NoStart {
    return nuts(target, Map.of(), Progress.SILENT);
  }

  private static Posterior nuts(Target target, Map<String, String> settings, Progress progress) throws NoStart {
    return nuts(target, settings, 1, progress);
  }

  private static Posterior nuts(Target target, Map<String, String> settings, long seed, Progress progress) throws NoStart {
    return Engine.ALL.stream().filter(e -> e.name().equals("nuts")).findFirst().orElseThrow().run(target, settings, seed, progress);
  }

  private static List<Verdict> notes(Posterior p) {
    return p.verdicts().stream().filter(v -> v.sentence().contains("relative to")).toList();
  }

  private static final String SCHOOLS = """
      data J : int
      data y : real[J]
      data sd : positive[J]
      mu : real ~ Normal(0, 5)
      tau : real ~ HalfCauchy(5)
      theta : real[J] ~ Normal(mu, tau)
      y ~ Normal(theta, sd)
      """;

  /// Reference: posteriordb, eight_schools-eight_schools_noncentered.
  @Example
  void aFunnelIsSampledRelativeToItsPrior() throws NoStart {
    var ready = schools();
    var posterior = nuts(ready.program().bind(ready.data()));
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), () -> "" + posterior.verdicts());
    assertEquals(1, notes(posterior).size());
    var tau = ppl.stats.Summaries.of(posterior).get(1);
    assertEquals(3.6, tau.mean(), 5 * tau.mcseMean() + 0.05);
  }

  private static Whole.Ready schools() {
    return Whole.ready(SCHOOLS, Map.of("J", "8", "y", "[28, 8, -3, 7, -1, 1, 18, 12]", "sd", "[15, 10, 16, 11, 9, 11, 10, 18]"));
  }

  private static double[][] draws(Posterior p) {
    return p.draws().chains().stream().map(ppl.runtime.Rows::all).toArray(double[][]::new);
  }

  /// The warm-up shows a funnel: chains change their coordinates then, and not after draws that are thrown away. The draws are
  /// the same on any number of threads.
  @Example
  void aFunnelIsSeenInTheWarmUp() throws NoStart {
    var ready = schools();
    var sampled = new AtomicBoolean();
    var anew = new AtomicBoolean();
    var last = new AtomicInteger();
    var one = nuts(ready.program().bind(ready.data()), Map.of("threads", "1"), (chain, iteration, _, phase) -> {
      if (chain != 0) return true;
      if (phase == Progress.Phase.SAMPLING) sampled.set(true);
      if (phase == Progress.Phase.WARMING_UP) {
        if (iteration < last.get()) anew.set(true);
        last.set(iteration);
        assertFalse(sampled.get(), "draws were thrown away");
      }
      return true;
    });
    assertTrue(anew.get());
    assertEquals(1, notes(one).size());
    assertArrayEquals(draws(one), draws(nuts(ready.program().bind(ready.data()), Map.of("threads", "3"), Progress.SILENT)));
  }

  /// What is stopped in other coordinates before own ones were sampled keeps the draws that there are.
  @Example
  void whoIsStoppedInOtherCoordinatesKeepsTheirDraws() throws NoStart {
    var ready = schools();
    var posterior = nuts(ready.program().bind(ready.data()), Map.of("threads", "1"),
        (chain, iteration, _, phase) -> phase != Progress.Phase.SAMPLING || chain < 3 || iteration < 1500);
    assertTrue(posterior.interrupted());
    assertEquals(3499, posterior.draws().total());
    assertEquals(1, notes(posterior).size());
    assertEquals(1, posterior.verdicts().stream().filter(v -> v.sentence().startsWith("The run was interrupted")).count());
  }

  /// Coordinates that promise no more than the model's own are given up before they are sampled, as far as a window can tell: the
  /// same ones look better by chance in a third of all runs.
  @Example
  void coordinatesThatPromiseNoMoreAreGivenUp() throws NoStart {
    var ready = schools();
    int own = 0;
    for (long seed = 1; seed <= 12; seed++) {
      var first = new AtomicReference<String>();
      nuts(new Other(ready.program().bind(ready.data()), "own", first), Map.of("threads", "1", "max-thin", "1"), seed, Progress.SILENT);
      if (first.get().equals("own")) own++;
    }
    assertTrue(own >= 4, own + " of 12");
  }

  /// A target whose other coordinates are its own.
  ///
  /// @param first the name of who was sampled first
  private record Other(Target own, String name, AtomicReference<String> first) implements Target {
    @Override
    public int dimension() {
      return own.dimension();
    }

    @Override
    public double logDensity(double[] q) {
      return own.logDensity(q);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return own.gradient(q, gradient);
    }

    @Override
    public List<Quantity> quantities() {
      return own.quantities();
    }

    @Override
    public int outputSize() {
      return own.outputSize();
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      first.compareAndSet(null, name);
      own.constrain(q, random, out);
    }

    @Override
    public void start(RandomGenerator random, double[] q) {
      own.start(random, q);
    }

    @Override
    public List<String> relatives() {
      return own.relatives();
    }

    @Override
    public Target tellingRelatives() {
      return own.tellingRelatives();
    }

    @Override
    public Target relative(Set<String> names) {
      return new Other(own.fork(), "other", first);
    }

    @Override
    public Target fork() {
      return new Other(own.fork(), name, first);
    }
  }

  /// A run that is stopped while it samples anew keeps what it has, and says so.
  @Example
  void whoIsStoppedKeepsTheFirstDraws() throws NoStart {
    var ready = schools();
    var sampled = new AtomicBoolean();
    var anew = new AtomicBoolean();
    var posterior = nuts(ready.program().bind(ready.data()), Map.of("threads", "1", "warmup", "100"), (chain, _, _, phase) -> {
          if (chain == 0 && phase == Progress.Phase.SAMPLING) sampled.set(true);
          if (chain == 0 && sampled.get() && phase == Progress.Phase.WARMING_UP) anew.set(true);
          return !anew.get();
        });
    assertTrue(anew.get());
    assertTrue(posterior.interrupted());
    assertEquals(4000, posterior.draws().total());
    assertEquals(1.0, posterior.diagnostics().get("thin"));
    assertTrue(notes(posterior).isEmpty());
    assertTrue(posterior.verdicts().stream().anyMatch(v -> v.sentence().equals("The run was interrupted; 4000 draws were kept.")));
  }

  /// Where data say much of each group, the model's own coordinates are the good ones.
  @Example
  void groupsWithMuchDataKeepTheirCoordinates() throws NoStart {
    var ready = Whole.ready(SCHOOLS, Map.of("J", "8", "y", "[28, 8, -3, 7, -1, 1, 18, 12]", "sd", "[0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]"));
    var posterior = nuts(ready.program().bind(ready.data()));
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), () -> "" + posterior.verdicts());
    assertTrue(notes(posterior).isEmpty());
    var without = nuts(ready.program().bind(ready.data()).with(Relatives.NONE));
    assertArrayEquals(draws(without), draws(posterior));
  }

  /// Intercepts vary much and are well known, slopes hardly vary.
  @Example
  void eachGroupHasTheCoordinatesThatItNeeds() throws NoStart {
    int groups = 40;
    int rows = 400;
    var random = new SplittableRandom(3);
    var g = IntStream.range(0, rows).map(i -> i % groups).toArray();
    var x = IntStream.range(0, rows).mapToDouble(_ -> random.nextGaussian()).toArray();
    var y = IntStream.range(0, rows).mapToDouble(i -> 3 * Math.cos(g[i]) + 0.5 * x[i] + 0.5 * random.nextGaussian()).toArray();
    var ready = Whole.ready("""
        data J : int
        data N : int
        data g : int(1..J)[N]
        data x : real[N]
        data y : real[N]
        mu : real ~ Normal(0, 5)
        nu : real ~ Normal(0, 5)
        ta : real ~ HalfNormal(2)
        tb : real ~ HalfNormal(2)
        s : real ~ HalfNormal(2)
        a : real[J] ~ Normal(mu, ta)
        b : real[J] ~ Normal(nu, tb)
        y ~ Normal(a[g] + b[g] * x, s)
        """, Map.of("J", "" + groups, "N", "" + rows, "g", Arrays.toString(Arrays.stream(g).map(k -> k + 1).toArray()),
        "x", Arrays.toString(x), "y", Arrays.toString(y)));
    var posterior = nuts(ready.program().bind(ready.data()));
    assertEquals(Verdict.Level.TRUSTWORTHY, posterior.level(), () -> "" + posterior.verdicts());
    assertTrue(notes(posterior).getFirst().sentence().startsWith("b was"), () -> "" + posterior.verdicts());
  }
}
