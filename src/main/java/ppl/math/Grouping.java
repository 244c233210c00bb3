package ppl.math;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import ppl.kernels.WholeNumbers;

/// Brings together the rows of a table of whole numbers that are the same.
public final class Grouping {
  /// The first number of a row that is in no group.
  public static final int LEFT_OUT = Integer.MIN_VALUE;

  private static final int[] NOTHING = {};

  private Grouping() {}

  /// Sorts rows by their numbers, the first column first; equal rows keep their order.
  ///
  /// @param keys  `rows` by `columns`: an `int[]`, `short[]` or `byte[]`
  /// @param order the rows, group after group
  /// @param start for each group where it begins in `order`, and then where the last one ends: as much as there is room for
  /// @param count at 0: the number of groups
  public static void group(Object keys, int[] order, int[] start, int[] count, int rows, int columns) {
    group(WholeNumbers.of(keys), order, start, count, rows, columns);
  }

  private static void group(IntUnaryOperator keys, int[] order, int[] start, int[] count, int rows, int columns) {
    int kept = 0;
    for (int r = 0; r < rows; r++) if (keys.applyAsInt(r * columns) != LEFT_OUT) order[kept++] = r;
    for (int c = columns - 1; c >= 0; c--) {
      // As long as all rows stand where they stood, nothing has to be kept while they are moved.
      var from = c == columns - 1 && kept == rows ? NOTHING : Arrays.copyOf(order, kept);
      sort(keys, from, order, kept, columns, c);
    }
    int groups = 0;
    for (int i = 0; i < kept; i++) if (i == 0 || !same(keys, order[i - 1], order[i], columns)) mark(start, groups++, i);
    mark(start, groups, kept);
    count[0] = groups;
  }

  private static void mark(int[] start, int group, int row) {
    if (group < start.length) start[group] = row;
  }

  private static boolean same(IntUnaryOperator keys, int a, int b, int columns) {
    for (int c = 0; c < columns; c++) if (keys.applyAsInt(a * columns + c) != keys.applyAsInt(b * columns + c)) return false;
    return true;
  }

  /// A stable sort by column `c`: by counting where the numbers lie close together, else by ranks.
  ///
  /// @param from the rows to sort; none for all as they are
  private static void sort(IntUnaryOperator keys, int[] from, int[] order, int n, int columns, int c) {
    int low = Integer.MAX_VALUE;
    int high = Integer.MIN_VALUE;
    for (int i = 0; i < n; i++) {
      int key = keys.applyAsInt(row(from, i) * columns + c);
      low = Math.min(low, key);
      high = Math.max(high, key);
    }
    if ((long) high - low > 4L * n + 1000) {
      int[] ranks = ranks(keys, from, n, columns, c);
      count(i -> ranks[i], from, order, n, Arrays.stream(ranks).max().orElse(0));
    } else if (n > 0) {
      int least = low;
      count(i -> keys.applyAsInt(row(from, i) * columns + c) - least, from, order, n, high - low);
    }
  }

  private static int row(int[] from, int i) {
    return from.length == 0 ? i : from[i];
  }

  private static int[] ranks(IntUnaryOperator keys, int[] from, int n, int columns, int c) {
    var values = new int[n];
    for (int i = 0; i < n; i++) values[i] = keys.applyAsInt(row(from, i) * columns + c);
    var distinct = Arrays.stream(values).sorted().distinct().toArray();
    for (int i = 0; i < n; i++) values[i] = Arrays.binarySearch(distinct, values[i]);
    return values;
  }

  /// @param key  of each row to sort, from 0
  /// @param most the largest key
  private static void count(IntUnaryOperator key, int[] from, int[] order, int n, int most) {
    var at = new int[most + 2];
    for (int i = 0; i < n; i++) at[key.applyAsInt(i) + 1]++;
    for (int v = 1; v < at.length; v++) at[v] += at[v - 1];
    for (int i = 0; i < n; i++) order[at[key.applyAsInt(i)]++] = row(from, i);
  }
}
