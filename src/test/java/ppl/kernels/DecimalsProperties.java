package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Products with a matrix of decimals are those with the matrix in blocks, up to rounding; numbers with many digits are none.
class DecimalsProperties {
  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// A matrix of numbers with `digits` after the point at most, as they are read.
  private static double[] matrix(RandomGenerator random, int size, int digits) {
    return random.ints(size, -20_000, 20_000).mapToDouble(v -> Double.parseDouble(v + "e-" + random.nextInt(digits + 1))).toArray();
  }

  private static double[] units(double[] x, int length, int columns) {
    var units = new double[columns];
    Decimals.units(x, units, length, columns);
    return units;
  }

  @Property(tries = 300)
  void productsAreThoseOfBlocks(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 30) int columns, @ForAll @IntRange(max = 5) int digits) {
    var random = random(seed);
    var x = matrix(random, length * columns, digits);
    int rows = Columns.ROWS;
    int tiles = (length + rows - 1) / rows;
    var order = IntStream.range(0, length).map(i -> length - 1 - i).toArray();
    boolean ordered = random.nextBoolean();
    var blocks = new double[tiles * rows * columns];
    var whole = new int[blocks.length];
    var units = units(x, length, columns);
    if (ordered) {
      Columns.tileOrdered(x, order, blocks, length, columns, rows);
      Decimals.tileOrdered(x, order, units, whole, length, columns, rows);
    } else {
      Columns.tile(x, blocks, length, columns, rows);
      Decimals.tile(x, units, whole, length, columns, rows);
    }
    int from = rows * random.nextInt(tiles);
    int n = length - from;
    var b = random.doubles(columns, -2, 2).toArray();
    var expected = new double[tiles * rows];
    var actual = new double[tiles * rows];
    Columns.multiply(blocks, b, expected, from, columns, rows, n);
    Decimals.multiply(whole, units, b, actual, from, columns, rows, n);
    for (int i = 0; i < n; i++) assertEquals(expected[i], actual[i], 1e-12 * 20_000 * columns);
    var r = random.doubles(tiles * rows, -2, 2).toArray();
    var gathered = new double[columns * Sums.WAYS];
    var sums = new double[columns];
    Columns.addTransposed(blocks, r, gathered, from, columns, rows, n);
    Columns.fold(gathered, sums, columns);
    Arrays.fill(gathered, 0);
    var others = new double[columns];
    Decimals.addTransposed(whole, r, gathered, from, columns, rows, n);
    Decimals.fold(gathered, units, others, columns);
    for (int k = 0; k < columns; k++) assertEquals(sums[k], others[k], 1e-12 * 20_000 * length);
  }

  @Property(tries = 200)
  void vectorsGiveTheSameBits(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int columns) {
    var random = random(seed);
    int rows = Columns.ROWS;
    var x = random.ints(columns * rows).toArray();
    var units = random.doubles(columns).toArray();
    var b = random.doubles(columns, -2, 2).toArray();
    var plain = new double[rows];
    var lanes = new double[rows];
    Decimals.multiplyPlain(x, 0, units, b, plain, 0, 0, columns, rows);
    assertEquals(rows, DecimalLanes.multiply(x, 0, units, b, lanes, 0, columns, rows));
    assertArrayEquals(plain, lanes);
    var sums = random.doubles(columns * Sums.WAYS).toArray();
    var others = sums.clone();
    Decimals.addPlain(x, 0, plain, 0, sums, columns, rows, rows);
    DecimalLanes.addTransposed(x, 0, plain, 0, others, columns);
    assertArrayEquals(sums, others);
  }

  @Property(tries = 200)
  void aNumberOfManyDigitsMakesItNone(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(min = 1, max = 10) int columns) {
    var random = random(seed);
    var x = matrix(random, length * columns, 4);
    double[] strange = {random.nextGaussian(), Math.PI, 1e-300, 3e9, Double.NaN, Double.POSITIVE_INFINITY, 1e-10, 400_000.00001};
    x[random.nextInt(x.length)] = strange[random.nextInt(strange.length)];
    assertArrayEquals(new double[columns], units(x, length, columns));
  }

  @Example
  void aUnitIsTheLargestThatHoldsAColumn() {
    assertArrayEquals(new double[] {1, 0.01, 1e-9}, units(new double[] {-3, 0.25, 1e-9, 2e9, -0.0, 2.147483647}, 2, 3));
  }

  /// What is laid out can be had again, bit by bit; the signs of zeros are noted.
  @Property(tries = 200)
  void layingOutLosesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 30) int columns, @ForAll @IntRange(max = 5) int digits) {
    var random = random(seed);
    var x = matrix(random, length * columns, digits);
    for (int i = 0; i < x.length; i++) if (random.nextInt(10) == 0) x[i] = random.nextBoolean() ? 0 : -0.0;
    int rows = Columns.ROWS;
    var whole = new int[(length + rows - 1) / rows * rows * columns];
    var units = units(x, length, columns);
    Decimals.tile(x, units, whole, length, columns, rows);
    var again = new double[x.length];
    Decimals.untile(whole, units, again, length, columns, rows);
    signed(x, again);
    assertArrayEquals(bits(x), bits(again));
    var blocks = new double[whole.length];
    Columns.tile(x, blocks, length, columns, rows);
    Columns.untile(blocks, again, length, columns, rows);
    assertArrayEquals(bits(x), bits(again));
  }

  static void signed(double[] x, double[] out) {
    var count = new int[1];
    NegativeZeros.count(x, count, x.length);
    var places = new int[count[0]];
    NegativeZeros.find(x, places, x.length);
    NegativeZeros.put(places, out, count[0]);
  }

  static long[] bits(double[] x) {
    return Arrays.stream(x).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
