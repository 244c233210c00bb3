package ppl.embed;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ppl.ModelException;
import ppl.Models;
import ppl.infer.Cavi;
import ppl.infer.Engine;
import ppl.infer.Exact;
import ppl.infer.Gibbs;
import ppl.infer.Hybrid;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.infer.Svi;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;
import ppl.runtime.Posterior;
import ppl.runtime.Target;

/// Closed forms in Java programs: a compiled model has those of its text.
class ClosedSideProperties {
  private static final String REGRESSION = """
      data N : int
      data x : real[N]
      data y : real[N]
      a : real ~ Normal(0, 3)
      b : real ~ Normal(0, 3)
      t : positive ~ Gamma(2, 2)
      y ~ Normal(a + b * x, precision = t)
      """;
  private static final String MIXTURE = """
      data N : int
      data x : real[N]
      data y : real[N]
      m : real[2] ~ Normal(0, 10)
      S : cov[2] ~ InverseWishart(5, [[1.0, 0.0], [0.0, 1.0]])
      z : int[N] ~ Categorical([0.4, 0.6])
      y ~ Normal(m[z], 1)
      """;
  private static final String COUNTS = """
      data N : int
      data x : real[N]
      data y : real[N]
      c : real ~ Cauchy(0, 1)
      y ~ StudentT(4, c * x, 1)
      """;

  private static final String TRIALS = """
      data N : int
      data x : real[N]
      data won : binary[N]
      a : real ~ Normal(0, 3)
      b : real ~ Normal(0, 3)
      won ~ Bernoulli(logit = a + b * x)
      """;

  private record Case(String text, List<Engine> engines) {}

  private static Map<String, Object> data(long seed) {
    var r = new Random(seed);
    var x = r.doubles(30, -2, 2).toArray();
    var y = new double[30];
    for (int i = 0; i < y.length; i++) y[i] = (i % 2 == 0 ? 3 : -3) + r.nextGaussian();
    return Map.of("N", 30, "x", x, "y", y);
  }

  @Test
  void aCompiledModelAnswersAsItsTextDoes(@TempDir Path folder) throws Exception {
    var cases = List.of(new Case(REGRESSION, List.of(new Exact(), new Cavi(), new Hybrid())),
        new Case(MIXTURE, List.of(new Cavi(), new Svi())), new Case(COUNTS, List.of(new Svi(), new Cavi(), new Gibbs())));
    for (int i = 0; i < cases.size(); i++) {
      var source = Models.compile(cases.get(i).text);
      var compiled = Isolated.written(source.program(), folder.resolve("m" + i));
      for (var engine : cases.get(i).engines) {
        same(engine, source.bind(data(1)), compiled.bind(data(1)));
      }
    }
  }

  private static void same(Engine engine, Target source, Target compiled) throws NoStart {
    var a = run(engine, source);
    var b = run(engine, compiled);
    assertArrayEquals(a.draws().chains().getFirst().all(), b.draws().chains().getFirst().all(), engine.name());
    assertEquals(a.diagnostics().get("elbo"), b.diagnostics().get("elbo"));
    assertEquals(a.diagnostics().get("log_evidence"), b.diagnostics().get("log_evidence"));
  }

  private static Posterior run(Engine engine, Target target) throws NoStart {
    var settings = engine instanceof Svi ? Map.of("draws", "20", "batch", "10", "max-epochs", "5", "check", "no")
        : engine instanceof Cavi ? Map.of("draws", "20", "check", "no")
        : engine instanceof Gibbs ? Map.of("draws", "20", "warmup", "20", "chains", "1") : Map.of("draws", "20");
    return engine.run(target, settings, 1, Progress.SILENT);
  }

  /// Logits have auxiliaries on demand, in a compiled model too.
  @Test
  void aCompiledModelCarriesItsAuxiliaries(@TempDir Path folder) throws Exception {
    var source = Models.compile(TRIALS);
    var compiled = Isolated.written(source.program(), folder);
    var won = new Random(1).ints(30, 0, 2).toArray();
    var data = Map.of("N", 30, "x", new Random(2).doubles(30, -2, 2).toArray(), "won", won);
    assertEquals(Optional.empty(), compiled.bind(data).augmented());
    assertEquals(blocks(source.bind(data).withOdds().augmented().orElseThrow()),
        blocks(compiled.bind(data).withOdds().augmented().orElseThrow()));
    for (var engine : List.of(new Cavi(), new Gibbs()))
      same(engine, source.bind(data).withOdds(), compiled.bind(data).withOdds());
  }

  private static List<String> blocks(Conjugate model) {
    return model.blocks().stream().map(b -> String.join("+", b.members().stream().map(Block.Member::name).toList())).toList();
  }

  /// Fewer joint factors never raise the bound, and what shares no block any more is still all there.
  @Property(tries = 8)
  void independentFactorsLowerTheBound(@ForAll long seed) throws NoStart {
    var model = Models.compile(REGRESSION);
    var joint = model.bind(data(seed));
    assertEquals(List.of("a+b", "t"), blocks(joint.conjugate().orElseThrow()));
    for (var same : List.of("a, b", "a,b|t", "t"))
      assertEquals(List.of("a+b", "t"), blocks(model.factorize(same).bind(data(seed)).conjugate().orElseThrow()), same);
    double bound = run(new Cavi(), joint).diagnostics().get("elbo");
    for (var apart : List.of("a|b", "a", "b|a,t")) {
      var target = model.factorize(apart).bind(data(seed));
      assertEquals(List.of("a", "b", "t"), blocks(target.conjugate().orElseThrow()), apart);
      assertTrue(run(new Cavi(), target).diagnostics().get("elbo") < bound + 1e-7, apart);
    }
  }

  @Test
  void namesOfFactorsAreUnknowns() {
    var model = Models.compile("data y : real\nalpha : real ~ Normal(0, 1)\ny ~ Normal(alpha, 1)\n");
    var said = Stream.of("alpa", "y|alpha", "alpha|alpha")
        .map(f -> assertThrows(ModelException.class, () -> model.factorize(f)).getMessage()).toList();
    assertTrue(said.get(0).contains("no unknown `alpa`") && said.get(0).contains("did you mean `alpha`?"), said.get(0));
    assertTrue(said.get(1).contains("no unknown `y`") && said.get(1).contains("its unknowns are alpha"), said.get(1));
    assertTrue(said.get(2).contains("named twice"), said.get(2));
  }
}
