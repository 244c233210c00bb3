package ppl.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import ppl.kernels.Rows;

/// Dense kernels against EJML, and adjoints against finite differences along random directions.
class LinearAlgebraProperties {
  @Property(tries = 60)
  void productsAgreeWithEjml(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int n,
      @ForAll @IntRange(min = 1, max = 30) int k, @ForAll @IntRange(min = 1, max = 30) int m) {
    var random = new Random(seed);
    double[] a = matrix(random, n * k);
    double[] b = matrix(random, k * m);
    double[] out = matrix(random, n * m);
    Multiply.multiply(a, n, k, b, m, out);
    assertClose(ejml(a, n, k).mult(ejml(b, k, m)), out, 1e-13);
    double[] c = matrix(random, n * m);
    double[] start = matrix(random, k * m);
    double[] sum = start.clone();
    Multiply.addTransposedMultiply(a, n, k, c, m, sum);
    assertClose(ejml(a, n, k).transpose().mult(ejml(c, n, m)).plus(ejml(start, k, m)), sum, 1e-13);
    start = matrix(random, n * k);
    sum = start.clone();
    Multiply.addMultiplyTransposed(c, n, m, b, k, sum, new double[k * m]);
    assertClose(ejml(c, n, m).mult(ejml(b, k, m).transpose()).plus(ejml(start, n, k)), sum, 1e-13);
  }

  @Property(tries = 60)
  void choleskySquaresToTheMatrix(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
    double[] a = positive(new Random(seed), n);
    var l = new double[n * n];
    assertTrue(Cholesky.cholesky(a, n, l));
    Oracle factor = ejml(l, n, n);
    assertClose(factor.mult(factor.transpose()), a, 1e-12);
    for (int i = 0; i < n; i++) {
      assertTrue(l[i * n + i] > 0);
      for (int j = i + 1; j < n; j++) {
        assertEquals(0, l[i * n + j]);
      }
    }
    assertEquals(Math.log(ejml(a, n, n).determinant()), Cholesky.logDeterminant(l, n), 1e-9);
    var inverse = new double[n * n];
    Cholesky.inverse(l, n, inverse);
    assertClose(ejml(a, n, n).invert(), inverse, 1e-8);
  }

  @Property(tries = 30)
  void choleskyRefusesIndefiniteMatrices(@ForAll long seed, @ForAll @IntRange(min = 2, max = 8) int n) {
    double[] a = positive(new Random(seed), n);
    int i = Math.floorMod(seed, n);
    a[i * n + i] = -0.1;
    assertFalse(Cholesky.cholesky(a, n, a));
    assertTrue(Arrays.stream(a).allMatch(Double::isNaN));
  }

  @Property(tries = 40)
  void choleskyAdjoint(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
    var random = new Random(seed);
    double[] a = positive(random, n);
    double[] lbar = matrix(random, n * n);
    var abar = new double[n * n];
    Cholesky.choleskyAdjoint(factor(a, n), lbar, n, abar);
    checkSlope(random, a, n, true, abar, x -> factor(x, n), lbar);
  }

  @Property(tries = 40)
  void normalFormsAndAdjoints(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int n) {
    var random = new Random(seed);
    double[] a = positive(random, n);
    double[] r = matrix(random, n);
    double[] form = form(a, r, n);
    Oracle column = ejml(r, n, 1);
    assertEquals(column.transpose().mult(ejml(a, n, n).invert()).mult(column).m.get(0), form[0], 1e-8 * (1 + form[0]));
    assertEquals(0.5 * Math.log(ejml(a, n, n).determinant()), form[1], 1e-9);
    var z = new double[n];
    var u = new double[n * n];
    SpdForm.value(a, r, new double[2], z, u, n);
    double[] bar = matrix(random, 2);
    var abar = new double[n * n];
    var rbar = new double[n];
    SpdForm.adjoint(u, z, bar, abar, rbar, new double[(n + 16) * n], n);
    checkSlope(random, a, n, true, abar, x -> form(x, r, n), bar);
    checkSlope(random, r, 0, false, rbar, x -> form(a, x, n), bar);
  }

  private static double[] form(double[] a, double[] r, int n) {
    var y = new double[2];
    SpdForm.value(a, r, y, new double[n], new double[n * n], n);
    return y;
  }

  @Property(tries = 40)
  void logDeterminantAdjoint(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int n) {
    var random = new Random(seed);
    double[] g = general(random, n);
    var gbar = new double[n * n];
    var f = new Factored(g, n);
    Lu.logDeterminantAdjoint(f.lu, f.pivots, n, 0.6, gbar, new double[n * n]);
    checkSlope(random, g, n, false, gbar, x -> one(Lu.logDeterminant(new Factored(x, n).lu, n)), one(0.6));
  }

  @Property(tries = 40)
  void triangularSolvesAndAdjoints(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n,
      @ForAll @IntRange(min = 1, max = 20) int m) {
    var random = new Random(seed);
    double[] l = factor(positive(random, n), n);
    double[] b = matrix(random, n * m);
    for (boolean transposed : new boolean[] {false, true}) {
      double[] x = solved(l, n, b, m, transposed);
      Oracle lower = ejml(l, n, n);
      assertClose((transposed ? lower.transpose() : lower).mult(ejml(x, n, m)), b, 1e-10);
      double[] xbar = matrix(random, n * m);
      var lbar = new double[n * n];
      var bbar = new double[n * m];
      if (transposed) {
        Triangular.solveLowerTransposedAdjoint(l, n, x, m, xbar, lbar, bbar, new double[n * m],
            new double[n * m]);
      } else {
        Triangular.solveLowerAdjoint(l, n, x, m, xbar, lbar, bbar, new double[n * m],
            new double[n * m]);
      }
      checkSlope(random, l, n, false, lbar, y -> solved(y, n, b, m, transposed), xbar);
      checkSlope(random, b, 0, false, bbar, y -> solved(l, n, y, m, transposed), xbar);
    }
  }

  @Property(tries = 40)
  void generalSolvesAndAdjoints(@ForAll long seed, @ForAll @IntRange(min = 1, max = 8) int n,
      @ForAll @IntRange(min = 1, max = 4) int m) {
    var random = new Random(seed);
    double[] a = general(random, n);
    double[] b = matrix(random, n * m);
    var f = new Factored(a, n);
    double[] x = f.solve(b, m);
    assertClose(ejml(a, n, n).mult(ejml(x, n, m)), b, 1e-10);
    double[] z = b.clone();
    Lu.solveTransposed(f.lu, f.pivots, n, z, m);
    assertClose(ejml(a, n, n).transpose().mult(ejml(z, n, m)), b, 1e-10);
    assertEquals(1, Lu.determinant(f.lu, n, f.sign) / ejml(a, n, n).determinant(), 1e-9);
    double[] xbar = matrix(random, n * m);
    var abar = new double[n * n];
    var bbar = new double[n * m];
    Lu.solveAdjoint(f.lu, f.pivots, n, x, m, xbar, abar, bbar, new double[n * m], new double[n * m]);
    checkSlope(random, a, n, false, abar, y -> new Factored(y, n).solve(b, m), xbar);
    checkSlope(random, b, 0, false, bbar, y -> f.solve(y, m), xbar);
    double[] inverse = f.inverse();
    double[] ibar = matrix(random, n * n);
    var aibar = new double[n * n];
    Lu.inverseAdjoint(inverse, ibar, n, aibar, new double[n * n], new double[n * n]);
    checkSlope(random, a, n, false, aibar, y -> new Factored(y, n).inverse(), ibar);
  }

  @Example
  void singularMatricesAreSaid() {
    assertEquals(0, new Factored(new double[] {1, 2, 2, 4}, 2).sign);
    assertNotEquals(0, new Factored(new double[] {0, 2, 2, 4}, 2).sign);
  }

  @Property(tries = 40)
  void eigenAndAdjoint(@ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int n) {
    var random = new Random(seed);
    double[] a = positive(random, n);
    for (int i = 0; i < n; i++) {
      a[i * n + i] += 3 * i;
    }
    double[] both = eigen(a, n);
    double[] values = Arrays.copyOf(both, n);
    double[] vectors = Arrays.copyOfRange(both, n, n + n * n);
    Oracle v = ejml(vectors, n, n);
    assertClose(v.mult(new Oracle(CommonOps_DDRM.diag(values))).mult(v.transpose()), a, 1e-10);
    for (int i = 1; i < n; i++) {
      assertTrue(values[i - 1] <= values[i]);
    }
    double[] bar = matrix(random, n + n * n);
    var abar = new double[n * n];
    Eigen.symmetricAdjoint(values, vectors, n, Arrays.copyOf(bar, n), Arrays.copyOfRange(bar, n, n + n * n), abar);
    checkSlope(random, a, n, true, abar, x -> eigen(x, n), bar);
  }

  private static double[] eigen(double[] a, int n) {
    var values = new double[n];
    var vectors = new double[n * n];
    assertTrue(Eigen.symmetric(a, n, values, vectors));
    double[] both = Arrays.copyOf(values, n + n * n);
    System.arraycopy(vectors, 0, both, n, n * n);
    return both;
  }

  /// The slope of <f(x), fbar> along a random direction d is <xbar, d>.
  private static void checkSlope(Random random, double[] x, int n, boolean symmetric, double[] xbar,
      UnaryOperator<double[]> f, double[] fbar) {
    double[] d = matrix(random, x.length);
    for (int i = 0; symmetric && i < n; i++) {
      for (int j = 0; j < i; j++) {
        d[i * n + j] = d[j * n + i];
      }
    }
    double h = 1e-5;
    double[] up = x.clone();
    double[] down = x.clone();
    Rows.add(h, d, 0, up, 0, x.length);
    Rows.add(-h, d, 0, down, 0, x.length);
    double[] high = f.apply(up);
    double[] low = f.apply(down);
    double numeric = 0;
    for (int i = 0; i < high.length; i++) {
      numeric += (high[i] - low[i]) * fbar[i] / (2 * h);
    }
    double exact = Rows.dot(xbar, 0, d, 0, x.length);
    double size = Math.sqrt(Rows.dot(xbar, 0, xbar, 0, x.length) * Rows.dot(d, 0, d, 0, x.length));
    assertEquals(exact, numeric, 1e-6 * (1 + size));
  }

  private record Factored(double[] lu, int[] pivots, int sign, int n) {
    Factored(double[] a, int n) {
      this(a, n, new double[n * n], new int[n]);
    }

    private Factored(double[] a, int n, double[] lu, int[] pivots) {
      this(lu, pivots, Lu.factor(a, n, lu, pivots), n);
    }

    double[] solve(double[] b, int m) {
      double[] x = b.clone();
      Lu.solve(lu, pivots, n, x, m);
      return x;
    }

    double[] inverse() {
      var out = new double[n * n];
      Lu.inverse(lu, pivots, n, out);
      return out;
    }
  }

  private static double[] solved(double[] l, int n, double[] b, int m, boolean transposed) {
    double[] x = b.clone();
    if (transposed) {
      Triangular.solveLowerTransposed(l, n, x, m);
    } else {
      Triangular.solveLower(l, n, x, m);
    }
    return x;
  }

  private static double[] factor(double[] a, int n) {
    var l = new double[n * n];
    assertTrue(Cholesky.cholesky(a, n, l));
    return l;
  }

  private static double[] one(double x) {
    return new double[] {x};
  }

  private static double[] matrix(Random random, int size) {
    return random.doubles(size, -1, 1).toArray();
  }

  private static double[] positive(Random random, int n) {
    double[] b = matrix(random, n * n);
    var a = new double[n * n];
    Multiply.addMultiplyTransposed(b, n, n, b, n, a, new double[n * n]);
    for (int i = 0; i < n; i++) {
      a[i * n + i] += 0.5;
    }
    return a;
  }

  private static double[] general(Random random, int n) {
    double[] a = matrix(random, n * n);
    int shift = random.nextInt(n);
    for (int i = 0; i < n; i++) {
      a[i * n + (i + shift) % n] += 2 + n * 0.5;
    }
    return a;
  }

  /// EJML's operations as expressions.
  private record Oracle(DMatrixRMaj m) {
    Oracle mult(Oracle other) {
      return new Oracle(CommonOps_DDRM.mult(m, other.m, null));
    }

    Oracle plus(Oracle other) {
      return new Oracle(CommonOps_DDRM.add(m, other.m, null));
    }

    Oracle transpose() {
      return new Oracle(CommonOps_DDRM.transpose(m, null));
    }

    Oracle invert() {
      var out = m.copy();
      assertTrue(CommonOps_DDRM.invert(out));
      return new Oracle(out);
    }

    double determinant() {
      return CommonOps_DDRM.det(m);
    }
  }

  private static Oracle ejml(double[] a, int rows, int columns) {
    return new Oracle(DMatrixRMaj.wrap(rows, columns, a.clone()));
  }

  private static void assertClose(Oracle expected, double[] actual, double tolerance) {
    assertArrayEquals(expected.m.getData(), actual, tolerance);
  }
}
