package ppl.parse;

import java.util.ArrayDeque;
import java.util.List;
import org.antlr.v4.runtime.Token;
import ppl.parse.Mend.Edit;
import ppl.parse.generated.PplLexer;
import ppl.source.Span;

/// The place where reading failed, with the questions that those ask who try to understand it.
record Spot(Tokens tokens, Attempt.Failed failed) {
  int at() {
    return failed.at();
  }

  int start() {
    return failed.start();
  }

  int type() {
    return tokens.type(at());
  }

  /// The type of the token some places on.
  int type(int ahead) {
    return tokens.type(at() + ahead);
  }

  String text() {
    return tokens.text(at());
  }

  Span here() {
    return tokens.span(at());
  }

  boolean expects(int type) {
    return failed.expected().test(type);
  }

  /// An expression should begin here.
  boolean wantsOperand() {
    return expects(PplLexer.INT);
  }

  /// The failing token would begin a statement, so it may belong to the one before.
  boolean atStart() {
    return at() == start();
  }

  boolean newLine() {
    return tokens.beginsLine(at());
  }

  boolean isEnd() {
    return type() == Token.EOF;
  }

  /// The innermost bracket that is open here, of those opened since the statement began; -1 if none is.
  int opener() {
    return openerBefore(at());
  }

  /// Of the brackets that one closer too few may have left open, the likeliest: if what is open holds nothing but one call,
  /// and that has several arguments, the closer was meant for the call.
  int inner(int before) {
    int opener = opener();
    for (int i = opener + 1; i < before; i++)
      if (tokens.type(i) == PplLexer.LPAREN && tokens.type(opener) == PplLexer.LPAREN
          && closing(i) == before - 1 && Recovery.isName(tokens.type(i - 1)) && commas(opener, i) == 0
          && commas(i, before - 1) > 0) return i;
    return opener;
  }

  /// The commas between two places, at the depth of the first bracket.
  private int commas(int opener, int end) {
    int n = 0;
    int depth = 0;
    for (int i = opener + 1; i < end; i++) {
      if (isOpener(tokens.type(i))) depth++;
      if (isCloser(tokens.type(i))) depth--;
      if (depth == 0 && tokens.type(i) == PplLexer.COMMA) n++;
    }
    return n;
  }

  private int openerBefore(int end) {
    int depth = 0;
    for (int i = end - 1; i >= start(); i--) {
      if (isCloser(tokens.type(i))) depth++;
      if (isOpener(tokens.type(i)) && depth-- == 0) return i;
    }
    return -1;
  }

  /// Some bracket around here is of the kind that `closer` closes.
  boolean closesOuter(int closer) {
    for (int i = opener(); i >= 0; i = openerBefore(i)) if (closerOf(tokens.type(i)) == closer) return true;
    return false;
  }

  int openerType() {
    return opener() < 0 ? Token.EOF : tokens.type(opener());
  }

  /// Whether a bracket around `opener` or this one itself is not closed before the next statement.
  boolean isUnclosed(int opener) {
    for (int i = opener; i >= 0; i = openerBefore(i)) {
      int close = closing(i);
      for (int k = at(); k < close; k++)
        if (tokens.beginsLine(k + 1) && Recovery.isName(tokens.type(k + 1)) && begins(tokens.type(k + 2))
            || Recovery.isKeyword(tokens.type(k + 1)) && tokens.beginsLine(k + 1)) return true;
      if (tokens.type(close) == Token.EOF) return true;
    }
    return false;
  }

  private static boolean begins(int next) {
    return next == PplLexer.COLON || next == PplLexer.TILDE || next == PplLexer.ASSIGN;
  }

  /// Where the bracket at `opener` is closed, or the end of the text.
  int closing(int opener) {
    int depth = 0;
    for (int i = opener; i < tokens.size() - 1; i++) {
      if (isOpener(tokens.type(i))) depth++;
      if (isCloser(tokens.type(i)) && --depth == 0) return i;
    }
    return tokens.size() - 1;
  }

  /// What may be done about a closer that does not fit: one that does before it, one that does in its place, none.
  enum Closing { ADD, CHANGE, REMOVE }

  /// Whether all brackets are then in order until they are closed and the line is over.
  boolean settles(Closing how) {
    var open = new ArrayDeque<Integer>();
    for (int i = start(); i < at(); i++) {
      if (isOpener(tokens.type(i))) open.push(closerOf(tokens.type(i)));
      if (isCloser(tokens.type(i)) && !open.isEmpty()) open.pop();
    }
    if (how != Closing.REMOVE) open.poll();
    for (int i = how == Closing.ADD ? at() : at() + 1; tokens.type(i) != Token.EOF; i++) {
      if (open.isEmpty() && tokens.beginsLine(i)) return true;
      if (isOpener(tokens.type(i))) open.push(closerOf(tokens.type(i)));
      if (isCloser(tokens.type(i)) && (open.isEmpty() || open.pop() != tokens.type(i))) return false;
    }
    return open.isEmpty();
  }

  static boolean isOpener(int type) {
    return type == PplLexer.LPAREN || type == PplLexer.LBRACK || type == PplLexer.LBRACE;
  }

  static boolean isCloser(int type) {
    return type == PplLexer.RPAREN || type == PplLexer.RBRACK || type == PplLexer.RBRACE;
  }

  static int closerOf(int opener) {
    return switch (opener) {
      case PplLexer.LPAREN -> PplLexer.RPAREN;
      case PplLexer.LBRACK -> PplLexer.RBRACK;
      default -> PplLexer.RBRACE;
    };
  }

  static String symbol(int type) {
    return PplLexer.VOCABULARY.getLiteralName(type).replaceAll("^'|'$", "");
  }

  /// The type of a reserved word.
  static int keyword(String word) {
    int type = 1;
    while (!("'" + word + "'").equals(PplLexer.VOCABULARY.getLiteralName(type))) type++;
    return type;
  }

  /// These tokens replaced by one.
  Edit replace(int from, int to, int type, String text) {
    var span = tokens.span(from, to);
    return new Edit(from, to, List.of(Tokens.made(tokens.source(), type, text, span.start(), span.end())));
  }

  /// The failing token replaced by another of the language.
  Edit replace(int type) {
    return replace(at(), at() + 1, type, symbol(type));
  }

  Edit delete(int from, int to) {
    return new Edit(from, to, List.of());
  }

  /// A token put in before the one at `index`.
  Edit insert(int index, int type, String text) {
    int place = index > 0 ? tokens.span(index - 1).end() : 0;
    return new Edit(index, index, List.of(Tokens.made(tokens.source(), type, text, place, place)));
  }

  Edit insert(int index, int type) {
    return insert(index, type, symbol(type));
  }

  /// The first token of the line that holds `index`.
  int lineStart(int index) {
    int i = index;
    while (!tokens.beginsLine(i)) i--;
    return Math.max(i, 0);
  }

  int column(int index) {
    return tokens.source().column(tokens.span(index).start());
  }

  /// An operand could end with this token.
  boolean endsOperand(int index) {
    return switch (tokens.type(index)) {
      case PplLexer.RPAREN, PplLexer.RBRACK, PplLexer.PRIME, PplLexer.INT, PplLexer.REAL, PplLexer.STRING -> true;
      default -> Recovery.isName(tokens.type(index));
    };
  }

  /// An operand could begin with this token.
  boolean beginsOperand(int index) {
    return switch (tokens.type(index)) {
      case PplLexer.LPAREN, PplLexer.LBRACK, PplLexer.INT, PplLexer.REAL, PplLexer.STRING -> true;
      default -> Recovery.isName(tokens.type(index));
    };
  }
}
