package ppl.io;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import ppl.runtime.Schema;

/// Data as given, not yet compared with a schema.
public final class GivenData {
  private final Gathered gathered;

  GivenData(Gathered gathered) {
    this.gathered = gathered;
  }

  /// Names of the numeric data with missing values, columns as `table.column`: the compiler makes them unknowns.
  public Set<String> missing(Schema schema) {
    var names = new LinkedHashSet<String>();
    for (var slot : schema.slots()) {
      var given = slot.table().isPresent()
          ? gathered.tables().getOrDefault(slot.table().get(), Map.of()).get(slot.name())
          : gathered.single().get(slot.name());
      boolean number = !(slot.element() instanceof Schema.Element.Level);
      if (number && given != null && hasGaps(given.raw()))
        names.add(slot.table().map(t -> t + "." + slot.name()).orElse(slot.name()));
    }
    return names;
  }

  private static boolean hasGaps(Raw raw) {
    return switch (raw) {
      case Raw.Grid grid -> grid.flaws().isEmpty() && grid.cells().anyMissingNumber();
      case Raw.Fields(var fields) -> fields.values().stream().anyMatch(GivenData::hasGaps);
      case Raw.Rows(_, var columns, _) -> columns.values().stream().anyMatch(GivenData::hasGaps);
      case Raw.Ignored _ -> false;
    };
  }

  Gathered gathered() {
    return gathered;
  }
}
