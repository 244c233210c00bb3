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

  /// What of it is not about `names`.
  Selection without(List<String> names) {
    return new Selection(only.stream().filter(n -> !names.contains(n)).toList(), hide.stream().filter(n -> !names.contains(n)).toList());
  }

  /// What is wrong with it, if it names something that is not reported.
  ///
  /// @param names of what is reported
  /// @param perhaps names of data, of which missing values are reported if there are any: these may be hidden in any case
  Optional<String> objection(List<String> names, List<String> perhaps) {
    return Stream.concat(only.stream(), hide.stream().filter(n -> !perhaps.contains(n))).filter(n -> !names.contains(n)).findFirst()
        .map(n -> "--" + (only.contains(n) ? "only" : "hide") + ": no quantity " + n + " is reported; "
            + Suggest.help(n, names).orElse("there are " + String.join(", ", names)));
  }
}
