package ppl.runtime;

import java.util.Arrays;

/// Marginal distributions of reported elements as far as they are known in closed form, one number for each element in
/// the order of [Posterior#quantities]; NaN where only draws tell.
public record Marginals(double[] mean, double[] sd, double[] q5, double[] q50, double[] q95) {
  /// Nothing known of `size` elements.
  public static Marginals unknown(int size) {
    return new Marginals(nan(size), nan(size), nan(size), nan(size), nan(size));
  }

  private static double[] nan(int size) {
    var out = new double[size];
    Arrays.fill(out, Double.NaN);
    return out;
  }
}
