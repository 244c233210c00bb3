package ppl.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import ppl.parse.Mend.Edit;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;

/// `if` where a value should stand, as `if c then a else b`, `if (c) a else b`, `if c { a } else { b }` and
/// `a if c else b` have it. It is shown as `c ? a : b`, and read so where its parts are in that order.
final class Choice {
  /// Tokens from `from` to before `to`.
  private record Part(int from, int to) {}

  /// Three parts in the order of the text, and the token behind them.
  ///
  /// @param comparisons where `=` stands for `==`
  private record Parts(Part condition, Part yes, Part no, int end, List<Integer> comparisons) {}

  private final Spot spot;
  private final Tokens tokens;

  private Choice(Spot spot) {
    this.spot = spot;
    this.tokens = spot.tokens();
  }

  static Optional<Mend> of(Spot spot) {
    if (spot.type() == PplLexer.IF && !spot.newLine() && !spot.atStart()) return Optional.of(new Choice(spot).mend());
    return second(spot);
  }

  /// `c ? a` without its other value.
  private static Optional<Mend> second(Spot spot) {
    if (!spot.expects(PplLexer.COLON) || spot.wantsOperand()) return Optional.empty();
    int asked = -1;
    for (int i = spot.at() - 1, depth = 0; i > spot.opener() && i >= spot.start(); i--) {
      if (Spot.isCloser(spot.tokens().type(i))) depth++;
      if (Spot.isOpener(spot.tokens().type(i))) depth--;
      if (depth == 0 && spot.tokens().type(i) == PplLexer.COLON) return Optional.empty();
      if (depth == 0 && spot.tokens().type(i) == PplLexer.QUESTION) asked = i;
    }
    return asked < 0 ? Optional.empty() : Optional.of(Mend.skip(Diagnostic.error("E0101", spot.tokens().span(asked),
        "a choice has two values, and the second is missing").help("write `condition ? a : b`")));
  }

  private Mend mend() {
    var error = Diagnostic.error("E0120", spot.here(), "`if` chooses between statements, not between values");
    int at = spot.at();
    if (!spot.wantsOperand()) {
      int other = find(PplLexer.ELSE, "", at + 1);
      return Mend.skip(error.help("write `%s`", other < 0 ? "condition ? a : b"
          : written(new Part(at + 1, other), new Part(begin(at), at), new Part(other + 1, end(other + 1)))));
    }
    var parts = parts(at);
    if (parts.isEmpty()) return Mend.of(error.help("write `condition ? a : b`"),
        spot.replace(at, branches(), PplLexer.QUOTED, "`if`")).unfaithful();
    var edits = new ArrayList<Edit>();
    edits(at, parts.get(), edits);
    return Mend.of(error.help("write `%s`", written(at)), edits.toArray(Edit[]::new));
  }

  /// Parentheses around, and the signs between the parts.
  private void edits(int at, Parts p, List<Edit> edits) {
    edits.add(new Edit(at, p.condition.from, List.of(made(PplLexer.LPAREN, at))));
    p.comparisons.forEach(i -> edits.add(spot.replace(i, i + 1, PplLexer.EQ, "==")));
    edits.add(new Edit(p.condition.to, p.yes.from, List.of(made(PplLexer.QUESTION, Math.min(p.condition.to, p.yes.from - 1)))));
    edits.add(new Edit(p.yes.to, p.no.from, List.of(made(PplLexer.COLON, p.yes.to))));
    if (tokens.type(p.no.from) == PplLexer.IF) edits(p.no.from, parts(p.no.from).orElseThrow(), edits);
    edits.add(new Edit(p.no.to, p.end, List.of(made(PplLexer.RPAREN, p.no.to - 1))));
  }

  private Token made(int type, int at) {
    var place = tokens.span(at);
    return Tokens.made(tokens.source(), type, Spot.symbol(type), place.start(), place.end());
  }

  /// What the `if` at a place chooses from.
  private Optional<Parts> parts(int at) {
    int then = find(Token.EOF, "then", at + 1);
    int open = find(PplLexer.LBRACE, "", at + 1);
    int close = tokens.type(at + 1) == PplLexer.LPAREN ? spot.closing(at + 1) : -1;
    if (then > 0) return words(new Part(at + 1, then), then + 1);
    if (open > 0) return braces(new Part(at + 1, open));
    return close > 0 && tokens.type(close) == PplLexer.RPAREN ? words(new Part(at + 2, close), close + 1) : Optional.empty();
  }

  private Optional<Parts> words(Part condition, int yes) {
    int other = find(PplLexer.ELSE, "", yes);
    if (other < 0 || other == yes) return Optional.empty();
    if (tokens.type(other + 1) == PplLexer.IF) return parts(other + 1).map(p ->
        new Parts(condition, new Part(yes, other), new Part(other + 1, p.end), p.end, comparisons(condition)));
    int end = end(other + 1);
    return end == other + 1 ? Optional.empty() : Optional.of(
        new Parts(condition, new Part(yes, other), new Part(other + 1, end), end, comparisons(condition)));
  }

  private Optional<Parts> braces(Part condition) {
    int close = spot.closing(condition.to);
    var yes = new Part(condition.to + 1, close);
    if (tokens.type(close + 1) != PplLexer.ELSE || !isValue(yes)) return Optional.empty();
    if (tokens.type(close + 2) == PplLexer.IF) return parts(close + 2).map(p ->
        new Parts(condition, yes, new Part(close + 2, p.end), p.end, comparisons(condition)));
    if (tokens.type(close + 2) != PplLexer.LBRACE) return Optional.empty();
    int end = spot.closing(close + 2);
    var no = new Part(close + 3, end);
    return isValue(no) ? Optional.of(new Parts(condition, yes, no, end + 1, comparisons(condition))) : Optional.empty();
  }

  private boolean isValue(Part p) {
    for (int i = p.from; i < p.to; i++) if (!isInside(tokens.type(i)) || tokens.type(i) == PplLexer.RETURN) return false;
    return p.from < p.to;
  }

  /// Whether a token may be part of an expression.
  private static boolean isInside(int type) {
    return type != PplLexer.TILDE && type != PplLexer.LBRACE && type != PplLexer.RBRACE && type != Token.EOF && type != PplLexer.FOR
        && type != PplLexer.ASSIGN;
  }

  /// Where `=` compares.
  private List<Integer> comparisons(Part condition) {
    var all = new ArrayList<Integer>();
    for (int i = condition.from, depth = 0; i < condition.to; i++) {
      if (Spot.isOpener(tokens.type(i))) depth++;
      if (Spot.isCloser(tokens.type(i))) depth--;
      if (depth == 0 && tokens.type(i) == PplLexer.ASSIGN) all.add(i);
    }
    return all;
  }

  /// The next token of a type or a text that belongs to an `if`, before the expression ends; else -1.
  private int find(int type, String text, int from) {
    int inner = 0;
    for (int i = from, depth = 0; tokens.type(i) != Token.EOF; i++) {
      if (depth == 0 && i > from && begins(i)) return -1;
      boolean found = tokens.type(i) == type || tokens.text(i).equals(text);
      if (depth == 0 && found && inner == 0) return i;
      if (depth == 0 && tokens.type(i) == PplLexer.ELSE && inner-- == 0) return -1;
      if (tokens.type(i) == PplLexer.IF) inner++;
      if (Spot.isOpener(tokens.type(i))) depth++;
      if (Spot.isCloser(tokens.type(i)) && depth-- == 0) return -1;
      if (depth == 0 && tokens.type(i) == PplLexer.COMMA) return -1;
    }
    return -1;
  }

  /// Where an expression from a place on ends.
  private int end(int from) {
    for (int i = from, depth = 0; ; i++) {
      int type = tokens.type(i);
      boolean over = type == PplLexer.COMMA || Spot.isCloser(type) || type == PplLexer.COLON || !isInside(type)
          || i > from && begins(i) || i > from && spot.endsOperand(i - 1) && Recovery.isName(type);
      if (type == Token.EOF || depth == 0 && over) return i;
      if (Spot.isOpener(type)) depth++;
      if (Spot.isCloser(type)) depth--;
    }
  }

  /// Whether a statement seems to begin.
  private boolean begins(int i) {
    return tokens.beginsLine(i) && (Recovery.isKeyword(tokens.type(i)) || Recovery.isName(tokens.type(i)) && spot.endsOperand(i - 1));
  }

  /// Where the expression before a place begins.
  private int begin(int before) {
    for (int i = before - 1, depth = 0; i >= spot.start(); i--) {
      int type = tokens.type(i);
      if (depth == 0 && (type == PplLexer.COMMA || Spot.isOpener(type) || type == PplLexer.ASSIGN || type == PplLexer.TILDE
          || type == PplLexer.RETURN || type == PplLexer.COLON)) return i + 1;
      if (Spot.isCloser(type)) depth++;
      if (Spot.isOpener(type)) depth--;
    }
    return spot.start();
  }

  /// Behind what cannot be told apart.
  private int branches() {
    for (int i = spot.at() + 1, depth = 0; ; i++) {
      int type = tokens.type(i);
      boolean over = type == PplLexer.COMMA || Spot.isCloser(type) || begins(i) && tokens.type(i - 1) != PplLexer.ELSE;
      if (type == Token.EOF || depth == 0 && over) return i;
      if (Spot.isOpener(type)) depth++;
      if (Spot.isCloser(type)) depth--;
    }
  }

  private String written(int at) {
    var p = parts(at).orElseThrow();
    return tokens.type(p.no.from) == PplLexer.IF
        ? text(p.condition, p.comparisons) + " ? " + text(p.yes, List.of()) + " : " + written(p.no.from)
        : written(p.condition, p.yes, p.no);
  }

  private String written(Part condition, Part yes, Part no) {
    return text(condition, comparisons(condition)) + " ? " + text(yes, List.of()) + " : " + text(no, List.of());
  }

  private String text(Part p, List<Integer> comparisons) {
    var text = new StringBuilder();
    int from = p.from;
    for (int i : comparisons) {
      text.append(tokens.span(from, i).text()).append(" == ");
      from = i + 1;
    }
    return Excerpt.of(text + tokens.span(from, p.to).text());
  }
}
