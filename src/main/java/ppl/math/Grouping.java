package ppl.math;

import java.util.Arrays;

/// Brings together the rows of a table of whole numbers that are the same.
public final class Grouping {
  /// The first number of a row that is in no group.
  public static final int LEFT_OUT = Integer.MIN_VALUE;

  private Grouping() {}

  /// Sorts rows by their numbers, the first column first; equal rows keep their order.
  ///
  /// @param keys  `rows` by `columns`
  /// @param order the rows, group after group
  /// @param start for each group where it begins in `order`, and at last where the last one ends
  /// @param count at 0: the number of groups
  public static void group(int[] keys, int[] order, int[] start, int[] count, int rows, int columns) {
    int kept = 0;
    for (int r = 0; r < rows; r++) if (keys[r * columns] != LEFT_OUT) order[kept++] = r;
    for (int c = columns - 1; c >= 0; c--) sort(keys, order, kept, columns, c);
    int groups = 0;
    for (int i = 0; i < kept; i++) if (i == 0 || !same(keys, order[i - 1], order[i], columns)) start[groups++] = i;
    start[groups] = kept;
    count[0] = groups;
  }

  private static boolean same(int[] keys, int a, int b, int columns) {
    return Arrays.equals(keys, a * columns, (a + 1) * columns, keys, b * columns, (b + 1) * columns);
  }

  /// A stable sort by column `c`: by counting where the numbers lie close together, else by ranks.
  private static void sort(int[] keys, int[] order, int n, int columns, int c) {
    var values = new int[n];
    for (int i = 0; i < n; i++) values[i] = keys[order[i] * columns + c];
    int low = Arrays.stream(values).min().orElse(0);
    int high = Arrays.stream(values).max().orElse(0);
    if ((long) high - low > 4L * n + 1000) {
      var distinct = Arrays.stream(values).sorted().distinct().toArray();
      for (int i = 0; i < n; i++) values[i] = Arrays.binarySearch(distinct, values[i]);
      low = 0;
      high = distinct.length - 1;
    }
    var at = new int[high - low + 2];
    for (int v : values) at[v - low + 1]++;
    for (int v = 1; v < at.length; v++) at[v] += at[v - 1];
    var sorted = new int[n];
    for (int i = 0; i < n; i++) sorted[at[values[i] - low]++] = order[i];
    System.arraycopy(sorted, 0, order, 0, n);
  }
}
