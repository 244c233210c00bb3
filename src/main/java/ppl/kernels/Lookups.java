package ppl.kernels;

import java.util.Arrays;

/// Elements at places that data give: `a[offset + stride places[i]]`. Where places never fall from one to the next, those
/// that are equal are worked on together.
public final class Lookups {
  /// Fewer numbers than this are added one by one.
  private static final int FEW = 2 * Sums.WAYS;

  private Lookups() {}

  /// The elements for `n` places from `first` on become the first of `out`.
  public static void gather(double[] a, int[] places, double[] out, int offset, int stride, int first, int n) {
    for (int i = 0; i < n; i++) out[i] = a[offset + stride * places[first + i]];
  }

  /// The same where places never fall, and those equal to the one at i end before `ends[i]`.
  public static void gatherSorted(
      double[] a, int[] places, int[] ends, double[] out, int offset, int stride, int first, int n) {
    for (int i = 0; i < n; ) {
      double y = a[offset + stride * places[first + i]];
      if (isAlone(ends, first + i)) out[i++] = y;
      else {
        int end = Math.min(ends[first + i] - first, n);
        Arrays.fill(out, i, end, y);
        i = end;
      }
    }
  }

  /// Whether a place is the only one of its kind: asked before, so that the processor need not wait for where the next begins.
  private static boolean isAlone(int[] ends, int i) {
    return ends[i] == i + 1;
  }

  /// The first `n` elements of `x` plus those that [#gatherSorted] gives become the first of `out`.
  public static void addSorted(
      double[] x, double[] a, int[] places, int[] ends, double[] out, int offset, int stride, int first, int n) {
    for (int i = 0; i < n; ) {
      double y = a[offset + stride * places[first + i]];
      if (isAlone(ends, first + i)) {
        out[i] = x[i] + y;
        i++;
      } else {
        int end = Math.min(ends[first + i] - first, n);
        add(x, y, out, i, end);
        i = end;
      }
    }
  }

  private static void add(double[] x, double y, double[] out, int from, int to) {
    for (int i = from; i < to; i++) out[i] = x[i] + y;
  }

  /// Adds `factor[0]` times the first `n` elements of `x` to those of `a` at the places from `first` on.
  public static void scatter(
      double[] x, int[] places, double[] factor, double[] a, int offset, int stride, int first, int n) {
    double f = factor[0];
    for (int i = 0; i < n; i++) a[offset + stride * places[first + i]] += f * x[i];
  }

  /// The same where places never fall, and those equal to the one at i end before `ends[i]`; `work` holds 8 numbers.
  public static void scatterSorted(double[] x, int[] places, int[] ends, double[] factor, double[] a, double[] work, int offset,
      int stride, int first, int n) {
    double f = factor[0];
    for (int i = 0; i < n; ) {
      int at = offset + stride * places[first + i];
      if (isAlone(ends, first + i)) a[at] += f * x[i++];
      else {
        int end = Math.min(ends[first + i] - first, n);
        a[at] += f * (end - i < FEW ? few(x, i, end) : Sums.of(x, i, work, end - i));
        i = end;
      }
    }
  }

  private static double few(double[] x, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) sum += x[i];
    return sum;
  }

  /// `ends[i]` becomes the place after the last that follows the one at i and is equal to it, among the first `n`.
  public static void ends(int[] places, int[] ends, int n) {
    for (int i = n - 1; i >= 0; i--) ends[i] = i + 1 < n && places[i + 1] == places[i] ? ends[i + 1] : i + 1;
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
