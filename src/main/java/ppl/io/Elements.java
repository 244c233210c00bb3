package ppl.io;

import java.util.Optional;
import ppl.runtime.Dataset;
import ppl.runtime.OffHeap;

/// The numbers of a column one by one, whole or real.
///
/// @param values  `double[]`, `int[]` or [OffHeap]
/// @param missing which are missing, or empty if none is
record Elements(Object values, Optional<boolean[]> missing) {
  static Elements of(Dataset.Column column) {
    return new Elements(column.values(), column.missing());
  }

  int size() {
    return switch (values) {
      case int[] a -> a.length;
      case OffHeap a -> a.size();
      default -> ((double[]) values).length;
    };
  }

  double value(int i) {
    return switch (values) {
      case int[] a -> a[i];
      case OffHeap a -> a.at(i);
      default -> ((double[]) values)[i];
    };
  }

  boolean isMissing(int i) {
    return missing.isPresent() && missing.get()[i];
  }
}
