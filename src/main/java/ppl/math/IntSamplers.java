package ppl.math;

import java.util.random.RandomGenerator;

/// Counts as `int`s, for generated code; a count beyond the largest `int` becomes that.
public final class IntSamplers {
  private IntSamplers() {}

  public static int binomial(RandomGenerator g, int n, double p) {
    return (int) CountSamplers.binomial(g, n, p);
  }

  public static int poisson(RandomGenerator g, double rate) {
    return (int) CountSamplers.poisson(g, rate);
  }

  public static int discreteUniform(RandomGenerator g, int lower, int upper) {
    return (int) CountSamplers.discreteUniform(g, lower, upper);
  }
}
