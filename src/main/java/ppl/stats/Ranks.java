package ppl.stats;

import java.util.Arrays;
import ppl.math.NormalQuantile;

/// Normal scores of numbers by their ranks, ties averaged: `Phi^-1((r - 3/8) / (S + 1/4))`
/// (Vehtari et al. 2021, equation 14).
final class Ranks {
  private final double[] scores;

  /// Among `size` numbers.
  Ranks(int size) {
    scores = new double[size];
    Arrays.setAll(scores, i -> score(i + 1));
  }

  private double score(double rank) {
    return NormalQuantile.inv_Phi((rank - 0.375) / (scores.length + 0.25));
  }

  /// Writes the score of each number to its place.
  ///
  /// @param sorted the numbers in ascending order
  /// @param places where each of them came from
  void scores(double[] sorted, int[] places, double[] out) {
    for (int i = 0; i < scores.length; ) {
      int j = i + 1;
      while (j < scores.length && Double.compare(sorted[j], sorted[i]) == 0) j++;
      double score = j == i + 1 ? scores[i] : score((i + j + 1) / 2.0);
      for (; i < j; i++) out[places[i]] = score;
    }
  }
}
