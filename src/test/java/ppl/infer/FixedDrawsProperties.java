package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.runtime.Quantity;
import ppl.runtime.Target;

/// The bound with the noise held fixed, against its definition.
class FixedDrawsProperties {
  private static final double STEP = 1e-5;

  /// A target several of whose positions are asked for at once.
  private record Together(Target target, int abreast) implements Target {
    @Override
    public int dimension() {
      return target.dimension();
    }

    @Override
    public double logDensity(double[] q) {
      return target.logDensity(q);
    }

    @Override
    public double gradient(double[] q, double[] gradient) {
      return target.gradient(q, gradient);
    }

    @Override
    public List<Quantity> quantities() {
      return target.quantities();
    }

    @Override
    public int outputSize() {
      return target.outputSize();
    }

    @Override
    public void constrain(double[] q, RandomGenerator random, double[] out) {
      target.constrain(q, random, out);
    }

    @Override
    public void start(RandomGenerator random, double[] q) {
      target.start(random, q);
    }

    @Override
    public Target fork() {
      return new Together(target.fork(), abreast);
    }
  }

  /// `-sum log cosh (q_i - a_i)`, and a square of the sum that makes coordinates dependent.
  private static Target target(double[] a) {
    return Models.plain(a.length, (q, g) -> {
      double total = DoubleStream.of(q).sum();
      double s = -0.1 * total * total;
      for (int i = 0; i < a.length; i++) {
        s -= Math.log(Math.cosh(q[i] - a[i]));
        g[i] = -Math.tanh(q[i] - a[i]) - 0.2 * total;
      }
      return s;
    });
  }

  private static double[] normal(RandomGenerator random, int n, double scale) {
    return random.doubles(n).map(_ -> scale * random.nextGaussian()).toArray();
  }

  private static Whitening whitening(RandomGenerator random, int d, boolean dense) {
    return dense ? new Whitening(d, true, normal(random, d * d, 0.5), 0)
        : Whitening.diagonal(random.doubles(d, 0.3, 2).toArray());
  }

  private static Family family(RandomGenerator random, int d, boolean full, boolean dense) {
    var centre = normal(random, d, 1);
    var whitening = whitening(random, d, dense);
    return full ? Family.FullRank.at(whitening, centre)
        : Family.MeanField.at(whitening, centre, random.doubles(d, 0.3, 2).toArray());
  }

  /// `T u`.
  private static double[] times(Whitening whitening, double[] u) {
    int d = u.length;
    var t = whitening.matrix();
    var out = new double[d];
    for (int i = 0; i < d; i++) for (int j = 0; j < d; j++) out[i] += t[i * d + j] * u[j];
    return out;
  }

  /// How far noise leads from the mean.
  private static double[] displacement(Family family, double[] x, double[] e) {
    int d = e.length;
    var out = new double[d];
    switch (family) {
      case Family.MeanField f -> {
        for (int i = 0; i < d; i++) out[i] = f.scale()[i] * Math.exp(x[d + i]) * e[i];
        return out;
      }
      case Family.FullRank f -> {
        for (int i = 0, k = d; i < d; i++)
          for (int j = 0; j <= i; j++, k++) out[i] += (i == j ? Math.exp(x[k]) : x[k]) * e[j];
        return times(f.whitening(), out);
      }
    }
  }

  private static double bound(Target target, Family family, Noise noise, double[] tilt, double[] x) {
    int d = noise.d();
    var shift = new double[d];
    System.arraycopy(x, 0, shift, 0, d);
    var mean = times(family.whitening(), shift);
    double total = 0;
    for (int m = 0; m < noise.pairs(); m++) {
      var e = new double[d];
      System.arraycopy(noise.values(), m * d, e, 0, d);
      var by = displacement(family, x, e);
      for (int sign = -1; sign <= 1; sign += 2) {
        var z = new double[d];
        for (int i = 0; i < d; i++) z[i] = family.centre()[i] + mean[i] + sign * by[i];
        total += target.logDensity(z);
      }
    }
    double bound = 0.5 * total / noise.pairs() + family.entropy(x);
    for (int i = 0; i < tilt.length; i++) bound += tilt[i] * x[d + i];
    return bound;
  }

  @Property(tries = 200)
  void valuesAndSlopesAreThoseOfTheBound(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int d,
      @ForAll @IntRange(min = 1, max = 140) int pairs, @ForAll boolean full, @ForAll boolean dense,
      @ForAll @IntRange(min = 1, max = 9) int abreast, @ForAll @IntRange(min = 1, max = 3) int threads) {
    var random = new Random(seed);
    var target = target(normal(random, d, 1));
    var family = family(random, d, full, dense);
    var noise = Noise.of(random, pairs, d);
    var tilt = full ? new double[0] : normal(random, d, 0.2);
    var x = normal(random, family.size(), 0.3);
    try (var gang = new Gang(new Together(target, abreast), threads)) {
      var draws = new FixedDraws(gang, family, noise, tilt);
      var gradient = normal(random, x.length, 1);
      double value = draws.evaluate(x, gradient);
      assertEquals(bound(target, family, noise, tilt, x), -value, 1e-10 * (1 + Math.abs(value)));
      assertEquals(2 * pairs, draws.evaluations());
      for (int i = 0; i < x.length; i++) {
        var up = x.clone();
        var down = x.clone();
        up[i] += STEP;
        down[i] -= STEP;
        double slope = (bound(target, family, noise, tilt, down) - bound(target, family, noise, tilt, up)) / (2 * STEP);
        assertEquals(slope, gradient[i], 1e-6 * (1 + Math.abs(slope)));
      }
    }
  }

  /// The same bits, whoever evaluates how many pairs at once, and whatever was evaluated before.
  @Property(tries = 100)
  void bitsAreThoseOfPairsOneByOne(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int d,
      @ForAll @IntRange(min = 1, max = 140) int pairs, @ForAll boolean full, @ForAll boolean dense,
      @ForAll @IntRange(min = 2, max = 9) int abreast, @ForAll @IntRange(min = 1, max = 3) int threads) {
    var target = target(normal(new Random(seed), d, 1));
    var noise = Noise.of(new Random(seed), pairs, d);
    var one = family(new Random(seed), d, full, dense);
    var other = family(new Random(seed), d, full, dense);
    var x = normal(new Random(seed), one.size(), 0.3);
    var slopes = new double[2][x.length];
    try (var alone = new Gang(target, 1); var gang = new Gang(new Together(target, abreast), threads)) {
      double value = new FixedDraws(alone, one, noise, new double[0]).evaluate(x, slopes[0]);
      var draws = new FixedDraws(gang, other, noise, new double[0]);
      draws.evaluate(normal(new Random(seed + 1), x.length, 0.3), slopes[1]);
      assertEquals(value, draws.evaluate(x, slopes[1]));
      assertArrayEquals(slopes[0], slopes[1]);
    }
  }
}
