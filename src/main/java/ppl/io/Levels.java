package ppl.io;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.runtime.Schema;

/// The levels of all factors.
final class Levels {
  private final Map<String, List<String>> levels = new LinkedHashMap<>();
  private final Map<String, Map<String, Integer>> positions = new HashMap<>();

  private Levels() {}

  /// Levels as declared, else all labels that a factor's columns hold (also the key columns of tables by it), sorted:
  /// as numbers if all of them are numbers, else by their characters.
  static Levels of(Schema schema, Gathered data) {
    var out = new Levels();
    for (var factor : schema.factors()) {
      var found = factor.levels().or(() -> found(schema, data, factor.name()));
      found.ifPresent(l -> out.put(factor.name(), l));
    }
    return out;
  }

  private void put(String factor, List<String> labels) {
    levels.put(factor, labels);
    var index = new HashMap<String, Integer>();
    for (var label : labels) index.put(label, index.size());
    positions.put(factor, index);
  }

  private static Optional<List<String>> found(Schema schema, Gathered data, String factor) {
    var columns = new ArrayList<Raw>();
    for (var slot : schema.slots()) {
      if (slot.element() instanceof Schema.Element.Level(var f) && f.equals(factor)) {
        var given = slot.table().isPresent()
            ? data.tables().getOrDefault(slot.table().get(), Map.of()).get(slot.name())
            : data.single().get(slot.name());
        if (given != null) columns.add(given.raw());
      }
    }
    for (var table : schema.tables()) {
      var key = data.tables().getOrDefault(table.name(), Map.of()).get(factor);
      if (table.by().filter(factor::equals).isPresent() && key != null) columns.add(key.raw());
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(sorted(labels(columns)));
  }

  private static Set<String> labels(List<Raw> columns) {
    var labels = new LinkedHashSet<String>();
    for (var raw : columns) if (raw instanceof Raw.Grid grid) labels.addAll(grid.cells().words());
    return labels;
  }

  private static List<String> sorted(Set<String> labels) {
    boolean numbers = labels.stream().allMatch(l -> Numbers.parse(l).isPresent());
    Comparator<String> order = numbers
        ? Comparator.<String>comparingDouble(l -> Numbers.parse(l).orElseThrow()).thenComparing(Comparator.naturalOrder())
        : Comparator.naturalOrder();
    return labels.stream().sorted(order).toList();
  }

  Optional<List<String>> of(String factor) {
    return Optional.ofNullable(levels.get(factor));
  }

  /// Position of a label from 0, or -1.
  int position(String factor, String label) {
    return positions.getOrDefault(factor, Map.of()).getOrDefault(label, -1);
  }

  Map<String, List<String>> all() {
    return Map.copyOf(levels);
  }
}
