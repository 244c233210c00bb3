package ppl.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import ppl.runtime.Quantity;
import ppl.source.Suggest;

/// Which quantities of an answer are printed and written: `--only a,b`, `--hide c`.
///
/// @param only if there are any, nothing else
/// @param hide nothing of these
record Selection(List<String> only, List<String> hide) {
  static void options(CommandSpec spec) {
    spec.addOption(Command.texts("NAME[,NAME]", "print and write these quantities alone", "--only"));
    spec.addOption(Command.texts("NAME[,NAME]", "neither print nor write these quantities", "--hide"));
  }

  static Selection of(ParseResult arguments) {
    return new Selection(names(arguments, "--only"), names(arguments, "--hide"));
  }

  private static List<String> names(ParseResult arguments, String option) {
    return Command.all(arguments, option).stream().flatMap(t -> Arrays.stream(t.split(","))).map(String::strip).toList();
  }

  boolean keeps(Quantity quantity) {
    return (only.isEmpty() || only.contains(quantity.name())) && !hide.contains(quantity.name());
  }

  /// What is wrong with it, if it names something that is not among `quantities`.
  Optional<String> objection(List<Quantity> quantities) {
    var known = quantities.stream().map(Quantity::name).toList();
    return Stream.concat(only.stream(), hide.stream()).filter(n -> !known.contains(n)).findFirst()
        .map(n -> "--" + (only.contains(n) ? "only" : "hide") + ": no quantity " + n + " is reported; "
            + Suggest.help(n, known).orElse("there are " + String.join(", ", known)));
  }
}
