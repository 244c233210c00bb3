package ppl.cli;

import static ppl.cli.Command.positionals;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import ppl.source.Diagnostics;

/// `ppl check`: finds mistakes without running anything.
record CheckCommand(Toolchain toolchain) implements Command {
  @Override
  public String name() {
    return "check";
  }

  @Override
  public String summary() {
    return "find the mistakes of models";
  }

  @Override
  public CommandSpec spec() {
    var spec = Command.described("ppl check", "Finds the mistakes of models, all in one run. Nothing is computed.",
        List.of("ppl check model.ppl", "ppl check models/*"));
    spec.addPositional(Command.models(true, "model files, or folders with a model"));
    spec.addOption(Command.texts("NAME=NUMBER", "change a constant of the model", "--set"));
    spec.addOption(Command.flag("errors only, no warnings and notes, and no word where there are none", "-q", "--quiet"));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws Usage {
    var constants = Sources.constants(arguments);
    boolean good = true;
    for (var path : positionals(arguments)) {
      var diagnostics = new Diagnostics();
      boolean quiet = Command.has(arguments, "--quiet");
      var model = Sources.load(path, diagnostics);
      var what = model.flatMap(m -> toolchain.check(m.source(), m.options(constants, Set.of()), diagnostics));
      good &= Sources.report(diagnostics, terminal, quiet);
      if (!quiet && !diagnostics.hasErrors())
        what.ifPresent(w -> terminal.out().println(model.orElseThrow().path() + ": no errors; " + w));
    }
    return good ? Exit.DONE : Exit.INPUT;
  }
}
