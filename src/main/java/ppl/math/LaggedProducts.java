package ppl.math;

import java.util.Arrays;

/// `∑_c ∑_i x[c][i] x[c][i + lag]` for each lag less than the length of the rows, which are of one length.
///
/// Zeros behind each row keep its end from meeting its start. Rows go two by two, as real and imaginary parts: the
/// real part of the autocovariances of `x + iy` is the sum of those of `x` and of `y`. Arrays are reused.
public final class LaggedProducts {
  private final int rows;
  private final int length;
  private final Fourier fourier;
  private final double[] re;
  private final double[] im;
  private final double[] power;
  private final double[] products;

  public LaggedProducts(int rows, int length) {
    int size = Math.max(1, 2 * Integer.highestOneBit(2 * length - 2));
    this.rows = rows;
    this.length = length;
    fourier = new Fourier(size);
    re = new double[size];
    im = new double[size];
    power = new double[size];
    products = new double[length];
  }

  /// Good until the next call.
  ///
  /// @param x row after row
  public double[] of(double[] x) {
    Arrays.fill(power, 0);
    for (int c = 0; c < rows; c += 2) {
      take(x, c, re);
      take(x, c + 1, im);
      fourier.transform(re, im);
      for (int k = 0; k < power.length; k++) power[k] += re[k] * re[k] + im[k] * im[k];
    }
    Arrays.fill(im, 0);
    fourier.transform(power, im);
    for (int lag = 0; lag < length; lag++) products[lag] = power[lag] / power.length;
    return products;
  }

  private void take(double[] x, int row, double[] to) {
    int n = row < rows ? length : 0;
    System.arraycopy(x, n == 0 ? 0 : row * length, to, 0, n);
    Arrays.fill(to, n, to.length, 0);
  }
}
