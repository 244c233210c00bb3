package ppl.stats;

import java.util.Arrays;

/// Sample moments and quantiles of plain arrays.
public final class Quantiles {
  private static final double ROUNDING = 1e-12;

  private Quantiles() {}

  /// The `p` quantile of ascending values by linear interpolation (Hyndman and Fan's type 7); NaN of none.
  public static double ofSorted(double[] sorted, double p) {
    return ofSorted(sorted, sorted.length, p);
  }

  /// The same of the first `n` values.
  static double ofSorted(double[] sorted, int n, double p) {
    if (n == 0) return Double.NaN;
    double h = (n - 1) * p;
    int i = (int) Math.floor(h);
    int j = Math.min(i + 1, n - 1);
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
    return mean(x, 0, x.length);
  }

  /// Of `n` values from `from`. Four sums beside each other, whose order is fixed: additions that wait for one another take
  /// most of the time.
  static double mean(double[] x, int from, int n) {
    double m = sum(x, from, n, 0) / n;
    double rest = sum(x, from, n, m);
    return Double.isFinite(rest) ? m + rest / n : m;
  }

  /// The sum of `x - m`.
  private static double sum(double[] x, int from, int n, double m) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    for (; i + 3 < from + n; i += 4) {
      s0 += x[i] - m;
      s1 += x[i + 1] - m;
      s2 += x[i + 2] - m;
      s3 += x[i + 3] - m;
    }
    for (; i < from + n; i++) s0 += x[i] - m;
    return s0 + s1 + (s2 + s3);
  }

  /// Sample variance with divisor `n - 1`; NaN for fewer than two values.
  public static double variance(double[] x) {
    if (x.length < 2) return Double.NaN;
    double m = mean(x);
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = 0;
    for (; i + 3 < x.length; i += 4) {
      s0 += (x[i] - m) * (x[i] - m);
      s1 += (x[i + 1] - m) * (x[i + 1] - m);
      s2 += (x[i + 2] - m) * (x[i + 2] - m);
      s3 += (x[i + 3] - m) * (x[i + 3] - m);
    }
    for (; i < x.length; i++) s0 += (x[i] - m) * (x[i] - m);
    return (s0 + s1 + (s2 + s3)) / (x.length - 1);
  }

  public static double sd(double[] x) {
    return Math.sqrt(variance(x));
  }

  /// Whether two numbers differ by no more than rounding: a quantity whose draws are all the same is a constant.
  static boolean same(double a, double b) {
    return Math.abs(a - b) <= 1e-13 * Math.max(Math.abs(a), Math.abs(b));
  }
}
