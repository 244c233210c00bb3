package ppl.stats;

import java.util.Arrays;
import ppl.math.Fourier;

/// Autocorrelation of several chains of one length about a common mean.
///
/// The first lags, all that chains which mix well are asked for, are summed one by one. Sums of all lags take the square
/// of the length, so that from where Fourier transforms are cheaper they give the rest at once.
final class Autocorrelation {
  private final double[][] centred;
  private final double within;
  private final double total;
  private final int summed;
  private double[] products = {};

  Autocorrelation(double[][] x) {
    int n = x[0].length;
    var means = Arrays.stream(x).mapToDouble(Quantiles::mean).toArray();
    centred = new double[x.length][n];
    for (int c = 0; c < x.length; c++) {
      for (int i = 0; i < n; i++) centred[c][i] = x[c][i] - means[c];
    }
    summed = 4 * (Integer.SIZE - Integer.numberOfLeadingZeros(n));
    double lag0 = covariance(0);
    within = lag0 * n / (n - 1.0);
    total = lag0 + (x.length > 1 ? Quantiles.variance(means) : 0);
  }

  /// The variance of the chains together, not positive where there is nothing to correlate.
  double total() {
    return total;
  }

  double at(int lag) {
    return 1 - (within - covariance(lag)) / total;
  }

  private double covariance(int lag) {
    int n = centred[0].length;
    return (lag < summed ? sum(lag) : transformed(lag)) / n / centred.length;
  }

  private double sum(int lag) {
    double s = 0;
    for (var c : centred) {
      for (int i = 0; i + lag < c.length; i++) s += c[i] * c[i + lag];
    }
    return s;
  }

  private double transformed(int lag) {
    if (products.length == 0) products = Fourier.laggedProducts(centred);
    return products[lag];
  }
}
