package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

class CliTest {
  private static final String[] SHORT = {"--method", "nuts", "--chains", "2", "--warmup", "100", "--draws", "100"};

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String model;

  @BeforeEach
  void files() throws IOException {
    Files.createDirectory(folder.resolve("normal"));
    Files.writeString(folder.resolve("normal/normal.ppl"), "data y : real[3]\n");
    Files.writeString(folder.resolve("normal/data.json"), "{\"y\": [1, 2, 300]}");
    Files.writeString(folder.resolve("wrong.ppl"), "wrong");
    Files.writeString(folder.resolve("crash.ppl"), "crash");
    model = folder.resolve("normal").toString();
  }

  private int ppl(String... arguments) {
    var terminal = new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, false);
    return new Cli(new FakeToolchain(), terminal).run(arguments);
  }

  private int run(String... more) {
    return ppl(Stream.of(new String[] {"run", model}, SHORT, more).flatMap(Stream::of).toArray(String[]::new));
  }

  @Test
  void quantitiesAreKeptOutOfTheAnswer() {
    assertEquals(Exit.DONE, run("--hide", "mu", "--out", folder.resolve("hidden").toString()), err::toString);
    assertTrue(out.toString().lines().noneMatch(l -> l.startsWith("mu[")), out::toString);
    assertTrue(out.toString().startsWith("normal: 1 unknown in 3 dimensions"), out::toString);
    assertTrue(Pattern.compile("written: .*hidden; [\\d.]+ m?s").matcher(err.toString()).find(), err::toString);
    assertEquals(Exit.DONE, run("--only", "mu"), err::toString);
    assertTrue(out.toString().lines().anyMatch(l -> l.startsWith("mu[ANOKA]")), out::toString);
    assertEquals(Exit.USAGE, run("--only", "mu,m"));
    assertTrue(err.toString().contains("--only: no quantity m is reported; there are mu"), err::toString);
  }

  /// Data are not read, nor looked for, where what is asked for cannot be.
  @Test
  void namesThatCannotBeAreRefusedBeforeDataAreRead() throws IOException {
    Files.delete(folder.resolve("normal/data.json"));
    assertEquals(Exit.USAGE, run("--hide", "m"));
    assertTrue(err.toString().contains("--hide: no quantity m is reported; there are mu"), err::toString);
    assertEquals(Exit.USAGE, ppl("run", model, "--method", "advi", "--warmup", "10"));
    assertTrue(err.toString().contains("--warmup is no setting of --method advi"), err::toString);
    assertEquals(Exit.INPUT, run("--hide", "mu"));
  }

  @Test
  void aRunPrintsHeaderTableAndVerdict() {
    assertEquals(Exit.DONE, run(), err::toString);
    var lines = out.toString().lines().toList();
    assertTrue(lines.getFirst().matches("normal: 1 unknown in 3 dimensions, nuts; 2 chains of 100 draws after 100 of warm-up; .*; seed 1"),
        lines.getFirst());
    assertTrue(lines.get(2).matches(" +mean +sd +5% +50% +95% +mcse +ess bulk +ess tail +R-hat"), lines.get(2));
    assertTrue(lines.get(3).startsWith("mu[ANOKA] "), lines.get(3));
    assertTrue(lines.getLast().length() > 10);
    assertEquals("", err.toString());
  }

  @Test
  void jsonIsTheSummaryAndNothingElse() {
    assertEquals(Exit.DONE, run("--json"));
    try (var parser = new JsonFactory().createParser(ObjectReadContext.empty(), out.toString())) {
      assertEquals(JsonToken.START_OBJECT, parser.nextToken());
      parser.skipChildren();
      assertEquals(null, parser.nextToken());
    }
    assertTrue(out.toString().contains("\"mu[ST LOUIS]\" : {"), out::toString);
  }

  @Test
  void sameSeedSameSummary() {
    run("--json", "--seed", "5");
    var first = out.toString().replaceAll("(?s)\"timing\".*", "");
    out.getBuffer().setLength(0);
    run("--json", "--seed", "5", "--threads", "1");
    assertEquals(first, out.toString().replaceAll("(?s)\"timing\".*", ""));
  }

  @Test
  void outHoldsSummaryDrawsAndManifest() throws IOException {
    var to = folder.resolve("results");
    assertEquals(Exit.DONE, run("--out", to.toString()), err::toString);
    try (var files = Files.list(to)) {
      assertEquals(List.of("draws_1.csv", "draws_2.csv", "manifest.json", "summary.json"),
          files.map(f -> f.getFileName().toString()).sorted().toList());
    }
    assertEquals(Exit.DONE, run("--out", to.toString(), "--seed", "2"), "results of ours are replaced");
    assertTrue(Files.readString(to.resolve("manifest.json")).contains("\"seed\" : 2"));
    var rows = Files.readAllLines(to.resolve("draws_1.csv")).stream().filter(l -> !l.startsWith("#")).toList();
    assertEquals(101, rows.size());
    assertTrue(rows.getFirst().endsWith(",energy__,mu.1,mu.2,mu.3"), rows.getFirst());
  }

  @Test
  void foreignFoldersAreNotTouched() {
    assertEquals(Exit.USAGE, run("--out", folder.toString()));
    assertTrue(Files.exists(folder.resolve("wrong.ppl")));
    assertTrue(err.toString().contains("is not empty and holds no results of ppl"), err::toString);
  }

  @Test
  void badDataAreReported() throws IOException {
    Files.writeString(folder.resolve("normal/data.json"), "{\"y\": [1, \"x\"]}");
    assertEquals(Exit.INPUT, run());
    assertEquals("", out.toString());
    assertTrue(err.toString().contains("data.json: `y` has 2 elements, but real[3] wants 3"), err::toString);
  }

  @Test
  void mistakesOfTheCommandLine() {
    assertEquals(Exit.USAGE, ppl("rum", model));
    assertEquals(Exit.USAGE, ppl("run"), err::toString);
    assertEquals(Exit.USAGE, ppl("run", model, model), err::toString);
    assertEquals(Exit.USAGE, ppl("run", model, "--sed", "3"));
    assertEquals(Exit.USAGE, ppl("run", model, "--seed", "x"));
    assertEquals(Exit.USAGE, ppl("run", model, "--method", "nut"));
    assertEquals(Exit.USAGE, ppl("run", model, "--method", "map", "--chains", "3"));
    assertEquals(Exit.USAGE, ppl("run", model, "--chains", "-3"));
    assertEquals(Exit.USAGE, ppl("run", model, "--set", "K"));
    assertEquals(Exit.USAGE, ppl("compile", model, "--show=nothing"));
    for (var said : List.of("did you mean `run`?", "--sed", "did you mean `nuts`?", "--chains is no setting of --method map",
        "--set takes NAME=NUMBER", "there are ast, typed")) assertTrue(err.toString().contains(said), said + " in\n" + err);
    assertEquals("", out.toString());
  }

  @Test
  void mistakesOfModels() {
    assertEquals(Exit.INPUT, ppl("check", folder.resolve("wrong.ppl").toString(), model));
    assertEquals(Exit.INPUT, ppl("run", folder.resolve("wrong.ppl").toString()));
    assertEquals(Exit.INPUT, ppl("run", folder.resolve("nowhere.ppl").toString()));
    assertTrue(err.toString().contains("error[E0001]: this is wrong"), err::toString);
    assertTrue(err.toString().contains("there is no model"), err::toString);
  }

  @Test
  void modelsWithoutMistakesAreSummedUp() {
    assertEquals(Exit.DONE, ppl("check", model));
    assertEquals(folder.resolve("normal/normal.ppl") + ": no errors; 1 data, 1 unknown, 1 observation\n", out.toString());
    assertEquals(Exit.DONE, ppl("check", "-q", model));
    assertEquals(1, out.toString().lines().count());
  }

  @Test
  void mistakesOfOurs() {
    assertEquals(Exit.INTERNAL, ppl("check", folder.resolve("crash.ppl").toString()));
    assertTrue(err.toString().contains("Please report it with the model"), err::toString);
    assertTrue(err.toString().contains("planted"), err::toString);
  }

  @Test
  void helpShowsAnExampleFirst() {
    for (var command : List.of("run", "check", "fmt", "explain", "compile")) {
      out.getBuffer().setLength(0);
      assertEquals(Exit.DONE, ppl(command, "--help"));
      assertTrue(out.toString().startsWith("Examples:\n  pp"), out::toString);
    }
    out.getBuffer().setLength(0);
    assertEquals(Exit.DONE, ppl("--help"));
    assertTrue(out.toString().startsWith("Example:\n  ppl run "), out::toString);
  }

  @Test
  void formattingRewritesOrOnlyTells() throws IOException {
    var file = folder.resolve("loose.ppl");
    Files.writeString(file, "x:real~Normal( 0,1 )\n");
    assertEquals(Exit.INPUT, ppl("fmt", "--check", file.toString()));
    assertEquals("x:real~Normal( 0,1 )\n", Files.readString(file));
    assertEquals(Exit.DONE, ppl("fmt", file.toString()));
    assertEquals(Exit.DONE, ppl("fmt", "--check", file.toString()));
    assertTrue(Files.readString(file).contains("Normal(0, 1)"));
  }

  @Test
  void compilingWritesClassesOrAJarOrShowsAStage() throws IOException {
    assertEquals(Exit.DONE, ppl("compile", model, "-o", folder.resolve("classes").toString()));
    assertTrue(Files.exists(folder.resolve("classes/model/M.class")));
    assertEquals(Exit.DONE, ppl("compile", model, "--jar", folder.resolve("m.jar").toString()));
    try (var jar = new java.util.jar.JarFile(folder.resolve("m.jar").toFile())) {
      assertEquals(3, jar.getEntry("model/M.class").getSize());
    }
    assertEquals(Exit.DONE, ppl("compile", model, "--show=typed"));
    assertTrue(out.toString().startsWith("typed of "), out::toString);
    assertFalse(Files.exists(Path.of("model")));
  }

  @Test
  void nothingIsLeftBesideAJarThatCannotBeWritten() throws IOException {
    Files.createDirectories(folder.resolve("m.jar/inner"));
    assertEquals(Exit.OUTPUT, ppl("compile", model, "--jar", folder.resolve("m.jar").toString()));
    assertEquals(Exit.OUTPUT, ppl("compile", model, "--jar", folder.resolve("none/m.jar").toString()));
    Files.writeString(folder.resolve("old.jar"), "old");
    assertEquals(Exit.DONE, ppl("compile", model, "--jar", folder.resolve("old.jar").toString()));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.map(f -> f.getFileName().toString()).filter(f -> f.contains(".new")).toList());
    }
  }

  @Test
  void explainPrintsWhatTheCompilerKnows() {
    assertEquals(Exit.DONE, ppl("explain", model));
    assertEquals("mu has a normal prior\n", out.toString());
  }
}
