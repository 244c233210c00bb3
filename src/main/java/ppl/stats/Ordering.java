package ppl.stats;

import java.util.Arrays;

/// Numbers in ascending order, as `Double.compare` has it, with the places that they came from. Arrays are reused.
///
/// Numbers are sorted by their bits, some at a time, from the lowest that differ at all: a few passes, each linear.
final class Ordering {
  private static final int BITS = 11;
  private static final int DIGITS = 1 << BITS;

  private final double[] values;
  private final int[] counts = new int[DIGITS];
  private long[] keys;
  private long[] spareKeys;
  private int[] places;
  private int[] sparePlaces;

  Ordering(int size) {
    values = new double[size];
    keys = new long[size];
    spareKeys = new long[size];
    places = new int[size];
    sparePlaces = new int[size];
  }

  /// Sorts as many numbers as it is made for.
  void sort(double[] x) {
    long least = Long.MAX_VALUE;
    long most = Long.MIN_VALUE;
    for (int i = 0; i < values.length; i++) {
      keys[i] = key(Double.doubleToLongBits(x[i]));
      places[i] = i;
      least = Math.min(least, keys[i]);
      most = Math.max(most, keys[i]);
    }
    int bits = Long.SIZE - Long.numberOfLeadingZeros(most - least);
    for (int shift = 0; shift < bits && values.length > 1; shift += BITS) pass(least, shift);
    for (int i = 0; i < values.length; i++) values[i] = Double.longBitsToDouble(key(keys[i]));
  }

  /// Bits whose order as whole numbers is that of what they stand for, and back.
  private static long key(long bits) {
    return bits ^ bits >> Long.SIZE - 1 & Long.MAX_VALUE;
  }

  private void pass(long least, int shift) {
    Arrays.fill(counts, 0);
    for (long key : keys) counts[digit(key, least, shift)]++;
    int from = 0;
    for (int d = 0; d < DIGITS; d++) {
      int count = counts[d];
      counts[d] = from;
      from += count;
    }
    for (int i = 0; i < keys.length; i++) {
      int to = counts[digit(keys[i], least, shift)]++;
      spareKeys[to] = keys[i];
      sparePlaces[to] = places[i];
    }
    var k = keys;
    keys = spareKeys;
    spareKeys = k;
    var p = places;
    places = sparePlaces;
    sparePlaces = p;
  }

  private static int digit(long key, long least, int shift) {
    return (int) (key - least >>> shift) & DIGITS - 1;
  }

  /// In ascending order; NaN comes last. Good until the next sort, as are the places.
  double[] values() {
    return values;
  }

  /// Where each of the values came from.
  int[] places() {
    return places;
  }
}
