package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Both forms of a kernel give the same bits, so that it does not matter which of them runs.
class TwinsProperties {
  private static final double[] SPECIAL = {0, -0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MIN_NORMAL,
      Double.MAX_VALUE, -Double.MAX_VALUE, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN, 709.9, -745.5,
      -708.5, 1e-20};

  private interface Lanes {
    int run(double[] x, double[] y, int n);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// Of all sizes, some of them special.
  private static double[] numbers(RandomGenerator random, int n) {
    var x = new double[n];
    for (int i = 0; i < n; i++) x[i] = switch (random.nextInt(8)) {
      case 0 -> SPECIAL[random.nextInt(SPECIAL.length)];
      case 1 -> Double.longBitsToDouble(random.nextLong());
      case 2 -> random.nextDouble(-800, 800);
      case 3 -> Math.exp(random.nextDouble(-700, 700));
      default -> 3 * random.nextGaussian();
    };
    return x;
  }

  private static void same(double[] x, DoubleUnaryOperator plain, Lanes lanes) {
    var y = new double[x.length];
    int done = lanes.run(x, y, x.length);
    assertEquals(x.length - x.length % ElementaryLanes.L, done);
    for (int i = 0; i < done; i++)
      assertEquals(Double.doubleToLongBits(plain.applyAsDouble(x[i])), Double.doubleToLongBits(y[i]), "at " + x[i]);
  }

  @Property(tries = 300)
  void functions(@ForAll long seed) {
    var x = numbers(random(seed), 41);
    same(x, Elementary::exp, MapLanes::exp);
    same(random(seed).doubles(41, -Elementary.NEAR, Elementary.NEAR).toArray(), Elementary::exp, MapLanes::exp);
    same(x, Elementary::log, MapLanes::log);
    same(x, Elementary::log1p, MapLanes::log1p);
    same(x, Elementary::decay, MapLanes::decay);
    same(x, v -> Elementary.softplus(v, Elementary.decay(v)), (in, out, n) -> {
      MapLanes.decay(in, out, n);
      return MapLanes.softplus(in, out, out, n);
    });
    same(x, v -> Elementary.sigmoid(v, Elementary.decay(v)), (in, out, n) -> {
      MapLanes.decay(in, out, n);
      return MapLanes.sigmoid(in, out, out, n);
    });
  }

  private interface Working {
    int run(double[] x, double[] y, double[] work, int n);
  }

  private static Lanes working(Working f) {
    return (x, y, n) -> f.run(x, y, new double[n], n);
  }

  @Property(tries = 300)
  void specialFunctions(@ForAll long seed) {
    var x = numbers(random(seed), 41);
    same(x, Special::expm1, SpecialLanes::expm1);
    same(x, Special::tanh, SpecialLanes::tanh);
    same(x, Special::erf, working(SpecialLanes::erf));
    same(x, Special::erfc, working(SpecialLanes::erfc));
    same(x, Special::phi, working(SpecialLanes::phi));
    same(x, Special::logPhi, working(SpecialLanes::logPhi));
    same(x, Special::logPhiSlope, working(SpecialLanes::logPhiSlope));
    var near = random(seed).doubles(41, 0, 12).toArray();
    for (var arguments : new double[][] {x, near}) {
      same(arguments, Special::lgamma, working(SpecialLanes::lgamma));
      same(arguments, Special::digamma, working(SpecialLanes::digamma));
    }
  }

  @Property(tries = 300)
  void powers(@ForAll long seed) {
    var random = random(seed);
    var x = numbers(random, 41);
    if (random.nextBoolean()) for (int i = 0; i < x.length; i++) x[i] = Math.abs(x[i]);
    var b = numbers(random, 41);
    var y = new double[x.length];
    int done = SpecialLanes.pow(x, b, y, new double[x.length], x.length);
    assertEquals(x.length - x.length % ElementaryLanes.L, done);
    for (int i = 0; i < done; i++) assertEquals(Special.pow(x[i], b[i]), y[i], x[i] + "^" + b[i]);
  }

  @Property(tries = 200)
  void sums(@ForAll long seed, @ForAll @IntRange(min = 0, max = 60) int n) {
    var x = random(seed).doubles(63, -2, 2).toArray();
    var one = new double[Sums.WAYS];
    var other = new double[Sums.WAYS];
    for (int i = Sums.plain(x, 3, one, n); i < n; i++) one[i % Sums.WAYS] += x[3 + i];
    for (int i = SumLanes.sum(x, 3, other, n); i < n; i++) other[i % Sums.WAYS] += x[3 + i];
    assertArrayEquals(one, other);
  }

  @Property(tries = 300)
  void exponentialsAndTheirSum(@ForAll long seed, @ForAll @IntRange(min = 0, max = 60) int n) {
    var random = random(seed);
    var x = random.doubles(n, -20, 20).toArray();
    for (var far : random.nextBoolean() ? new int[0] : new int[] {n / 3, n - 1})
      if (n > 0) x[far] = numbers(random, 1)[0];
    var values = new double[2][n];
    var sums = new double[2][Sums.WAYS];
    assertEquals(Maps.expSumPlain(x, values[0], sums[0], n), MapLanes.expSum(x, values[1], sums[1], n));
    assertArrayEquals(values[0], values[1]);
    assertArrayEquals(sums[0], sums[1]);
    var y = new double[n];
    Maps.exp(x, y, n);
    Sums.sum(y, sums[0], n);
    Maps.expSum(x, values[0], sums[1], n);
    assertArrayEquals(y, values[0]);
    assertEquals(sums[0][0], sums[1][0]);
  }

  @Property(tries = 300)
  void sumsOfLogarithms(@ForAll long seed, @ForAll @IntRange(min = 0, max = 40) int groups) {
    var random = random(seed);
    int n = groups * Sums.WAYS;
    var x = random.nextBoolean() ? numbers(random, n + 3) : random.doubles(n + 3, 1e-3, 1e3).toArray();
    sameSums((linear, products) -> LogSums.logsPlain(x, linear, products, 0, n, 0, Sums.WAYS),
        (linear, products) -> LogSumLanes.logs(x, linear, products, 0, n));
    sameSums((linear, products) -> LogSums.softplusPlain(x, linear, products, 0, n),
        (linear, products) -> LogSumLanes.softplus(x, linear, products, 0, n));
    var one = new double[n];
    var other = new double[n];
    sameSums((linear, products) -> LogSums.softplusSlopePlain(x, one, linear, products, 0, n),
        (linear, products) -> LogSumLanes.softplusSlope(x, other, linear, products, 0, n));
    assertArrayEquals(one, other);
  }

  private interface Linear {
    void run(double[] linear, double[] products);
  }

  private static void sameSums(Linear plain, Linear lanes) {
    var one = new double[2][Sums.WAYS];
    var other = new double[2][Sums.WAYS];
    plain.run(one[0], one[1]);
    lanes.run(other[0], other[1]);
    assertArrayEquals(one[0], other[0]);
    for (int way = 0; way < Sums.WAYS; way++)
      if (!Double.isNaN(one[0][way])) assertEquals(one[1][way], other[1][way]);
  }

  @Property(tries = 200)
  void columns(@ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int width, @ForAll @IntRange(min = 1, max = 9) int n) {
    var random = random(seed);
    var x = random.doubles((long) n * width, -2, 2).toArray();
    var b = random.doubles(n, -2, 2).toArray();
    var one = new double[width];
    var other = new double[width];
    Columns.multiplyPlain(x, 0, b, one, 0, 0, n, width);
    int done = ColumnLanes.multiply(x, 0, b, other, 0, n, width);
    Columns.multiplyPlain(x, 0, b, other, 0, done, n, width);
    assertArrayEquals(one, other);
  }

  @Property(tries = 200)
  void transposedColumns(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int n) {
    var random = random(seed);
    var x = random.doubles((long) n * Columns.ROWS + 3, -2, 2).toArray();
    var r = random.doubles(Columns.ROWS + 5, -2, 2).toArray();
    var one = random.doubles((long) n * Sums.WAYS, -2, 2).toArray();
    var other = one.clone();
    Columns.addPlain(x, 3, r, 5, one, n);
    ColumnLanes.addTransposed(x, 3, r, 5, other, n);
    assertArrayEquals(one, other);
  }

  @Property(tries = 200)
  void products(@ForAll long seed, @ForAll @IntRange(max = 9) int m, @ForAll @IntRange(max = 40) int n,
      @ForAll @IntRange(max = 9) int k, @ForAll boolean transposed, @ForAll boolean added) {
    var random = random(seed);
    var a = random.doubles(100, -2, 2).toArray();
    var b = random.doubles(400, -2, 2).toArray();
    var one = random.doubles(400, -2, 2).toArray();
    var other = one.clone();
    double sign = added ? 1 : -1;
    int row = transposed ? 1 : 10;
    int column = 11 - row;
    Products.plain(sign, a, 3, row, column, b, 2, 41, one, 1, 42, m, n, k);
    int done = ProductLanes.add(sign, a, 3, row, column, b, 2, 41, other, 1, 42, m, n, k);
    Products.plain(sign, a, 3, row, column, b, 2 + done, 41, other, 1 + done, 42, m, n - done, k);
    assertArrayEquals(one, other);
  }

  @Property(tries = 200)
  void strips(@ForAll long seed, @ForAll @IntRange(max = 40) int n, @ForAll boolean transposed, @ForAll boolean backward) {
    var random = random(seed);
    var l = random.doubles(40, 0.1, 2).toArray();
    var one = random.doubles(200, -2, 2).toArray();
    var other = one.clone();
    int way = backward ? -1 : 1;
    int row = way * (transposed ? 1 : 6);
    int column = 7 * way - row;
    int at = backward ? 30 : 3;
    int to = backward ? 150 : 2;
    Strips.plain(l, at, row, column, one, to, 41 * way, Strips.ROWS, n);
    int done = StripLanes.solve(l, at, row, column, other, to, 41 * way, n);
    Strips.plain(l, at, row, column, other, to + done, 41 * way, Strips.ROWS, n - done);
    assertArrayEquals(one, other);
  }

  @Property(tries = 200)
  void rows(@ForAll long seed, @ForAll @IntRange(max = 40) int n) {
    var random = random(seed);
    var x = random.doubles(90, -2, 2).toArray();
    var one = random.doubles(50, -2, 2).toArray();
    var other = one.clone();
    Rows.addPlain(x[50], x, 1, one, 3, n, 0);
    Rows.addPlain(x[50], x, 1, other, 3, n, RowLanes.add(x[50], x, 1, other, 3, n));
    assertArrayEquals(one, other);
    Rows.addPlain(x[51], x, 7, x[52], x, 45, one, 2, n, 0);
    Rows.addPlain(x[51], x, 7, x[52], x, 45, other, 2, n, RowLanes.add(x[51], x, 7, x[52], x, 45, other, 2, n));
    assertArrayEquals(one, other);
    int whole = n - n % Sums.WAYS;
    assertEquals(Rows.dotPlain(x, 3, x, 40, whole), RowLanes.dot(x, 3, x, 40, whole));
  }

  /// In both forms and at all lengths inner products are those of [Rows#dot]; vectors may be the same.
  @Property(tries = 300)
  void innerProducts(@ForAll long seed, @ForAll @IntRange(max = 40) int n) {
    var random = random(seed);
    var vectors = new double[6][];
    for (int k = 0; k < 6; k++)
      vectors[k] = k > 0 && random.nextInt(4) == 0 ? vectors[random.nextInt(k)] : random.doubles(n, -2, 2).toArray();
    double[] x = vectors[0], a = vectors[1], b = vectors[2], y = vectors[3], c = vectors[4], d = vectors[5];
    double[] products = {dot(a, y), dot(b, y), dot(c, x), dot(d, x), dot(a, c), dot(b, d)};
    var sum = new double[n];
    for (int i = 0; i < n; i++) sum[i] = x[i] + y[i];
    var w = new double[n];
    var out = new double[Inner.CROSSED];
    Inner.cross(x, a, b, y, c, d, w, out, n);
    assertArrayEquals(products, Arrays.copyOf(out, Inner.PRODUCTS));
    assertArrayEquals(sum, w);
    int whole = n - n % Sums.WAYS;
    var lanes = new double[Inner.CROSSED];
    Inner.crossPlain(x, a, b, y, c, d, w, out, whole);
    InnerLanes.cross(x, a, b, y, c, d, new double[n], lanes, whole);
    assertArrayEquals(Arrays.copyOf(out, Inner.PRODUCTS), Arrays.copyOf(lanes, Inner.PRODUCTS));
  }

  private static double dot(double[] x, double[] y) {
    return Rows.dot(x, 0, y, 0, x.length);
  }

  @Property(tries = 300)
  void pushes(@ForAll long seed, @ForAll @IntRange(max = 40) int n) {
    var random = random(seed);
    var s = random.doubles(n, 0.1, 3).toArray();
    var g = random.doubles(n, -2, 2).toArray();
    var p = random.doubles(n, -2, 2).toArray();
    double f = random.nextDouble(-1, 1);
    var us = new double[3][n];
    double[][] ps = {p.clone(), p.clone(), p.clone()};
    double square = Inner.push(f, s, g, us[0], ps[0], n);
    for (int i = 0; i < n; i++) {
      assertEquals(s[i] * g[i], us[0][i]);
      assertEquals(Math.fma(f, s[i] * g[i], p[i]), ps[0][i]);
    }
    assertEquals(dot(ps[0], ps[0]), square);
    int whole = n - n % Sums.WAYS;
    assertEquals(Inner.pushPlain(f, s, g, us[1], ps[1], whole), InnerLanes.push(f, s, g, us[2], ps[2], whole));
    assertArrayEquals(us[1], us[2]);
    assertArrayEquals(ps[1], ps[2]);
  }

  @Property(tries = 300)
  void productsOfFourRows(@ForAll long seed, @ForAll @IntRange(max = 40) int n) {
    var random = random(seed);
    var a = random.doubles(5 + 4 * 43, -2, 2).toArray();
    var x = random.doubles(3 + n, -2, 2).toArray();
    var out = new double[3][7];
    Inner.rows(a, 5, 43, x, 3, out[0], 2, n);
    for (int k = 0; k < 4; k++) assertEquals(Rows.dot(a, 5 + 43 * k, x, 3, n), out[0][2 + k]);
    int whole = n - n % Sums.WAYS;
    Inner.rowsPlain(a, 5, 43, x, 3, out[1], 2, whole);
    InnerLanes.rows(a, 5, 43, x, 3, out[2], 2, whole);
    assertArrayEquals(out[1], out[2]);
  }
}
