package ppl.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.io.ContentReference;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/// Reads one JSON file (RFC 8259, with NaN and the infinities let through so that they can be refused by name).
final class JsonData {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  /// Bytes of a file from which on it pays to look ahead.
  private static final long LARGE = 1 << 20;

  private final Path file;
  private final JsonParser parser;
  private final Function<List<String>, Want> wants;
  private final List<String> path = new ArrayList<>();

  private JsonData(Path file, JsonParser parser, Function<List<String>, Want> wants) {
    this.file = file;
    this.parser = parser;
    this.wants = wants;
  }

  /// The file's content. What `wants` does not want at a path of keys is passed over.
  ///
  /// @throws Unreadable if it is not a JSON text
  static Raw read(Path file, Function<List<String>, Want> wants) throws IOException, Unreadable {
    try (var in = Files.newInputStream(file);
        var parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
      if (parser.nextToken() == null) throw new Unreadable("E0702", "it is empty");
      var raw = whole(file, parser, wants);
      if (parser.nextToken() != null) throw new Unreadable("E0703", at(parser) + "there is more after the end of the value: a file holds one, `{\"N\": 3, \"x\": [1, 2, 3]}`");
      return raw;
    } catch (JacksonException e) {
      var place = e.getLocation();
      var where = place == null || place.getLineNr() < 1 ? ""
          : "line %d, column %d: ".formatted(place.getLineNr(), place.getColumnNr());
      throw new Unreadable("E0703", where + "this is not JSON: " + (isDump(file) ? JsonTrouble.DUMP : JsonTrouble.words(e.getOriginalMessage())));
    }
  }

  /// The first value; a file that ends before it does is told by the bracket that is open.
  private static Raw whole(Path file, JsonParser parser, Function<List<String>, Want> wants) throws IOException, Unreadable {
    try {
      return new JsonData(file, parser, wants).value();
    } catch (UnexpectedEndOfInputException e) {
      var open = parser.streamReadContext();
      if (open.inRoot()) throw e;
      var place = open.startLocation(ContentReference.unknown());
      throw new Unreadable("E0703", JsonTrouble.unclosed(open.inObject(), place.getLineNr(), place.getColumnNr()));
    }
  }

  /// Whether it begins as the files do that R writes for Stan and BUGS.
  private static boolean isDump(Path file) throws IOException {
    return FirstLine.of(file).text().matches("\\s*([\"`]?[\\w.]+[\"`]?\\s*(<-|=)\\s*.*|[\"`]?[\\w.]+[\"`]?\\s*<-|list\\(.*)");
  }

  private static String at(JsonParser parser) {
    var place = parser.currentTokenLocation();
    return "line %d, column %d: ".formatted(place.getLineNr(), place.getColumnNr());
  }

  private Raw value() throws IOException, Unreadable {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object();
      case START_ARRAY -> array();
      default -> {
        var single = new Nested(name());
        scalar(single, labels());
        yield single.grid();
      }
    };
  }

  private Raw object() throws IOException, Unreadable {
    var fields = new LinkedHashMap<String, Raw>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      var start = at(parser);
      parser.nextToken();
      path.add(key);
      if (fields.put(key, wanted()) != null)
        throw new Unreadable("E0707", start + "`" + name() + "` is given twice");
      path.removeLast();
    }
    return new Raw.Fields(fields);
  }

  private Raw wanted() throws IOException, Unreadable {
    if (wants.apply(path) != Want.NOTHING) return value();
    return new Raw.Ignored(passed());
  }

  /// The names in an object that is passed over.
  private Set<String> names() {
    var all = new LinkedHashSet<String>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      all.add(parser.currentName());
      parser.nextToken();
      parser.skipChildren();
    }
    return all;
  }

  /// Passes over a value, and gives the names in an object or in the first of several.
  private Set<String> passed() {
    if (parser.currentToken() == JsonToken.START_OBJECT) return names();
    if (parser.currentToken() != JsonToken.START_ARRAY) return Set.of();
    var first = Set.<String>of();
    for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++)
      if (i == 0 && parser.currentToken() == JsonToken.START_OBJECT) first = names();
      else parser.skipChildren();
    return first;
  }

  private Raw array() throws IOException, Unreadable {
    long at = parser.currentTokenLocation().getByteOffset();
    if (parser.nextToken() == JsonToken.START_OBJECT) return rows();
    var nested = new Nested(name(), wants.apply(path) == Want.NUMBERS ? reals(at) : new Cells());
    nested.begin();
    elements(nested, labels());
    return nested.grid();
  }

  /// Cells for the values of the array that begins at byte `at`.
  private Cells reals(long at) throws IOException {
    if (at < 0 || Files.size(file) - at < LARGE) return new Cells();
    var most = Ahead.values(file, at);
    return most.isEmpty() || most.getAsLong() < LARGE / Double.BYTES ? new Cells() : new Cells(most.getAsLong());
  }

  private boolean labels() {
    return wants.apply(path) == Want.LABELS;
  }

  /// Elements up to the end of the array that `nested` is in; the first is the current token.
  private void elements(Nested nested, boolean labels) {
    int outside = nested.depth() - 1;
    for (var token = parser.currentToken(); ; token = parser.nextToken()) {
      switch (token) {
        case START_ARRAY -> nested.begin();
        case END_ARRAY -> nested.end();
        case START_OBJECT -> {
          nested.alien("an object");
          parser.skipChildren();
        }
        default -> scalar(nested, labels);
      }
      if (nested.depth() == outside) return;
    }
  }

  private void scalar(Nested to, boolean labels) {
    switch (parser.currentToken()) {
      case VALUE_NULL -> to.gap();
      case VALUE_TRUE -> truth(to, labels, 1);
      case VALUE_FALSE -> truth(to, labels, 0);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
        double value = labels ? 0 : parser.getDoubleValue();
        if (labels || Double.isInfinite(value) && Numbers.tooLarge(parser.getString())) to.text(parser.getString());
        else to.number(value);
      }
      default -> to.text(parser.getString());
    }
  }

  private void truth(Nested to, boolean label, int value) {
    if (label) to.text(parser.getString());
    else to.number(value);
  }

  /// A column of row objects.
  private static final class Column {
    final Optional<Nested> kept;
    final boolean labels;
    int row = -1;

    Column(Optional<Nested> kept, boolean labels) {
      this.kept = kept;
      this.labels = labels;
    }
  }

  private Raw rows() throws IOException, Unreadable {
    var columns = new LinkedHashMap<String, Column>();
    var flaws = new ArrayList<String>();
    int count = 0;
    for (; parser.currentToken() != JsonToken.END_ARRAY; parser.nextToken()) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        flaws.add("row %d is not an object as the others are".formatted(count + 1));
        columns.values().forEach(c -> c.kept.ifPresent(Nested::filler));
        parser.skipChildren();
      } else row(count, columns, flaws);
      count++;
    }
    var out = new LinkedHashMap<String, Raw>();
    columns.forEach((key, column) -> {
      if (column.kept.isEmpty()) out.put(key, new Raw.Ignored());
    });
    columns.forEach((key, column) -> column.kept.ifPresent(nested -> {
      nested.end();
      out.put(key, nested.grid());
    }));
    return new Raw.Rows(count, out, List.copyOf(flaws));
  }

  private void row(int row, LinkedHashMap<String, Column> columns, List<String> flaws) {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      var key = parser.currentName();
      parser.nextToken();
      var column = columns.computeIfAbsent(key, k -> begun(k, row));
      boolean again = column.row == row;
      if (again) flaws.add("row %d gives `%s` twice".formatted(row + 1, key));
      column.row = row;
      if (again || column.kept.isEmpty()) parser.skipChildren();
      else cell(column.kept.get(), column.labels);
    }
    for (var column : columns.values()) if (column.row != row && column.kept.isPresent()) column.kept.get().gap();
  }

  private Column begun(String name, int rowsBefore) {
    path.add(name);
    var want = wants.apply(path);
    path.removeLast();
    if (want == Want.NOTHING) return new Column(Optional.empty(), false);
    var nested = new Nested(name);
    nested.begin();
    for (int i = 0; i < rowsBefore; i++) nested.gap();
    return new Column(Optional.of(nested), want == Want.LABELS);
  }

  private void cell(Nested column, boolean labels) {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        column.alien("an object");
        parser.skipChildren();
      }
      case START_ARRAY -> {
        column.begin();
        parser.nextToken();
        elements(column, labels);
      }
      default -> scalar(column, labels);
    }
  }

  private String name() {
    return path.isEmpty() ? "the value" : String.join(".", path);
  }
}
