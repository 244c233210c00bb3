package ppl.runtime;

import java.util.Arrays;

/// Marginal distributions of reported elements as far as they are known in closed form, one number for each element in
/// the order of [Posterior#quantities]; NaN where only draws tell.
public record Marginals(double[] mean, double[] sd, double[] q5, double[] q50, double[] q95) {
  /// Nothing known of `size` elements.
  public static Marginals unknown(int size) {
    return new Marginals(nan(size), nan(size), nan(size), nan(size), nan(size));
  }

  /// Those of some elements alone.
  Marginals keeping(int[] elements) {
    return new Marginals(pick(mean, elements), pick(sd, elements), pick(q5, elements), pick(q50, elements), pick(q95, elements));
  }

  private static double[] pick(double[] values, int[] at) {
    return Arrays.stream(at).mapToDouble(i -> values[i]).toArray();
  }

  private static double[] nan(int size) {
    var out = new double[size];
    Arrays.fill(out, Double.NaN);
    return out;
  }
}
