package ppl.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.family.Certificate;
import ppl.family.Factor;
import ppl.family.Points;
import ppl.runtime.Block;
import ppl.runtime.Conjugate;
import ppl.runtime.Target;

/// The closed-form side of models: the expected log joint at statistics of values is the log joint that the model
/// states, natural parameters are its derivatives, and a block that says anything else is seen.
class ClosedFormProperties {
  private static final String DATA = CollapseProperties.DATA;

  /// Models with the number of blocks that they have.
  private record Closed(int blocks, String text) {}

  private static final List<Closed> MODELS = List.of(
      new Closed(2, "m : real ~ Normal(0, 2)\np : positive ~ Gamma(2, 2)\ny ~ Normal(m, precision = p)"),
      new Closed(2, "c : real[L] ~ Normal(0, 1)\nv2 : positive ~ InverseGamma(3, 2)\ny ~ Normal(X * c, sqrt(v2))"),
      new Closed(1, "m : real ~ Normal(0, 1)\na : real[J] ~ Normal(m, 1)\nd : real ~ Normal(0, 1)\ny ~ Normal(a[g] + d * x, 1)"),
      new Closed(1, "s : positive ~ LogNormal(0, 0.3)\na : real[J] ~ Normal(0, s)\nc : real[L] ~ Normal(0, s)\n"
          + "y ~ Normal(a[g] + c[h], w)"),
      new Closed(1, "a : real[J] ~ Normal(0, 1)\nc : real[J] ~ Normal(0, 1)\ny ~ Normal(a[g] + c[g] .* x, 2)"),
      new Closed(3, "a : real[J] ~ Normal(0, 1)\nt : real[J] ~ Gamma(2, 1)\nr : real ~ Gamma(1, 1)\n"
          + "y ~ Normal(a[g], precision = t[g])\nk ~ Poisson(r)"),
      new Closed(2, "t : unit[J] ~ Beta(2, 2)\nr : positive[L] ~ Gamma(1, 1)\nb ~ Bernoulli(t[g])\nk ~ Poisson(r[h])"),
      new Closed(1, "u : simplex[L] ~ Dirichlet(rep(1.5, L))\nh ~ Categorical(u)"),
      new Closed(2, "h0 : real ~ Normal(0, 1)\nz0 : real[N]\nz0[1] ~ Normal(h0, 1)\n"
          + "for i in 2..N { z0[i] ~ Normal(0.5 * z0[i - 1] + h0, 1) }\nq : positive ~ Gamma(1, 1)\ny ~ Normal(z0, precision = q)"),
      new Closed(1, "e : positive ~ LogNormal(0, 1)\na : real[J] ~ Normal(0, 1)\nfor i in 1..N { if x[i] > 0 { y[i] ~ Normal(a[g[i]], e) } }"),
      new Closed(2, "c : real[L] ~ Normal(0, 1)\nS : cov[L] ~ InverseWishart(10, diag(rep(2.0, L)))\n"
          + "for i in 1..N { z[i] ~ MultivariateNormal(c, diag(rep(1.5, L))) }"),
      new Closed(2, "c : real[L] ~ Normal(0, 1)\nS : cov[L] ~ InverseWishart(10, diag(rep(2.0, L)))\n"
          + "for i in 1..N { z[i] ~ MultivariateNormal(c, S) }"));

  @Property(tries = 60)
  void energyAtStatisticsIsTheJoint(@ForAll long seed) {
    var model = MODELS.get(new Random(seed).nextInt(MODELS.size()));
    var ready = Whole.ready(DATA + model.text + "\n", CollapseProperties.data(seed, 4 + new Random(seed).nextInt(20), 0));
    var target = ready.program().bind(ready.data());
    var closed = target.conjugate();
    assertTrue(closed.isPresent(), model.text);
    assertEquals(model.blocks, closed.get().blocks().size(), model.text);
    check(target, closed.get(), seed);
  }

  @Property(tries = 60)
  void readsStayBehindTheirChoices(@ForAll long seed) {
    var r = new Random(seed);
    var behind = CollapseProperties.BEHIND_CHOICES.get(r.nextInt(CollapseProperties.BEHIND_CHOICES.size()));
    var ready = Whole.ready(DATA + CollapseProperties.CHOSEN + behind + "\n", CollapseProperties.data(seed, 4 + r.nextInt(20), 0));
    var target = ready.program().bind(ready.data());
    var closed = target.conjugate();
    assertTrue(closed.isPresent(), behind);
    check(target, closed.get(), seed);
  }

  private static final List<Closed> AUGMENTED = List.of(
      new Closed(3, "a : real[J] ~ Normal(0, 1)\nt : positive ~ Gamma(2, 1)\ny ~ StudentT(4, a[g], 1 / sqrt(t))"),
      new Closed(3, "c : real[L] ~ Normal(0, 1)\ns : positive ~ HalfNormal(1)\ny ~ Laplace(X * c, s)"),
      new Closed(3, "a : real[J] ~ Normal(0, 1)\ns : positive ~ HalfNormal(1)\nd : positive ~ Gamma(2, 0.2)\n"
          + "y ~ StudentT(d, a[g], s)"),
      new Closed(2, "c : real[L] ~ Normal(0, 1)\nb ~ Bernoulli(Phi(X * c))"),
      new Closed(2, "c : real[L] ~ Normal(0, 1)\nb ~ Bernoulli(logit = X * c)"),
      new Closed(3, "m : real ~ Cauchy(0, 2)\ns : positive ~ HalfCauchy(1)\nfor i in 1..N { if x[i] > 0 { y[i] ~ StudentT(3, m, 2) } }"));

  @Property(tries = 20)
  void sidesWithAuxiliariesAgreeToo(@ForAll long seed) {
    var model = AUGMENTED.get(new Random(seed).nextInt(AUGMENTED.size()));
    var ready = Whole.ready(DATA + model.text + "\n", CollapseProperties.data(seed, 4 + new Random(seed).nextInt(20), 0));
    var target = ready.program().bind(ready.data());
    var closed = target.withOdds().augmented();
    assertTrue(closed.isPresent(), model.text);
    check(target, closed.get(), seed);
  }

  /// Coordinates of missing numbers lie before those of auxiliaries.
  @Property(tries = 15)
  void theyDoWhereDataAreMissing(@ForAll long seed) {
    var r = new Random(seed);
    var model = AUGMENTED.get(r.nextInt(AUGMENTED.size()));
    var data = new TreeMap<>(CollapseProperties.data(seed, 4 + r.nextInt(20), 0));
    for (var column : List.of("x", "y")) data.computeIfPresent(column, (_, list) -> list.replaceFirst("\\[[^,]*,", "[null,"));
    var ready = Whole.ready(DATA + "x ~ Normal(0, 1)\ny ~ Normal(x, 2)\n" + model.text + "\n", data);
    var target = ready.program().bind(ready.data());
    var closed = target.withOdds().augmented();
    assertTrue(closed.isPresent(), model.text);
    check(target, closed.get(), seed);
  }

  @Provide
  Arbitrary<RandomModel> models() {
    return RandomModel.models();
  }

  @Property(tries = 60)
  void randomModelsAgreeToo(@ForAll("models") RandomModel model, @ForAll long seed) {
    var ready = Whole.ready(model.text(), model.data());
    var target = ready.program().bind(ready.data());
    target.conjugate().ifPresent(c -> check(target, c, seed));
  }

  /// The same sum over an index, once with a part that is computed beforehand and once without.
  @Example
  void sumsThatShareAnIndexStayApart() {
    var ready = Whole.ready("""
        data x : real[2]
        u : real[2] ~ HalfNormal(1)
        d : real = tanh(quad_form(gp_exp_quad(x, 1, 1), u))^2
        e = 0.2 + tanh(d + d)
        v : real ~ Normal(tanh(d)^2 - (e < 0 ? sin(e) : e > 9 ? 9 : e^2), exp(0.4 * tanh(d)))
        """, java.util.Map.of("x", "[0.9, -0.9]"));
    var target = ready.program().bind(ready.data());
    check(target, target.conjugate().orElseThrow(), 1);
  }

  static void check(Target target, Conjugate closed, long seed) {
    var point = new Point(closed, seed);
    point.energy();
    point.natural();
    point.slope();
    point.marginal();
    // about other centres all is the same
    closed.centre(point.values);
    for (int b = 0; b < point.factors.length; b++) point.factors[b].centre(point.values[b]);
    point.next();
    point.energy();
    point.natural();
    var fork = closed.fork();
    double before = fork.energy(point.moments, point.q);
    closed.centre(Arrays.stream(point.values).map(v -> new double[v.length]).toArray(double[][]::new));
    assertEquals(before, fork.energy(point.moments, point.q));
    var out = new double[target.outputSize()];
    closed.report(point.values, point.q, new SplittableRandom(seed), out);
    var places = closed.places();
    assertEquals(out.length, places.length);
    for (int i = 0; i < out.length; i++)
      if (places[i] >= 0) assertEquals(point.values[(int) (places[i] >> 32)][(int) places[i]], out[i]);
  }

  /// Values of all blocks with their statistics, and coordinates of the rest.
  private static final class Point {
    final Conjugate model;
    final Factor[] factors;
    final double[][] values;
    final double[][] moments;
    final double[] q;
    final SplittableRandom random;

    Point(Conjugate model, long seed) {
      this.model = model;
      factors = model.blocks().stream().map(Factor::of).toArray(Factor[]::new);
      values = model.blocks().stream().map(b -> new double[b.size()]).toArray(double[][]::new);
      moments = model.blocks().stream().map(b -> new double[b.shape().moments()]).toArray(double[][]::new);
      q = new double[model.dimension()];
      random = new SplittableRandom(seed);
      next();
    }

    void next() {
      for (int i = 0; i < q.length; i++) q[i] = random.nextDouble(-1, 1);
      for (int b = 0; b < values.length; b++) {
        Points.draw(model.blocks().get(b), random, values[b]);
        factors[b].statistics(values[b], moments[b]);
      }
    }

    void energy() {
      double joint = model.joint(values, q);
      if (Double.isFinite(joint)) assertEquals(joint, model.energy(moments, q), 1e-9 * (1 + size()));
    }

    /// A bound of what rounding is relative to.
    private double size() {
      double size = Math.abs(model.joint(values, q));
      for (int b = 0; b < values.length; b++) {
        var natural = new double[moments[b].length];
        model.natural(b, moments, q, natural);
        for (int i = 0; i < natural.length; i++) size += Math.abs(natural[i] * moments[b][i]);
      }
      return size;
    }

    void natural() {
      double here = model.energy(moments, q);
      if (!Double.isFinite(here)) return;
      for (int b = 0; b < values.length; b++) {
        var natural = new double[moments[b].length];
        model.natural(b, moments, q, natural);
        if (natural.length == 0) continue;
        int i = random.nextInt(natural.length);
        double old = moments[b][i];
        moments[b][i] = old + 1;
        assertEquals(natural[i], model.energy(moments, q) - here, 1e-9 * (1 + size()));
        moments[b][i] = old;
      }
    }

    void marginal() {
      if (IntStream.range(0, values.length).noneMatch(model::auxiliary)) return;
      var gradient = new double[q.length];
      double here = model.marginal(values, q, gradient);
      if (!Double.isFinite(here)) return;
      assertEquals(model.marginal(values, q), here, 1e-10 * (1 + size()));
      Differences.check(x -> model.marginal(values, x), q, gradient, size());
    }

    void slope() {
      var gradient = new double[q.length];
      double here = model.energy(moments, q, gradient);
      if (!Double.isFinite(here)) return;
      assertEquals(model.energy(moments, q), here, 1e-10 * (1 + size()));
      Differences.check(x -> model.energy(moments, x), q, gradient, size());
    }
  }

  @Property(tries = 20)
  void wrongUpdatesAreCaught(@ForAll long seed) {
    var model = MODELS.get(new Random(seed).nextInt(MODELS.size()));
    var ready = Whole.ready(DATA + model.text + "\n", CollapseProperties.data(seed, 8, 0));
    var closed = ready.program().bind(ready.data()).conjugate().orElseThrow();
    assertEquals(List.of(), Certificate.failed(closed));
    int wrong = new Random(seed).nextInt(closed.blocks().size());
    // a simplex of one element has nothing to be wrong about
    if (closed.blocks().get(wrong).shape() instanceof Block.Independent s && s.space() == Block.Space.SIMPLEX && s.extent() == 1) return;
    assertEquals(List.of(wrong), Certificate.failed(new Wrong(closed, wrong)));
  }

  /// The first natural parameter of one block is off.
  private record Wrong(Conjugate right, int block) implements Conjugate {
    @Override
    public void natural(int b, double[][] moments, double[] q, double[] natural) {
      right.natural(b, moments, q, natural);
      if (b == block) natural[0] += 1e-3 * (1 + Math.abs(natural[0]));
    }

    @Override
    public List<Block> blocks() {
      return right.blocks();
    }

    @Override
    public int dimension() {
      return right.dimension();
    }

    @Override
    public double energy(double[][] moments, double[] q) {
      return right.energy(moments, q);
    }

    @Override
    public double energy(double[][] moments, double[] q, double[] gradient) {
      return right.energy(moments, q, gradient);
    }

    @Override
    public double joint(double[][] values, double[] q) {
      return right.joint(values, q);
    }

    @Override
    public void report(double[][] values, double[] q, java.util.random.RandomGenerator random, double[] out) {
      right.report(values, q, random, out);
    }

    @Override
    public long[] places() {
      return right.places();
    }

    @Override
    public void start(java.util.random.RandomGenerator random, double[] q) {
      right.start(random, q);
    }

    @Override
    public void centre(double[][] values) {
      right.centre(values);
    }

    @Override
    public Conjugate fork() {
      return new Wrong(right.fork(), block);
    }
  }
}
