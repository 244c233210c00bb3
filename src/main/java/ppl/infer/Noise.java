package ppl.infer;

import java.util.random.RandomGenerator;
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
  static Noise of(RandomGenerator random, int pairs, int d) {
    var values = Storage.reals((long) pairs * d);
    var magnitudes = new double[pairs];
    double square = 0;
    for (int i = 0; i < pairs; i++) {
      magnitudes[i] = NormalQuantile.inv_Phi(0.5 + (i + 0.5) / (2.0 * pairs));
      square += magnitudes[i] * magnitudes[i];
    }
    double scale = Math.sqrt(pairs / square);
    for (int j = 0; j < d; j++) {
      for (int i = pairs - 1; i >= 0; i--) {
        int k = random.nextInt(i + 1);
        double m = magnitudes[k];
        magnitudes[k] = magnitudes[i];
        magnitudes[i] = m;
        values[i * d + j] = scale * (random.nextBoolean() ? m : -m);
      }
    }
    boolean exact = pairs >= d && d > 0 && orthogonalise(values, pairs, d);
    return new Noise(pairs, d, values, exact);
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
    if (factor.isEmpty()) return false;
    var row = new double[d];
    for (int m = 0; m < pairs; m++) {
      System.arraycopy(values, m * d, row, 0, d);
      DenseMatrix.solveLower(factor.get(), d, row);
      System.arraycopy(row, 0, values, m * d, d);
    }
    return true;
  }
}
