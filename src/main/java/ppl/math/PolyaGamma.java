package ppl.math;

import java.util.random.RandomGenerator;

/// The Pólya-Gamma distribution PG(b, c) of Polson, Scott and Windle (J. Am. Stat. Assoc. 108, 2013): the density of
/// PG(b, 0) times exp(-c^2 w / 2) cosh(c / 2)^b.
public final class PolyaGamma {
  private static final double SMALL = 1e-2;
  /// Where the two series for the density of 4 w meet.
  private static final double SPLIT = 0.64;

  private PolyaGamma() {}

  public static double mean(double b, double c) {
    double z = Math.abs(c);
    return z < SMALL ? b * (1 - z * z / 12 * (1 - z * z / 10)) / 4 : 0.5 * b / z * Math.tanh(0.5 * z);
  }

  public static double variance(double b, double c) {
    double z = Math.abs(c);
    if (z < 0.1) return b * (1 - z * z / 5 * (1 - 17 * z * z / 112)) / 24;
    // (sinh z - z) / cosh(z / 2)^2 without large numbers
    double e = Math.exp(-z);
    return b * (2 * (1 - e * e) - 4 * z * e) / ((1 + e) * (1 + e)) / (4 * z * z * z);
  }

  /// log cosh(c / 2).
  public static double logCosh(double c) {
    double z = Math.abs(c);
    return z < SMALL ? z * z / 8 * (1 - z * z / 24) : 0.5 * z + Math.log1p(Math.exp(-z)) - Math.log(2);
  }

  /// A draw for whole `b`: a sum of `b` draws for 1.
  public static double draw(RandomGenerator random, int b, double c) {
    double sum = 0;
    for (int k = 0; k < b; k++) sum += one(random, 0.5 * Math.abs(c));
    return sum;
  }

  /// By Devroye's method of alternating series.
  private static double one(RandomGenerator random, double z) {
    double rate = 0.125 * Math.PI * Math.PI + 0.5 * z * z;
    double right = 0.5 * Math.PI / rate * Math.exp(-rate * SPLIT);
    double root = 1 / Math.sqrt(SPLIT);
    double left = 2 * (Math.exp(-z + ErrorFunctions.log_Phi(root * (SPLIT * z - 1)))
        + Math.exp(z + ErrorFunctions.log_Phi(-root * (SPLIT * z + 1))));
    while (true) {
      double x = random.nextDouble() * (left + right) < right ? SPLIT + random.nextExponential() / rate : below(random, z);
      double s = coefficient(0, x);
      double y = random.nextDouble() * s;
      for (int n = 1; ; n++) {
        if (n % 2 == 1) {
          s -= coefficient(n, x);
          if (y <= s) return 0.25 * x;
        } else {
          s += coefficient(n, x);
          if (y > s) break;
        }
      }
    }
  }

  private static double coefficient(int n, double x) {
    double k = n + 0.5;
    return x > SPLIT ? Math.PI * k * Math.exp(-0.5 * k * k * Math.PI * Math.PI * x)
        : Math.PI * k * Math.pow(2 / (Math.PI * x), 1.5) * Math.exp(-2 * k * k / x);
  }

  /// An inverse Gaussian of mean 1 / z and shape 1, below the split.
  private static double below(RandomGenerator random, double z) {
    if (z * SPLIT < 1) {
      while (true) {
        double e;
        do e = random.nextExponential();
        while (e * e > 2 * random.nextExponential() / SPLIT);
        double x = SPLIT / ((1 + SPLIT * e) * (1 + SPLIT * e));
        if (random.nextDouble() <= Math.exp(-0.5 * z * z * x)) return x;
      }
    }
    while (true) {
      double n = random.nextGaussian();
      double r = 0.5 * n * n / z;
      double root = 1 / (1 + r + Math.sqrt(r * (2 + r)));
      double x = random.nextDouble() * (1 + root) <= 1 ? root / z : 1 / (z * root);
      if (x < SPLIT) return x;
    }
  }
}
