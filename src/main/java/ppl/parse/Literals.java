package ppl.parse;

import ppl.ast.Expr;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Span;

/// The values of literals; the text is the token's, which may have been put right.
final class Literals {
  private Literals() {}

  static Expr integer(String text, Span span, Diagnostics diagnostics) {
    try {
      return new Expr.IntLit(Integer.parseInt(text), span);
    } catch (NumberFormatException tooLarge) {
      diagnostics.add(Diagnostic.error("E0107", span, "whole numbers go up to %d", Integer.MAX_VALUE)
          .help("write the real number `%s.0`", text));
      return new Expr.IntLit(Integer.MAX_VALUE, span);
    }
  }

  static Expr real(String text, Span span, Diagnostics diagnostics) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value))
      diagnostics.add(Diagnostic.error("E0107", span, "this number is too large")
          .help("real numbers end at 1.8e308; if you mean no bound at all, write `infinity`"));
    return new Expr.RealLit(value, text, span);
  }

  /// `\"`, `\\`, `\n`, `\r` and `\t` stand for the usual characters.
  static Expr.StringLit string(String written, Span span, Diagnostics diagnostics) {
    var value = new StringBuilder();
    for (int i = 1; i < written.length() - 1; i++) {
      char c = written.charAt(i);
      value.append(c == '\\' ? escaped(written.charAt(++i), span, i, diagnostics) : c);
    }
    return new Expr.StringLit(value.toString(), span);
  }

  private static char escaped(char c, Span span, int at, Diagnostics diagnostics) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"', '\\' -> c;
      default -> {
        int end = Math.min(span.start() + at + 1, span.end());
        var place = new Span(span.source(), Math.min(span.start() + at - 1, end), end);
        diagnostics.add(Diagnostic.error("E0131", place, "`\\%s` means nothing in a text", c)
            .help("a backslash itself is written `\\\\`"));
        yield c;
      }
    };
  }
}
