package ppl.stats;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import ppl.math.InverseNormal;

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
    int n = chains.length == 0 ? 0 : chains[0].length;
    int total = chains.length * n;
    var keys = IntStream.range(0, total).boxed()
        .sorted((a, b) -> Double.compare(chains[a / n][a % n], chains[b / n][b % n]))
        .mapToInt(Integer::intValue).toArray();
    var out = new double[chains.length][n];
    for (int i = 0; i < total; ) {
      int j = i;
      double value = chains[keys[i] / n][keys[i] % n];
      while (j < total && chains[keys[j] / n][keys[j] % n] == value) j++;
      if (j == i) j++;
      double z = InverseNormal.of(((i + j + 1) / 2.0 - 0.375) / (total + 0.25));
      for (; i < j; i++) out[keys[i] / n][keys[i] % n] = z;
    }
    return out;
  }

  static double[] pooled(double[][] chains) {
    return Arrays.stream(chains).flatMapToDouble(Arrays::stream).toArray();
  }

  /// Distance from the median of all chains.
  static double[][] folded(double[][] chains) {
    double median = Quantiles.of(pooled(chains), 0.5);
    return map(chains, x -> Math.abs(x - median));
  }

  static double[][] map(double[][] chains, DoubleUnaryOperator f) {
    var out = new double[chains.length][];
    for (int c = 0; c < out.length; c++) out[c] = Arrays.stream(chains[c]).map(f).toArray();
    return out;
  }
}
