package ppl.math;

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

  /// out = exp(x - shift) for `count` elements.
  public static void exp(double[] x, int from, int count, double shift, double[] out, int to) {
    for (int k = 0; k < count; k++) out[to + k] = Math.exp(x[from + k] - shift);
  }
}
