package ppl.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import ppl.runtime.Schema;
import ppl.source.Source;
import ppl.source.Span;

/// Builds schemas from declarations such as `y : real[N, 2]`, `x : int(1..K)[N]`, `w : simplex[K]`, `county : factor`.
///
/// Extents are numbers, int names declared before, or factors and tables.
final class TestSchema {
  private final Source source;
  private final List<Schema.Slot> slots = new ArrayList<>();
  private final List<Schema.Table> tables = new ArrayList<>();
  private final List<Schema.Factor> factors = new ArrayList<>();
  private boolean missing;

  private TestSchema(String text) {
    this.source = new Source("model.ppl", text);
  }

  /// One declaration a line: `data N : int`, `data homes {`, columns, `}`. A line ending in `?` allows missing values.
  static Schema of(String text) {
    var schema = new TestSchema(text.replace("?", ""));
    Optional<String> table = Optional.empty();
    Optional<String> by = Optional.empty();
    int from = 0;
    int at = 0;
    for (var line : text.lines().map(String::strip).toList()) {
      schema.missing = line.endsWith("?");
      var declaration = line.replace("?", "").replaceFirst("^data ", "").strip();
      int start = schema.source.text().indexOf(declaration, at);
      var span = new Span(schema.source, start, start + declaration.length());
      at = start + declaration.length();
      if (declaration.endsWith("{")) {
        var words = declaration.split(" ");
        table = Optional.of(words[0]);
        by = words.length > 3 ? Optional.of(words[2]) : Optional.empty();
        from = schema.slots.size();
      } else if (declaration.equals("}")) {
        schema.tables.add(new Schema.Table(table.orElseThrow(), by,
            List.copyOf(schema.slots.subList(from, schema.slots.size())), span));
        table = Optional.empty();
        by = Optional.empty();
      } else if (!declaration.isEmpty()) {
        schema.slot(declaration, table, by, span);
      }
    }
    return new Schema(List.copyOf(schema.slots), List.copyOf(schema.tables), List.copyOf(schema.factors));
  }

  private void slot(String declaration, Optional<String> table, Optional<String> by, Span span) {
    var parts = declaration.split(" : ", 2);
    var type = parts[1].strip();
    var dims = new ArrayList<Schema.Extent>();
    table.ifPresent(t -> dims.add(domain(by.orElse(t))));
    var sizes = type.endsWith("]") ? type.substring(type.indexOf('[') + 1, type.length() - 1) : "";
    if (!sizes.isEmpty()) Arrays.stream(sizes.split(",")).map(String::strip).forEach(s -> dims.add(extent(s)));
    var head = type.split("\\[")[0].strip();
    slots.add(new Schema.Slot(parts[0].strip(), type, element(parts[0].strip(), head), List.copyOf(dims), limits(head),
        shape(head), missing, table, span));
  }

  private Schema.Element element(String name, String head) {
    if (head.equals("int") || head.startsWith("int(") || head.equals("binary") || head.equals("count"))
      return new Schema.Element.Int();
    if (!head.startsWith("factor")) return new Schema.Element.Real();
    Optional<List<String>> levels = Optional.empty();
    if (head.startsWith("factor(")) {
      var inside = head.substring(head.indexOf('(') + 1, head.lastIndexOf(')'));
      levels = Optional.of(Arrays.stream(inside.split(",")).map(s -> s.strip().replace("\"", "")).toList());
    }
    var factor = new Schema.Factor(name, levels, source.all());
    if (factors.stream().noneMatch(f -> f.name().equals(name))) factors.add(factor);
    return new Schema.Element.Level(name);
  }

  private Schema.Limits limits(String head) {
    return switch (head) {
      case "positive" -> new Schema.Limits(Optional.of(limit("0")), Optional.empty(), true);
      case "nonnegative", "count" -> new Schema.Limits(Optional.of(limit("0")), Optional.empty(), false);
      case "unit", "binary" -> new Schema.Limits(Optional.of(limit("0")), Optional.of(limit("1")), false);
      default -> {
        if (!head.contains("..")) yield Schema.Limits.NONE;
        var ends = head.substring(head.indexOf('(') + 1, head.indexOf(')')).split("\\.\\.");
        yield new Schema.Limits(Optional.of(limit(ends[0])), Optional.of(limit(ends[1])), false);
      }
    };
  }

  private Schema.Limit limit(String text) {
    var slot = slots.stream().filter(s -> s.name().equals(text)).findFirst();
    if (slot.isEmpty()) {
      double bound = Double.parseDouble(text);
      return new Schema.Limit(text, _ -> _ -> bound);
    }
    return new Schema.Limit(text, data -> _ -> data.values(slot.get())[0]);
  }

  private static Optional<String> shape(String head) {
    return Arrays.stream(Restriction.values()).map(r -> r.name().toLowerCase(java.util.Locale.ROOT))
        .filter(head::equals).findFirst();
  }

  private Schema.Slot named(String name) {
    return slots.stream().filter(s -> s.table().isEmpty() && s.name().equals(name)).findFirst().orElseThrow();
  }

  private Schema.Extent domain(String name) {
    return new Schema.Extent(name, Optional.of(name), Optional.empty(), data -> data.size(name));
  }

  private Schema.Extent extent(String text) {
    if (text.matches("\\d+")) return new Schema.Extent(text, Optional.empty(), Optional.empty(), _ -> Integer.parseInt(text));
    if (!source.text().contains("data " + text + " : int")) return domain(text);
    return new Schema.Extent(text, Optional.empty(), Optional.of(text), data -> (int) data.values(named(text))[0]);
  }
}
