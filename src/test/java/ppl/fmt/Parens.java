package ppl.fmt;

import java.util.Optional;

/// Takes pairs of parentheses out of texts.
final class Parens {
  private Parens() {}

  /// The text without the pair that opens at `open`; empty if they are never closed.
  static Optional<String> removed(String text, int open) {
    int depth = 0;
    for (int i = open; i < text.length(); i++) {
      if (text.charAt(i) == '(') depth++;
      if (text.charAt(i) == ')' && --depth == 0)
        return Optional.of(text.substring(0, open) + " " + text.substring(open + 1, i) + " " + text.substring(i + 1));
    }
    return Optional.empty();
  }
}
