package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.runtime.Rows;
import ppl.runtime.Storage;
import ppl.runtime.Target;

/// What is kept of the positions of a chain: what the target reports of them, or, where that is much and follows from fewer
/// numbers, the positions themselves, of which it is computed when it is read.
final class Kept {
  /// Numbers that are held in any case, of all chains together: 128 MB.
  static final int FEW = 1 << 24;
  /// What is computed is at least so many times as many numbers as what it is computed from.
  private static final int TIMES = 8;

  private final Target target;
  private final boolean held;
  /// What is reported, or empty.
  private final double[] out;
  private final int size;
  private final double[] values;
  private int count;

  /// @param capacity how many there will be at most
  /// @param few      up to how many numbers are held in any case
  Kept(Target target, int capacity, int few) {
    int width = target.outputSize();
    this.target = target;
    held = target.draws() || (long) capacity * width <= few || width < (long) TIMES * target.dimension();
    out = new double[held ? width : 0];
    size = held ? width : target.dimension();
    values = Storage.reals((long) capacity * size);
  }

  int count() {
    return count;
  }

  /// @param random for what the target draws forward
  void add(double[] q, RandomGenerator random) {
    if (held) target.constrain(q, random, out);
    System.arraycopy(held ? out : q, 0, values, count++ * size, size);
  }

  /// Leaves every other one, from the first on.
  void thin() {
    for (int i = 0; 2 * i < count; i++) System.arraycopy(values, 2 * i * size, values, i * size, size);
    count = (count + 1) / 2;
  }

  /// Good until more is added after thinning.
  Rows rows() {
    var kept = Storage.first(values, count * size);
    return held ? new Rows.Held(size, kept) : new Rows.Computed(target, kept);
  }
}
