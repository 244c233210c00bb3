package ppl.runtime;

import java.util.Optional;
import ppl.source.Span;

/// What goes into one data slot of a compiled class.
public sealed interface Input {
  /// The values of a data name or table column.
  record Column(Schema.Slot slot) implements Input {}

  /// The number of a factor's levels or of a table's rows.
  record SizeOf(String domain) implements Input {}

  /// The position of a level from 1.
  ///
  /// @param picked where the label picks elements, so that there has to be such a level; empty where levels are only
  ///               compared with it, or where the place is not known
  record Position(String factor, String label, Optional<Span> picked) implements Input {}

  /// For each element of a column its position from 1 among the missing ones, or 0.
  record Gaps(Schema.Slot slot) implements Input {}

  /// How many values a column misses.
  record GapCount(Schema.Slot slot) implements Input {}
}
