package ppl.math;

/// Exponentials of short rows, in loops that the JIT compiler turns into vector code.
///
/// exp(x) = 2^k exp(r) with k = round(x / log 2) and |r| <= log(2) / 2; exp(r) by its Taylor polynomial of degree 12,
/// whose remainder is below 2e-16. Relative errors stay below 4e-16 down to x = -700; below, 0 is given.
public final class Softmax {
  private static final double LOG2E = 1.4426950408889634;
  private static final double LN2_HIGH = 6.93147180369123816490e-01;
  private static final double LN2_LOW = 1.90821492927058770002e-10;
  /// Adding this rounds to a whole number, which is then in the lowest bits.
  private static final double ROUNDER = 6755399441055744.0;
  private static final double LEAST = -700;

  private Softmax() {}

  /// out = exp(x) / sum exp(x) for `count` elements; returns log sum exp(x).
  public static double of(double[] x, int from, int count, double[] out, int to) {
    double max = Double.NEGATIVE_INFINITY;
    for (int k = from; k < from + count; k++) max = Math.max(max, x[k]);
    if (!(Math.abs(max) < Double.POSITIVE_INFINITY)) return max;
    exp(x, from, count, max, out, to);
    double sum = 0;
    for (int k = to; k < to + count; k++) sum += out[k];
    double scale = 1 / sum;
    for (int k = to; k < to + count; k++) out[k] *= scale;
    return max + Math.log(sum);
  }

  /// out = exp(x - shift) for `count` elements that are not above `shift`.
  public static void exp(double[] x, int from, int count, double shift, double[] out, int to) {
    for (int i = 0; i < count; i++) {
      double v = Math.max(x[from + i] - shift, LEAST);
      double rounded = v * LOG2E + ROUNDER;
      double k = rounded - ROUNDER;
      double r = (v - k * LN2_HIGH) - k * LN2_LOW;
      double p = 1.0 / 479001600;
      p = p * r + 1.0 / 39916800;
      p = p * r + 1.0 / 3628800;
      p = p * r + 1.0 / 362880;
      p = p * r + 1.0 / 40320;
      p = p * r + 1.0 / 5040;
      p = p * r + 1.0 / 720;
      p = p * r + 1.0 / 120;
      p = p * r + 1.0 / 24;
      p = p * r + 1.0 / 6;
      p = p * r + 0.5;
      p = p * r + 1;
      p = p * r + 1;
      double power = Double.longBitsToDouble((Double.doubleToRawLongBits(rounded) + 1023) << 52);
      out[to + i] = v > LEAST ? p * power : 0;
    }
  }
}
