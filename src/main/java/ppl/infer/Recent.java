package ppl.infer;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import ppl.stats.Quantiles;

/// What one chain shows in a window of its warm-up.
final class Recent {
  private final int d;
  private final int apart;
  private final double[] positions;
  private final double[] energies;
  private int count;
  private int kept;
  private double change;

  /// @param d      coordinates
  /// @param length iterations of the window
  /// @param apart  how many of them lie between two positions that are kept
  Recent(int d, int length, int apart) {
    this.d = d;
    this.apart = apart;
    positions = new double[Math.ceilDiv(length, apart) * d];
    energies = new double[length];
  }

  void add(double[] position, double energy) {
    if (count % apart == 0) System.arraycopy(position, 0, positions, kept++ * d, d);
    if (count > 0) change += (energy - energies[count - 1]) * (energy - energies[count - 1]);
    energies[count++] = energy;
  }

  int count() {
    return count;
  }

  /// Those kept, one after the other.
  double[] positions() {
    return Arrays.copyOf(positions, kept * d);
  }

  /// The same apart.
  List<double[]> each() {
    return IntStream.range(0, kept).mapToObj(k -> Arrays.copyOfRange(positions, k * d, (k + 1) * d)).toList();
  }

  /// The energy fraction of missing information; NaN where the energy does not vary.
  double energyFraction() {
    return change / (count - 1) / Quantiles.variance(Arrays.copyOf(energies, count));
  }
}
