package ppl.parse;

import java.text.Normalizer;

/// How names are spelled.
final class Names {
  private Names() {}

  /// The name that a token means: without back quotes, and with one spelling for what looks the same
  /// (Unicode normalization form C).
  static String read(String token) {
    var text = token.startsWith("`") ? token.substring(1, token.length() - 1) : token;
    return text.chars().allMatch(c -> c < 0x80) ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
  }
}
