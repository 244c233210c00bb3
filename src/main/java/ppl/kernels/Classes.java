package ppl.kernels;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Rows of data that are the same, bit for bit: each row's class, which is numbered when its first row comes. One array after
/// the other brings apart what differs in it.
public final class Classes {
  /// Rows that are looked at together where not all are.
  private static final int STRETCH = 64;

  private Classes() {}

  /// Brings rows apart that differ in some of the `count` elements from `from` on of their `width` in `x`. Where `looked`
  /// is less than `rows`, classes are those of as many rows, in stretches from all over the array.
  ///
  /// @param found how many classes there are, 0 before the first array; more than `most` if these are too many to go on
  public static void refine(
      double[] x, int[] classes, int[] found, int rows, int looked, int width, int from, int count, int most) {
    refine(new Reals(x, width, from, count), classes, found, rows, looked, most);
  }

  /// The same with whole numbers, one in a row: an `int[]`, `short[]` or `byte[]`.
  public static void refine(Object x, int[] classes, int[] found, int rows, int looked, int most) {
    refine(new Wholes(WholeNumbers.of(x)), classes, found, rows, looked, most);
  }

  /// The first row of each class, and how many it has.
  public static void count(int[] classes, int[] first, double[] counts, int rows) {
    Arrays.fill(first, -1);
    Arrays.fill(counts, 0);
    for (int i = 0; i < rows; i++) {
      int c = classes[i];
      if (first[c] < 0) first[c] = i;
      counts[c]++;
    }
  }

  private static void refine(Values x, int[] classes, int[] found, int rows, int looked, int most) {
    if (found[0] > most) return;
    boolean first = found[0] == 0;
    var table = new Table(x);
    for (int i = 0; i < looked; i++) {
      classes[i] = table.find(first ? 0 : classes[i], row(i, rows, looked));
      if (table.size > most) break;
    }
    found[0] = table.size;
  }

  /// The row that is looked at in place `i`.
  private static int row(int i, int rows, int looked) {
    if (looked == rows || looked <= STRETCH) return i;
    int last = (looked - 1) / STRETCH;
    int rest = looked - STRETCH * last;
    return (int) ((long) (i / STRETCH) * (rows - rest) / last) + i % STRETCH;
  }

  /// What rows have in an array.
  private sealed interface Values {
    /// A number that equal rows have in common.
    long hash(long seed, int row);

    boolean same(int row, int other);
  }

  private record Reals(double[] x, int width, int from, int count) implements Values {
    @Override
    public long hash(long seed, int row) {
      long h = seed;
      int at = row * width + from;
      for (int k = 0; k < count; k++) h = mix(h, Double.doubleToRawLongBits(x[at + k]));
      return h;
    }

    @Override
    public boolean same(int row, int other) {
      int a = row * width + from;
      int b = other * width + from;
      for (int k = 0; k < count; k++)
        if (Double.doubleToRawLongBits(x[a + k]) != Double.doubleToRawLongBits(x[b + k])) return false;
      return true;
    }
  }

  private record Wholes(IntUnaryOperator x) implements Values {
    @Override
    public long hash(long seed, int row) {
      return mix(seed, x.applyAsInt(row));
    }

    @Override
    public boolean same(int row, int other) {
      return x.applyAsInt(row) == x.applyAsInt(other);
    }
  }

  private static long mix(long h, long bits) {
    long m = (h ^ bits) * 0x9E3779B97F4A7C15L;
    return m ^ m >>> 32;
  }

  /// Classes by what their rows were before and what they have in an array.
  private static final class Table {
    private final Values x;
    private int[] slots = new int[64];
    private int[] hashes = new int[32];
    private int[] before = new int[32];
    private int[] rows = new int[32];
    private int size;

    Table(Values x) {
      this.x = x;
    }

    /// The class of a row that is of the class `old` so far.
    int find(int old, int row) {
      int hash = (int) x.hash(old + 1, row);
      int slot = hash & slots.length - 1;
      for (; slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
        int c = slots[slot] - 1;
        if (hashes[c] == hash && before[c] == old && x.same(rows[c], row)) return c;
      }
      slots[slot] = size + 1;
      hashes[size] = hash;
      before[size] = old;
      rows[size] = row;
      if (++size == hashes.length) grow();
      return size - 1;
    }

    private void grow() {
      hashes = Arrays.copyOf(hashes, 2 * size);
      before = Arrays.copyOf(before, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
      slots = new int[4 * size];
      for (int c = 0; c < size; c++) {
        int slot = hashes[c] & slots.length - 1;
        while (slots[slot] != 0) slot = slot + 1 & slots.length - 1;
        slots[slot] = c + 1;
      }
    }
  }
}
