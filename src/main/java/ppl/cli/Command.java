package ppl.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// A command: what it takes, and what it does.
interface Command {
  /// Its name after `ppl`.
  String name();

  /// One line for the list of commands.
  String summary();

  /// Its options, without `--help`.
  CommandSpec spec();

  /// Does it; gives the exit code.
  int run(ParseResult arguments, Terminal terminal) throws Usage;

  /// The command line cannot be carried out; the message is for its author.
  final class Usage extends Exception {
    Usage(String message) {
      super(message, null, false, false);
    }
  }

  /// A description that shows examples first.
  static CommandSpec described(String name, String summary, List<String> examples) {
    var spec = CommandSpec.create().name(name);
    var header = new java.util.ArrayList<>(List.of("Examples:"));
    examples.forEach(e -> header.add("  " + e));
    header.add("");
    header.add(summary);
    header.add("");
    spec.usageMessage().header(header.toArray(String[]::new)).sortOptions(false).width(110)
        .abbreviateSynopsis(true).synopsisHeading("Usage: ");
    spec.addOption(OptionSpec.builder("-h", "--help").usageHelp(true).description("show this").build());
    return spec;
  }

  static OptionSpec flag(String description, String... names) {
    return OptionSpec.builder(names).description(description).build();
  }

  static OptionSpec text(String label, String description, String... names) {
    return OptionSpec.builder(names).type(String.class).paramLabel(label).description(description).build();
  }

  static OptionSpec texts(String label, String description, String... names) {
    return OptionSpec.builder(names).type(List.class).auxiliaryTypes(String.class).arity("1").paramLabel(label)
        .description(description).build();
  }

  /// The models that a command takes, at least one.
  static PositionalParamSpec models(boolean several, String description) {
    return PositionalParamSpec.builder().paramLabel("MODEL").index(several ? "0..*" : "0")
        .arity(several ? "1..*" : "1").required(true).type(List.class).auxiliaryTypes(String.class)
        .description(description).build();
  }

  static boolean has(ParseResult arguments, String option) {
    return arguments.hasMatchedOption(option);
  }

  static List<String> all(ParseResult arguments, String option) {
    return arguments.matchedOptionValue(option, List.of());
  }

  static List<String> positionals(ParseResult arguments) {
    return arguments.matchedPositionalValue(0, List.of());
  }

  /// Parses and runs.
  default int execute(List<String> arguments, Terminal terminal) {
    var line = new CommandLine(spec()).setTrimQuotes(false).setPosixClusteredShortOptionsAllowed(false);
    try {
      var parsed = line.parseArgs(arguments.toArray(String[]::new));
      if (parsed.isUsageHelpRequested()) {
        line.usage(terminal.out(), CommandLine.Help.Ansi.OFF);
        return Exit.DONE;
      }
      return run(parsed, terminal);
    } catch (CommandLine.ParameterException e) {
      return usage(e.getMessage(), terminal);
    } catch (Usage e) {
      return usage(e.getMessage(), terminal);
    }
  }

  private int usage(String message, Terminal terminal) {
    terminal.say("ppl: " + message);
    terminal.say("Try: " + spec().name() + " --help");
    return Exit.USAGE;
  }
}
