package ppl.math;

/// The discrete Fourier transform of a power of two of complex numbers, in place, and the autocovariances it gives.
///
/// Source: Cooley and Tukey, "An algorithm for the machine calculation of complex Fourier series", Mathematics of
/// Computation 19 (1965).
public final class Fourier {
  private final int size;
  private final double[] cos;
  private final double[] sin;

  /// For `size` complex numbers, a power of two.
  public Fourier(int size) {
    if (Integer.bitCount(size) != 1) throw new IllegalArgumentException(size + " is no power of two");
    this.size = size;
    cos = new double[size / 2];
    sin = new double[size / 2];
    for (int k = 0; k < cos.length; k++) {
      cos[k] = Math.cos(2 * Math.PI * k / size);
      sin[k] = Math.sin(2 * Math.PI * k / size);
    }
  }

  /// `∑_j x_j exp(-2πi jk / size)` for every `k`, in the place of `x`.
  public void transform(double[] re, double[] im) {
    reorder(re, im);
    for (int half = 1; half < size; half *= 2) {
      int stride = size / (2 * half);
      for (int from = 0; from < size; from += 2 * half) {
        for (int k = 0; k < half; k++) {
          int a = from + k;
          int b = a + half;
          double c = cos[k * stride];
          double s = sin[k * stride];
          double x = c * re[b] + s * im[b];
          double y = c * im[b] - s * re[b];
          re[b] = re[a] - x;
          im[b] = im[a] - y;
          re[a] += x;
          im[a] += y;
        }
      }
    }
  }

  /// The numbers in the order of their indices read backwards.
  private void reorder(double[] re, double[] im) {
    for (int i = 1; i < size; i++) {
      int j = Integer.reverse(i) >>> Integer.numberOfLeadingZeros(size) + 1;
      if (i >= j) continue;
      double x = re[i];
      re[i] = re[j];
      re[j] = x;
      double y = im[i];
      im[i] = im[j];
      im[j] = y;
    }
  }

  /// `∑_c ∑_i x[c][i] x[c][i + lag]` for each lag less than the length of the rows, which are of one length.
  ///
  /// Zeros behind each row keep its end from meeting its start. Rows go two by two, as real and imaginary parts: the
  /// real part of the autocovariances of `x + iy` is the sum of those of `x` and of `y`.
  public static double[] laggedProducts(double[][] x) {
    int n = x[0].length;
    int size = Math.max(1, 2 * Integer.highestOneBit(2 * n - 2));
    var fourier = new Fourier(size);
    var power = new double[size];
    for (int c = 0; c < x.length; c += 2) {
      var re = new double[size];
      var im = new double[size];
      System.arraycopy(x[c], 0, re, 0, n);
      if (c + 1 < x.length) System.arraycopy(x[c + 1], 0, im, 0, n);
      fourier.transform(re, im);
      for (int k = 0; k < size; k++) power[k] += re[k] * re[k] + im[k] * im[k];
    }
    fourier.transform(power, new double[size]);
    var products = new double[n];
    for (int lag = 0; lag < n; lag++) products[lag] = power[lag] / size;
    return products;
  }
}
