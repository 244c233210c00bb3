package ppl.typed;

import java.util.List;
import java.util.Optional;
import ppl.source.Span;

/// A named set of indices: the levels of a factor, or the rows of a table. Two are the same only if they are the same
/// object.
public sealed interface Domain {
  String name();

  Span span();

  /// The levels of a factor.
  ///
  /// @param levels in the order written, or empty where they come from data (sorted)
  record Factor(String name, Optional<List<String>> levels, Span span) implements Domain {
    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  /// The rows of a table; of a table `by` a factor the rows are the levels, and its dimension is the factor itself.
  record Rows(String name, Span span) implements Domain {
    public boolean equals(Object o) {
      return this == o;
    }

    public int hashCode() {
      return System.identityHashCode(this);
    }
  }
}
