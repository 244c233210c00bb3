package ppl.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/// Data that fit a [Schema].
///
/// @param columns by slot
/// @param levels  labels of each factor, in level order; also of a table whose rows have names
/// @param sizes   number of levels of each factor and of rows of each table
/// @param sources files that were read, for the manifest
public record Dataset(
    Map<Schema.Slot, Column> columns, Map<String, List<String>> levels, Map<String, Integer> sizes,
    List<String> sources) {
  /// The values of one slot.
  ///
  /// @param values  `double[]`, or `int[]` for whole numbers and levels (positions from 1); row-major; where missing NaN or 0. Or an
  ///                [OffHeap] matrix, or whole numbers in fewer bytes ([Narrow]). Real ones that were let go are made again when somebody asks for them
  /// @param dims    extents
  /// @param missing which values are missing, or empty if none is
  /// @param place   the file, and the row there, of the value at a position; empty where that is not known
  public record Column(Object values, int[] dims, Optional<boolean[]> missing, IntFunction<String> place) {
    public Column {
      if (values instanceof double[] reals) values = new Reals(reals);
    }

    @Override
    public Object values() {
      return values instanceof Reals reals ? reals.values() : values;
    }

    /// Whether these are real numbers.
    public boolean isReal() {
      return values instanceof Reals || isOffHeap();
    }

    /// Whether it is a matrix beside the heap.
    public boolean isOffHeap() {
      return values instanceof OffHeap;
    }

    int size() {
      return Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    }

    /// Lets the values go, which are real numbers; `again` gives the same.
    void release(Supplier<double[]> again) {
      if (values instanceof Reals reals) reals.release(again);
    }

    /// Values that come from nowhere.
    public Column(Object values, int[] dims, Optional<boolean[]> missing) {
      this(values, dims, missing, _ -> "");
    }
  }

  /// The data, for rules about them.
  public Schema.Lookup lookup() {
    return new Schema.Lookup() {
      @Override
      public double[] values(Schema.Slot slot) {
        return switch (columns.get(slot).values()) {
          case double[] reals -> reals;
          case OffHeap matrix -> matrix.array();
          case Object whole -> Narrow.reals(whole);
        };
      }

      @Override
      public int size(String domain) {
        return sizes.get(domain);
      }

      @Override
      public int position(String factor, String label) {
        return levels.getOrDefault(factor, List.of()).indexOf(label) + 1;
      }
    };
  }
}
