package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ppl.source.Diagnostics;
import ppl.source.Renderer;

/// Bad data with what is said about them: `data-errors.txt` holds cases of a title, declarations, files and messages.
///
/// Run with `-Dgolden.update=true` to write the messages anew; then read the difference.
class DataErrorsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/ppl/io/data-errors.txt");

  @TempDir Path folder;

  private record Case(String title, String declarations, List<String[]> files, String messages) {}

  @Test
  void everyCaseSaysWhatItSaid() throws IOException {
    var text = Files.readString(GOLDEN);
    var out = new StringBuilder();
    for (var one : cases(text)) out.append(show(one, said(one)));
    if (Boolean.getBoolean("golden.update")) Files.writeString(GOLDEN, out);
    else assertEquals(text, out.toString());
  }

  @Test
  void everyCaseIsRefusedUnlessItsTitleSaysOtherwise() throws IOException {
    for (var one : cases(Files.readString(GOLDEN)))
      assertEquals(!one.title.startsWith("accepted"), said(one).contains("error["), one.title);
  }

  @Test
  void thereAreManyCases() throws IOException {
    assertTrue(cases(Files.readString(GOLDEN)).size() >= 40);
  }

  private String said(Case one) throws IOException {
    var files = new ArrayList<DataFile>();
    for (var file : one.files) {
      var argument = DataFile.parse(file[0]);
      var path = folder.resolve(argument.path());
      if (!file[1].equals("(absent)\n")) Files.writeString(path, file[1]);
      files.add(new DataFile(argument.name(), path));
    }
    var diagnostics = new Diagnostics();
    var schema = TestSchema.of(one.declarations);
    var bound = Binder.bind(schema, DataReader.read(schema, files, diagnostics), diagnostics);
    assertEquals(!diagnostics.hasErrors(), bound.isPresent(), one.title);
    for (var file : files) Files.deleteIfExists(file.path());
    return Renderer.plain().render(diagnostics).replace(folder + "/", "");
  }

  private static List<Case> cases(String text) {
    var out = new ArrayList<Case>();
    for (var part : text.split("(?m)^=== ")) {
      if (part.isBlank()) continue;
      var sections = part.split("(?m)^--- ");
      var head = sections[0].split("\n", 2);
      var files = new ArrayList<String[]>();
      var messages = "";
      for (int i = 1; i < sections.length; i++) {
        var s = sections[i].split("\n", 2);
        if (s[0].equals("says")) messages = s[1];
        else files.add(new String[] {s[0], s[1]});
      }
      out.add(new Case(head[0], head[1], files, messages));
    }
    return out;
  }

  private static String show(Case one, String messages) {
    var out = new StringBuilder("=== " + one.title + "\n" + one.declarations);
    for (var file : one.files) out.append("--- ").append(file[0]).append('\n').append(file[1]);
    return out.append("--- says\n").append(messages).toString();
  }
}
