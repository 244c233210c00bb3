package ppl.stats;

import java.util.Optional;
import ppl.math.LaggedProducts;

/// Several chains of one length about their means: whether they agree, and their autocorrelation about a common mean.
///
/// The first lags, all that chains which mix well are asked for, are summed one by one, four beside each other: additions
/// that wait for each other take most of the time. Sums of all lags take the square of the length, so that from where
/// Fourier transforms are cheaper they give the rest at once. Arrays are reused.
final class Autocorrelation {
  private static final int AT_ONCE = 4;
  private static final double[] NONE = {};

  private final int chains;
  private final int length;
  private final int summed;
  /// Chain after chain.
  private final double[] centred;
  private final double[] means;
  private final double[] sums;
  private int known;
  private Optional<LaggedProducts> transform = Optional.empty();
  private double[] products = NONE;
  private double within;
  private double between;

  /// @param length of each chain
  Autocorrelation(int chains, int length) {
    this.chains = chains;
    this.length = length;
    summed = AT_ONCE * (Integer.SIZE - Integer.numberOfLeadingZeros(length));
    centred = new double[chains * length];
    means = new double[chains];
    sums = new double[summed];
  }

  /// @param starts where in `x` the chains begin
  void of(double[] x, int[] starts) {
    for (int c = 0; c < chains; c++) {
      means[c] = Quantiles.mean(x, starts[c], length);
      for (int i = 0; i < length; i++) centred[c * length + i] = x[starts[c] + i] - means[c];
    }
    known = 0;
    products = NONE;
    within = sum(0) / chains / (length - 1.0);
    between = chains > 1 ? Quantiles.variance(means) : 0;
  }

  /// R-hat without ranks: how much wider all chains together are than one; NaN where nothing varies.
  double rhat() {
    return within == 0 && between == 0 ? Double.NaN : Math.sqrt((length - 1.0) / length + between / within);
  }

  /// The effective sample size of all chains: equations 10 to 13 of Vehtari et al. (2021), with Geyer's initial positive and
  /// initial monotone sequences. NaN for chains too short, and where there is nothing to correlate.
  double effectiveSize() {
    if (length < 3 || !(total() > 0)) return Double.NaN;
    double sum = 0;
    double last = Double.POSITIVE_INFINITY;
    double trailing = 0;
    for (int t = 0; t + 1 < length - 2; t += 2) {
      double even = t == 0 ? 1 : at(t);
      double pair = even + at(t + 1);
      if (!(pair > 0)) {
        trailing = Math.max(0, even);
        break;
      }
      last = Math.min(last, pair);
      sum += last;
    }
    double size = (double) chains * length;
    return size / Math.max(-1 + 2 * sum + trailing, 1 / Math.log10(size));
  }

  double at(int lag) {
    return 1 - (within - (lag < summed ? sum(lag) : transformed(lag)) / length / chains) / total();
  }

  /// The variance of the chains together.
  private double total() {
    return within * (length - 1.0) / length + between;
  }

  private double sum(int lag) {
    for (; known <= lag; known += AT_ONCE) sumFrom(known);
    return sums[lag];
  }

  /// The products of [#AT_ONCE] lags.
  private void sumFrom(int lag) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int c = 0; c < chains; c++) {
      int end = (c + 1) * length;
      int i = c * length;
      for (; i + lag + 3 < end; i++) {
        double x = centred[i];
        s0 += x * centred[i + lag];
        s1 += x * centred[i + lag + 1];
        s2 += x * centred[i + lag + 2];
        s3 += x * centred[i + lag + 3];
      }
      for (; i + lag < end; i++) {
        double x = centred[i];
        s0 += x * centred[i + lag];
        if (i + lag + 1 < end) s1 += x * centred[i + lag + 1];
        if (i + lag + 2 < end) s2 += x * centred[i + lag + 2];
      }
    }
    sums[lag] = s0;
    sums[lag + 1] = s1;
    sums[lag + 2] = s2;
    sums[lag + 3] = s3;
  }

  private double transformed(int lag) {
    if (products.length == 0) {
      if (transform.isEmpty()) transform = Optional.of(new LaggedProducts(chains, length));
      products = transform.get().of(centred);
    }
    return products[lag];
  }
}
