package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Products with a matrix by its elements that are not 0 are those with the matrix in blocks, up to the order of sums.
class SparseProperties {
  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /// A matrix by its elements that are not 0.
  private record Compressed(int[] places, int[] starts, int[] at, double[] values) {
    static Compressed of(double[] x, int length, int columns, int rows) {
      var c = room(x, length);
      Sparse.compress(x, c.places, c.starts, c.at, c.values, length, columns, rows);
      return c;
    }

    static Compressed room(double[] x, int length) {
      int found = 0;
      for (double v : x) if (v != 0) found++;
      return new Compressed(new int[length], new int[length + 1], new int[found], new double[found]);
    }

    double[] multiply(double[] b, int first, int rows, int n) {
      var out = new double[n];
      Sparse.multiply(places, starts, at, values, b, out, first, rows, n);
      return out;
    }
  }

  /// Few elements are not 0, or none, or all; rows and columns are empty with the fewest.
  private static double[] matrix(RandomGenerator random, int length, int columns, int tenths) {
    var x = new double[length * columns];
    for (int i = 0; i < x.length; i++)
      x[i] = random.nextInt(10) < tenths ? random.nextGaussian() : random.nextBoolean() ? 0 : -0.0;
    return x;
  }

  @Property(tries = 300)
  void productsAreThoseOfBlocks(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 30) int columns, @ForAll @IntRange(max = 10) int tenths) {
    var random = random(seed);
    var x = matrix(random, length, columns, tenths);
    int rows = Columns.ROWS;
    int tiles = (length + rows - 1) / rows;
    var blocks = new double[tiles * rows * columns];
    Columns.tile(x, blocks, length, columns, rows);
    var compressed = Compressed.of(x, length, columns, rows);
    int from = rows * random.nextInt(tiles);
    int n = length - from;
    var b = random.doubles(columns, -2, 2).toArray();
    var expected = new double[tiles * rows];
    Columns.multiply(blocks, b, expected, from, columns, rows, n);
    var actual = compressed.multiply(b, from, rows, n);
    for (int i = 0; i < n; i++) assertEquals(expected[i], actual[i], 1e-12);
    var r = random.doubles(tiles * rows, -2, 2).toArray();
    var gathered = new double[columns * Sums.WAYS];
    var one = random.doubles(columns, -2, 2).toArray();
    var other = one.clone();
    Columns.addTransposed(blocks, r, gathered, from, columns, rows, n);
    Columns.fold(gathered, one, columns);
    Sparse.clear(gathered, columns);
    Sparse.addTransposed(compressed.places, compressed.starts, compressed.at, compressed.values, r, gathered, from, rows, n);
    Sparse.fold(gathered, other, columns);
    assertArrayEquals(one, other, 1e-12);
  }

  @Property(tries = 200)
  void rowsComeInAnyOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int length,
      @ForAll @IntRange(min = 1, max = 9) int columns, @ForAll @IntRange(min = 1, max = 7) int rows) {
    var random = random(seed);
    var x = matrix(random, length, columns, random.nextInt(11));
    var order = order(random, length);
    var ordered = new double[x.length];
    for (int i = 0; i < length; i++) System.arraycopy(x, order[i] * columns, ordered, i * columns, columns);
    var expected = Compressed.of(ordered, length, columns, rows);
    var actual = Compressed.room(x, length);
    Sparse.compressOrdered(x, order, actual.places, actual.starts, actual.at, actual.values, length, columns, rows);
    assertArrayEquals(expected.places, actual.places);
    assertArrayEquals(expected.starts, actual.starts);
    assertArrayEquals(expected.at, actual.at);
    assertArrayEquals(expected.values, actual.values);
  }

  private static int[] order(RandomGenerator random, int n) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
    Collections.shuffle(order, random);
    return order.stream().mapToInt(i -> i).toArray();
  }

  /// What is no number or infinite is kept, and seen in its row alone.
  @Property(tries = 100)
  void whatIsNotFiniteStays(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int length,
      @ForAll @IntRange(min = 1, max = 9) int columns) {
    var random = random(seed);
    var x = matrix(random, length, columns, 3);
    int row = random.nextInt(length);
    int column = random.nextInt(columns);
    double special = List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY).get(random.nextInt(3));
    x[row * columns + column] = special;
    var b = random.doubles(columns, 1, 2).toArray();
    var product = Compressed.of(x, length, columns, 4).multiply(b, 0, 4, length);
    for (int i = 0; i < length; i++) {
      if (i == row) assertEquals(special, product[i]);
      else assertTrue(Double.isFinite(product[i]), "row " + i);
    }
  }

  @Property(tries = 200)
  void compressingLosesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int length,
      @ForAll @IntRange(min = 1, max = 30) int columns, @ForAll @IntRange(max = 10) int tenths) {
    var x = matrix(random(seed), length, columns, tenths);
    var c = Compressed.of(x, length, columns, Columns.ROWS);
    var again = x.clone();
    Sparse.expand(c.places, c.starts, c.at, c.values, again, length, columns, Columns.ROWS);
    DecimalsProperties.signed(x, again);
    assertArrayEquals(DecimalsProperties.bits(x), DecimalsProperties.bits(again));
  }
}
