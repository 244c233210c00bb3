package ppl.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Draws of `width` numbers each, in one or more chains. Chains may differ in length after an interruption.
///
/// @param width numbers in a draw
public record Draws(int width, List<Rows> chains) {
  /// Draws that are computed when they are read are read so many at a time by a thread.
  private static final int SOME = 32;

  public Draws {
    if (width < 0) throw new IllegalArgumentException("width " + width);
    chains = List.copyOf(chains);
  }

  /// Draws in memory.
  ///
  /// @param chains one array a chain, draw after draw (row-major, `draws x width`); not copied, not to be changed
  public static Draws of(int width, List<double[]> chains) {
    return new Draws(width, chains.stream().<Rows>map(c -> new Rows.Held(width, c)).toList());
  }

  /// Whether all are in memory. Of others, what is read is computed, a draw with all its numbers at a time.
  public boolean isHeld() {
    return chains.stream().allMatch(Rows::isHeld);
  }

  /// Number of draws in `chain`. Draws of width 0 have none.
  public int length(int chain) {
    return width == 0 ? 0 : chains.get(chain).length();
  }

  /// Number of draws in all chains together.
  public int total() {
    int total = 0;
    for (int c = 0; c < chains.size(); c++) total += length(c);
    return total;
  }

  public double get(int chain, int draw, int column) {
    var rows = chains.get(chain).reader();
    int at = rows.at(draw);
    return rows.values()[at + column];
  }

  /// All draws of one column of one chain, in order.
  public double[] column(int chain, int column) {
    var rows = chains.get(chain).reader();
    var out = new double[length(chain)];
    for (int i = 0; i < out.length; i++) {
      int at = rows.at(i);
      out[i] = rows.values()[at + column];
    }
    return out;
  }

  /// Chains that have draws.
  public int begun() {
    return (int) chains.stream().filter(c -> c.length() > 0).count();
  }

  /// The number of draws of the shortest of these.
  public int shortest() {
    return chains.stream().mapToInt(Rows::length).filter(n -> n > 0).min().orElse(0);
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
    int place = 0;
    for (var chain : chains) {
      if (chain.length() == 0) continue;
      copy(chain.reader(), 0, n, from, to, out, place, begun() * n);
      place += n;
    }
  }

  /// The same on the threads of a crew.
  public void columns(int from, int to, double[] out, Crew crew) {
    int n = shortest();
    int pieces = (n + SOME - 1) / SOME;
    var begun = chains.stream().filter(c -> c.length() > 0).toList();
    var next = new AtomicInteger();
    Parallel.map(crew, crew.threads(), _ -> {
      var readers = new Rows.Reader[begun.size()];
      for (int k = next.getAndIncrement(); k < pieces * readers.length; k = next.getAndIncrement()) {
        int chain = k / pieces;
        int first = k % pieces * SOME;
        if (readers[chain] == null) readers[chain] = begun.get(chain).reader();
        copy(readers[chain], first, Math.min(first + SOME, n), from, to, out, chain * n, readers.length * n);
      }
      return readers.length;
    });
  }

  /// Draws `first` to `last - 1` of a chain whose first is element `place` of columns of `size`.
  private static void copy(
      Rows.Reader rows, int first, int last, int from, int to, double[] out, int place, int size) {
    for (int i = first; i < last; i++) {
      int at = rows.at(i);
      var values = rows.values();
      for (int k = from; k < to; k++) out[(k - from) * size + place + i] = values[at + k];
    }
  }

  /// Some draws of the only chain.
  public Draws only(int[] chosen) {
    if (chains.size() != 1) throw new IllegalArgumentException("draws of " + chains.size() + " chains");
    return Draws.of(width, List.of(chains.getFirst().some(chosen)));
  }

  /// Some columns of all draws: held where all are.
  public Draws picking(int[] columns) {
    return new Draws(columns.length, chains.stream().<Rows>map(c -> {
      var picked = new Rows.Picked(c, columns);
      return c.isHeld() ? new Rows.Held(columns.length, picked.all()) : picked;
    }).toList());
  }
}
