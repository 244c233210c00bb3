package ppl.stats;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/// Spearman's correlation: that of the ranks of two columns.
public final class RankCorrelation {
  private RankCorrelation() {}

  /// From -1 to 1; NaN where a column is constant. Chains are one after the other, of the same lengths in both.
  public static double of(double[][] x, double[][] y) {
    double[] a = ranks(Arrays.stream(x).flatMapToDouble(DoubleStream::of).toArray());
    double[] b = ranks(Arrays.stream(y).flatMapToDouble(DoubleStream::of).toArray());
    double middle = 0.5 * (a.length - 1);
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < a.length; i++) {
      xy += (a[i] - middle) * (b[i] - middle);
      xx += (a[i] - middle) * (a[i] - middle);
      yy += (b[i] - middle) * (b[i] - middle);
    }
    return xy / Math.sqrt(xx * yy);
  }

  /// From 0, ties averaged.
  private static double[] ranks(double[] x) {
    var ordering = new Ordering(x.length);
    ordering.sort(x);
    var sorted = ordering.values();
    var places = ordering.places();
    var out = new double[x.length];
    for (int i = 0; i < x.length; ) {
      int j = i + 1;
      while (j < x.length && sorted[j] == sorted[i]) j++;
      for (int k = i; k < j; k++) out[places[k]] = 0.5 * (i + j - 1);
      i = j;
    }
    return out;
  }
}
