package ppl.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import ppl.infer.Progress;

/// Signals sent to a real process.
@DisabledOnOs(OS.WINDOWS)
class InterruptTest {
  private static final Path STATUS = Path.of("/proc/self/status");

  @TempDir Path folder;

  /// A process whose errors are read line by line; what it prints goes to a file.
  private record Running(Process process, BufferedReader errors, List<String> seen) {
    String await(String begin) throws IOException {
      for (String line; (line = errors.readLine()) != null; ) {
        seen.add(line);
        if (line.startsWith(begin)) return line;
      }
      throw new AssertionError("no " + begin + " in " + seen);
    }

    void signal() throws IOException, InterruptedException {
      new ProcessBuilder("kill", "-" + kind(), String.valueOf(process.pid())).start().waitFor();
    }

    int code() throws InterruptedException {
      assertTrue(process.waitFor(1, TimeUnit.MINUTES));
      return process.exitValue();
    }

    /// A process that was started in the background may have to ignore Ctrl-C, and its children too.
    private static String kind() throws IOException {
      if (!Files.exists(STATUS)) return "INT";
      var mask = Files.readAllLines(STATUS).stream().filter(l -> l.startsWith("SigIgn:")).findFirst().orElse("SigIgn: 0");
      return (Long.parseUnsignedLong(mask.substring(7).strip(), 16) & 2) == 0 ? "INT" : "TERM";
    }
  }

  private Running start(String main, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), main));
    command.addAll(List.of(arguments));
    var process = new ProcessBuilder(command).redirectOutput(folder.resolve("out").toFile()).start();
    return new Running(process, process.errorReader(), new ArrayList<>());
  }

  /// A run that would take minutes.
  private Running running(String... settings) throws IOException {
    var model = Files.writeString(folder.resolve("long.ppl"), "x : real[50] ~ Normal(0, 1)\n");
    var started = start(Waiting.class.getName(), Stream.concat(Stream.of(model.toString()),
        Stream.of(settings)).toArray(String[]::new));
    started.await("running");
    return started;
  }

  /// `ppl run`, which says when chains have run for a while.
  static final class Waiting {
    public static void main(String[] arguments) {
      var terminal = Terminal.standard();
      var cli = new Cli(Ppl.toolchain(), new Terminal(terminal.out(), terminal.err(), false, false, false));
      Thread.ofPlatform().daemon().start(() -> {
        for (int seen = 0; seen < 25; pause())
          if (Thread.getAllStackTraces().values().stream().flatMap(java.util.Arrays::stream)
              .anyMatch(f -> f.getClassName().startsWith("ppl.infer.NutsChain"))) seen++;
        System.err.println("running");
      });
      var all = new ArrayList<>(List.of("run", "--method", "nuts", "--chains", "2"));
      all.addAll(List.of(arguments));
      System.exit(cli.run(all.toArray(String[]::new)));
    }
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aRunStopsInOrderAndKeepsWhatItHas() throws Exception {
    var run = running("--draws", "400000", "--warmup", "0");
    run.signal();
    assertEquals("ppl: stopping; Ctrl-C once more ends at once", run.await("ppl: "));
    assertEquals(Exit.INTERRUPTED, run.code());
    var out = Files.readString(folder.resolve("out"));
    assertTrue(out.contains("INTERRUPTED") && out.contains("x[50]"), out);
  }

  @Test
  void aRunWithoutAnyDrawsGivesNoAnswer() throws Exception {
    var results = folder.resolve("results");
    var run = running("--warmup", "400000", "--out", results.toString());
    run.signal();
    run.await("ppl: stopping");
    assertEquals("ppl: interrupted before the first draw was kept: there is no answer, and nothing was written to " + results,
        run.await("ppl: "));
    assertEquals(Exit.INTERRUPTED, run.code());
    assertEquals("", Files.readString(folder.resolve("out")));
    assertFalse(Files.exists(results));
  }

  /// Holds up the run's end for ever.
  static final class Stubborn {
    public static void main(String[] arguments) throws InterruptedException {
      try (var interrupt = new Interrupt(Terminal.standard()::say)) {
        if (arguments.length > 0) interrupt.running("ppl: there is no answer");
        if (arguments.length > 0 && !arguments[0].equals("empty")) interrupt.heard(Progress.Phase.SAMPLING);
        if (arguments.length > 1) interrupt.over();
        System.err.println("running");
        while (true) Thread.sleep(1000);
      }
    }
  }

  /// There is nothing to stop while results are summarised and written.
  @Test
  void aRunThatIsOverIsNotStopped() throws Exception {
    var run = start(Stubborn.class.getName(), "running", "over");
    run.await("running");
    run.signal();
    assertEquals("ppl: the run is over, and its results follow; Ctrl-C once more ends at once", run.await("ppl: "));
    assertTrue(run.process().isAlive());
    run.signal();
    run.await("ppl: ended at once");
    assertEquals(Exit.INTERRUPTED, run.code());
  }

  @Test
  void theSecondSignalEndsAtOnce() throws Exception {
    var run = start(Stubborn.class.getName(), "running");
    run.await("running");
    run.signal();
    run.await("ppl: stopping");
    assertTrue(run.process().isAlive());
    run.signal();
    assertEquals("ppl: ended at once; nothing more is written", run.await("ppl: ended"));
    assertEquals(Exit.INTERRUPTED, run.code());
  }

  /// An evaluation that takes minutes does not keep the process from ending.
  @Test
  void aRunThatHasNothingEndsByItself() throws Exception {
    var run = start(Stubborn.class.getName(), "empty");
    run.await("running");
    run.signal();
    run.await("ppl: stopping");
    assertEquals("ppl: there is no answer", run.await("ppl: "));
    assertEquals(Exit.INTERRUPTED, run.code());
  }

  @Test
  void beforeThereIsARunTheFirstSignalEndsIt() throws Exception {
    var run = start(Stubborn.class.getName());
    run.await("running");
    run.signal();
    assertEquals("ppl: stopped; there are no results yet", run.await("ppl: "));
    assertEquals(Exit.INTERRUPTED, run.code());
    assertFalse(Files.readString(folder.resolve("out")).contains("INTERRUPTED"));
  }
}
