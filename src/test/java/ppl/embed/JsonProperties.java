package ppl.embed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Metadata survive being written and read, and what is written is JSON for others too.
class JsonProperties {
  @Provide
  Arbitrary<Json> values() {
    return values(3);
  }

  private static Arbitrary<Json> values(int depth) {
    Arbitrary<Json> leaf = Arbitraries.oneOf(Arbitraries.strings().map(Json.Text::new),
        Arbitraries.doubles().map(x -> new Json.Num(x + 0.0)), Arbitraries.of(true, false).map(Json.Bool::new),
        Arbitraries.just(new Json.Null()));
    if (depth == 0) return leaf;
    var inner = values(depth - 1);
    return Arbitraries.oneOf(leaf, inner.list().ofMaxSize(4).map(Json.Array::new),
        Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), inner).ofMaxSize(4).map(Json.Fields::new));
  }

  @Property(tries = 300)
  void roundTrip(@ForAll("values") Json value) {
    assertEquals(value, Json.parse(value.print()));
  }

  @Property(tries = 100)
  void othersCanReadIt(@ForAll("values") Json value) {
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), value.print())) {
      while (parser.nextToken() != null) continue;
    }
  }

  @Test
  void escapesAndSpaces() {
    assertEquals(Json.fields("a\"\\/\u00e9", Json.of(List.of(Json.of(-120.0), Json.of("\n")))),
        Json.parse(" { \"a\\\"\\\\\\/\\u00e9\" :\t[ -1.2E+2 , \"\\n\" ] }\r\n"));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (var text : List.of("", "{", "[1", "[1,]", "{\"a\" 1}", "\"x", "nul", "1 2", "\"\\q\"", "\"\\u00", "-", "1e"))
      assertThrows(IllegalArgumentException.class, () -> Json.parse(text), text);
  }

  @Test
  void numbersThatJsonLacks() {
    assertEquals(Double.NEGATIVE_INFINITY, Json.parse(Json.of(Double.NEGATIVE_INFINITY).print()).number());
    assertEquals(Map.of(), ((Json.Fields) Json.parse("{}")).byName());
  }
}
