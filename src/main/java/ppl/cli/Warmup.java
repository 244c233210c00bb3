package ppl.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/// Does what users do most, so that the JVM can keep the classes of it in an archive.
final class Warmup {
  private Warmup() {}

  /// @param arguments models to run
  public static void main(String[] arguments) {
    var nowhere = new PrintWriter(new StringWriter());
    var cli = new Cli(Ppl.toolchain(), new Terminal(nowhere, nowhere, true, true, true));
    cli.run("--version");
    cli.run("run", "--help");
    cli.run("check", "nowhere.ppl");
    for (var model : arguments) {
      if (!Files.exists(Path.of(model))) continue;
      cli.run("check", model);
      cli.run("run", model);
      cli.run("run", model, "--method", "nuts", "--json");
      cli.run("explain", model);
    }
  }
}
