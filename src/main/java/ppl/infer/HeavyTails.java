package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.math.GammaFunctions;
import ppl.math.Samplers;

/// Draws from a multivariate Student t distribution with the mean and scale of a normal approximation, for importance
/// sampling: its tails are heavier than those of most posteriors, so that weights are bounded.
final class HeavyTails {
  private static final double FREEDOM = 5;

  private HeavyTails() {}

  static Approximation.Sample sample(Gang gang, Approximation normal, RandomGenerator random, int count) {
    int d = normal.mean().length;
    var e = new double[count * d];
    for (int k = 0; k < count; k++) {
      double stretch = Math.sqrt(0.5 * FREEDOM / Samplers.gamma(random, 0.5 * FREEDOM, 1));
      for (int i = 0; i < d; i++) e[k * d + i] = stretch * random.nextGaussian();
    }
    double constant = GammaFunctions.lgamma(0.5 * (FREEDOM + d)) - GammaFunctions.lgamma(0.5 * FREEDOM)
        - 0.5 * d * Math.log(Math.PI * FREEDOM) - normal.logDeterminant();
    var z = new double[count * d];
    var density = new double[count];
    var weight = new double[count];
    gang.each(count, (w, k) -> {
      double square = 0;
      for (int i = 0; i < d; i++) square += e[k * d + i] * e[k * d + i];
      normal.place(e, k * d, 1, w.z);
      density[k] = w.target.logDensity(w.z);
      weight[k] = density[k] - constant + 0.5 * (FREEDOM + d) * Math.log1p(square / FREEDOM);
      System.arraycopy(w.z, 0, z, k * d, d);
    });
    return new Approximation.Sample(count, z, density, weight);
  }
}
