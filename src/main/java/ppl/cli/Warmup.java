package ppl.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;

/// Does what users do most, so that the JVM can keep the classes of it in an archive, and with them what it learned of
/// methods that ran often: every command, every method of inference, and data as models have them.
final class Warmup {
  private Warmup() {}

  /// @param arguments models to compile and to begin to run, the first of them to run by every method
  public static void main(String[] arguments) throws IOException {
    var nowhere = new PrintWriter(new StringWriter());
    var cli = new Cli(Ppl.toolchain(), new Terminal(nowhere, nowhere, true, true, true));
    cli.run("--version");
    cli.run("run", "--help");
    cli.run("check", "nowhere.ppl");
    var models = Arrays.stream(arguments).filter(m -> Files.exists(Path.of(m))).toList();
    for (var model : models) {
      compile(cli, model);
      cli.run("run", model, "--method", "nuts", "--chains", "1", "--warmup", "10", "--draws", "10", "--json");
    }
    if (models.isEmpty()) return;
    var model = models.getFirst();
    cli.run("check", model);
    cli.run("explain", model);
    // what a method cannot run it refuses at once
    for (var method : Methods.docs().keySet()) cli.run("run", model, "--method", method);
    cli.run("run", model, "--method", "nuts", "--json", "--quiet");
  }

  private static void compile(Cli cli, String model) throws IOException {
    var folder = Files.createTempDirectory("ppl");
    cli.run("compile", model, "-o", folder.toString());
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
    }
  }
}
