package ppl.family;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import ppl.runtime.Block;

/// Random values of blocks, well inside their support.
public final class Points {
  private Points() {}

  public static void draw(Block block, RandomGenerator random, double[] x) {
    switch (block.shape()) {
      case Block.Gaussian _ -> Arrays.setAll(x, _ -> random.nextGaussian());
      case Block.Discrete d -> Arrays.setAll(x, i -> d.lower()[i] + random.nextInt(d.categories()[i]));
      case Block.Independent s -> {
        switch (s.space()) {
          case SCALAR -> Arrays.setAll(x, i -> between(s.lower()[i], s.upper()[i], random));
          case POLYA_GAMMA -> Arrays.setAll(x, i -> 0.25 * s.lower()[i] * random.nextDouble(0.5, 2));
          case SIMPLEX -> {
            for (int e = 0; e < s.count(); e++) simplex(x, e * s.extent(), s.extent(), random);
          }
          case COVARIANCE -> {
            for (int e = 0; e < s.count(); e++) covariance(x, e * s.extent() * s.extent(), s.extent(), random);
          }
        }
      }
    }
  }

  private static double between(double lower, double upper, RandomGenerator random) {
    boolean above = lower > Double.NEGATIVE_INFINITY;
    boolean below = upper < Double.POSITIVE_INFINITY;
    if (above && below) return lower + (upper - lower) * random.nextDouble(0.05, 0.95);
    double size = Math.exp(0.5 * random.nextGaussian());
    return above ? lower + size : below ? upper - size : random.nextGaussian();
  }

  private static void simplex(double[] x, int from, int n, RandomGenerator random) {
    double sum = 0;
    for (int i = 0; i < n; i++) sum += x[from + i] = random.nextExponential() + 0.05;
    for (int i = 0; i < n; i++) x[from + i] /= sum;
  }

  /// A A' + 1.
  private static void covariance(double[] x, int from, int n, RandomGenerator random) {
    var a = random.doubles((long) n * n, -1, 1).toArray();
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) {
        double s = i == j ? 1 : 0;
        for (int k = 0; k < n; k++) s += a[i * n + k] * a[j * n + k];
        x[from + i * n + j] = s;
      }
  }
}
