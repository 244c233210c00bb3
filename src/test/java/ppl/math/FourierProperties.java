package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FourierProperties {
  @Property(tries = 100)
  void transformsAreTheirSums(@ForAll @IntRange(min = 0, max = 7) int power, @ForAll long seed) {
    var random = new Random(seed);
    int n = 1 << power;
    var re = random.doubles(n, -1, 1).toArray();
    var im = random.doubles(n, -1, 1).toArray();
    var u = re.clone();
    var v = im.clone();
    new Fourier(n).transform(u, v);
    for (int k = 0; k < n; k++) {
      double a = 0;
      double b = 0;
      for (int j = 0; j < n; j++) {
        double angle = -2 * Math.PI * ((long) j * k % n) / n;
        a += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
        b += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
      }
      assertEquals(a, u[k], 1e-12 * n);
      assertEquals(b, v[k], 1e-12 * n);
    }
  }

  @Property(tries = 200)
  void laggedProductsAreTheDirectSums(@ForAll @IntRange(min = 1, max = 300) int n, @ForAll @IntRange(min = 1, max = 5) int rows,
      @ForAll long seed) {
    var random = new Random(seed);
    var x = new double[rows][];
    for (int c = 0; c < rows; c++) x[c] = random.doubles(n, -1, 1).toArray();
    var lagged = new LaggedProducts(rows, n);
    lagged.of(random.doubles((long) rows * n).toArray());
    var products = lagged.of(Arrays.stream(x).flatMapToDouble(Arrays::stream).toArray());
    for (int lag = 0; lag < n; lag++) {
      double direct = 0;
      for (var row : x) for (int i = 0; i + lag < n; i++) direct += row[i] * row[i + lag];
      assertEquals(direct, products[lag], 1e-10 * Math.max(1, products[0]));
    }
  }
}
