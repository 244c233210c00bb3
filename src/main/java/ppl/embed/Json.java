package ppl.embed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// JSON values (RFC 8259), enough for metadata: read without a library, so that compiled models need none.
public sealed interface Json {
  record Text(String value) implements Json {}

  record Num(double value) implements Json {}

  record Bool(boolean value) implements Json {}

  record Null() implements Json {}

  record Array(List<Json> items) implements Json {}

  record Fields(Map<String, Json> byName) implements Json {}

  static Json of(String text) {
    return new Text(text);
  }

  /// A number; one that is not finite is written as a text, since JSON has no other way.
  static Json of(double number) {
    return Double.isFinite(number) ? new Num(number) : new Text(String.valueOf(number));
  }

  static Json of(boolean value) {
    return new Bool(value);
  }

  static Json of(Optional<String> text) {
    return text.<Json>map(Text::new).orElseGet(Null::new);
  }

  static Json of(List<? extends Json> items) {
    return new Array(List.copyOf(items));
  }

  /// An object of names and values in turn.
  static Json fields(Object... namesAndValues) {
    var fields = new LinkedHashMap<String, Json>();
    for (int i = 0; i < namesAndValues.length; i += 2)
      fields.put((String) namesAndValues[i], (Json) namesAndValues[i + 1]);
    return new Fields(fields);
  }

  default Json get(String name) {
    if (this instanceof Fields(var byName) && byName.get(name) instanceof Json value) return value;
    throw new IllegalArgumentException("no " + name + " in " + this);
  }

  default String text() {
    if (this instanceof Text(var value)) return value;
    throw new IllegalArgumentException("no text: " + this);
  }

  default Optional<String> optional() {
    return this instanceof Null ? Optional.empty() : Optional.of(text());
  }

  default double number() {
    return this instanceof Num(var value) ? value : Double.parseDouble(text());
  }

  default boolean truth() {
    if (this instanceof Bool(var value)) return value;
    throw new IllegalArgumentException("no truth value: " + this);
  }

  default List<Json> items() {
    if (this instanceof Array(var items)) return items;
    throw new IllegalArgumentException("no array: " + this);
  }

  /// The value as text; objects of objects on lines of their own.
  default String print() {
    var out = new StringBuilder();
    JsonText.write(this, 0, out);
    return out.append('\n').toString();
  }

  /// @throws IllegalArgumentException where the text is no JSON
  static Json parse(String text) {
    return new JsonText(text).whole();
  }
}
