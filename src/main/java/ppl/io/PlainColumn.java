package ppl.io;

import java.util.HashMap;
import ppl.runtime.OffHeap;
import ppl.runtime.Storage;
import ppl.runtime.TooLargeException;

/// Where a column of a plain table goes, a place for each row.
sealed interface PlainColumn {
  /// Elements `first`, `first + step`, ..: a column of a matrix, where it is one of several.
  record Reals(double[] values, int first, int step) implements PlainColumn {}

  /// The same beside the heap.
  record Beside(OffHeap values, int first, int step) implements PlainColumn {}

  /// An array for each piece of the file, in as few bytes as hold it.
  record Wholes(Object[] pieces) implements PlainColumn {}

  /// Texts: each piece of the file has codes of its own until all are there.
  record Codes(int[] values) implements PlainColumn {}

  record Nothing() implements PlainColumn {}

  /// Columns of a number of rows, read in `pieces`; those of one array stand in it side by side, in the order of the file, if all are reals.
  ///
  /// @throws TooLargeException where they do not fit
  static PlainColumn[] of(Field[] fields, int rows, int pieces) {
    var widths = new HashMap<String, Integer>();
    var arrays = new HashMap<String, Object>();
    for (var f : fields) f.array().ifPresent(a -> widths.merge(a, 1, Integer::sum));
    for (var f : fields)
      if (f.want() != Want.NUMBERS) f.array().ifPresent(widths::remove);
    var places = new HashMap<String, Integer>();
    var columns = new PlainColumn[fields.length];
    for (int c = 0; c < fields.length; c++) {
      var want = fields[c].want();
      var array = fields[c].array().filter(widths::containsKey);
      columns[c] = array.map(a -> part(arrays.computeIfAbsent(a, _ -> Storage.matrix((long) rows * widths.get(a))),
          places.merge(a, 1, Integer::sum) - 1, widths.get(a))).orElseGet(() -> of(want, rows, pieces));
    }
    return columns;
  }

  private static PlainColumn part(Object matrix, int first, int step) {
    return matrix instanceof OffHeap m ? new Beside(m, first, step) : new Reals((double[]) matrix, first, step);
  }

  private static PlainColumn of(Want want, int rows, int pieces) {
    return switch (want) {
      case NUMBERS -> new Reals(Storage.reals(rows), 0, 1);
      case WHOLES -> new Wholes(new Object[pieces]);
      case LABELS -> new Codes(Storage.integers(rows));
      case NOTHING -> new Nothing();
    };
  }
}
