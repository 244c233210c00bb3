package ppl.kernels;

import java.util.Arrays;

/// Elements at places that data give: `a[offset + stride places[i]]`. Where places never fall from one to the next, those
/// that are equal are found together.
public final class Lookups {
  /// Fewer numbers than this are added one by one.
  private static final int FEW = 2 * Sums.WAYS;

  private Lookups() {}

  /// The elements for `n` places from `first` on become the first of `out`.
  public static void gather(double[] a, int[] places, double[] out, int offset, int stride, int first, int n) {
    for (int i = 0; i < n; i++) out[i] = a[offset + stride * places[first + i]];
  }

  /// The same where places never fall.
  public static void gatherSorted(double[] a, int[] places, double[] out, int offset, int stride, int first, int n) {
    for (int i = 0; i < n; ) {
      int end = end(places, first + i, first + n) - first;
      double x = a[offset + stride * places[first + i]];
      if (end == i + 1) out[i] = x;
      else Arrays.fill(out, i, end, x);
      i = end;
    }
  }

  /// Adds `factor[0]` times the first `n` elements of `x` to those of `a` at the places from `first` on.
  public static void scatter(
      double[] x, int[] places, double[] factor, double[] a, int offset, int stride, int first, int n) {
    double f = factor[0];
    for (int i = 0; i < n; i++) a[offset + stride * places[first + i]] += f * x[i];
  }

  /// The same where places never fall; `work` holds 8 numbers.
  public static void scatterSorted(
      double[] x, int[] places, double[] factor, double[] a, double[] work, int offset, int stride, int first, int n) {
    double f = factor[0];
    for (int i = 0; i < n; ) {
      int end = end(places, first + i, first + n) - first;
      a[offset + stride * places[first + i]] += f * (end - i < FEW ? few(x, i, end) : Sums.of(x, i, work, end - i));
      i = end;
    }
  }

  private static double few(double[] x, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) sum += x[i];
    return sum;
  }

  /// Where the places end, before `last`, that are equal to that at `first`.
  private static int end(int[] places, int first, int last) {
    int place = places[first];
    int end = first + 1;
    for (int step = 8; end + step <= last && places[end + step - 1] == place; step *= 2) end += step;
    for (int step = 8; end + step <= last && places[end + step - 1] == place; ) end += step;
    while (end < last && places[end] == place) end++;
    return end;
  }

  /// Sorts the `n` numbers of `order` by their keys `keys[order[i]]`; of equal keys the first comes first.
  public static void sort(int[] keys, int[] order, int n) {
    if (n == 0) return;
    int least = keys[order[0]];
    int most = least;
    for (int i = 1; i < n; i++) {
      least = Math.min(least, keys[order[i]]);
      most = Math.max(most, keys[order[i]]);
    }
    long range = (long) most - least + 1;
    if (range <= 4L * n + 1024) count(keys, order, n, least, (int) range);
    else compare(keys, order, n);
  }

  private static void count(int[] keys, int[] order, int n, int least, int range) {
    var start = new int[range + 1];
    for (int i = 0; i < n; i++) start[keys[i] - least + 1]++;
    for (int k = 0; k < range; k++) start[k + 1] += start[k];
    var sorted = new int[n];
    for (int i = 0; i < n; i++) sorted[start[keys[order[i]] - least]++] = order[i];
    System.arraycopy(sorted, 0, order, 0, n);
  }

  private static void compare(int[] keys, int[] order, int n) {
    var packed = new long[n];
    for (int i = 0; i < n; i++) packed[i] = (long) keys[order[i]] << 32 | i;
    Arrays.sort(packed);
    var sorted = new int[n];
    for (int i = 0; i < n; i++) sorted[i] = order[(int) packed[i]];
    System.arraycopy(sorted, 0, order, 0, n);
  }
}
