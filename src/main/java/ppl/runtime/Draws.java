package ppl.runtime;

import java.util.Arrays;
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

  /// Chains that have draws.
  public int begun() {
    return (int) chains.stream().filter(c -> c.length > 0).count();
  }

  /// The number of draws of the shortest of these.
  public int shortest() {
    return chains.stream().filter(c -> c.length > 0).mapToInt(c -> c.length / width).min().orElse(0);
  }

  /// One column as `[chain][draw]`: chains without draws left out, the others cut to the shortest.
  public double[][] column(int column) {
    int n = shortest();
    var all = new double[begun() * n];
    columns(column, column + 1, all);
    var out = new double[begun()][];
    for (int c = 0; c < out.length; c++) out[c] = Arrays.copyOfRange(all, c * n, (c + 1) * n);
    return out;
  }

  /// Writes the columns from `from` to before `to` one after the other, each chain after chain: chains without draws left
  /// out, the others cut to the shortest.
  public void columns(int from, int to, double[] out) {
    int n = shortest();
    int size = begun() * n;
    int at = 0;
    for (var chain : chains) {
      if (chain.length == 0) continue;
      for (int i = 0; i < n; i++, at++)
        for (int k = from; k < to; k++) out[(k - from) * size + at] = chain[i * width + k];
    }
  }
}
