package ppl.stats;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import ppl.math.NormalQuantile;

/// Rearrangements of chains `[chain][draw]` that convergence diagnostics need.
final class Ranks {
  private Ranks() {}

  /// Each chain cut in two halves of equal length; the middle draw of an odd number is left out.
  static double[][] split(double[][] chains) {
    var out = new double[2 * chains.length][];
    for (int c = 0; c < chains.length; c++) {
      int n = chains[c].length;
      out[2 * c] = Arrays.copyOfRange(chains[c], 0, n / 2);
      out[2 * c + 1] = Arrays.copyOfRange(chains[c], n - n / 2, n);
    }
    return out;
  }

  /// Normal scores of the ranks over all chains, ties averaged: `Phi^-1((r - 3/8) / (S + 1/4))`
  /// (Vehtari et al. 2021, equation 14).
  static double[][] normalScores(double[][] chains) {
    var sorted = pooled(chains);
    Arrays.sort(sorted);
    var scores = scores(sorted);
    return map(chains, x -> scores[Arrays.binarySearch(sorted, x)]);
  }

  /// The score of every place of an ascending array; equal values share one.
  private static double[] scores(double[] sorted) {
    int n = sorted.length;
    var out = new double[n];
    for (int i = 0; i < n; ) {
      int j = i + 1;
      while (j < n && Double.compare(sorted[j], sorted[i]) == 0) j++;
      Arrays.fill(out, i, j, NormalQuantile.inv_Phi(((i + j + 1) / 2.0 - 0.375) / (n + 0.25)));
      i = j;
    }
    return out;
  }

  static double[] pooled(double[][] chains) {
    int n = Arrays.stream(chains).mapToInt(c -> c.length).sum();
    var out = new double[n];
    int at = 0;
    for (var chain : chains) {
      System.arraycopy(chain, 0, out, at, chain.length);
      at += chain.length;
    }
    return out;
  }

  /// Distance from the median of all chains.
  static double[][] folded(double[][] chains) {
    double median = Quantiles.of(pooled(chains), 0.5);
    return map(chains, x -> Math.abs(x - median));
  }

  static double[][] map(double[][] chains, DoubleUnaryOperator f) {
    var out = new double[chains.length][];
    for (int c = 0; c < out.length; c++) {
      out[c] = new double[chains[c].length];
      for (int i = 0; i < out[c].length; i++) out[c][i] = f.applyAsDouble(chains[c][i]);
    }
    return out;
  }
}
