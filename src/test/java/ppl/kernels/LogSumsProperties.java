package ppl.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.DoubleStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// The logarithm of a product is the sum of the logarithms, whatever the numbers and however many they are.
class LogSumsProperties {
  private static final double LARGE = 1e9;

  private static double logs(double... x) {
    var out = new double[Sums.WAYS];
    LogSums.logs(x, out, new double[Sums.WAYS], x.length);
    return out[0];
  }

  private static double softplus(double... x) {
    var out = new double[Sums.WAYS];
    LogSums.softplus(x, out, new double[Sums.WAYS], x.length);
    return out[0];
  }

  /// Within what is promised: the rounding of a sum, and 1e-16 for each element.
  private static void near(DoubleUnaryOperator f, double[] x, double actual) {
    double sum = DoubleStream.of(x).map(f).sum();
    double size = DoubleStream.of(x).map(f).map(Math::abs).sum();
    assertEquals(sum, actual, 2e-16 * (x.length + 8 * size));
  }

  private static double[] numbers(RandomGenerator random, int n) {
    double spread = Math.exp(random.nextDouble(-12, 6));
    return DoubleStream.generate(() -> Math.exp(spread * random.nextGaussian())).map(v -> Math.clamp(v, 1e-320, LARGE)).limit(n)
        .toArray();
  }

  private static double log1pExp(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  @Property(tries = 200)
  void aLogarithmOfAProduct(@ForAll long seed, @ForAll @IntRange(min = 0, max = 9000) int n) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var x = numbers(random, n);
    near(Math::log, x, logs(x));
  }

  @Property(tries = 200)
  void softplusAndItsSlope(@ForAll long seed, @ForAll @IntRange(min = 0, max = 9000) int n) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    double scale = Math.exp(random.nextDouble(-8, 6));
    var x = DoubleStream.generate(() -> scale * random.nextGaussian()).limit(n).toArray();
    near(LogSumsProperties::log1pExp, x, softplus(x));
    var slope = new double[n];
    var out = new double[Sums.WAYS];
    LogSums.softplusSlope(x, slope, out, new double[Sums.WAYS], n);
    assertEquals(softplus(x), out[0]);
    for (int i = 0; i < n; i++) assertEquals(1 / (1 + Math.exp(-x[i])), slope[i], 1e-15);
  }

  @Example
  void whatIsNoNumberOrNoneAtAll() {
    assertEquals(0, logs());
    assertEquals(Double.NEGATIVE_INFINITY, logs(1, 2, 3, 4, 0, 6, 7, 8, 9));
    assertEquals(Double.POSITIVE_INFINITY, logs(1, 2, 3, 4, Double.POSITIVE_INFINITY, 6, 7, 8, 9));
    assertEquals(Double.NaN, logs(1, 2, 3, 4, -1, 6, 7, 8, 9));
    assertEquals(Double.NaN, softplus(1, 2, 3, 4, Double.NaN, 6, 7, 8, 9));
    assertEquals(Double.POSITIVE_INFINITY, softplus(1, 2, 3, 4, Double.POSITIVE_INFINITY, 6, 7, 8));
    assertEquals(0, softplus(-800, -900, Double.NEGATIVE_INFINITY, -1e300, -800, -900, -800, -900));
  }
}
