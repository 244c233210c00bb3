package ppl.infer;

import java.util.random.RandomGenerator;
import ppl.stats.Psis;

/// Sampling importance resampling: draws chosen in proportion to their smoothed weights, by one uniform number for all
/// of them (systematic resampling), so that each is chosen its expected number of times but for rounding.
final class Resampling {
  private Resampling() {}

  /// `count` indices into the weighted draws, ascending.
  static int[] choose(Psis psis, int count, RandomGenerator random) {
    var out = new int[count];
    double offset = random.nextDouble();
    double cumulative = Math.exp(psis.logWeights()[0]);
    int at = 0;
    for (int k = 0; k < count; k++) {
      double level = (k + offset) / count;
      while (cumulative < level && at < psis.logWeights().length - 1) cumulative += Math.exp(psis.logWeights()[++at]);
      out[k] = at;
    }
    return out;
  }
}
