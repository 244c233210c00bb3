package ppl.io;

import java.util.Optional;
import ppl.runtime.Dataset;
import ppl.runtime.Narrow;
import ppl.runtime.OffHeap;

/// The numbers of a column one by one, whole or real.
///
/// @param values  `double[]`, [OffHeap], or whole numbers ([Narrow])
/// @param missing which are missing, or empty if none is
record Elements(Object values, Optional<boolean[]> missing) {
  static Elements of(Dataset.Column column) {
    return new Elements(column.values(), column.missing());
  }

  int size() {
    return switch (values) {
      case OffHeap a -> a.size();
      default -> Narrow.size(values);
    };
  }

  double value(int i) {
    return switch (values) {
      case double[] a -> a[i];
      case OffHeap a -> a.at(i);
      default -> Narrow.at(values, i);
    };
  }

  boolean isMissing(int i) {
    return missing.isPresent() && missing.get()[i];
  }
}
