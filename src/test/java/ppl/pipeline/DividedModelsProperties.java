package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.infer.Engine;
import ppl.infer.Laplace;
import ppl.infer.NoStart;
import ppl.infer.Nuts;
import ppl.infer.Progress;
import ppl.pipeline.TiledModelsProperties.Regression;
import ppl.runtime.Crew;
import ppl.runtime.Rows;
import ppl.runtime.Target;

/// Regressions with as many rows as threads share: the same bits on any number of threads, and what is interpreted up to
/// rounding.
class DividedModelsProperties {
  @Provide
  Arbitrary<Regression> regressions() {
    return Combinators.combine(Arbitraries.of(TiledModelsProperties.PREDICTORS), Arbitraries.of(TiledModelsProperties.LAWS),
        Arbitraries.integers().between(1, 3), Arbitraries.integers().between(2_000, 5_000),
        Arbitraries.integers().between(1, 20), Arbitraries.integers().between(1, 10)).as(Regression::new);
  }

  @Property(tries = 25)
  void threadsAreNotSeen(@ForAll("regressions") Regression regression, @ForAll long seed) throws Exception {
    alike(Whole.ready(regression.text(), regression.data(seed)), seed);
  }

  @Example
  void norWithMatricesThatAreMostlyZero() throws Exception {
    for (var predictor : List.of("m + dot(X[i], w)", "a[g[i]] + dot(X[i], w)")) {
      var regression = new Regression(predictor, "b[i] ~ Bernoulli(logit = %s)", 1, 4_001, 6, 17);
      alike(Whole.ready(regression.text(), regression.data(1, 0.05)), 1);
    }
  }

  private static void alike(Whole.Ready ready, long seed) throws Exception {
    var compiled = ready.program().bind(ready.data());
    var q = PipelineProperties.position(compiled, seed);
    for (int i = 0; i < q.length; i++) q[i] *= 0.3;
    var expected = new double[q.length];
    var alone = new double[q.length];
    double density = compiled.gradient(q, alone);
    double one = compiled.logDensity(q);
    double interpreted = ready.program().interpret(ready.data()).gradient(q, expected);
    PipelineProperties.agree("log density", interpreted, density);
    double scale = 1;
    for (double v : expected) scale = Math.max(scale, Math.abs(v));
    for (int i = 0; i < q.length; i++) assertEquals(expected[i], alone[i], 1e-10 * scale, "gradient " + i);
    for (int threads : new int[] {2, 5})
      try (var crew = new Crew(threads); var pool = Executors.newFixedThreadPool(2)) {
        var helped = compiled.helpedBy(crew);
        var forks = new ArrayList<Future<?>>();
        for (var target : List.of(helped, helped.fork())) forks.add(pool.submit(() -> same(target, q, density, one, alone)));
        for (var fork : forks) fork.get();
      }
  }

  private static void same(Target target, double[] q, double density, double one, double[] gradient) {
    var g = new double[q.length];
    for (int repeat = 0; repeat < 5; repeat++) {
      assertEquals(density, target.gradient(q, g));
      assertArrayEquals(gradient, g);
      assertEquals(one, target.logDensity(q));
    }
  }

  @Example
  void enginesGiveTheSameDrawsOnAnyNumberOfThreads() throws NoStart {
    var regression = new Regression("a[g[i]] + dot(X[i], w)", "b[i] ~ Bernoulli(logit = %s)", 1, 3_000, 5, 4);
    var ready = Whole.ready(regression.text(), regression.data(1));
    var target = ready.program().bind(ready.data());
    for (var engine : List.<Engine>of(new Nuts(), new Laplace())) {
      var given = engine instanceof Nuts ? Map.of("chains", "2", "warmup", "20", "draws", "10", "max-thin", "1", "max-depth", "4")
          : Map.of("draws", "10");
      var draws = new ArrayList<List<double[]>>();
      for (var threads : List.of("1", "2", "5")) {
        var settings = new java.util.TreeMap<>(given);
        settings.put("threads", threads);
        draws.add(engine.run(target, settings, 1, Progress.SILENT).draws().chains().stream().map(Rows::all).toList());
      }
      for (var other : draws) {
        assertTrue(other.size() > 0);
        for (int c = 0; c < other.size(); c++) assertArrayEquals(draws.getFirst().get(c), other.get(c));
      }
    }
  }
}
