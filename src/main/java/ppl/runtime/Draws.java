package ppl.runtime;

import java.util.List;

/// Draws of `width` numbers each, in one or more chains. Chains may differ in length after an interruption.
///
/// @param width numbers in a draw
/// @param chains one array a chain, draw after draw (row-major, `draws x width`); not copied, not to be changed
public record Draws(int width, List<double[]> chains) {
  public Draws {
    if (width < 0) throw new IllegalArgumentException("width " + width);
    chains = List.copyOf(chains);
    for (var chain : chains) {
      if (width == 0 ? chain.length != 0 : chain.length % width != 0) {
        throw new IllegalArgumentException("a chain of " + chain.length + " numbers in draws of " + width);
      }
    }
  }

  /// Number of draws in `chain`. Draws of width 0 have none.
  public int length(int chain) {
    return width == 0 ? 0 : chains.get(chain).length / width;
  }

  /// Number of draws in all chains together.
  public int total() {
    int total = 0;
    for (int c = 0; c < chains.size(); c++) total += length(c);
    return total;
  }

  public double get(int chain, int draw, int column) {
    return chains.get(chain)[draw * width + column];
  }

  /// All draws of one column of one chain, in order.
  public double[] column(int chain, int column) {
    var values = chains.get(chain);
    var out = new double[length(chain)];
    for (int i = 0; i < out.length; i++) out[i] = values[i * width + column];
    return out;
  }

  /// One column as `[chain][draw]`: chains without draws left out, the others cut to the shortest.
  public double[][] column(int column) {
    var kept = chains.stream().filter(c -> c.length > 0).toList();
    int n = kept.stream().mapToInt(c -> c.length / width).min().orElse(0);
    var out = new double[kept.size()][n];
    for (int c = 0; c < out.length; c++) {
      for (int i = 0; i < n; i++) out[c][i] = kept.get(c)[i * width + column];
    }
    return out;
  }
}
