package ppl.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class InverseHessianProperties {
  private static final int HISTORY = 4;

  private static double[] normal(RandomGenerator random, int n) {
    return random.doubles(n).map(_ -> random.nextGaussian()).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
    return sum;
  }

  /// Gilbert and Lemaréchal's update of a diagonal H, element by element.
  private static double[] updated(double[] h, double[] s, double[] y) {
    double sy = dot(s, y);
    double yhy = 0;
    double shs = 0;
    for (int i = 0; i < h.length; i++) {
      yhy += y[i] * h[i] * y[i];
      shs += s[i] / h[i] * s[i];
    }
    var out = new double[h.length];
    for (int i = 0; i < h.length; i++) {
      double r = s[i] / h[i];
      out[i] = 1 / (yhy / sy / h[i] + y[i] * y[i] / sy - yhy * r * r / (sy * shs));
    }
    return out;
  }

  /// Steps on a quadratic: the newest step is what its change of the gradient is multiplied to, and the diagonal is that of
  /// the formula, anew with every step and after all is forgotten.
  @Property(tries = 200)
  void learnsFromEveryStep(@ForAll long seed, @ForAll @IntRange(min = 2, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 9) int steps, @ForAll @IntRange(max = 9) int forgotten) {
    var random = new Random(seed);
    var curvature = random.doubles(n, -2, 2).map(e -> Math.pow(10, e)).toArray();
    var hessian = new InverseHessian(n, HISTORY);
    var x = normal(random, n);
    var g = new double[n];
    for (int i = 0; i < n; i++) g[i] = curvature[i] * x[i];
    for (int t = 0; t < steps; t++) {
      if (t == forgotten) hessian.forget();
      var to = normal(random, n);
      var slope = new double[n];
      var s = new double[n];
      var y = new double[n];
      for (int i = 0; i < n; i++) {
        slope[i] = curvature[i] * to[i];
        s[i] = to[i] - x[i];
        y[i] = slope[i] - g[i];
      }
      var before = hessian.diagonal().clone();
      if (t == 0) Arrays.fill(before, dot(s, y) / dot(y, y));
      hessian.update(x, g, to, slope);
      var expected = updated(before, s, y);
      for (int i = 0; i < n; i++) assertEquals(expected[i], hessian.diagonal()[i], 1e-6 * expected[i]);
      assertArrayEquals(s, hessian.step(0));
      assertArrayEquals(y, hessian.change(0));
      var product = new double[n];
      hessian.multiply(y, product);
      double size = Math.sqrt(dot(s, s));
      for (int i = 0; i < n; i++) assertEquals(s[i], product[i], 1e-6 * size);
      x = to;
      g = slope;
    }
  }

  /// What cannot be learned from changes nothing.
  @Property(tries = 100)
  void keepsItsBeliefsWithoutPositiveCurvature(@ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int n) {
    var random = new Random(seed);
    var hessian = new InverseHessian(n, HISTORY);
    var x = normal(random, n);
    var g = normal(random, n);
    var to = new double[n];
    var slope = new double[n];
    for (int i = 0; i < n; i++) {
      to[i] = x[i] + 1;
      slope[i] = g[i] - 1;
    }
    hessian.update(x, g, to, slope);
    assertEquals(0, hessian.count());
    var out = new double[n];
    hessian.multiply(g, out);
    assertArrayEquals(g, out);
  }
}
