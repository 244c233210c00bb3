package ppl.infer;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import ppl.math.DenseMatrix;
import ppl.math.NormalQuantile;
import ppl.runtime.Storage;

/// Standard normal vectors in antithetic pairs `e, -e`, better spread than independent ones: every coordinate takes
/// the mid-quantiles of equal strata, in random order (a Latin hypercube), scaled to unit second moment. With at
/// least as many pairs as coordinates all second moments are exact, so that expectations of quadratic functions are.
///
/// @param pairs number of pairs
/// @param d coordinates
/// @param values the first of each pair, row-major `pairs x d`
/// @param exact whether the second-moment matrix is the identity
record Noise(int pairs, int d, double[] values, boolean exact) {
  /// Coordinates in the same order, up to signs, cannot be made orthogonal: of two pairs, one order in four is of this kind.
  private static final int ATTEMPTS = 64;
  /// What a coordinate must have of its own, beside those before it, as a share of its standard deviation.
  private static final double PIVOT = 0.01;

  static Noise of(RandomGenerator random, int pairs, int d) {
    var magnitudes = magnitudes(pairs);
    var values = Storage.reals((long) pairs * d);
    boolean exact = false;
    for (int attempt = 0; attempt < ATTEMPTS && !exact; attempt++) {
      shuffle(random, magnitudes, values, d);
      if (pairs < d || d == 0) break;
      exact = orthogonalise(values, pairs, d);
    }
    return new Noise(pairs, d, values, exact);
  }

  /// The first of each pair, an array each.
  double[][] rows() {
    return IntStream.range(0, pairs).mapToObj(m -> Arrays.copyOfRange(values, m * d, (m + 1) * d)).toArray(double[][]::new);
  }

  private static double[] magnitudes(int pairs) {
    var magnitudes = new double[pairs];
    double square = 0;
    for (int i = 0; i < pairs; i++) {
      magnitudes[i] = NormalQuantile.inv_Phi(0.5 + (i + 0.5) / (2.0 * pairs));
      square += magnitudes[i] * magnitudes[i];
    }
    double scale = Math.sqrt(pairs / square);
    for (int i = 0; i < pairs; i++) magnitudes[i] *= scale;
    return magnitudes;
  }

  private static void shuffle(RandomGenerator random, double[] magnitudes, double[] values, int d) {
    for (int j = 0; j < d; j++) {
      for (int i = magnitudes.length - 1; i >= 0; i--) {
        int k = random.nextInt(i + 1);
        double m = magnitudes[k];
        magnitudes[k] = magnitudes[i];
        magnitudes[i] = m;
        values[i * d + j] = random.nextBoolean() ? m : -m;
      }
    }
  }

  /// The second-moment matrix, row-major.
  double[] moments() {
    return moments(values, pairs, d);
  }

  private static double[] moments(double[] values, int pairs, int d) {
    var c = new double[d * d];
    for (int m = 0; m < pairs; m++) {
      for (int i = 0; i < d; i++) {
        double e = values[m * d + i] / pairs;
        for (int j = 0; j < d; j++) c[i * d + j] += e * values[m * d + j];
      }
    }
    return c;
  }

  private static boolean orthogonalise(double[] values, int pairs, int d) {
    var factor = DenseMatrix.cholesky(moments(values, pairs, d), d);
    if (factor.isEmpty() || !isTame(factor.get(), d)) return false;
    var row = new double[d];
    for (int m = 0; m < pairs; m++) {
      System.arraycopy(values, m * d, row, 0, d);
      DenseMatrix.solveLower(factor.get(), d, row);
      System.arraycopy(row, 0, values, m * d, d);
    }
    return true;
  }

  private static boolean isTame(double[] factor, int d) {
    for (int i = 0; i < d; i++) {
      if (factor[i * d + i] < PIVOT) return false;
    }
    return true;
  }
}
