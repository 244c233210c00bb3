package ppl.parse;

import org.antlr.v4.runtime.Token;
import ppl.parse.generated.PplLexer;

/// Where to read on after a statement that cannot be read.
final class Recovery {
  private Recovery() {}

  /// The first token at or behind the failure that seems to begin a statement: it begins a line, no further in than the
  /// statement that failed, or it is a word that nothing but a statement begins with.
  static int next(Tokens tokens, Attempt.Failed failed) {
    int margin = column(tokens, failed.inner());
    int i = Math.max(failed.at(), failed.start() + 1);
    while (tokens.type(i) != Token.EOF && !begins(tokens, i, margin)) i++;
    return i;
  }

  private static boolean begins(Tokens tokens, int i, int margin) {
    if (tokens.type(i) == PplLexer.RBRACE) return true;
    if (!tokens.beginsLine(i)) return false;
    if (isKeyword(tokens.type(i))) return true;
    return isName(tokens.type(i)) && (column(tokens, i) <= margin || relates(tokens.type(i + 1)));
  }

  private static boolean relates(int type) {
    return type == PplLexer.COLON || type == PplLexer.TILDE;
  }

  private static int column(Tokens tokens, int i) {
    return tokens.source().column(tokens.span(i).start());
  }

  static boolean isName(int type) {
    return switch (type) {
      case PplLexer.NAME, PplLexer.QUOTED, PplLexer.BY, PplLexer.ON -> true;
      default -> false;
    };
  }

  /// The words that begin a statement; `for` and `else` also stand elsewhere, but not at the beginning of a line.
  static boolean isKeyword(int type) {
    return switch (type) {
      case PplLexer.DATA, PplLexer.FOR, PplLexer.IF, PplLexer.FUN, PplLexer.DIST, PplLexer.LEARN, PplLexer.TARGET,
          PplLexer.RETURN, PplLexer.GENERATE, PplLexer.GUIDE, PplLexer.IMPORT -> true;
      default -> false;
    };
  }
}
