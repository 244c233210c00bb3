package ppl.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import ppl.runtime.Schema;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

class ModelFilesTest {
  private static final Schema SCHEMA = TestSchema.of("data K : int\ndata homes {\nfloor : real\n}\n");

  @TempDir Path folder;
  private final Diagnostics diagnostics = new Diagnostics();

  private void have(String... names) throws IOException {
    for (var name : names) {
      Files.createDirectories(folder.resolve(name).getParent());
      Files.createFile(folder.resolve(name));
    }
  }

  private Optional<String> model(String path) {
    return ModelFiles.model(folder.resolve(path), diagnostics).map(p -> folder.relativize(p).toString());
  }

  private List<String> data(String model) {
    return ModelFiles.data(folder.resolve(model), SCHEMA, diagnostics).stream()
        .map(d -> d.name().map(n -> n + "=").orElse("") + folder.relativize(d.path())).toList();
  }

  private List<String> codes() {
    return diagnostics.all().stream().map(Diagnostic::code).toList();
  }

  @Test
  void aFolderMeansTheModelOfItsName() throws IOException {
    have("m/radon/radon.ppl", "m/radon/other.ppl");
    assertEquals(Optional.of("m/radon/radon.ppl"), model("m/radon"));
  }

  @Test
  void aFolderMeansItsOnlyModel() throws IOException {
    have("m/radon/other.ppl");
    assertEquals(Optional.of("m/radon/other.ppl"), model("m/radon"));
    assertEquals(Optional.of("m/radon/other.ppl"), model("m/radon/other"));
  }

  /// The columns of a file may be arrays, if there is nothing else.
  @Test
  void aModelWithoutTablesHasItsColumnsBesideIt() throws IOException {
    var plain = TestSchema.of("data y : real[3]\n");
    have("m/m.ppl", "m/data.csv");
    assertEquals("data.csv", ModelFiles.data(folder.resolve("m/m.ppl"), plain, diagnostics).getFirst().path().getFileName().toString());
    have("m/m.csv");
    assertEquals("m.csv", ModelFiles.data(folder.resolve("m/m.ppl"), plain, diagnostics).getFirst().path().getFileName().toString());
    have("m/m.json");
    assertEquals(List.of("m.json"), ModelFiles.data(folder.resolve("m/m.ppl"), plain, diagnostics).stream()
        .map(d -> d.path().getFileName().toString()).toList());
  }

  @Test
  void severalOrNoModelsAreErrors() throws IOException {
    have("m/a.ppl", "m/b.ppl", "n/readme");
    assertEquals(Optional.empty(), model("m"));
    assertEquals(Optional.empty(), model("n"));
    assertEquals(Optional.empty(), model("nowhere"));
    assertEquals(List.of("E0802", "E0801", "E0801"), codes());
  }

  @Test
  void dataUnderTheModelsNameComeFirst() throws IOException {
    have("m/a.ppl", "m/a.json", "m/data.json", "m/data-2.json", "m/expected.json", "m/homes.csv");
    assertEquals(List.of("m/a.json", "homes=m/homes.csv"), data("m/a.ppl"));
    assertEquals(List.of("m/data.json", "homes=m/homes.csv"), data("m/b.ppl"));
  }

  @Test
  void oneTableMayHaveTheModelsName() throws IOException {
    have("m/a.ppl", "m/a.csv", "m/data.csv");
    assertEquals(List.of("homes=m/a.csv"), data("m/a.ppl"));
    assertEquals(List.of("homes=m/data.csv"), data("m/b.ppl"));
  }

  @Test
  void aFolderInThePlaceOfDataIsTold() throws IOException {
    have("m/a.ppl", "m/a.json/x");
    data("m/a.ppl");
    assertEquals(List.of("E0701"), codes());
  }

  @Test
  void severalCandidatesAreAnError() throws IOException {
    have("m/a.ppl", "m/data-1.json", "m/data-2.json");
    assertEquals(List.of(), data("m/a.ppl"));
    assertEquals(List.of("E0803"), codes());
  }

  @Test
  void nothingBesideTheModelIsNoErrorHere() throws IOException {
    have("m/a.ppl", "m/expected.json");
    assertEquals(List.of(), data("m/a.ppl"));
    assertEquals(List.of(), codes());
  }
}
