package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

  private String said(byte[] csv) throws IOException {
    var file = Files.write(folder.resolve("t.csv"), csv);
    var diagnostics = new Diagnostics();
    var schema = TestSchema.of("data t {\n  g : factor\n  y : real\n}");
    Binder.bind(schema, DataReader.read(schema, List.of(DataFile.parse(file.toString())), diagnostics), diagnostics)
        .ifPresent(d -> assertEquals(List.of("z", "\u00e9"), d.levels().get("g")));
    return Renderer.plain().render(diagnostics).replace(folder + "/", "");
  }

  @Test
  void zeroBytesAreNoGaps() throws IOException {
    for (var field : List.of("\0", "1\0", "\0 1", "\0\0"))
      assertTrue(said(("g,y\nz,1\n\u00e9," + field + "\n").getBytes(StandardCharsets.UTF_8))
          .startsWith("error[E0703]: t.csv: line 3, column 2, `y`: there is a byte of value 0"), field);
    assertTrue(said("g,y\nz,1\n\0,2\n".getBytes(StandardCharsets.UTF_8)).contains("line 3, column 1, `g`"));
    assertTrue(said("g,y\nz,1\n\"a\0b\",2\n".getBytes(StandardCharsets.UTF_8)).contains("line 3, column 1, `g`"));
    assertTrue(said("g,y\nz,1\n".getBytes(StandardCharsets.UTF_16LE)).contains("line 1, column 1"));
  }

  @Test
  void encodingsAreReadOrRefused() throws IOException {
    var text = "g,y\r\nz,1\r\n\u00e9,2\r\n";
    assertEquals("", said(text.getBytes(StandardCharsets.UTF_8)));
    assertEquals("", said(("\ufeff" + text).getBytes(StandardCharsets.UTF_8)));
    assertEquals("", said(text.getBytes(StandardCharsets.UTF_16)));
    assertEquals("", said(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)));
    assertTrue(said(text.getBytes(StandardCharsets.ISO_8859_1))
        .startsWith("error[E0703]: t.csv: line 3: these bytes are no UTF-8; save the file as UTF-8"));
  }

  @Test
  void filesThatAreNoTextAreToldByWhatTheyAre() throws IOException {
    assertEquals("error[E0703]: t.csv: it is a zip archive, such as a workbook of Excel: save the sheet as CSV in UTF-8\n\n1 error\n",
        said(new byte[] {'P', 'K', 3, 4, 20, 0}));
    assertTrue(said(new byte[] {0x1f, (byte) 0x8b}).contains("it is compressed"));
    assertTrue(said(new byte[] {'P', 'A', 'R', '1', 0}).contains("Parquet"));
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
