package ppl.parse;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// How names are spelled.
public final class Names {
  /// The words that cannot be names unless quoted.
  public static final Set<String> RESERVED = Set.of("data", "for", "in", "if", "else", "fun", "return", "dist", "learn",
      "generate", "guide", "import", "target", "and", "or", "not", "div", "mod");

  /// The words that begin statements.
  static final List<String> OPENERS = List.of("data", "for", "if", "fun", "dist", "generate", "import");

  /// As `NAME` in the grammar.
  private static final Pattern PLAIN =
      Pattern.compile("[\\p{L}\\p{Nl}_][\\p{L}\\p{Nl}\\p{M}\\p{Nd}_\u2080-\u2089]*");

  private Names() {}

  /// Can be written without back quotes.
  public static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches() && !RESERVED.contains(name);
  }

  /// The name that a token means: without back quotes, and with one spelling for what looks the same
  /// (Unicode normalization form C).
  static String read(String token) {
    var text = token.startsWith("`") ? token.substring(1, token.length() - 1) : token;
    return text.chars().allMatch(c -> c < 0x80) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
