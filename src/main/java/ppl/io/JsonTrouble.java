package ppl.io;

import java.util.regex.Pattern;

/// What is wrong with a text that is no JSON, in words for its author.
final class JsonTrouble {
  private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.+?)' \\(code \\d+.*?\\)\\)( in numeric value)?(: (.*))?");
  private static final Pattern TOKEN = Pattern.compile("Unrecognized token '(.*?)'.*");

  /// What is said of the files that R writes for Stan and BUGS.
  static final String DUMP = "write `N <- 3` and `x <- c(1, 2)` as `{\"N\": 3, \"x\": [1, 2]}`; R does it by `jsonlite::write_json(data, file, auto_unbox = TRUE)`";

  private JsonTrouble() {}

  /// What to say of a file that ends inside brackets, by where the innermost of these opens.
  static String unclosed(boolean object, int line, int column) {
    return "line %d, column %d: this is not JSON: the file ends before the `%s` that opens here is closed by `%s`".formatted(
        line, column, object ? "{" : "[", object ? "}" : "]");
  }

  /// @param message the parser's
  static String words(String message) {
    var first = message.lines().findFirst().orElse("").replaceAll(" \\((start marker|for ).*", "");
    var token = TOKEN.matcher(first);
    if (token.matches()) return "`%s` is neither a number nor a text in double quotes".formatted(token.group(1))
        + switch (token.group(1)) {
          case "nan", "NA", "NAN", "None", "none", "Null", "NULL", "missing" -> "; a missing value is `null`";
          case "True", "TRUE" -> "; write `true`, or `1`";
          case "False", "FALSE" -> "; write `false`, or `0`";
          default -> "";
        };
    var character = CHARACTER.matcher(first);
    if (character.matches()) return "`%s` cannot stand here".formatted(character.group(1)) + switch (character.group(1)) {
      case "]", "}" -> "; is there a comma too many before it?";
      case "/", "#" -> "; JSON has no comments";
      case "'" -> "; names and texts stand in double quotes";
      case "+" -> "; a number has no plus before it";
      case "." -> "; a number has digits on both sides of the point: `0.5`";
      case "(", ")" -> "; an array stands in square brackets";
      case "[", "{", "\"" -> "; a comma stands between values, a colon after a name";
      default -> character.group(2) != null ? "; a number has digits on both sides of the point: `1.0`"
          : first.contains("to start") && first.contains("name") ? "; names stand in double quotes"
          : first.contains("colon") ? "; a colon stands between a name and its value" : "";
    };
    if (first.contains("Leading zeroes")) return "a number has no zeros before it";
    if (first.contains("nesting depth")) return "brackets are nested deeper than anything a model declares";
    if (first.startsWith("Illegal unquoted character")) return "a text ends in its line; is a quote missing before?";
    if (first.startsWith("Unexpected end-of-input")) return "the file ends before its last bracket is closed";
    return first;
  }
}
