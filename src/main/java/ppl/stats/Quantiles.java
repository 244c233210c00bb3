package ppl.stats;

import java.util.Arrays;

/// Sample moments and quantiles of plain arrays.
public final class Quantiles {
  private static final double ROUNDING = 1e-12;

  private Quantiles() {}

  /// The `p` quantile of ascending values by linear interpolation (Hyndman and Fan's type 7); NaN of none.
  public static double ofSorted(double[] sorted, double p) {
    if (sorted.length == 0) return Double.NaN;
    double h = (sorted.length - 1) * p;
    int i = (int) Math.floor(h);
    int j = Math.min(i + 1, sorted.length - 1);
    return i == j || sorted[i] == sorted[j] ? sorted[i] : sorted[i] + (h - i) * (sorted[j] - sorted[i]);
  }

  /// The smallest of ascending values below or at which lies a share of at least `p` of them: the quantile of whole
  /// numbers, which is one of them; NaN of none.
  public static double amongSorted(double[] sorted, double p) {
    if (sorted.length == 0) return Double.NaN;
    int i = (int) Math.ceil(sorted.length * p * (1 - ROUNDING)) - 1;
    return sorted[Math.clamp(i, 0, sorted.length - 1)];
  }

  public static double of(double[] values, double p) {
    var sorted = values.clone();
    Arrays.sort(sorted);
    return ofSorted(sorted, p);
  }

  public static double mean(double[] x) {
    double s = 0;
    for (double v : x) s += v;
    double m = s / x.length;
    double rest = 0;
    for (double v : x) rest += v - m;
    return Double.isFinite(rest) ? m + rest / x.length : m;
  }

  /// Sample variance with divisor `n - 1`; NaN for fewer than two values.
  public static double variance(double[] x) {
    if (x.length < 2) return Double.NaN;
    double m = mean(x);
    double s = 0;
    for (double v : x) s += (v - m) * (v - m);
    return s / (x.length - 1);
  }

  public static double sd(double[] x) {
    return Math.sqrt(variance(x));
  }

  /// Whether two numbers differ by no more than rounding: a quantity whose draws are all the same is a constant.
  static boolean same(double a, double b) {
    return Math.abs(a - b) <= 1e-13 * Math.max(Math.abs(a), Math.abs(b));
  }
}
