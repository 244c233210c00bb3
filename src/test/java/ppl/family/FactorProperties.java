package ppl.family;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.math.Cholesky;
import ppl.math.DenseMatrix;
import ppl.runtime.Block;
import ppl.runtime.Crew;
import ppl.runtime.Statistic;

/// What holds of every exponential family, for blocks of all shapes with random natural parameters.
class FactorProperties {
  /// A block with natural parameters that are proper.
  private record Case(Block block, double[] natural) {}

  private static final double INF = Double.POSITIVE_INFINITY;

  private static double[] constant(int n, double x) {
    var out = new double[n];
    Arrays.fill(out, x);
    return out;
  }

  private static Block block(int values, Block.Shape shape) {
    return new Block(List.of(new Block.Member("x", values)), shape);
  }

  private static Case scalars(int count, double lower, double upper, List<Statistic> statistics, double... eta) {
    var natural = new double[eta.length * count];
    for (int s = 0; s < eta.length; s++)
      for (int i = 0; i < count; i++) natural[s * count + i] = eta[s] * (1 + 0.3 * i);
    var shape = new Block.Independent(Block.Space.SCALAR, statistics, count, 1, constant(count, lower),
        constant(count, upper));
    return new Case(block(count, shape), natural);
  }

  private static Case matrices(List<Statistic> statistics, double log, double sign, Random r) {
    int n = 1 + r.nextInt(3);
    int count = 1 + r.nextInt(2);
    boolean logFirst = statistics.getFirst() instanceof Statistic.LogDeterminant;
    var natural = new double[count * (1 + n * n)];
    for (int c = 0; c < count; c++) {
      natural[logFirst ? c : count * n * n + c] = log + sign * 0.5 * n;
      double[] a = r.doubles(n * n, -1, 1).toArray();
      int from = (logFirst ? count : 0) + c * n * n;
      for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++)
          for (int k = 0; k < n; k++) natural[from + i * n + j] -= a[i * n + k] * a[j * n + k] + (i == j ? 1.0 / n : 0);
      if (n > 1) {
        natural[from + 1] += 0.2;
        natural[from + n] -= 0.2;
      }
    }
    return new Case(block(count * n * n,
        new Block.Independent(Block.Space.COVARIANCE, statistics, count, n, new double[0], new double[0])), natural);
  }

  private static Case gaussian(Random r) {
    int n = 1 + r.nextInt(14);
    int pairs = n < 2 ? 0 : r.nextInt(2 * n);
    var row = r.ints(pairs, 0, n).toArray();
    var column = r.ints(pairs, 0, n).toArray();
    var natural = new double[2 * n + pairs];
    for (int i = 0; i < n; i++) {
      natural[i] = 3 * r.nextGaussian();
      natural[n + i] = -0.5 - r.nextDouble();
    }
    for (int p = 0; p < pairs; p++) {
      double v = r.nextGaussian();
      natural[2 * n + p] = v;
      natural[n + row[p]] -= 0.5 * Math.abs(v);
      natural[n + column[p]] -= 0.5 * Math.abs(v);
    }
    return new Case(block(n, new Block.Gaussian(n, row, column)), natural);
  }

  /// A random forest; some pairs are listed twice, in either direction, and some are of a value with itself.
  private static Case discrete(Random r, double strength) {
    int n = 1 + r.nextInt(5);
    var categories = r.ints(n, 1, 4).toArray();
    var list = new ArrayList<int[]>();
    for (int i = 0; i < n; i++) {
      int other = r.nextInt(i + 1);
      if (r.nextInt(4) == 0) continue;
      for (int a = 0; a < categories[i]; a++)
        for (int b = 0; b < categories[other]; b++) {
          if (r.nextInt(5) > 0) list.add(new int[] {i, a, other, b});
          if (r.nextInt(5) == 0) list.add(new int[] {other, b, i, a});
        }
    }
    var shape = new Block.Discrete(r.ints(n, -2, 3).toArray(), categories, column(list, 0), column(list, 1),
        column(list, 2), column(list, 3));
    var natural = new double[shape.moments()];
    for (int k = 0; k < natural.length; k++) natural[k] = strength * r.nextGaussian();
    return new Case(block(n, shape), natural);
  }

  private static int[] column(List<int[]> rows, int k) {
    return rows.stream().mapToInt(x -> x[k]).toArray();
  }

  private static final int KINDS = 15;

  private static Case of(int kind, long seed) {
    var r = new Random(seed);
    double a = 0.5 + 3 * r.nextDouble();
    double b = 0.3 + 3 * r.nextDouble();
    int n = 1 + r.nextInt(3);
    return switch (kind) {
      case 0 -> scalars(n, 0, INF, List.of(Statistic.LOG, Statistic.VALUE), a - 1, -b);
      case 1 -> scalars(n, 0, INF, List.of(Statistic.RECIPROCAL, Statistic.LOG), -b, -a - 1);
      case 2 -> scalars(n, 2, INF, List.of(Statistic.LOG), -a - 1);
      case 3 -> scalars(n, 0, 1, List.of(new Statistic.Log1m(), Statistic.LOG), a - 0.9, b - 0.9);
      case 4 -> scalars(n, -INF, INF, List.of(Statistic.SQUARE, Statistic.VALUE), -b, a - 1);
      case 5 -> scalars(n, a, a + 1, List.of(Statistic.VALUE, Statistic.SQUARE), b, a - 2);
      case 6 -> scalars(n, 0, INF, List.of(Statistic.LOG, new Statistic.Power(-2), Statistic.SQUARE), -a, -b, -0.3);
      case 7 -> {
        int k = 2 + r.nextInt(4);
        var shape = new Block.Independent(Block.Space.SIMPLEX, List.of(Statistic.LOG), n, k, new double[0],
            new double[0]);
        yield new Case(block(n * k, shape), r.doubles(n * k, -0.7, 4).toArray());
      }
      case 8 -> matrices(Wishart.STATISTICS, a, 0, r);
      case 9 -> matrices(InverseWishart.STATISTICS.reversed(), -a - 3, -1, r);
      case 10 -> gaussian(r);
      case 11 -> discrete(r, 2);
      case 12 -> scalars(1, 0, INF, List.of(Statistic.VALUE, Statistic.LOG, Statistic.RECIPROCAL), -b, -1.5, -a);
      case 13 -> scalars(n, 0, INF, List.of(Statistic.LOG, Statistic.VALUE, Statistic.RECIPROCAL), -0.5, -b, -a);
      case 14 -> {
        var shape = new Block.Independent(Block.Space.POLYA_GAMMA, List.of(Statistic.VALUE), n, 1,
            r.ints(n, 0, 4).asDoubleStream().toArray(), constant(n, INF));
        yield new Case(block(n, shape), r.doubles(n, -20, -1e-3).toArray());
      }
      default -> throw new IllegalArgumentException();
    };
  }

  /// So many events that threads share them.
  private static Case large(int kind, Random r) {
    int n = 4000 + r.nextInt(4000);
    return switch (kind) {
      case 0 -> {
        var shape = new Block.Discrete(new int[n], r.ints(n, 2, 6).toArray(), new int[0], new int[0], new int[0], new int[0]);
        yield new Case(block(n, shape), r.doubles(shape.moments(), -3, 3).toArray());
      }
      case 1 -> {
        var shape = new Block.Independent(Block.Space.SIMPLEX, List.of(Statistic.LOG), n, 3, new double[0], new double[0]);
        yield new Case(block(3 * n, shape), r.doubles(3 * n, -0.7, 4).toArray());
      }
      case 2 -> {
        var shape = new Block.Independent(Block.Space.SCALAR, List.of(Statistic.LOG, Statistic.VALUE), n, 1, constant(n, 0),
            constant(n, INF));
        var natural = r.doubles(2 * n, 0, 3).toArray();
        for (int i = n; i < 2 * n; i++) natural[i] = -0.1 - natural[i];
        yield new Case(block(n, shape), natural);
      }
      case 3 -> chains(n, 1, r);
      case 4 -> chains(n, 2 + r.nextInt(40), r);
      default -> throw new IllegalArgumentException();
    };
  }

  /// So many chains of three values each, side by side.
  private static Case chains(int n, int count, Random r) {
    int k = 3;
    int pairs = (n - count) * k * k;
    var column = new int[4][pairs];
    for (int at = 0; at < pairs; at++) {
      column[0][at] = at / (k * k);
      column[1][at] = at / (k * k) + count;
      column[2][at] = at / k % k;
      column[3][at] = at % k;
    }
    var shape = new Block.Discrete(new int[n], r.ints(n, k, k + 1).toArray(), column[0], column[2], column[1], column[3]);
    return new Case(block(n, shape), r.doubles(shape.moments(), -3, 3).toArray());
  }

  private record Numbers(double[] moments, double normaliser, double entropy) {
    static Numbers of(Factor factor, Case c) {
      assertTrue(factor.set(c.natural).isEmpty());
      var moments = new double[c.natural.length];
      factor.moments(moments);
      return new Numbers(moments, factor.logNormaliser(), factor.entropy());
    }
  }

  @Property(tries = 25)
  void threadsAreNotSeen(@ForAll @IntRange(max = 4) int kind, @ForAll long seed) {
    var c = large(kind, new Random(seed));
    var alone = Numbers.of(Factor.of(c.block), c);
    double h = 0;
    for (int k = 0; k < c.natural.length; k++) h -= c.natural[k] * alone.moments[k];
    assertEquals(alone.normaliser + h, alone.entropy, 1e-9 * (1 + Math.abs(alone.normaliser) + Math.abs(h)));
    for (int threads : new int[] {2, 5})
      try (var crew = new Crew(threads)) {
        var factor = Factor.of(c.block);
        factor.helpedBy(crew);
        for (int again = 0; again < 2; again++) {
          var helped = Numbers.of(factor, c);
          assertArrayEquals(alone.moments, helped.moments);
          assertEquals(alone.normaliser, helped.normaliser);
          assertEquals(alone.entropy, helped.entropy);
        }
      }
  }

  @Property(tries = 200)
  void momentsAreTheGradientOfTheLogNormaliser(@ForAll @IntRange(max = KINDS - 1) int kind, @ForAll long seed) {
    var c = of(kind, seed);
    var factor = Factor.of(c.block);
    assertTrue(factor.set(c.natural).isEmpty());
    var m = new double[c.natural.length];
    factor.moments(m);
    for (int k = 0; k < m.length; k++) {
      double h = 1e-5 * Math.max(1, Math.abs(c.natural[k]));
      double slope = (at(factor, c.natural, k, h) - at(factor, c.natural, k, -h)) / (2 * h);
      assertEquals(m[k], slope, 1e-5 * Math.max(1, Math.abs(m[k])), "moment " + k);
    }
  }

  private static double at(Factor factor, double[] natural, int k, double h) {
    var moved = natural.clone();
    moved[k] += h;
    assertTrue(factor.set(moved).isEmpty());
    return factor.logNormaliser();
  }

  @Property(tries = 200)
  void entropyIsWhatTheLogNormaliserSays(@ForAll @IntRange(max = KINDS - 1) int kind, @ForAll long seed) {
    var c = of(kind, seed);
    var factor = Factor.of(c.block);
    assertTrue(factor.set(c.natural).isEmpty());
    var m = new double[c.natural.length];
    factor.moments(m);
    double h = factor.logNormaliser();
    double size = Math.abs(h) + 1;
    for (int k = 0; k < m.length; k++) {
      h -= c.natural[k] * m[k];
      size += Math.abs(c.natural[k] * m[k]);
    }
    assertEquals(h, factor.entropy(), 1e-11 * size);
  }

  @Property(tries = 80)
  void drawsAgreeWithMomentsAndDensity(@ForAll @IntRange(max = KINDS - 1) int kind, @ForAll long seed) {
    var c = of(kind, seed);
    var factor = Factor.of(c.block);
    factor.set(c.natural);
    var m = new double[c.natural.length];
    factor.moments(m);
    var random = new SplittableRandom(seed);
    int values = c.block.size();
    int draws = kind == 6 ? 200 : 2000;
    var x = new double[values];
    var t = new double[m.length];
    var sum = new double[m.length + values + 1];
    var square = new double[sum.length];
    for (int d = 0; d < draws; d++) {
      factor.draw(random, x);
      factor.statistics(x, t);
      double density = -factor.logNormaliser();
      for (int k = 0; k < t.length; k++) density += c.natural[k] * t[k];
      assertEquals(density, factor.logDensity(x), 1e-9 * (1 + Math.abs(density)));
      for (int k = 0; k < sum.length; k++) {
        double v = k < t.length ? t[k] - m[k] : k < t.length + values ? x[k - t.length] : -density - factor.entropy();
        sum[k] += v;
        square[k] += v * v;
      }
    }
    for (int k = 0; k < sum.length; k++) {
      double mean = sum[k] / draws;
      double error = Math.sqrt(Math.max(1e-20, square[k] / draws - mean * mean) / draws);
      boolean value = k >= m.length && k < m.length + values;
      double expected = value ? factor.mean(k - m.length) : 0;
      // Heavy tails: an inverse gamma's variance may not exist, and its sample mean says little.
      if (value && !(factor.sd(k - m.length) < INF) || value && (kind == 1 || kind == 2 || kind == 9)) continue;
      assertEquals(expected, mean, 7 * error + 10.0 / draws, "number " + k + " of " + kind);
    }
  }

  @Property(tries = 100)
  void quantilesLieWhereDrawsDo(@ForAll @IntRange(max = KINDS - 1) int kind, @ForAll long seed) {
    var c = of(kind, seed);
    var factor = Factor.of(c.block);
    factor.set(c.natural);
    var random = new SplittableRandom(seed);
    int draws = kind == 6 ? 100 : 1000;
    var x = new double[c.block.size()];
    var below = new int[x.length];
    var at = new int[x.length];
    var quantile = new double[x.length];
    for (int i = 0; i < x.length; i++) quantile[i] = factor.quantile(i, 0.3);
    for (int d = 0; d < draws; d++) {
      factor.draw(random, x);
      for (int i = 0; i < x.length; i++) {
        if (x[i] < quantile[i]) below[i]++;
        if (x[i] <= quantile[i]) at[i]++;
      }
    }
    double slack = 6 * Math.sqrt(0.21 / draws);
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(quantile[i])) continue;
      assertTrue(below[i] / (double) draws < 0.3 + slack);
      assertTrue(at[i] / (double) draws > 0.3 - slack);
    }
  }

  @Property(tries = 100)
  void treesAgreeWithEnumeration(@ForAll long seed, @ForAll boolean strong) {
    var c = discrete(new Random(seed), strong ? 400 : 1);
    var shape = (Block.Discrete) c.block.shape();
    var factor = Factor.of(c.block);
    assertTrue(factor.set(c.natural).isEmpty());
    int n = shape.categories().length;
    int total = Arrays.stream(shape.categories()).reduce(1, Math::multiplyExact);
    var log = new double[total];
    var x = new double[n];
    var t = new double[c.natural.length];
    double max = Double.NEGATIVE_INFINITY;
    for (int state = 0; state < total; state++) {
      decode(shape, state, x);
      factor.statistics(x, t);
      for (int k = 0; k < t.length; k++) log[state] += c.natural[k] * t[k];
      max = Math.max(max, log[state]);
    }
    var expected = new double[t.length];
    double z = 0;
    for (int state = 0; state < total; state++) z += Math.exp(log[state] - max);
    for (int state = 0; state < total; state++) {
      decode(shape, state, x);
      factor.statistics(x, t);
      for (int k = 0; k < t.length; k++) expected[k] += t[k] * Math.exp(log[state] - max) / z;
    }
    var m = new double[t.length];
    factor.moments(m);
    assertEquals(max + Math.log(z), factor.logNormaliser(), 1e-12 * (1 + Math.abs(max)));
    assertArrayEquals(expected, m, 1e-11);
  }

  private static void decode(Block.Discrete shape, int state, double[] x) {
    int rest = state;
    for (int i = 0; i < x.length; i++) {
      x[i] = shape.lower()[i] + rest % shape.categories()[i];
      rest /= shape.categories()[i];
    }
  }

  /// A chain, a star, a random tree, all but full: against dense matrices, about a centre that moves.
  @Property(tries = 60)
  void sparseNormalsAreDenseNormals(@ForAll @IntRange(max = 3) int kind, @ForAll @IntRange(min = 10, max = 40) int n,
      @ForAll long seed) {
    var r = new Random(seed);
    var pairs = new ArrayList<int[]>();
    for (int i = 1; i < n; i++) {
      switch (kind) {
        case 0 -> pairs.add(new int[] {i, i - 1});
        case 1 -> pairs.add(new int[] {0, i});
        case 2 -> pairs.add(new int[] {i, r.nextInt(i)});
        default -> {
          for (int j = 0; j < i; j++) if (r.nextInt(6) == 0) pairs.add(new int[] {j, i});
        }
      }
    }
    var shape = new Block.Gaussian(n, column(pairs, 0), column(pairs, 1));
    var natural = new double[shape.moments()];
    for (int i = 0; i < n; i++) {
      natural[i] = r.nextGaussian();
      natural[n + i] = -0.1;
    }
    for (int p = 0; p < pairs.size(); p++) {
      double v = r.nextGaussian();
      natural[2 * n + p] = v;
      natural[n + shape.row()[p]] -= 0.5 * Math.abs(v);
      natural[n + shape.column()[p]] -= 0.5 * Math.abs(v);
    }
    var factor = Factor.of(block(n, shape));
    assertTrue(factor.set(natural).isEmpty());
    var precision = new double[n * n];
    for (int i = 0; i < n; i++) precision[i * n + i] = -2 * natural[n + i];
    for (int p = 0; p < pairs.size(); p++) {
      int i = shape.row()[p];
      int j = shape.column()[p];
      precision[i * n + j] -= natural[2 * n + p];
      precision[j * n + i] = precision[i * n + j];
    }
    var l = DenseMatrix.cholesky(precision, n).orElseThrow();
    var covariance = new double[n * n];
    Cholesky.inverse(l, n, covariance);
    var mean = new double[n];
    DenseMatrix.multiply(covariance, n, Arrays.copyOf(natural, n), mean);
    var m = new double[natural.length];
    factor.moments(m);
    for (int i = 0; i < n; i++) {
      assertEquals(mean[i], m[i], 1e-9);
      assertEquals(Math.sqrt(covariance[i * n + i]), factor.sd(i), 1e-9);
      assertEquals(covariance[i * n + i] + mean[i] * mean[i], m[n + i], 1e-8);
    }
    for (int p = 0; p < pairs.size(); p++) {
      int i = shape.row()[p];
      int j = shape.column()[p];
      assertEquals(covariance[i * n + j] + mean[i] * mean[j], m[2 * n + p], 1e-8);
    }
    double h = 0.5 * (n * (1 + Math.log(2 * Math.PI)) - Cholesky.logDeterminant(l, n));
    assertEquals(h, factor.entropy(), 1e-9 * n);
    var x = r.doubles(n, -1, 1).toArray();
    double before = factor.logDensity(x);
    factor.centre(r.doubles(n, -3, 3).toArray());
    assertEquals(before, factor.logDensity(x), 1e-9 * (1 + Math.abs(before)));
    assertEquals(mean[0], factor.mean(0), 1e-9);
    factor.moments(m);
    var t = new double[m.length];
    factor.statistics(x, t);
    double again = factor.entropy();
    assertEquals(h, again, 1e-9 * n);
  }

  @Example
  void aLongChainCostsItsLength() {
    int n = 200_000;
    var row = new int[n - 1];
    var column = new int[n - 1];
    for (int i = 0; i < n - 1; i++) {
      row[i] = i;
      column[i] = i + 1;
    }
    var natural = new double[3 * n - 1];
    Arrays.fill(natural, 0, n, 0.1);
    Arrays.fill(natural, n, 2 * n, -1.05);
    Arrays.fill(natural, 2 * n, 3 * n - 1, 1);
    var factor = Factor.of(block(n, new Block.Gaussian(n, row, column)));
    assertTrue(factor.set(natural).isEmpty());
    // Away from its ends: precision 2.1 with couplings 1, so mean 0.1 / 0.1 and variance 1 / sqrt(2.1^2 - 4).
    assertEquals(1, factor.mean(n / 2), 1e-12);
    assertEquals(1 / Math.sqrt(2.1 * 2.1 - 4), Math.pow(factor.sd(n / 2), 2), 1e-12);
  }

  @Example
  void anImproperNormalNamesTheElement() {
    var factor = Factor.of(block(3, new Block.Gaussian(3, new int[] {0}, new int[] {1})));
    var objection = factor.set(new double[] {0, 0, 0, -1, -1, -1, 2.1}).orElseThrow();
    assertTrue(objection.startsWith("x[2]"), objection);
  }

  @Example
  void cyclesOfDiscreteValuesAreRefused() {
    var ring = new Block.Discrete(new int[3], new int[] {2, 2, 2}, new int[] {0, 1, 2}, new int[3],
        new int[] {1, 2, 0}, new int[3]);
    var refused = assertThrows(IllegalArgumentException.class,
        () -> Factor.of(block(3, ring)));
    assertTrue(refused.getMessage().contains("cycle"));
  }
}
