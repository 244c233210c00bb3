package ppl.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class DenseMatrixProperties {
  private static double[] positive(int n, long seed) {
    var random = new Random(seed);
    var b = new double[n * n];
    for (int i = 0; i < b.length; i++) b[i] = random.nextGaussian();
    var a = DenseMatrix.product(b, DenseMatrix.transpose(b, n), n);
    for (int i = 0; i < n; i++) a[i * n + i] += 0.1;
    return a;
  }

  @Property(tries = 100)
  void choleskyFactorGivesTheMatrixBack(@ForAll @IntRange(min = 1, max = 12) int n, @ForAll long seed) {
    var a = positive(n, seed);
    var l = DenseMatrix.cholesky(a, n).orElseThrow();
    assertArrayEquals(a, DenseMatrix.product(l, DenseMatrix.transpose(l, n), n), 1e-10 * n);
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) assertEquals(0, l[i * n + j]);
    }
  }

  @Property(tries = 100)
  void solvesInvertProducts(@ForAll @IntRange(min = 1, max = 12) int n, @ForAll long seed) {
    var l = DenseMatrix.cholesky(positive(n, seed), n).orElseThrow();
    var x = new Random(seed + 1).doubles(n).toArray();
    var y = new double[n];
    DenseMatrix.multiply(l, n, x, y);
    DenseMatrix.solveLower(l, n, y);
    assertArrayEquals(x, y, 1e-8);
    DenseMatrix.multiplyTransposed(l, n, x, y);
    DenseMatrix.solveLowerTransposed(l, n, y);
    assertArrayEquals(x, y, 1e-8);
    var u = DenseMatrix.inverseTransposed(l, n);
    assertArrayEquals(DenseMatrix.identity(n), DenseMatrix.product(DenseMatrix.transpose(l, n), u, n), 1e-8);
  }

  @Example
  void whatIsNotPositiveDefiniteHasNoFactor() {
    assertTrue(DenseMatrix.cholesky(new double[] {1, 2, 2, 1}, 2).isEmpty());
    assertTrue(DenseMatrix.cholesky(new double[] {1, 1, 1, 1}, 2).isEmpty());
    assertTrue(DenseMatrix.cholesky(new double[] {Double.NaN}, 1).isEmpty());
  }

  @Property(tries = 100)
  void productsWithTrianglesAreThoseOfMatrices(@ForAll @IntRange(min = 1, max = 40) int n, @ForAll long seed) {
    var l = DenseMatrix.cholesky(positive(n, seed), n).orElseThrow();
    var x = new Random(seed + 1).doubles(n).toArray();
    var product = new double[n];
    DenseMatrix.multiply(l, n, x, product);
    var out = new double[n];
    DenseMatrix.multiplyLower(l, n, x, out);
    assertArrayEquals(product, out, 1e-12 * n);
    DenseMatrix.multiplyTransposed(l, n, x, product);
    DenseMatrix.multiplyUpper(DenseMatrix.transpose(l, n), n, x, out);
    assertArrayEquals(product, out, 1e-12 * n);
  }
}
