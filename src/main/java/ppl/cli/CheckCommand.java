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
    spec.addOption(Command.flag("errors only, no warnings and notes", "-q", "--quiet"));
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws Usage {
    var constants = Sources.constants(arguments);
    boolean good = true;
    for (var path : positionals(arguments)) {
      var diagnostics = new Diagnostics();
      Sources.load(path, diagnostics)
          .ifPresent(model -> toolchain.check(model.source(), model.options(constants, Set.of()), diagnostics));
      good &= Sources.report(diagnostics, terminal, Command.has(arguments, "--quiet"));
    }
    return good ? Exit.DONE : Exit.INPUT;
  }
}
