package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
      for (int i = 0; i < rows; i++) expected += square(Multiply.dot(a, i * n, x, 0, n));
    }
    double actual = 0;
    for (int i = 0; i < n; i++) actual += square(Multiply.dot(factor, i * n + i, x, i, n - i));
    assertEquals(expected, actual, 1e-13 * (1 + expected));
  }

  private static double square(double x) {
    return x * x;
  }

  /// Columns that differ by 1e-7 of their length: their difference keeps its digits, which products would lose.
  @Property(tries = 50)
  void nearlyCollinearColumnsKeepTheirDifference(@ForAll long seed) {
    var r = new Random(seed);
    int rows = 40;
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
    double actual = square(factor[1] - factor[0]) + square(factor[3]);
    assertEquals(expected, actual, 1e-7 * expected);
  }
}
