package ppl.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import ppl.math.DenseMatrix;
import ppl.math.GammaFunctions;
import ppl.math.LogSpace;
import ppl.math.Samplers;

/// Draws from multivariate Student t distributions, each with the mean and scale of a normal approximation, for
/// importance sampling: their tails are heavier than those of most posteriors, so that weights are bounded. With several
/// approximations, one a mode, every draw's weight is relative to all of them together (the balance heuristic of Veach and
/// Guibas 1995), so that it does not matter which of them it came from, nor whether they overlap.
///
/// @param share of the draws that each part gets
record HeavyTails(List<Part> parts, double[] share) {
  private static final double FREEDOM = 5;
  /// Of a part however low it lies: fits are not heights.
  private static final double LEAST = 0.1;
  /// Some draws look how far the posterior goes: this share of them, from scales so many times larger.
  private static final double SCOUTS = 0.1;
  private static final double WIDE = 3;

  /// One approximation.
  ///
  /// @param lower Cholesky factor of its covariance; empty for independent coordinates
  private record Part(Approximation normal, double[] lower, double constant) {
    static Part of(Approximation normal) {
      int d = normal.mean().length;
      double constant = GammaFunctions.lgamma(0.5 * (FREEDOM + d)) - GammaFunctions.lgamma(0.5 * FREEDOM)
          - 0.5 * d * Math.log(Math.PI * FREEDOM) - normal.logDeterminant();
      var f = normal.factor();
      var lower = f.length == 0 ? f
          : DenseMatrix.cholesky(DenseMatrix.product(f, DenseMatrix.transpose(f, d), d), d).orElseThrow();
      return new Part(normal, lower, constant);
    }

    double logDensity(double[] z, double[] work) {
      int d = z.length;
      for (int i = 0; i < d; i++) work[i] = z[i] - normal.mean()[i];
      if (lower.length > 0) DenseMatrix.solveLower(lower, d, work);
      else for (int i = 0; i < d; i++) work[i] /= normal.sd()[i];
      double square = 0;
      for (int i = 0; i < d; i++) square += work[i] * work[i];
      return constant - 0.5 * (FREEDOM + d) * Math.log1p(square / FREEDOM);
    }
  }

  /// About fits, those with higher bounds getting more draws.
  static HeavyTails about(List<AdviFit> fits) {
    double best = fits.stream().mapToDouble(AdviFit::bound).max().orElseThrow();
    var share = fits.stream().mapToDouble(f -> Math.max(LEAST, Math.exp(f.bound() - best))).toArray();
    double sum = Arrays.stream(share).sum();
    for (int k = 0; k < share.length; k++) share[k] /= sum;
    return new HeavyTails(fits.stream().map(f -> Part.of(f.approximation())).toList(), share)
        .with(fits.getFirst().approximation().times(WIDE), SCOUTS);
  }

  /// With half of the draws about another approximation.
  HeavyTails with(Approximation normal) {
    return with(normal, 0.5).with(normal.times(WIDE), SCOUTS);
  }

  private HeavyTails with(Approximation normal, double part) {
    var more = new ArrayList<>(parts);
    more.add(Part.of(normal));
    var shares = Arrays.copyOf(share, share.length + 1);
    for (int k = 0; k < share.length; k++) shares[k] *= 1 - part;
    shares[share.length] = part;
    return new HeavyTails(more, shares);
  }

  Approximation.Sample sample(Gang gang, RandomGenerator random, int count) {
    int d = parts.getFirst().normal.mean().length;
    var part = new int[count];
    var e = new double[count * d];
    double past = 0;
    for (int k = 0, p = 0; k < count; k++) {
      while (p < parts.size() - 1 && k >= Math.round((past + share[p]) * count)) past += share[p++];
      part[k] = p;
      double stretch = Math.sqrt(0.5 * FREEDOM / Samplers.gamma(random, 0.5 * FREEDOM, 1));
      for (int i = 0; i < d; i++) e[k * d + i] = stretch * random.nextGaussian();
    }
    var z = new double[count * d];
    var density = new double[count];
    var weight = new double[count];
    gang.each(count, gang.target().abreast(), (w, from, to) -> {
      for (int k = from; k < to; k++) parts.get(part[k]).normal.place(e, k * d, 1, w.at[k - from]);
      w.target.logDensities(to - from, w.at, w.values);
      for (int k = from; k < to; k++) {
        var x = w.at[k - from];
        density[k] = w.values[k - from];
        double all = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < share.length; p++)
          all = LogSpace.log_sum_exp(all, Math.log(share[p]) + parts.get(p).logDensity(x, w.work));
        weight[k] = density[k] - all;
        System.arraycopy(x, 0, z, k * d, d);
      }
    });
    return new Approximation.Sample(count, z, density, weight);
  }
}
