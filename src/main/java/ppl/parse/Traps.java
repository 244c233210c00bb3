package ppl.parse;

import java.util.Set;
import org.antlr.v4.runtime.Token;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;

/// Looks for what can be read but hardly means what it says.
final class Traps {
  private static final Set<String> TRUTHS = Set.of("True", "TRUE", "true", "False", "FALSE", "false");

  private Traps() {}

  static void check(Tokens tokens, Diagnostics diagnostics) {
    for (int i = 0; i < tokens.size(); i++) {
      if (i > 0 && tokens.beginsLine(i) && opens(tokens.type(i)) && endsOperand(tokens.type(i - 1)))
        diagnostics.add(continued(tokens, i));
      if (tokens.type(i) == PplLexer.NAME && TRUTHS.contains(tokens.text(i)) && !isDeclared(tokens, tokens.text(i)))
        diagnostics.add(truth(tokens, i));
    }
    divisions(tokens, diagnostics);
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

  static boolean isDeclared(Tokens tokens, String name) {
    for (int i = 0; i < tokens.size(); i++)
      if (tokens.text(i).equals(name) && gives(tokens.type(i + 1))) return true;
    return false;
  }

  private static boolean gives(int next) {
    return switch (next) {
      case PplLexer.COLON, PplLexer.ASSIGN, PplLexer.TILDE, PplLexer.IN -> true;
      default -> false;
    };
  }

  private static Diagnostic truth(Tokens tokens, int i) {
    boolean yes = tokens.text(i).equalsIgnoreCase("true");
    return Diagnostic.error("E0121", tokens.span(i), "truth is a number here: 1 or 0").help("write `%d`", yes ? 1 : 0);
  }

  /// `n // 2`: a comment that is nothing but a number, right behind an operand.
  private static void divisions(Tokens tokens, Diagnostics diagnostics) {
    int next = 0;
    for (var c : tokens.comments()) {
      while (tokens.type(next) != Token.EOF && tokens.span(next).start() < c.getStartIndex()) next++;
      boolean behind = next > 0 && endsOperand(tokens.type(next - 1))
          && tokens.source().line(tokens.span(next - 1).start()) == tokens.source().line(c.getStartIndex());
      if (behind && c.getText().matches("//\\s*[0-9]+\\s*"))
        diagnostics.add(Diagnostic.warning("W0102", tokens.span(c), "this is a comment, and nothing is divided")
            .help("integer division is `div`: `%s div%s`", tokens.text(next - 1),
                c.getText().substring(2).stripTrailing()));
    }
  }
}
