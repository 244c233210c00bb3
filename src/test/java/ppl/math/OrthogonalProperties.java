package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import ppl.kernels.Rows;

class OrthogonalProperties {
  @Property(tries = 200)
  void factorOfManyBlocksHasTheSameNorms(@ForAll long seed, @ForAll @IntRange(max = 12) int rows, @ForAll @IntRange(min = 1, max = 6) int n) {
    var r = new Random(seed);
    var factor = new double[n * n];
    var x = r.doubles(n, -1, 1).toArray();
    double expected = 0;
    for (int block = 0; block < 3; block++) {
      var a = new double[rows * n];
      for (int i = 0; i < a.length; i++) a[i] = r.nextInt(4) == 0 ? 0 : r.nextGaussian();
      var before = a.clone();
      Orthogonal.absorb(a, factor, rows, n);
      assertEquals(Arrays.toString(before), Arrays.toString(a));
      for (int i = 0; i < rows; i++) expected += square(Rows.dot(a, i * n, x, 0, n));
    }
    double actual = 0;
    for (int i = 0; i < n; i++) actual += square(Rows.dot(factor, i * n + i, x, i, n - i));
    assertEquals(expected, actual, 1e-13 * (1 + expected));
  }

  /// Long blocks, of columns with other lengths and means: as exact as reflections, column for column.
  @Property(tries = 60)
  void longBlocksAreReflected(@ForAll long seed, @ForAll @IntRange(min = 1, max = 24) int n,
      @ForAll @IntRange(min = 1, max = 1500) int count) {
    var r = new Random(seed);
    var scale = r.doubles(n, -8, 8).map(x -> Math.pow(10, x)).toArray();
    var mean = r.doubles(n, -100, 100).toArray();
    var all = new double[n * n];
    var parts = new double[n * n];
    for (int block = 0; block < 5; block++) {
      var a = new double[count * n];
      for (int i = 0; i < a.length; i++) a[i] = scale[i % n] * (mean[i % n] + r.nextGaussian());
      Orthogonal.absorb(a, all, count, n);
      for (int i = 0; i < count; i += 50)
        Orthogonal.absorb(Arrays.copyOfRange(a, i * n, Math.min(count, i + 50) * n), parts, Math.min(50, count - i), n);
    }
    if (5 * count < 2 * n) return;
    for (int i = 0; i < n; i++)
      for (int j = i; j < n; j++)
        assertEquals(Math.abs(parts[i * n + j]), Math.abs(all[i * n + j]), 1e-12 * scale[j] * Math.sqrt(5 * count) * 100,
            i + ", " + j);
  }

  /// Rows of a new direction, or a great many of them, and missing ones.
  @Property(tries = 60)
  void whatIsNewIsAbsorbed(@ForAll long seed) {
    var r = new Random(seed);
    int n = 3;
    int count = 600;
    var factor = new double[n * n];
    var squares = new double[n];
    for (int block = 0; block < 4; block++) {
      double[] scale = {1, block == r.nextInt(4) ? 1e6 : 1, block < 2 ? 0 : 1e-6};
      var a = new double[count * n];
      for (int i = 0; i < a.length; i++) {
        a[i] = scale[i % n] * r.nextGaussian();
        squares[i % n] += a[i] * a[i];
      }
      Orthogonal.absorb(a, factor, count, n);
    }
    for (int j = 0; j < n; j++) {
      double sum = 0;
      for (int i = 0; i <= j; i++) sum += square(factor[i * n + j]);
      assertEquals(squares[j], sum, 1e-12 * squares[j]);
    }
    var missing = new double[count * n];
    missing[7] = Double.NaN;
    Orthogonal.absorb(missing, factor, count, n);
    assertEquals(Double.NaN, factor[n + 1]);
  }

  private static double square(double x) {
    return x * x;
  }

  /// Columns that differ by 1e-7 of their length: their difference keeps its digits, which products would lose.
  @Property(tries = 50)
  void nearlyCollinearColumnsKeepTheirDifference(@ForAll long seed) {
    var r = new Random(seed);
    int rows = r.nextBoolean() ? 40 : 900;
    var a = new double[rows * 2];
    double expected = 0;
    for (int i = 0; i < rows; i++) {
      double small = r.nextGaussian();
      a[2 * i] = 1e7 + r.nextGaussian();
      a[2 * i + 1] = a[2 * i] + small;
      expected += square(a[2 * i + 1] - a[2 * i]);
    }
    var factor = new double[4];
    Orthogonal.absorb(a, factor, rows, 2);
    Orthogonal.absorb(a, factor, rows, 2);
    expected *= 2;
    double actual = square(factor[1] - factor[0]) + square(factor[3]);
    assertEquals(expected, actual, 1e-7 * expected);
  }
}
