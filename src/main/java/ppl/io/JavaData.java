package ppl.io;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.runtime.Schema;
import ppl.source.Diagnostics;

/// Data from the values of a Java program, under the rules that JSON files have.
///
/// A value is a `Number`, a `Boolean`, a text for a label, an array of any primitive type or of values, nested for
/// more dimensions, or a collection of values; `null` stands for a missing value. A table is a map of columns or a
/// collection of maps, one a row; a family over a factor may be a map by label.
public final class JavaData {
  /// What messages call the data.
  static final List<String> SOURCE = List.of("the map");

  private final Names names;
  private final Optional<Schema.Table> home;

  private JavaData(Schema schema) {
    this.names = new Names(schema);
    this.home = schema.tables().size() == 1 ? Optional.of(schema.tables().getFirst()) : Optional.empty();
  }

  /// Keeps what `schema` declares; arrays are copied.
  public static GivenData of(Schema schema, Map<String, ?> values, Diagnostics diagnostics) {
    var data = new JavaData(schema);
    var gathered = Gathered.empty();
    gathered.files().addAll(SOURCE);
    new Sorting(data.names, gathered, SOURCE.getFirst(), diagnostics).names(data.fields(values, List.of()), data.home);
    return new GivenData(gathered);
  }

  private Map<String, Raw> fields(Map<?, ?> values, List<String> path) {
    var fields = new LinkedHashMap<String, Raw>();
    values.forEach((key, value) -> {
      var at = extended(path, String.valueOf(key));
      fields.put(at.getLast(), names.want(home, at) == Want.NOTHING ? new Raw.Ignored() : raw(value, at));
    });
    return fields;
  }

  private static List<String> extended(List<String> path, String key) {
    var longer = new ArrayList<>(path);
    longer.add(key);
    return longer;
  }

  private Raw raw(Object value, List<String> path) {
    return switch (value) {
      case Map<?, ?> fields -> new Raw.Fields(fields(fields, path));
      case Collection<?> rows when !rows.isEmpty() && rows.stream().allMatch(r -> r instanceof Map) ->
          rows(rows.stream().map(r -> (Map<?, ?>) r).toList(), path);
      case null, default -> {
        var nested = new Nested(String.join(".", path));
        add(nested, value, names.want(home, path) == Want.LABELS);
        yield nested.grid();
      }
    };
  }

  private Raw rows(List<? extends Map<?, ?>> rows, List<String> path) {
    var keys = new LinkedHashSet<Object>();
    rows.forEach(r -> keys.addAll(r.keySet()));
    var columns = new LinkedHashMap<String, Raw>();
    for (var key : keys) {
      var at = extended(path, String.valueOf(key));
      var column = rows.stream().map(r -> (Object) r.get(key)).toArray();
      columns.put(at.getLast(), names.want(home, at) == Want.NOTHING ? new Raw.Ignored() : raw(column, at));
    }
    return new Raw.Rows(rows.size(), columns, List.of());
  }

  private static void add(Nested to, Object value, boolean labels) {
    switch (value) {
      case null -> to.gap();
      case Number n when labels -> to.text(String.valueOf(n));
      case Number n -> to.number(n.doubleValue());
      case Boolean b when labels -> to.text(String.valueOf(b));
      case Boolean b -> to.number(b ? 1 : 0);
      case CharSequence text -> to.text(text.toString());
      case Enum<?> constant -> to.text(constant.name());
      case Collection<?> values -> all(to, values.toArray(), labels);
      case Object[] values -> all(to, values, labels);
      case double[] values -> numbers(to, values, labels);
      case int[] values -> wholes(to, values, labels);
      case long[] values -> all(to, Arrays.stream(values).boxed().toArray(), labels);
      case float[] values -> {
        var boxed = new Object[values.length];
        for (int i = 0; i < boxed.length; i++) boxed[i] = values[i];
        all(to, boxed, labels);
      }
      case boolean[] values -> {
        var boxed = new Object[values.length];
        for (int i = 0; i < boxed.length; i++) boxed[i] = values[i];
        all(to, boxed, labels);
      }
      default -> to.alien("a value of class " + value.getClass().getSimpleName());
    }
  }

  private static void numbers(Nested to, double[] values, boolean labels) {
    to.begin();
    for (double v : values) if (labels) to.text(String.valueOf(v)); else to.number(v);
    to.end();
  }

  private static void wholes(Nested to, int[] values, boolean labels) {
    to.begin();
    for (int v : values) if (labels) to.text(String.valueOf(v)); else to.number(v);
    to.end();
  }

  private static void all(Nested to, Object[] values, boolean labels) {
    to.begin();
    for (var v : values) add(to, v, labels);
    to.end();
  }
}
