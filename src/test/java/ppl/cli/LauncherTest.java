package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The shell launchers, in a folder with a JDK that says how it was called.
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  @TempDir Path folder;
  private Path home;
  private Path jdk;

  @BeforeEach
  void files() throws IOException {
    home = Files.createDirectories(folder.resolve("a home"));
    for (var name : List.of("ppl", "ppc")) script(home.resolve(name), Files.readString(Path.of(name)));
    jdk = folder.resolve("jdk");
    Files.createDirectories(jdk.resolve("bin"));
    release("25.0.1");
    script(jdk.resolve("bin/java"), "#!/bin/sh\necho \"called with $*\"\n");
    var dist = Files.createDirectories(home.resolve("target/ppl"));
    Files.writeString(dist.resolve("ppl.jar"), "");
    Files.writeString(dist.resolve("jdk"), jdk + "\n" + dist + "\n");
  }

  private void release(String version) throws IOException {
    Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
  }

  private static void script(Path file, String text) throws IOException {
    Files.writeString(file, text);
    assertTrue(file.toFile().setExecutable(true));
  }

  private record Said(int code, String text) {}

  private Said run(Path in, String... command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).directory(in.toFile()).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().remove("PPL_JAVA_OPTIONS");
    var process = builder.start();
    process.getOutputStream().close();
    var text = new String(process.getInputStream().readAllBytes());
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    return new Said(process.exitValue(), text);
  }

  @Test
  void muchDataIsWorthTheVectorsWithoutAWord() throws Exception {
    script(jdk.resolve("bin/java"), """
        #!/bin/sh
        case "$*" in *jdk.incubator.vector*) echo 'WARNING: Using incubator modules: jdk.incubator.vector' >&2 ;; esac
        echo 'a word' >&2
        echo "called with $*"
        exit 3
        """);
    Files.writeString(home.resolve("small.json"), "{}");
    Files.writeString(home.resolve("large.json"), " ".repeat(100_000));
    var small = run(home, "./ppl", "run", "model", "small.json");
    assertEquals(3, small.code);
    assertTrue(small.text.contains("a word") && !small.text.contains("vector"), small.text);
    var large = run(home, "./ppl", "run", "model", "large.json");
    assertEquals(3, large.code);
    assertTrue(large.text.contains("a word") && large.text.contains("--add-modules=jdk.incubator.vector"), large.text);
    assertTrue(!large.text.contains("WARNING"), large.text);
    // a method that takes few evaluations wants more
    Files.writeString(home.resolve("larger.json"), " ".repeat(2_200_000));
    for (var few : List.of("advi", "meanfield", "fullrank", "map"))
      for (var said : List.of(List.of("--method", few), List.of("--method=" + few))) {
        assertTrue(!withVectors(said, "large.json"), few);
        assertTrue(withVectors(said, "larger.json"), few);
      }
    assertTrue(withVectors(List.of("--method", "nuts"), "large.json"));
    assertTrue(withVectors(List.of("--method=advi", "--method", "nuts"), "large.json"));
    for (var named : List.of(List.of("--data", "t=large.json"), List.of("--data=t=large.json")))
      assertTrue(run(home, Stream.concat(Stream.of("./ppl", "run", "model"), named.stream()).toArray(String[]::new)).text
          .contains("--add-modules=jdk.incubator.vector"));
    Files.writeString(home.resolve("plain.ppl"), "y ~ Normal(0, 1)\n");
    Files.writeString(home.resolve("process.ppl"), "f ~ MultivariateNormal(m, cov = gp_exp_quad(x, 1, 1))\n");
    assertTrue(!run(home, "./ppl", "run", "plain.ppl").text.contains("vector"));
    assertTrue(run(home, "./ppl", "run", "process.ppl").text.contains("--add-modules=jdk.incubator.vector"));
  }

  /// Whoever reads along is in the group, too.
  @Test
  void aSignalToTheGroupDoesNotHideWhatTheRunSays() throws Exception {
    script(jdk.resolve("bin/java"), """
        #!/bin/sh
        trap 'echo "last words" >&2; exit 7' TERM
        kill -TERM 0
        sleep 1
        """);
    Files.writeString(home.resolve("large.json"), " ".repeat(100_000));
    // a group of its own, or the signal would end this test
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")));
    var said = run(home, "/usr/bin/setsid", "-w", "./ppl", "run", "model", "large.json");
    assertTrue(said.text.contains("last words"), said.text);
    assertEquals(7, said.code);
  }

  private boolean withVectors(List<String> options, String data) throws Exception {
    var command = Stream.of(List.of("./ppl", "run", "model"), options, List.of("--data", data)).flatMap(List::stream);
    return run(home, command.toArray(String[]::new)).text.contains("--add-modules=jdk.incubator.vector");
  }

  /// Commands to HotSpot's compilers hold no blank, and a machine that does not know one ends or says so.
  @Test
  void kernelsOverVectorsAreCompiledEarly() throws Exception {
    Files.writeString(home.resolve("process.ppl"), "f ~ MultivariateNormal(m, cov = gp_exp_quad(x, 1, 1))\n");
    var said = run(home, "./ppl", "run", "process.ppl").text;
    var commands = Stream.of(said.split(" ")).filter(w -> w.startsWith("-XX:CompileCommand=")).toList();
    assertTrue(commands.stream().filter(c -> c.contains("*Lanes::*")).count() == 2, said);
    var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
    var known = run(home, Stream.concat(Stream.concat(Stream.of(java), commands.stream()), Stream.of("-version"))
        .toArray(String[]::new));
    assertEquals(0, known.code, known.text);
    assertTrue(!known.text.contains("CompileCommand"), known.text);
    try (var files = Files.list(Path.of("src/main/java/ppl/kernels"))) {
      for (var file : files.toList())
        assertEquals(Files.readString(file).contains("import jdk.incubator.vector"), file.toString().endsWith("Lanes.java"),
            file.toString());
    }
  }

  @Test
  void argumentsReachTheProgramAsTheyAre() throws Exception {
    var said = run(folder, home.resolve("ppl").toString(), "run", "a b", "--set=K=2");
    assertEquals(0, said.code, said.text);
    assertTrue(said.text.endsWith(" ppl.cli.Ppl run a b --set=K=2\n"), said.text);
  }

  @Test
  void linksFromElsewhereWork() throws Exception {
    var bin = Files.createDirectories(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("first"), Path.of("../a home/ppc"));
    Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));
    var said = run(bin, "./second", "m.ppl");
    assertTrue(said.text.endsWith(" ppl.cli.Ppl compile m.ppl\n"), said.text);
    assertTrue(said.text.contains("a home/target/ppl/ppl.jar"), said.text);
  }

  @Test
  void aFolderThatWasMovedGetsAnArchiveOfItsOwn() throws Exception {
    var moved = folder.resolve("moved");
    Files.move(home, moved);
    var said = run(folder, moved.resolve("ppl").toString(), "--version");
    assertTrue(said.text.contains(" -XX:AOTCache=" + moved), said.text);
    assertEquals(List.of(jdk.toString(), moved.resolve("target/ppl").toString()),
        Files.readAllLines(moved.resolve("target/ppl/jdk")));
  }

  @Test
  void anOlderJdkIsPassedOver() throws Exception {
    release("21.0.2");
    assertTrue(!run(folder, home.resolve("ppl").toString(), "--version").text.startsWith("called with"));
  }

  @Test
  void withoutABuildAndAPlaceForItThereIsAMessage() throws Exception {
    Files.delete(home.resolve("target/ppl/ppl.jar"));
    Files.move(home.resolve("target"), home.resolve("gone"));
    Files.writeString(home.resolve("target"), "no folder");
    var said = run(folder, home.resolve("ppl").toString(), "--version");
    assertEquals(Exit.INTERNAL, said.code, said.text);
    assertTrue(said.text.startsWith("ppl: cannot write to "), said.text);
  }
}
