package ppl.io;

import java.util.regex.Pattern;

/// What is wrong with a text that is no JSON, in words for its author.
final class JsonTrouble {
  private static final Pattern CHARACTER = Pattern.compile("Unexpected character \\('(.+?)' \\(code \\d+.*?\\)\\)(: (.*))?");
  private static final Pattern TOKEN = Pattern.compile("Unrecognized token '(.*?)'.*");

  private JsonTrouble() {}

  /// @param message the parser's
  static String words(String message) {
    var first = message.lines().findFirst().orElse("").replaceAll(" \\((start marker|for ).*", "");
    var token = TOKEN.matcher(first);
    if (token.matches()) return "`%s` is neither a number nor a text in double quotes".formatted(token.group(1));
    var character = CHARACTER.matcher(first);
    if (character.matches()) return "`%s` cannot stand here".formatted(character.group(1)) + switch (character.group(1)) {
      case "]", "}" -> "; is there a comma too many before it?";
      case "/", "#" -> "; JSON has no comments";
      case "'" -> "; names and texts stand in double quotes";
      case "[", "{", "\"" -> "; a comma stands between values, a colon after a name";
      default -> "";
    };
    if (first.startsWith("Unexpected end-of-input")) return "the file ends before its last bracket is closed";
    return first;
  }
}
