package ppl.parse;

import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Looks for lines that continue the one before where a reader would think that they begin something.
final class Continuations {
  private Continuations() {}

  static void check(Tokens tokens, Diagnostics diagnostics) {
    for (int i = 1; i < tokens.size(); i++) {
      if (tokens.beginsLine(i) && opens(tokens.type(i)) && endsOperand(tokens.type(i - 1)))
        diagnostics.add(continued(tokens, i));
    }
  }

  private static boolean opens(int type) {
    return type == PplLexer.LPAREN || type == PplLexer.LBRACK;
  }

  /// After these a bracket indexes; a parenthesis can stand only after a name.
  private static boolean endsOperand(int type) {
    return switch (type) {
      case PplLexer.RPAREN, PplLexer.RBRACK, PplLexer.PRIME, PplLexer.INT, PplLexer.REAL, PplLexer.STRING -> true;
      default -> Recovery.isName(type);
    };
  }

  private static Diagnostic continued(Tokens tokens, int i) {
    boolean call = tokens.type(i) == PplLexer.LPAREN;
    var before = tokens.text(i - 1);
    return Diagnostic.warning("W0101", tokens.span(i), "this line continues the one before: it %s `%s`",
            call ? "calls" : "indexes", before)
        .note(tokens.span(i - 1), "the line before ends here, and line ends mean nothing")
        .help("if it belongs to `%s`, write it in the same line; if not, begin it with a name", before);
  }
}
