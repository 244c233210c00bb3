package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ppl.family.Factor;
import ppl.family.Points;
import ppl.runtime.Batches;
import ppl.runtime.Batching;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;

/// Rows in batches: what is said of them adds up to what is said of all.
class BatchesProperties {
  private static final String DATA = """
      data N : int
      data D : int
      data K : int
      data y : real[N]
      data b : binary[N]
      data g : int(1..D)[N]
      data w : int(1..K)[N]
      data x : real[N]
      """;

  /// @param over  the rows that are taken
  /// @param roles in the order of blocks
  private record Rowwise(String over, String roles, String text) {}

  private static final List<Rowwise> MODELS = List.of(
      new Rowwise("N", "SHARED SHARED SHARED ROWS", "p : simplex[K] ~ Dirichlet(rep(1.5, K))\nm : real[K] ~ Normal(0, 3)\n"
          + "t : real[K] ~ Gamma(2, 2)\nz : int[N] ~ Categorical(p)\ny ~ Normal(m[z], precision = t[z])"),
      new Rowwise("D", "ROWS SHARED ROWS", "theta : simplex[D, K] ~ Dirichlet(rep(0.5, K))\n"
          + "phi : simplex[K, K] ~ Dirichlet(rep(0.7, K))\nz : int[N]\nfor n in 1..N { z[n] ~ Categorical(theta[g[n]]) }\n"
          + "for n in 1..N { w[n] ~ Categorical(phi[z[n]]) }"),
      new Rowwise("N", "APART", "m : real ~ Normal(0, 2)\na : real[D] ~ Normal(m, 1)\nc : real ~ Cauchy(0, 2)\n"
          + "b ~ Bernoulli(logit = a[g] + c * x)"),
      new Rowwise("N", "SHARED SHARED ROWS", "t : positive ~ Gamma(2, 2)\ns : positive ~ Gamma(2, t)\n"
          + "u : real[N] ~ Normal(0, precision = s)\ny ~ Normal(u, precision = t)"),
      new Rowwise("N", "SHARED ROWS", "t : positive ~ Gamma(2, 2)\nr : positive[N] ~ Gamma(2, t)\ny ~ Normal(x, precision = r)"),
      new Rowwise("N", "SHARED ROWS SHARED", "m : real[K] ~ Normal(0, 1)\nz : int[N] ~ Categorical(rep(1 / K, K))\n"
          + "c : real[K] ~ Normal(0, 1)\nt : positive ~ Gamma(2, 2)\ny ~ Normal(m[z] + c[z] .* x, precision = t)"),
      new Rowwise("N", "APART", "r : positive ~ Gamma(2, 2)\ns : positive ~ HalfCauchy(1)\nc : real ~ Normal(0, s)\n"
          + "q : positive ~ Gamma(1, r)\nb ~ mixture([0.2, 0.3, 0.5], Bernoulli(logit = c), Bernoulli(logit = c * x), "
          + "Bernoulli(logit = q + x))"));

  private static String data(long seed, int n, int d, int k) {
    var r = new Random(seed);
    var all = new TreeMap<String, String>();
    all.put("N", "" + n);
    all.put("D", "" + d);
    all.put("K", "" + k);
    all.put("y", list(n, _ -> 2 * r.nextGaussian()));
    all.put("x", list(n, _ -> r.nextGaussian()));
    all.put("b", list(n, _ -> r.nextInt(2)));
    all.put("g", list(n, _ -> 1 + r.nextInt(d)));
    all.put("w", list(n, _ -> 1 + r.nextInt(k)));
    return Whole.object(all);
  }

  private static String list(int n, java.util.function.IntFunction<Number> f) {
    return IntStream.range(0, n).mapToObj(f).map(Object::toString).collect(Collectors.joining(", ", "[", "]"));
  }

  private static Conjugate conjugate(String text, String data) {
    var ready = Whole.ready(DATA + text + "\n", data);
    return ready.program().bind(ready.data()).conjugate().orElseThrow(() -> new AssertionError(text));
  }

  /// What there is of a model given values of all that has none for each row.
  private static final class Half {
    final List<Block> blocks;
    final Factor[] factors;
    final double[][] moments;

    Half(List<Block> blocks) {
      this.blocks = blocks;
      factors = blocks.stream().map(Factor::of).toArray(Factor[]::new);
      moments = blocks.stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
    }

    interface Natural {
      void of(int b, double[][] moments, double[] natural);
    }

    /// The same for every row, whichever rows there are.
    void settle(List<Batches.Role> roles, double[][] shared, Natural natural) {
      for (int b = 0; b < factors.length; b++) {
        if (roles.get(b) != Batches.Role.ROWS) moments[b] = shared[b];
        else Arrays.fill(moments[b], 0.5);
      }
      for (int i = 0; i < 4; i++)
        for (int b = 0; b < factors.length; b++) {
          if (roles.get(b) != Batches.Role.ROWS) continue;
          var eta = new double[moments[b].length];
          natural.of(b, moments, eta);
          assertEquals(java.util.Optional.empty(), factors[b].set(eta));
          factors[b].moments(moments[b]);
        }
    }
  }

  private static void check(Rowwise model, long seed, int n, int d, int size) {
    var full = conjugate(model.text, data(seed, n, d, 2 + (int) Math.floorMod(seed, 3L)));
    var batching = full.batching();
    assertTrue(batching instanceof Batching.By, () -> model.text + "\n" + batching);
    var batches = ((Batching.By) batching).batches();
    assertEquals(model.over, batches.over());
    assertEquals(model.roles, batches.roles().stream().map(Object::toString).collect(Collectors.joining(" ")), model.text);
    RandomGenerator random = new Random(seed);
    var shared = new double[full.blocks().size()][];
    var q = new double[full.dimension()];
    full.start(random, q);
    var centres = full.blocks().stream().map(b -> new double[b.size()]).toArray(double[][]::new);
    var whole = new Half(full.blocks());
    for (int b = 0; b < shared.length; b++) {
      var values = new double[full.blocks().get(b).size()];
      Points.draw(full.blocks().get(b), random, values);
      if (batches.roles().get(b) != Batches.Role.ROWS) for (int i = 0; i < values.length; i++) centres[b][i] = random.nextGaussian();
      whole.factors[b].centre(centres[b]);
      shared[b] = new double[full.blocks().get(b).shape().moments()];
      whole.factors[b].statistics(values, shared[b]);
    }
    full.centre(centres);
    batches.centre(centres);
    whole.settle(batches.roles(), shared, (b, m, eta) -> full.natural(b, m, q, eta));
    var order = new int[batches.rows()];
    for (int i = 0; i < order.length; i++) order[i] = i;
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    double energy = 0;
    var slope = new double[q.length];
    var natural = new double[shared.length][];
    for (int b = 0; b < natural.length; b++) natural[b] = new double[shared[b].length];
    var fork = batches.fork();
    for (int from = 0; from < order.length; from += size) {
      var rows = Arrays.copyOfRange(order, from, Math.min(order.length, from + size));
      fork.take(rows);
      fork.weigh(1, order.length / (double) rows.length);
      double share = rows.length / (double) order.length;
      var part = new Half(fork.blocks());
      part.settle(batches.roles(), shared, (b, m, eta) -> {
        fork.weigh(1, 1);
        fork.natural(b, m, q, eta);
        fork.weigh(1, order.length / (double) rows.length);
      });
      var g = new double[q.length];
      energy += share * fork.energy(part.moments, q, g);
      assertEquals(fork.energy(part.moments, q), fork.energy(part.moments, q, g), 1e-12);
      for (int i = 0; i < g.length; i++) slope[i] += share * g[i];
      for (int b = 0; b < natural.length; b++) {
        if (batches.roles().get(b) == Batches.Role.ROWS) continue;
        var eta = new double[natural[b].length];
        fork.natural(b, part.moments, q, eta);
        for (int i = 0; i < eta.length; i++) natural[b][i] += share * eta[i];
      }
    }
    var g = new double[q.length];
    assertEquals(full.energy(whole.moments, q, g), energy, 1e-10 * (1 + Math.abs(energy)), model.text);
    same(g, slope, model.text);
    for (int b = 0; b < natural.length; b++) {
      if (batches.roles().get(b) == Batches.Role.ROWS) continue;
      var eta = new double[natural[b].length];
      full.natural(b, whole.moments, q, eta);
      same(eta, natural[b], model.text);
    }
  }

  private static void same(double[] expected, double[] actual, String text) {
    double size = Arrays.stream(expected).map(Math::abs).max().orElse(0);
    for (int i = 0; i < expected.length; i++) assertEquals(expected[i], actual[i], 1e-10 * (1 + size), text);
  }

  @Property(tries = 16)
  void batchesAverageToTheWhole(@ForAll long seed) {
    var r = new Random(seed);
    int n = 3 + r.nextInt(20);
    check(MODELS.get(r.nextInt(MODELS.size())), seed, n, 1 + r.nextInt(6), 1 + r.nextInt(n));
  }

  @Example
  void whatCannotBeTakenApartIsNamed() {
    var refused = Map.of(
        "m : real ~ Normal(0, 1)\ny ~ Normal(m, 1)", "sums over rows are taken once",
        "u : simplex[K, K] ~ Dirichlet(rep(2, K))\nt : positive[K] ~ Gamma(1, 1)\nz : int[N]\nz[1] ~ Categorical(rep(1 / K, K))\n"
            + "for i in 2..N { z[i] ~ Categorical(u[z[i - 1]]) }\ny ~ Normal(0, precision = t[z])", "rows",
        "m : real ~ Normal(0, 1)\nu : real[N] ~ Normal(m, 1)\ny ~ Normal(u, 2)",
        "rows over N: `u`, which has a value for each row, is in one block with `m`; --factorize u takes it out",
        "s : positive ~ Gamma(1, 1)\nu : real[N] ~ Logistic(0, 1)\ny ~ Normal(u, precision = s)",
        "rows over N: `u` has a value for each row, and no closed form");
    refused.forEach((text, why) -> {
      var batching = conjugate(text, data(1, 9, 2, 3)).batching();
      assertTrue(batching instanceof Batching.Impossible(String said) && said.contains(why), () -> text + "\n" + batching + "\n" + why);
    });
  }
}
