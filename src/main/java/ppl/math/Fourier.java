package ppl.math;

/// The discrete Fourier transform of a power of two of complex numbers, in place.
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
}
