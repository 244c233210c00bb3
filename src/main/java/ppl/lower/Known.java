package ppl.lower;

import java.util.Set;

/// What is known of data when a model is compiled for them.
///
/// @param missing names in which values are missing: these become unknowns
/// @param offHeap names of matrices that are held beside the Java heap
public record Known(Set<String> missing, Set<String> offHeap) {
  public static final Known NOTHING = missing(Set.of());

  public static Known missing(Set<String> names) {
    return new Known(names, Set.of());
  }

  /// The same with such matrices.
  public Known besides(Set<String> names) {
    return new Known(missing, names);
  }
}
