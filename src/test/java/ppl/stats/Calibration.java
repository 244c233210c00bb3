package ppl.stats;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import ppl.runtime.Target;

/// Simulation-based calibration: draw unknowns from the prior, data given them, posterior draws given the data. The
/// rank of each unknown among its posterior draws is then uniform, if prior, simulator, density, transforms and
/// sampler all agree.
///
/// Source: Talts, Betancourt, Simpson, Vehtari, Gelman, "Validating Bayesian inference algorithms with
/// simulation-based calibration" (2018), algorithm 2.
public final class Calibration {
  private static final int BINS = 16;

  private Calibration() {}

  /// A prior and a simulator.
  public interface Joint {
    /// Values of the ranked outputs, drawn from the prior.
    double[] prior(RandomGenerator random);

    /// Draws data given `truth` and binds the model to them. The target's first outputs are the ranked ones.
    Target posterior(double[] truth, RandomGenerator random);
  }

  /// A sampler under test.
  public interface Sampler {
    /// `count` nearly independent draws, `[draw][output]`.
    double[][] draw(Target target, int count, long seed) throws Exception;
  }

  /// @param ranks `[output][simulation]`, each from 0 to `draws`
  /// @param pValues of a chi-square test of uniformity in 16 bins, for each output
  public record Result(List<int[]> ranks, double[] pValues) {
    /// The smallest p-value, corrected for their number (Bonferroni).
    public double pValue() {
      return Math.min(1, Arrays.stream(pValues).min().orElse(1) * pValues.length);
    }
  }

  /// @param draws posterior draws a simulation; one less than a multiple of 16, so that bins are equal
  public static Result run(Joint joint, Sampler sampler, int simulations, int draws, RandomGenerator random)
      throws Exception {
    if ((draws + 1) % BINS != 0) throw new IllegalArgumentException(draws + " draws");
    int[][] ranks = null;
    for (int s = 0; s < simulations; s++) {
      var truth = joint.prior(random);
      var target = joint.posterior(truth, random);
      var sample = sampler.draw(target, draws, random.nextLong());
      if (ranks == null) ranks = new int[truth.length][simulations];
      for (int k = 0; k < truth.length; k++) {
        int column = k;
        ranks[k][s] = (int) Arrays.stream(sample).filter(x -> x[column] < truth[column]).count();
      }
    }
    var p = Arrays.stream(ranks).mapToDouble(r -> uniformity(r, draws)).toArray();
    return new Result(List.of(ranks), p);
  }

  /// p-value of the hypothesis that ranks 0 to `draws` are equally likely.
  static double uniformity(int[] ranks, int draws) {
    var counts = new int[BINS];
    for (int r : ranks) counts[r * BINS / (draws + 1)]++;
    double expected = (double) ranks.length / BINS;
    double chi = IntStream.of(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    return ChiSquaredDistribution.of(BINS - 1).survivalProbability(chi);
  }
}
