package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ppl.infer.Gibbs;
import ppl.infer.NoStart;
import ppl.infer.Progress;
import ppl.runtime.Conjugate;
import ppl.runtime.Crew;

/// Updates of blocks with as many rows as threads share: the same bits on any number of threads, and natural parameters
/// that are the derivatives of the energy.
class DividedSweepsProperties {
  private static final String DATA = """
      data N : int
      data J : int
      data g : int(1..J)[N]
      data w : int(1..4)[N]
      data y : real[N]
      K = 3
      """;
  private static final List<String> MODELS = List.of(
      "t : simplex[J, K] ~ Dirichlet(rep(0.3, K))\nf : simplex[K, 4] ~ Dirichlet(rep(0.1, 4))\n"
          + "z : int[N] ~ Categorical(t[g])\nw ~ Categorical(f[z])",
      "m : real[K] ~ Normal(0, 2)\np : simplex[K] ~ Dirichlet(rep(1.0, K))\ns : positive ~ Gamma(2, 1)\n"
          + "z : int[N] ~ Categorical(p)\ny ~ Normal(m[z], precision = s)",
      "p : simplex[K, K] ~ Dirichlet(rep(1.0, K))\nm : real[K] ~ Normal(0, 2)\nz : int[N]\nz[1] ~ Categorical(rep(1.0 / K, K))\n"
          + "for i in 2..N { z[i] ~ Categorical(p[z[i - 1]]) }\ny ~ Normal(m[z], 1)",
      "a : real[N] ~ Normal(0, 1)\ns : positive[J] ~ Gamma(2, 1)\ny ~ Normal(a, precision = s[g])",
      "a : real[J] ~ Normal(0, 1)\ns : positive[N] ~ Gamma(2, 2)\ny ~ Normal(a[g], precision = s)");

  private static String data(Random r, int n) {
    int j = 1 + r.nextInt(40);
    return Whole.object(Map.of("N", "" + n, "J", "" + j, "g", list(n, () -> 1 + r.nextInt(j)), "w", list(n, () -> 1 + r.nextInt(4)),
        "y", list(n, () -> r.nextInt(100))));
  }

  private static String list(int n, IntSupplier element) {
    return IntStream.range(0, n).mapToObj(_ -> "" + element.getAsInt()).collect(Collectors.joining(", ", "[", "]"));
  }

  @Property(tries = 10)
  void threadsAreNotSeen(@ForAll long seed) {
    var r = new Random(seed);
    var ready = Whole.ready(DATA + MODELS.get(r.nextInt(MODELS.size())) + "\n", data(r, 12_000 + r.nextInt(12_000)));
    var model = ready.program().bind(ready.data()).conjugate().orElseThrow();
    var moments = model.blocks().stream().map(b -> r.doubles(b.shape().moments(), -1, 1).toArray()).toArray(double[][]::new);
    var alone = natural(model, moments);
    double energy = model.energy(moments, new double[0]);
    for (int b = 0; b < moments.length; b++) isDerivative(model, moments, b, alone[b]);
    for (int threads : new int[] {1, 2, 5})
      try (var crew = new Crew(threads)) {
        model.helpedBy(crew);
        for (int repeat = 0; repeat < 3; repeat++) {
          assertArrayEquals(alone, natural(model, moments));
          assertEquals(energy, model.energy(moments, new double[0]));
        }
        model.centre(model.blocks().stream().map(b -> new double[b.size()]).toArray(double[][]::new));
        assertArrayEquals(alone, natural(model, moments));
      }
  }

  /// Nor are they by whole chains, whose blocks they share as long as there are fewer chains than threads.
  @Property(tries = 2)
  void threadsAreNotSeenByChains(@ForAll long seed) throws NoStart {
    var r = new Random(seed);
    var ready = Whole.ready(DATA + MODELS.get(3 + r.nextInt(2)) + "\n", data(r, 12_000));
    var target = ready.program().bind(ready.data());
    var draws = new ArrayList<double[]>();
    for (int threads : new int[] {1, 2, 5})
      draws.add(new Gibbs().run(target, Map.of("chains", "1", "warmup", "2", "draws", "3", "max-thin", "1", "threads", "" + threads), seed,
          Progress.SILENT).draws().chains().getFirst().all());
    assertArrayEquals(draws.get(0), draws.get(1));
    assertArrayEquals(draws.get(0), draws.get(2));
  }

  private static double[][] natural(Conjugate model, double[][] moments) {
    var natural = new double[moments.length][];
    for (int b = 0; b < moments.length; b++) model.natural(b, moments, new double[0], natural[b] = new double[moments[b].length]);
    return natural;
  }

  /// The energy is linear in the moments of one block.
  private static void isDerivative(Conjugate model, double[][] moments, int b, double[] natural) {
    var without = moments.clone();
    without[b] = new double[moments[b].length];
    double expected = model.energy(moments, new double[0]) - model.energy(without, new double[0]);
    double scale = 1;
    double actual = 0;
    for (int k = 0; k < natural.length; k++) {
      actual += natural[k] * moments[b][k];
      scale += Math.abs(natural[k] * moments[b][k]);
    }
    assertEquals(expected, actual, 1e-10 * scale, () -> "block " + Arrays.toString(model.blocks().get(b).members().toArray()));
  }
}
