package ppl.lib;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Functions as the language reference shows them.
public final class Docs {
  private static final Pattern LINE = Pattern.compile("(?m)^(`.*?`): (.*)$");

  private Docs() {}

  /// All of `functions` as one Markdown table, a row for each way to call one.
  public static String table(Collection<Function> functions) {
    return "| function | meaning |\n|---|---|\n"
        + functions.stream().map(f -> LINE.matcher(f.doc()).replaceAll("| $1 | $2 |")).collect(Collectors.joining("\n")) + "\n";
  }
}
