package ppl.io;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.runtime.Schema;
import ppl.source.Diagnostics;

/// Data files as read, not yet compared with a schema.
public final class GivenData {
  private final Gathered gathered;

  private GivenData(Gathered gathered) {
    this.gathered = gathered;
  }

  /// Reads `files`, keeping what `schema` declares. Unreadable files are reported, the others still read.
  public static GivenData read(Schema schema, List<DataFile> files, Diagnostics diagnostics) {
    return new GivenData(DataReader.read(schema, files, diagnostics));
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
