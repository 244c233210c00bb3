package ppl.parse;

import ppl.ast.Expr;

/// A short quotation of the text for a message.
final class Excerpt {
  private static final int LENGTH = 40;

  private Excerpt() {}

  static String of(Expr e) {
    return of(e.span().text());
  }

  static String of(String text) {
    var line = text.replaceAll("\\s+", " ").strip();
    return line.codePointCount(0, line.length()) <= LENGTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LENGTH - 2)) + "..";
  }
}
