package ppl.stats;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Tails that have no variance are told, others are not.
class TailsProperties {
  private static final int SETS = 20;

  private static int told(long seed, int n, ToDoubleFunction<Random> law) {
    var random = new Random(seed);
    int told = 0;
    for (int k = 0; k < SETS; k++)
      if (Tails.heavy(DoubleStream.generate(() -> law.applyAsDouble(random)).limit(n).toArray(), n)) told++;
    return told;
  }

  private static double t(Random random, int freedom) {
    double s = 0;
    for (int i = 0; i < freedom; i++) s += Math.pow(random.nextGaussian(), 2);
    return random.nextGaussian() / Math.sqrt(s / freedom);
  }

  private static double gamma(Random random) {
    return -Math.log(random.nextDouble()) - Math.log(random.nextDouble());
  }

  /// A seed in so many that none has it.
  private static void quiet(int told) {
    assertTrue(told <= 2, told + " of " + SETS);
  }

  @Property(tries = 10)
  void whatHasAVarianceIsNotTold(@ForAll long seed) {
    assertFalse(told(seed, 1000, Random::nextGaussian) > 0);
    quiet(told(seed, 1000, TailsProperties::gamma));
    quiet(told(seed, 1000, r -> t(r, 5)));
    quiet(told(seed, 1000, r -> Math.exp(r.nextGaussian())));
    quiet(told(seed, 4000, r -> t(r, 5)));
    // parts of a mixture
    quiet(told(seed, 1000, r -> r.nextDouble() < 0.1 ? 30 * r.nextGaussian() : r.nextGaussian()));
    quiet(told(seed, 1000, r -> r.nextDouble() < 0.05 ? 50 + r.nextGaussian() : r.nextGaussian()));
  }

  @Property(tries = 10)
  void cauchyDrawsAreTold(@ForAll long seed) {
    assertTrue(told(seed, 1000, r -> t(r, 1)) >= SETS / 2);
    assertTrue(told(seed, 1000, r -> Math.abs(t(r, 1))) >= SETS / 3);
    assertTrue(told(seed, 4000, r -> 1 / Math.pow(t(r, 9) * 0.1, 2)) >= SETS / 2);
  }
}
