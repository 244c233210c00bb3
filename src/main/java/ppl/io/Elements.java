package ppl.io;

import java.util.Optional;
import ppl.runtime.Dataset;

/// The numbers of a column one by one, whole or real.
///
/// @param values  `double[]` or `int[]`
/// @param missing which are missing, or empty if none is
record Elements(Object values, Optional<boolean[]> missing) {
  static Elements of(Dataset.Column column) {
    return new Elements(column.values(), column.missing());
  }

  int size() {
    return values instanceof int[] a ? a.length : ((double[]) values).length;
  }

  double value(int i) {
    return values instanceof int[] a ? a[i] : ((double[]) values)[i];
  }

  boolean isMissing(int i) {
    return missing.isPresent() && missing.get()[i];
  }
}
