package ppl.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/// The blocks of a compiled closed-form side, from the numbers that its class gives.
final class Shapes {
  /// Numbers of one block that [ClosedKernel#extents] gives before the sizes of members.
  private static final int NUMBERS = 5;

  private Shapes() {}

  /// How long [ClosedKernel#extents] is.
  static int count(List<Part> parts) {
    return 1 + parts.stream().mapToInt(p -> NUMBERS + p.members().size()).sum();
  }

  /// @param extents what [ClosedKernel#extents] says
  /// @param write   writes what [ClosedKernel#layout] says
  static List<Block> of(List<Part> parts, double[] extents, Consumer<double[]> write) {
    int size = 0;
    int at = 1;
    for (var p : parts) {
      size += 2 * (int) extents[at] + (isScalar(p.family()) ? 2 * (int) extents[at + 1] : 0);
      at += NUMBERS + p.members().size();
    }
    var layout = new double[size];
    write.accept(layout);
    var blocks = new ArrayList<Block>();
    at = 1;
    int from = 0;
    for (var p : parts) {
      int pairs = (int) extents[at];
      int events = (int) extents[at + 1];
      int bounds = isScalar(p.family()) ? 2 * events : 0;
      var members = new ArrayList<Block.Member>();
      for (int i = 0; i < p.members().size(); i++)
        members.add(new Block.Member(p.members().get(i), (int) extents[at + NUMBERS + i]));
      int values = members.stream().mapToInt(Block.Member::size).sum();
      int lowest = (int) extents[at + 3];
      int categories = (int) extents[at + 4];
      var row = whole(layout, from + bounds, pairs);
      var column = whole(layout, from + bounds + pairs, pairs);
      blocks.add(new Block(members, switch (p.family()) {
        case Part.Family.Gaussian _ -> new Block.Gaussian(values, row, column);
        case Part.Family.Discrete _ -> new Block.Discrete(filled(values, lowest), filled(values, categories),
            over(row, categories), rest(row, categories), over(column, categories), rest(column, categories));
        case Part.Family.Independent(var space, var statistics) -> new Block.Independent(space, statistics, events,
            (int) extents[at + 2], Arrays.copyOfRange(layout, from, from + bounds / 2),
            Arrays.copyOfRange(layout, from + bounds / 2, from + bounds));
      }));
      from += bounds + 2 * pairs;
      at += NUMBERS + members.size();
    }
    return List.copyOf(blocks);
  }

  private static boolean isScalar(Part.Family family) {
    return family instanceof Part.Family.Independent f && f.space().isNumber();
  }

  private static int[] whole(double[] x, int from, int n) {
    return Arrays.stream(x, from, from + n).mapToInt(v -> (int) v).toArray();
  }

  private static int[] filled(int n, int value) {
    var x = new int[n];
    Arrays.fill(x, value);
    return x;
  }

  private static int[] over(int[] x, int by) {
    return Arrays.stream(x).map(v -> v / by).toArray();
  }

  private static int[] rest(int[] x, int by) {
    return Arrays.stream(x).map(v -> v % by).toArray();
  }
}
