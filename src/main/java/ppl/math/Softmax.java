package ppl.math;

import ppl.kernels.Maps;

/// Exponentials of short rows, for probabilities from their logs.
public final class Softmax {
  private Softmax() {}

  /// out = exp(x) / sum exp(x) for `count` elements; returns log sum exp(x). `out` may be `x`.
  public static double of(double[] x, int from, int count, double[] out, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = from; k < from + count; k++) max = Math.max(max, x[k]);
    if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) return max;
    double sum = 0;
    for (int k = 0; k < count; k++) sum += out[to + k] = Math.exp(x[from + k] - max);
    double scale = 1 / sum;
    for (int k = to; k < to + count; k++) out[k] *= scale;
    return max + Math.log(sum);
  }

  /// [#of] for rows one after the other, to the same places of another array.
  ///
  /// @param at   where rows begin; one more than there are
  /// @param from the first row
  /// @param to   the row after the last
  /// @param logs log sum exp(x) of each row, from 0 on
  /// @param work room for as many elements as are done at once
  public static void ofRows(double[] x, int[] at, int from, int to, double[] out, double[] logs, double[] work) {
    for (int i = from; i < to;) {
      int end = i;
      while (end < to && at[end + 1] - at[i] <= work.length) end++;
      if (end == i) {
        logs[i - from] = of(x, at[i], at[i + 1] - at[i], out, at[i]);
        i++;
      } else {
        together(x, at, i, end, out, logs, i - from, work);
        i = end;
      }
    }
  }

  private static void together(double[] x, int[] at, int from, int to, double[] out, double[] logs, int log, double[] work) {
    int begin = at[from];
    for (int i = from; i < to; i++) {
      double max = max(x, at[i], at[i + 1]);
      logs[log + i - from] = max;
      for (int k = at[i]; k < at[i + 1]; k++) work[k - begin] = x[k] - max;
    }
    Maps.exp(work, work, at[to] - begin);
    for (int i = from; i < to; i++) {
      if (!(Math.abs(logs[log + i - from]) < Double.POSITIVE_INFINITY)) continue;
      double sum = sum(work, at[i] - begin, at[i + 1] - begin);
      double scale = 1 / sum;
      for (int k = at[i]; k < at[i + 1]; k++) out[k] = work[k - begin] * scale;
      logs[log + i - from] += Math.log(sum);
    }
  }

  // Four at a time, so that none waits for the one before it.

  private static double max(double[] x, int from, int to) {
    double a = Double.NEGATIVE_INFINITY, b = a, c = a, d = a;
    int k = from;
    for (; k + 4 <= to; k += 4) {
      a = Math.max(a, x[k]);
      b = Math.max(b, x[k + 1]);
      c = Math.max(c, x[k + 2]);
      d = Math.max(d, x[k + 3]);
    }
    for (; k < to; k++) a = Math.max(a, x[k]);
    return Math.max(Math.max(a, b), Math.max(c, d));
  }

  private static double sum(double[] x, int from, int to) {
    double a = 0, b = 0, c = 0, d = 0;
    int k = from;
    for (; k + 4 <= to; k += 4) {
      a += x[k];
      b += x[k + 1];
      c += x[k + 2];
      d += x[k + 3];
    }
    for (; k < to; k++) a += x[k];
    return a + b + (c + d);
  }

  /// out = exp(x - shift) for `count` elements.
  public static void exp(double[] x, int from, int count, double shift, double[] out, int to) {
    for (int k = 0; k < count; k++) out[to + k] = Math.exp(x[from + k] - shift);
  }
}
