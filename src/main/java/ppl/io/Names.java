package ppl.io;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import ppl.runtime.Schema;

/// The names that data may be given under.
record Names(Schema schema) {
  private static final Pattern ELEMENT = Pattern.compile("(.+?)(?:\\[([0-9,\\s]+)]|((?:\\.[0-9]+)+))");

  Optional<Schema.Table> table(String name) {
    return schema.tables().stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /// Data outside tables.
  Optional<Schema.Slot> slot(String name) {
    return schema.slots().stream().filter(s -> s.table().isEmpty() && s.name().equals(name)).findFirst();
  }

  Optional<Schema.Slot> column(Schema.Table table, String name) {
    return table.columns().stream().filter(s -> s.name().equals(name)).findFirst();
  }

  /// Whether some data have exactly this name.
  boolean declares(String name) {
    return schema.slots().stream().anyMatch(s -> s.name().equals(name));
  }

  /// Whether the column says which level a row of a table `by` a factor is about.
  static boolean isKey(Schema.Table table, String name) {
    return table.by().filter(name::equals).isPresent();
  }

  boolean belongs(Schema.Table table, String name) {
    return isKey(table, name) || column(table, name).isPresent() || column(table, stem(name)).isPresent();
  }

  /// The name of an array without the subscripts of a flattened column: `x` of `x[1,2]` and of `x.1.2`.
  static String stem(String column) {
    var match = ELEMENT.matcher(column);
    return match.matches() ? match.group(1) : column;
  }

  /// The subscripts of a flattened column, from 1; empty if it is none.
  static List<Integer> subscripts(String column) {
    var match = ELEMENT.matcher(column);
    if (!match.matches()) return List.of();
    var text = match.group(2) == null ? match.group(3).substring(1).replace('.', ',') : match.group(2);
    return Pattern.compile(",").splitAsStream(text).map(s -> Integer.parseInt(s.strip())).toList();
  }

  /// The table that a file is about: the one it is given for or named after, or the only one; for a CSV file also the
  /// only one whose columns it all has.
  Optional<Schema.Table> home(DataFile file, List<String> header) {
    var named = file.name().or(() -> Optional.of(file.stem())).flatMap(this::table);
    if (named.isPresent() || file.name().isPresent()) return named;
    if (schema.tables().size() == 1) return Optional.of(schema.tables().getFirst());
    var fitting = schema.tables().stream()
        .filter(t -> t.columns().stream().allMatch(c -> header.contains(c.name()))).toList();
    return fitting.size() == 1 ? Optional.of(fitting.getFirst()) : Optional.empty();
  }

  /// What to keep of the value at a path of keys in a file about `home`.
  Want want(DataFile file, Optional<Schema.Table> home, List<String> path) {
    var full = new java.util.ArrayList<>(file.name().stream().toList());
    full.addAll(path);
    return want(home, full);
  }

  /// What to keep of the value at a path of keys from the top.
  Want want(Optional<Schema.Table> home, List<String> full) {
    if (full.isEmpty()) return Want.NUMBERS;
    var first = full.getFirst();
    var slot = slot(first);
    if (slot.isPresent()) return want(slot.get());
    var table = table(first);
    if (table.isPresent()) return full.size() == 1 ? Want.NUMBERS : column(table, full.get(1));
    return column(home, first);
  }

  private Want column(Optional<Schema.Table> table, String name) {
    if (table.isEmpty()) return Want.NOTHING;
    if (isKey(table.get(), name)) return Want.LABELS;
    var slot = column(table.get(), name).or(() -> column(table.get(), stem(name)));
    return slot.map(Names::want).orElse(Want.NOTHING);
  }

  private static Want want(Schema.Slot slot) {
    return switch (slot.element()) {
      case Schema.Element.Level _ -> Want.LABELS;
      case Schema.Element.Int() -> Want.WHOLES;
      case Schema.Element.Real() -> Want.NUMBERS;
    };
  }

  /// All names that may head a value, for suggestions.
  Set<String> all() {
    var names = new LinkedHashSet<String>();
    schema.slots().stream().filter(s -> s.table().isEmpty()).forEach(s -> names.add(s.name()));
    schema.tables().forEach(t -> names.add(t.name()));
    if (schema.tables().size() == 1) schema.tables().getFirst().columns().forEach(c -> names.add(c.name()));
    return names;
  }
}
