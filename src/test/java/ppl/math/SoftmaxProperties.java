package ppl.math;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.random.RandomGeneratorFactory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/// Rows together are rows one by one, of any lengths, with any room to work in.
class SoftmaxProperties {
  @Property(tries = 300)
  void rowsTogether(@ForAll long seed, @ForAll @IntRange(max = 40) int rows, @ForAll @IntRange(min = 1, max = 50) int room) {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var at = new int[rows + 1];
    for (int i = 0; i < rows; i++) at[i + 1] = at[i] + random.nextInt(1, 9);
    var x = new double[at[rows]];
    double scale = Math.exp(random.nextDouble(-3, 7));
    for (int k = 0; k < x.length; k++)
      x[k] = random.nextInt(6) == 0 ? Double.NEGATIVE_INFINITY : scale * random.nextGaussian();
    int from = rows == 0 ? 0 : random.nextInt(rows);
    int to = random.nextInt(from, rows + 1);
    var one = new double[x.length];
    var all = new double[x.length];
    var logs = new double[to - from];
    Softmax.ofRows(x, at, from, to, all, logs, new double[room]);
    for (int i = from; i < to; i++) {
      double log = Softmax.of(x, at[i], at[i + 1] - at[i], one, at[i]);
      assertEquals(log, logs[i - from], 1e-14 * Math.max(1, Math.abs(log)));
    }
    for (int k = 0; k < x.length; k++) assertEquals(one[k], all[k], 1e-14);
  }
}
