package ppl.cli;

import static ppl.cli.Command.positionals;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import ppl.source.Diagnostics;

/// `ppl explain`: what the compiler knows about a model.
record ExplainCommand(Toolchain toolchain) implements Command {
  @Override
  public String name() {
    return "explain";
  }

  @Override
  public String summary() {
    return "say what the compiler knows about a model";
  }

  @Override
  public CommandSpec spec() {
    var spec = Command.described("ppl explain",
        "Says what the compiler knows about a model: data, unknowns with their supports, transforms and priors, factors.",
        List.of("ppl explain models/radon"));
    spec.addPositional(Command.models(false, "a model file, or a folder with a model"));
    spec.addOption(Command.texts("NAME=NUMBER", "change a constant of the model", "--set"));
    Sources.factorize(spec);
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) throws Usage {
    var constants = Sources.constants(arguments);
    var factors = Sources.factors(arguments);
    var diagnostics = new Diagnostics();
    var text = Sources.load(positionals(arguments).getFirst(), diagnostics)
        .flatMap(m -> toolchain.compile(m.source(), m.options(constants, Set.of(), factors), diagnostics))
        .map(Toolchain.Compiled::explain);
    if (!Sources.report(diagnostics, terminal, true) || text.isEmpty()) return Exit.INPUT;
    terminal.out().print(text.get());
    return Exit.DONE;
  }
}
