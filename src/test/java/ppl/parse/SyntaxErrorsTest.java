package ppl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import ppl.source.Diagnostics;
import ppl.source.Renderer;
import ppl.source.Source;

/// Wrong texts and what is said to them, from `syntax/errors.txt`: `=== name`, the text, `---`, the messages.
/// With `-Dgolden.write=true` the messages are written anew, to be read before they are committed.
class SyntaxErrorsTest {
  private static final Path FILE = Path.of("src/test/resources/ppl/syntax/errors.txt");

  record Case(String name, String text, String messages) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() throws IOException {
    var cases = new ArrayList<Case>();
    for (var part : Files.readString(FILE).split("(?m)^=== ")) {
      if (part.isEmpty()) continue;
      int name = part.indexOf('\n');
      int rule = part.indexOf("---\n");
      int end = rule < 0 ? part.length() : rule;
      cases.add(new Case(part.substring(0, name), part.substring(name + 1, end), rule < 0 ? ""
          : part.substring(rule + 4)));
    }
    if (Boolean.getBoolean("golden.write")) write(cases);
    return cases.stream();
  }

  private static void write(List<Case> cases) throws IOException {
    var out = new StringBuilder();
    for (var c : cases) out.append("=== ").append(c.name()).append('\n').append(c.text()).append("---\n")
        .append(said(c.text()));
    Files.writeString(FILE, out);
  }

  private static String said(String text) {
    var diagnostics = new Diagnostics();
    Parser.parse(new Source("model.ppl", text), diagnostics);
    return Renderer.plain().render(diagnostics);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyMistakeIsNamedAndShown(Case c) {
    assertEquals(c.messages(), said(c.text()));
    assertTrue(c.messages().contains("[E01") || c.messages().contains("[W01"), c.name());
  }
}
