package ppl.infer;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/// All rows in random batches of nearly the same size, which come in another order each time.
final class Shuffle {
  private final int[] rows;
  private final int[] order;

  Shuffle(int rows, int size, RandomGenerator random) {
    this.rows = numbers(rows);
    order = numbers(Math.max(1, Math.ceilDiv(rows, size)));
    if (order.length > 1) mix(this.rows, random);
  }

  private static int[] numbers(int n) {
    var all = new int[n];
    Arrays.setAll(all, i -> i);
    return all;
  }

  private static void mix(int[] x, RandomGenerator random) {
    for (int i = x.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = x[i];
      x[i] = x[j];
      x[j] = t;
    }
  }

  int batches() {
    return order.length;
  }

  int[] order(RandomGenerator random) {
    mix(order, random);
    return order;
  }

  int[] batch(int k) {
    return Arrays.copyOfRange(rows, from(k), from(k + 1));
  }

  /// The first rows, as many as a batch or as were asked for.
  int[] first(int least) {
    return Arrays.copyOf(rows, Math.min(rows.length, Math.max(from(1), least)));
  }

  private int from(int k) {
    return (int) ((long) rows.length * k / order.length);
  }
}
