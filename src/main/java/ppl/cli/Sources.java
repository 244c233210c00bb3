package ppl.cli;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import ppl.io.ModelFiles;
import ppl.io.Numbers;
import ppl.io.Reason;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Renderer;
import ppl.source.Source;

/// Reads models from files and prints what there is to say about them.
final class Sources {
  /// A model's text and where it came from.
  record Loaded(Path path, Source source) {
    /// The file's name without its ending.
    String name() {
      return path.getFileName().toString().replaceFirst("\\.ppl$", "");
    }

    Toolchain.Options options(Map<String, String> constants, Set<String> missing) {
      return options(constants, missing, Optional.empty());
    }

    /// @param factors what `--factorize` says
    Toolchain.Options options(Map<String, String> constants, Set<String> missing, Optional<String> factors) {
      return new Toolchain.Options(constants, missing, Optional.ofNullable(path.getParent()).orElse(Path.of("")), factors);
    }
  }

  private static final String FACTORIZE = "--factorize";

  private Sources() {}

  /// The model that an argument means: a file, or a folder with a model in it.
  static Optional<Loaded> load(String argument, Diagnostics diagnostics) {
    var path = ModelFiles.model(Path.of(argument), diagnostics);
    try {
      if (path.isEmpty()) return Optional.empty();
      return Optional.of(new Loaded(path.get(), new Source(path.get().toString(), Files.readString(path.get()))));
    } catch (CharacterCodingException e) {
      diagnostics.add(Diagnostic.error("E0804", "%s is not a text in UTF-8", path.get()));
    } catch (IOException e) {
      diagnostics.add(Diagnostic.error("E0804", "%s cannot be read: %s", path.get(), Reason.of(e)));
    }
    return Optional.empty();
  }

  /// The values of `--set K=6`.
  static Map<String, String> constants(ParseResult arguments) throws Command.Usage {
    var out = new HashMap<String, String>();
    for (var text : Command.all(arguments, "--set")) {
      int at = text.indexOf('=');
      var value = at < 1 ? java.util.OptionalDouble.empty() : Numbers.parse(text.substring(at + 1).strip());
      if (value.isEmpty()) throw new Command.Usage("--set takes NAME=NUMBER, such as --set K=6, not " + text);
      out.put(text.substring(0, at).strip(), text.substring(at + 1).strip());
    }
    return out;
  }

  /// What `--factorize` says.
  static Optional<String> factors(ParseResult arguments) throws Command.Usage {
    var text = Optional.ofNullable(arguments.<String>matchedOptionValue(FACTORIZE, null));
    if (text.stream().flatMap(t -> Arrays.stream(t.split("[|,]", -1))).anyMatch(String::isBlank))
      throw new Command.Usage(FACTORIZE + " takes names of unknowns, such as 'alpha, beta | gamma', not '" + text.get() + "'");
    return text;
  }

  static void factorize(CommandSpec spec) {
    spec.addOption(Command.text("NAME[,NAME][|..]",
        "blocks of closed forms: names before and after | apart, those between joint where they can be", FACTORIZE));
  }

  /// Prints all that was found; whether work can go on.
  static boolean report(Diagnostics diagnostics, Terminal terminal, boolean quiet) {
    List<Diagnostic> shown = diagnostics.all().stream().filter(d -> !quiet || d.isError()).toList();
    terminal.err().print(new Renderer(terminal.errTty() && terminal.colour()).render(shown));
    terminal.err().flush();
    return !diagnostics.hasErrors();
  }
}
