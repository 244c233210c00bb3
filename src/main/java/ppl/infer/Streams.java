package ppl.infer;

import java.util.random.RandomGenerator.SplittableGenerator;
import java.util.random.RandomGeneratorFactory;

/// Independent random streams derived from one seed.
final class Streams {
  private Streams() {}

  /// The first `count` streams of `seed`; stream i does not depend on `count`.
  static SplittableGenerator[] of(long seed, int count) {
    var root = RandomGeneratorFactory.<SplittableGenerator>of("L64X128MixRandom").create(seed);
    var out = new SplittableGenerator[count];
    for (int i = 0; i < count; i++) out[i] = root.split();
    return out;
  }
}
