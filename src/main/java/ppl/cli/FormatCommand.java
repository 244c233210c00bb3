package ppl.cli;

import static ppl.cli.Command.has;
import static ppl.cli.Command.positionals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import ppl.fmt.Formatter;
import ppl.io.Reason;
import ppl.io.WholeFile;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// `ppl fmt`: brings models into the one layout.
record FormatCommand() implements Command {
  @Override
  public String name() {
    return "fmt";
  }

  @Override
  public String summary() {
    return "bring models into the one layout";
  }

  @Override
  public CommandSpec spec() {
    var spec = Command.described("ppl fmt", "Rewrites models in the one layout. Comments stay, the meaning too.",
        List.of("ppl fmt model.ppl", "ppl fmt --check models/*"));
    spec.addPositional(Command.models(true, "model files, or folders with a model"));
    spec.addOption(Command.flag("change nothing; list the files that would change and exit with 65", "--check"));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    boolean good = true;
    boolean check = has(arguments, "--check");
    for (var path : positionals(arguments)) {
      var diagnostics = new Diagnostics();
      var model = Sources.load(path, diagnostics);
      var text = model.flatMap(m -> Formatter.format(m.source(), diagnostics));
      good &= Sources.report(diagnostics, terminal, true);
      if (text.isEmpty() || text.get().equals(model.get().source().text())) continue;
      terminal.out().println(model.get().path());
      good &= !check && write(model.get().path(), text.get(), terminal);
    }
    return good ? Exit.DONE : Exit.INPUT;
  }

  private static boolean write(Path file, String text, Terminal terminal) {
    try {
      WholeFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
      return true;
    } catch (IOException e) {
      var diagnostics = new Diagnostics();
      diagnostics.add(Diagnostic.error("E0805", "%s cannot be written: %s", file, Reason.of(e)));
      return Sources.report(diagnostics, terminal, true);
    }
  }
}
