package ppl.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import ppl.check.Check;
import ppl.form.Term;
import ppl.lower.Known;
import ppl.lower.Lowering;
import ppl.source.Source;

/// What is found and refused in a list of models. `-Dppl.golden=write` writes the expectations anew; read the difference
/// before committing it.
class StructuresTest {
  private static final Path FILE = Path.of("src/test/resources/ppl/structures/structures.txt");
  private static final Pattern CASE = Pattern.compile("(?m)^== ");

  private record Case(String title, String model, String expected) {
    static Case of(String text) {
      int end = text.indexOf('\n');
      var rest = text.substring(end + 1);
      int split = rest.indexOf("\n--\n");
      return split < 0 ? new Case(text.substring(0, end), rest.strip(), "")
          : new Case(text.substring(0, end), rest.substring(0, split).strip(), rest.substring(split + 4).stripTrailing());
    }

    String text(String said) {
      return "== " + title + "\n" + model + "\n--\n" + said + "\n\n";
    }
  }

  private record Result(Structure structure, String said) {}

  private static Result analyse(Case c) {
    var typed = Check.of(new Source(c.title, c.model), Map.of(), Map.of()).ok();
    var model = Lowering.lower(typed, Known.NOTHING);
    var structure = Structures.of(model);
    return new Result(structure, StructureText.lines(model, Factorization.FREE, structure).stream().map(String::stripTrailing).collect(Collectors.joining("\n")));
  }

  private static List<Case> cases() throws IOException {
    var parts = CASE.split(Files.readString(FILE));
    var cases = new ArrayList<Case>();
    for (int i = 1; i < parts.length; i++) cases.add(Case.of(parts[i]));
    return cases;
  }

  @Test
  void structuresAreFoundAndRefusedAsExpected() throws IOException {
    var head = CASE.split(Files.readString(FILE))[0];
    var said = new StringBuilder(head);
    for (var c : cases()) {
      var result = analyse(c);
      said.append(c.text(result.said));
      titleHolds(c, result.structure);
    }
    if ("write".equals(System.getProperty("ppl.golden"))) Files.writeString(FILE, said);
    assertEquals(Files.readString(FILE), said.toString());
  }

  /// The title says how much is closed.
  private static void titleHolds(Case c, Structure s) {
    boolean opaque = s.terms().stream().anyMatch(t -> t.factors().stream().anyMatch(f -> f instanceof Term.Opaque));
    if (c.title.startsWith("closed")) assertTrue(s.refusals().isEmpty() && !opaque, c.title);
    else if (c.title.startsWith("partly")) assertTrue(!s.refusals().isEmpty() && !s.blocks().isEmpty(), c.title);
    else assertTrue(s.blocks().isEmpty(), c.title);
  }
}
