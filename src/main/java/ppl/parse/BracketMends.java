package ppl.parse;

import java.util.Optional;
import org.antlr.v4.runtime.Token;
import ppl.parse.generated.PplLexer;
import ppl.parse.generated.PplParser;
import ppl.source.Diagnostic;
import ppl.source.Span;

/// Brackets, commas, colons, points and quotes in the wrong places.
final class BracketMends {
  private BracketMends() {}

  static Optional<Mend> of(Spot spot) {
    return switch (spot.type()) {
      case PplLexer.DOT -> point(spot);
      case PplLexer.PRIME -> spot.wantsOperand() ? Optional.of(quotes(spot)) : Optional.empty();
      case PplLexer.COLON -> colon(spot);
      case PplLexer.RPAREN, PplLexer.RBRACK, PplLexer.RBRACE -> closer(spot);
      case PplLexer.LPAREN -> loopParentheses(spot).or(() -> method(spot));
      case PplLexer.LBRACE -> spot.wantsOperand() ? braces(spot) : Optional.empty();
      case PplLexer.COMMA -> comma(spot);
      case PplLexer.FOR -> generator(spot);
      default -> Optional.empty();
    };
  }

  /// `1.` and `.5`.
  private static Optional<Mend> point(Spot spot) {
    var tokens = spot.tokens();
    int at = spot.at();
    boolean before = tokens.type(at - 1) == PplLexer.INT && tokens.glued(at - 1);
    boolean after = tokens.glued(at) && (spot.type(1) == PplLexer.INT
        || spot.type(1) == PplLexer.REAL && tokens.text(at + 1).indexOf('.') < 0);
    boolean exponent = tokens.glued(at) && tokens.text(at + 1).matches("[eE][0-9]+");
    if (before && exponent) return Optional.of(real(spot, at - 1, at + 2,
        tokens.text(at - 1) + ".0" + tokens.text(at + 1)));
    if (before && !after) return Optional.of(real(spot, at - 1, at + 1, tokens.text(at - 1) + ".0"));
    if (after && spot.wantsOperand()) return Optional.of(real(spot, at, at + 2, "0." + tokens.text(at + 1)));
    return Optional.empty();
  }

  private static Mend real(Spot spot, int from, int to, String text) {
    return Mend.of(Diagnostic.error("E0106", spot.tokens().span(from, to),
        "a real number has digits on both sides of the point")
        .help("write `%s`", text), spot.replace(from, to, PplLexer.REAL, text));
  }

  /// A text in other quotes than `"`.
  static Mend quotes(Spot spot) {
    var here = spot.here();
    var text = here.source().text();
    int end = here.end();
    while (end < text.length() && text.charAt(end) != '\n'
        && "'\u2018\u2019\u201C\u201D".indexOf(text.charAt(end)) < 0) end++;
    if (end >= text.length() || text.charAt(end) == '\n')
      return Mend.of(Diagnostic.error("E0118", here, "`%s` stands alone here", spot.text())
          .help("texts stand in double quotes, `\"low\"`; a transpose follows its matrix, `X'`"),
          spot.delete(spot.at(), spot.at() + 1)).unfaithful();
    var quoted = new Span(here.source(), here.start(), end + 1);
    int last = spot.at();
    while (spot.tokens().span(last).start() <= end && spot.tokens().type(last) != Token.EOF) last++;
    var inner = quoted.text().substring(1, quoted.text().length() - 1);
    var string = Tokens.made(here.source(), PplLexer.STRING, "\"" + inner + "\"", quoted.start(), quoted.end());
    return Mend.of(Diagnostic.error("E0118", quoted, "texts stand in double quotes")
        .help("write `\"%s\"`", Excerpt.of(inner)), new Mend.Edit(spot.at(), last, java.util.List.of(string)));
  }

  /// `1:N` for `1..N`, a lone `:` for a blank, and a Python block.
  private static Optional<Mend> colon(Spot spot) {
    var tokens = spot.tokens();
    int at = spot.at();
    boolean opensLine = tokens.beginsLine(at + 1);
    boolean complete = opensLine || tokens.type(at - 1) == PplLexer.RPAREN && !isBraced(spot);
    if (spot.openerType() != PplLexer.LBRACK && complete && isBlockHead(spot)) return Optional.of(python(spot));
    boolean blankBefore = tokens.type(at - 1) == PplLexer.LBRACK || tokens.type(at - 1) == PplLexer.COMMA;
    boolean blankAfter = spot.type(1) == PplLexer.RBRACK || spot.type(1) == PplLexer.COMMA;
    if (spot.openerType() == PplLexer.LBRACK
        && (blankBefore || blankAfter)) return Optional.of(blank(spot, blankBefore && blankAfter));
    int first = spot.failed().inner();
    if ((spot.opener() < 0 || spot.openerType() == PplLexer.LBRACE) && Recovery.isName(tokens.type(first))
        && tokens.type(first + 1) == PplLexer.LBRACK
        && spot.closing(first + 1) == at - 1 && Recovery.isName(spot.type(1)) && !opensLine)
      return Optional.of(Mend.of(spot.opener() < 0
          ? Diagnostic.error("E0112", tokens.span(first, at), "sizes stand with the type")
              .help("write `%s : %s%s`", tokens.text(first), tokens.text(at + 1), tokens.span(first + 1, at).text())
          : Diagnostic.error("E0112", tokens.span(first, at), "an array is declared as a whole")
              .help("declare `%s : %s[..]` before the block, and give its elements here without a type",
                  tokens.text(first),
                  tokens.text(at + 1)),
          spot.delete(first + 1, at)).unfaithful());
    if (spot.atStart() && tokens.type(at - 2) == PplLexer.COLON && Recovery.isName(spot.type(1)) && spot.type(2) == PplLexer.LPAREN
        && !spot.newLine()) return Optional.of(Mend.of(Diagnostic.error("E0127", spot.here(), "`~` stands before a distribution")
            .help("write `%s : %s ~ %s(..)`", tokens.text(at - 3), tokens.text(at - 1), tokens.text(at + 1)), spot.replace(PplLexer.TILDE)));
    if (tokens.type(at - 1) == PplLexer.ELSE) return Optional.of(python(spot));
    if (!spot.endsOperand(at - 1) || !isRangePlace(spot)) return Optional.empty();
    int place = earlierColon(spot);
    return Optional.of(Mend.of(Diagnostic.error("E0115", tokens.span(place),
        "a range is written with two points, not with a colon")
        .help("write `%s..%s`", tokens.text(place - 1), tokens.text(place + 1)),
        spot.replace(place, place + 1, PplLexer.RANGE, "..")));
  }

  /// Whether a block begins in this line.
  private static boolean isBraced(Spot spot) {
    var tokens = spot.tokens();
    for (int i = spot.at() + 1; tokens.type(i) != Token.EOF && !tokens.beginsLine(i); i++)
      if (tokens.type(i) == PplLexer.LBRACE) return true;
    return false;
  }

  private static boolean isBlockHead(Spot spot) {
    int first = spot.tokens().type(spot.failed().inner());
    return first == PplLexer.FOR || first == PplLexer.IF || first == PplLexer.ELSE;
  }

  private static boolean isRangePlace(Spot spot) {
    return spot.opener() >= 0 || spot.atStart() || isBlockHead(spot);
  }

  private static Mend python(Spot spot) {
    return Mend.skip(Diagnostic.error("E0123", spot.here(), "a block stands in braces")
        .help("write `{` here and `}` where the block ends"));
  }

  private static Mend blank(Spot spot, boolean whole) {
    var error = Diagnostic.error("E0115", spot.here(), whole ? "a blank stands for the whole dimension"
        : "a range has two ends");
    return whole
        ? Mend.of(error.help("write nothing between the commas, `X[, k]`"), spot.delete(spot.at(), spot.at() + 1))
        : Mend.skip(error.help("write both, %s", bothEnds(spot)));
  }

  /// `x[2:]` with its other end.
  private static String bothEnds(Spot spot) {
    var tokens = spot.tokens();
    boolean single = Recovery.isName(tokens.type(spot.opener() - 1)) && tokens.type(spot.opener()) == PplLexer.LBRACK;
    if (!single || tokens.type(spot.at() - 1) == PplLexer.COMMA || spot.type(1) == PplLexer.COMMA) return "`x[2..N]`";
    var base = tokens.text(spot.opener() - 1);
    var from = tokens.span(spot.opener() + 1, spot.at());
    var to = tokens.span(spot.at() + 1, spot.closing(spot.opener())).text();
    return tokens.type(spot.at() - 1) == PplLexer.LBRACK
        ? "`%s[1..%s]`; indices start at 1".formatted(base, to.startsWith("-") ? "size(" + base + ") - " + to.substring(1).strip() : to)
        : "`%s[%s..size(%s)]`; indices start at 1".formatted(base, from.text(), base);
  }

  /// In `sum(i in 1:N : e)` the second colon fails, but the first is the mistake.
  private static int earlierColon(Spot spot) {
    boolean domain = false;
    int first = -1;
    for (int i = Math.max(spot.opener(), 0); i < spot.at(); i++) {
      if (spot.tokens().type(i) == PplLexer.IN) domain = true;
      if (spot.tokens().type(i) == PplLexer.COLON && domain) first = i;
    }
    return first >= 0 && spot.openerType() == PplLexer.LPAREN ? first : spot.at();
  }

  private static Optional<Mend> closer(Spot spot) {
    int opener = spot.opener();
    boolean fits = opener >= 0 && Spot.closerOf(spot.tokens().type(opener)) == spot.type();
    if (fits) return spot.tokens().type(spot.at() - 1) == PplLexer.COMMA ? Optional.of(trailingComma(spot))
        : Optional.empty();
    boolean outer = opener >= 0 && (spot.closesOuter(spot.type()) || spot.type() == PplLexer.RBRACE);
    if (outer && (spot.type() == PplLexer.RBRACE || spot.settles(Spot.Closing.ADD) || !spot.settles(Spot.Closing.CHANGE)) && !isExcess(spot, outer))
      return Optional.of(unclosed(spot, spot.at()));
    if (spot.type() == PplLexer.RBRACE) return Optional.empty();
    if (opener < 0 || isExcess(spot, outer))
      return Optional.of(Mend.of(Diagnostic.error("E0103", spot.here(), "this `%s` closes nothing", spot.text())
          .help("remove it"), spot.delete(spot.at(), spot.at() + 1)));
    int right = Spot.closerOf(spot.tokens().type(opener));
    return Optional.of(Mend.of(Diagnostic.error("E0103", spot.here(), "`%s` is closed by `%s`",
        spot.tokens().text(opener), spot.text())
        .note(spot.tokens().span(opener), "opened here").help("write `%s`", Spot.symbol(right)), spot.replace(right)));
  }

  /// One closer too many: without it the brackets are in order, and not with another in its place or before it.
  private static boolean isExcess(Spot spot, boolean outer) {
    return spot.type() != PplLexer.RBRACE && spot.settles(Spot.Closing.REMOVE)
        && !spot.settles(outer ? Spot.Closing.ADD : Spot.Closing.CHANGE);
  }

  /// `{a, b}` for an array.
  private static Optional<Mend> braces(Spot spot) {
    var tokens = spot.tokens();
    int close = spot.closing(spot.at());
    for (int i = spot.at() + 1; i < close; i++)
      if (Recovery.isKeyword(tokens.type(i)) || tokens.type(i) == PplLexer.ASSIGN
          || tokens.type(i) == PplLexer.TILDE || tokens.type(i) == PplLexer.COLON) return Optional.empty();
    if (tokens.type(close) != PplLexer.RBRACE) return Optional.empty();
    return Optional.of(Mend.of(Diagnostic.error("E0124", tokens.span(spot.at(), close + 1), "an array stands in square brackets")
        .help("write `[%s]`", Excerpt.of(tokens.span(spot.at() + 1, close).text())),
        spot.replace(spot.at(), spot.at() + 1, PplLexer.LBRACK, "["), spot.replace(close, close + 1, PplLexer.RBRACK, "]")));
  }

  private static Mend trailingComma(Spot spot) {
    return Mend.of(Diagnostic.error("E0124", spot.tokens().span(spot.at() - 1),
        "a comma separates, and nothing follows this one")
        .help("remove it"), spot.delete(spot.at() - 1, spot.at()));
  }

  private static Optional<Mend> comma(Spot spot) {
    boolean types = isBetweenDeclarations(spot);
    var list = types ? Optional.<Mend>empty() : names(spot);
    if (list.isPresent()) return list;
    if (types || spot.atStart())
      return Optional.of(Mend.of(Diagnostic.error("E0124", spot.here(), "no comma stands between statements")
          .help("remove it"),
          spot.delete(spot.at(), spot.at() + 1)));
    if (spot.tokens().type(spot.at() - 1) != PplLexer.COMMA) return tuple(spot);
    return Optional.of(Mend.of(Diagnostic.error("E0124", spot.here(), "there is nothing between two commas")
        .help("remove one"), spot.delete(spot.at(), spot.at() + 1)));
  }

  /// `x : real, y : real[N], z : real`.
  private static boolean isBetweenDeclarations(Spot spot) {
    var tokens = spot.tokens();
    int at = spot.at();
    boolean next = Recovery.isName(tokens.type(at + 1)) && tokens.type(at + 2) == PplLexer.COLON;
    int before = tokens.type(at - 1);
    return next && (spot.opener() < 0 || spot.openerType() == PplLexer.LBRACE) && at >= 2
        && (tokens.type(at - 2) == PplLexer.COLON || before == PplLexer.RBRACK || before == PplLexer.RPAREN);
  }

  /// `f((x, y)`, where a bracket is not closed, and `(x, y)`, which is no array.
  private static Optional<Mend> tuple(Spot spot) {
    int opener = spot.opener();
    var tokens = spot.tokens();
    if (spot.openerType() != PplLexer.LPAREN || Recovery.isName(tokens.type(opener - 1))) return Optional.empty();
    int close = spot.closing(opener);
    if (spot.isUnclosed(opener)) return Optional.of(unclosed(spot, spot.at()));
    var inside = Excerpt.of(tokens.span(opener + 1, close).text());
    return Optional.of(Mend.of(Diagnostic.error("E0124", tokens.span(opener, close + 1), "an array stands in square brackets")
        .help("write `[%s]`", inside), spot.replace(opener, opener + 1, PplLexer.LBRACK, "["),
        spot.replace(close, close + 1, PplLexer.RBRACK, "]")));
  }

  /// `sum(x[i] for i in 1..N)`.
  private static Optional<Mend> generator(Spot spot) {
    int opener = spot.opener();
    var tokens = spot.tokens();
    int close = opener < 0 ? -1 : spot.closing(opener);
    if (spot.openerType() == PplLexer.LPAREN && (tokens.type(spot.at() - 1) == PplLexer.COMMA || opener == spot.at() - 1))
      return Optional.of(Mend.of(Diagnostic.error("E0134", spot.here(),
          "what runs over indices begins with them, without `for`")
          .help("remove `for`"), spot.delete(spot.at(), spot.at() + 1)));
    if (spot.openerType() != PplLexer.LPAREN || tokens.type(close) != PplLexer.RPAREN || spot.newLine()
        || tokens.type(spot.at() + 2) != PplLexer.IN) return Optional.empty();
    var body = tokens.span(opener + 1, spot.at()).text();
    var binders = tokens.span(spot.at() + 1, close).text().replace(":", "..");
    return Optional.of(Mend.skip(Diagnostic.error("E0134", spot.here(),
        "what runs over indices begins with them")
        .help("write `%s(%s : %s)`", opener > 0 && Recovery.isName(tokens.type(opener - 1)) ? tokens.text(opener - 1)
            : "",
            Excerpt.of(binders), Excerpt.of(body))));
  }

  /// `sum(i in 1..N, x[i])` and `sum(x[i], i in 1..N)`.
  static Optional<Mend> indices(Spot spot) {
    var tokens = spot.tokens();
    int opener = spot.opener();
    if (spot.openerType() != PplLexer.LPAREN || !Recovery.isName(tokens.type(opener - 1))) return Optional.empty();
    int comma = lastComma(spot);
    int close = spot.closing(opener);
    if (comma < 0 || tokens.type(close) != PplLexer.RPAREN) return Optional.empty();
    boolean before = holds(tokens, opener, comma, PplLexer.IN);
    boolean after = holds(tokens, comma, spot.at(), PplLexer.IN);
    var function = tokens.text(opener - 1);
    var first = tokens.span(opener + 1, comma).text();
    var second = tokens.span(comma + 1, close).text();
    if (before && !after && spot.at() > comma)
      return Optional.of(Mend.of(Diagnostic.error("E0134", tokens.span(comma), "a colon ends the indices")
          .help("write `%s(%s : %s)`", function, Excerpt.of(first), Excerpt.of(second)),
          spot.replace(comma, comma + 1, PplLexer.COLON, ":")));
    return !before && after && spot.type() == PplLexer.RPAREN && spot.expects(PplLexer.COLON)
        ? Optional.of(Mend.skip(Diagnostic.error("E0134", tokens.span(comma + 1, close),
            "what runs over indices begins with them")
            .help("write `%s(%s : %s)`", function, Excerpt.of(second), Excerpt.of(first)))) : Optional.empty();
  }

  private static int lastComma(Spot spot) {
    int depth = 0;
    for (int i = spot.at() - 1; i > spot.opener(); i--) {
      if (Spot.isCloser(spot.tokens().type(i))) depth++;
      if (Spot.isOpener(spot.tokens().type(i))) depth--;
      if (depth == 0 && spot.tokens().type(i) == PplLexer.COMMA) return i;
    }
    return -1;
  }

  private static boolean holds(Tokens tokens, int from, int to, int type) {
    for (int i = from; i < to; i++) if (tokens.type(i) == type) return true;
    return false;
  }

  /// `data N, M : int` and `a, b : real ~ ..`.
  private static Optional<Mend> names(Spot spot) {
    var tokens = spot.tokens();
    int i = spot.at();
    if (spot.opener() >= 0 && spot.openerType() != PplLexer.LBRACE
        || !Recovery.isName(tokens.type(i - 1))) return Optional.empty();
    while (tokens.type(i) == PplLexer.COMMA && Recovery.isName(tokens.type(i + 1))) i += 2;
    boolean declares = tokens.type(i) == PplLexer.COLON;
    if (i == spot.at() || !declares && tokens.type(i) != PplLexer.ASSIGN && tokens.type(i) != PplLexer.TILDE)
      return Optional.empty();
    var data = tokens.type(spot.failed().inner()) == PplLexer.DATA ? "data " : "";
    var example = declares ? " : " + tokens.text(i + 1) : " " + tokens.text(i) + " ..";
    return Optional.of(Mend.skip(Diagnostic.error("E0124", spot.here(), "a statement is about one name")
        .help("write `%s%s%s` and `%s%s%s`", data, tokens.text(spot.at() - 1), example, data,
            tokens.text(spot.at() + 1), example)));
  }

  /// `X.dot(b)`.
  private static Optional<Mend> method(Spot spot) {
    var tokens = spot.tokens();
    int at = spot.at();
    if (at < 3 || tokens.type(at - 2) != PplLexer.DOT || !Recovery.isName(tokens.type(at - 1))
        || !Recovery.isName(tokens.type(at - 3))) return Optional.empty();
    var given = spot.closing(at) == at + 1 ? "" : ", " + Excerpt.of(tokens.span(at + 1, spot.closing(at)).text());
    return Optional.of(Mend.skip(Diagnostic.error("E0205", tokens.span(at - 3, at), "a function stands before its arguments")
        .help("write `%s(%s)`", tokens.text(at - 1), tokens.text(at - 3) + given)));
  }

  /// `for (i in 1..N) {`.
  private static Optional<Mend> loopParentheses(Spot spot) {
    if (spot.tokens().type(spot.at() - 1) != PplLexer.FOR) return Optional.empty();
    int close = spot.closing(spot.at());
    var error = Diagnostic.error("E0122", spot.here(), "`for` takes no parentheses")
        .help("write `for i in 1..N { .. }`");
    return Optional.of(spot.tokens().type(close) == PplLexer.RPAREN
        ? Mend.of(error, spot.delete(spot.at(), spot.at() + 1), spot.delete(close, close + 1))
        : Mend.of(error, spot.delete(spot.at(), spot.at() + 1)));
  }

  /// A bracket is open where something else begins, or where two operands meet.
  static Optional<Mend> open(Spot spot) {
    int opener = spot.opener();
    if (opener < 0) return Optional.empty();
    boolean brace = spot.openerType() == PplLexer.LBRACE;
    if (spot.isEnd()) return Optional.of(unclosed(spot, spot.at()));
    if (brace) return Optional.empty();
    int line = spot.lineStart(spot.at());
    boolean head = Recovery.isKeyword(spot.type()) && spot.newLine();
    if (head || beginsStatement(spot, line, opener)) return Optional.of(unclosed(spot, line));
    if (spot.type() == PplLexer.LBRACE) return Optional.of(unclosed(spot, spot.at()));
    return spot.expects(PplLexer.COMMA) && spot.beginsOperand(spot.at()) ? Optional.of(missingComma(spot))
        : Optional.empty();
  }

  /// The failing line looks like a statement of its own.
  private static boolean beginsStatement(Spot spot, int line, int opener) {
    if (line <= opener || line == spot.start() || !Recovery.isName(spot.tokens().type(line))) return false;
    boolean outside = spot.column(line) <= spot.column(spot.lineStart(opener));
    int next = spot.tokens().type(line + 1);
    return next == PplLexer.TILDE || spot.type() == PplLexer.TILDE || outside;
  }

  private static Mend unclosed(Spot spot, int before) {
    int opener = spot.inner(before);
    var what = spot.tokens().text(opener);
    int closer = Spot.closerOf(spot.tokens().type(opener));
    var error = Diagnostic.error("E0102", spot.tokens().span(opener), "this `%s` is not closed", what);
    var noted = spot.tokens().type(before) == Token.EOF ? error
        : error.note(spot.tokens().span(before), "it should be closed before this");
    var help = isCommentedOut(spot, opener, before)
        ? "`//` begins a comment, which holds the `" + Spot.symbol(closer) + "`; integer division is `div`"
        : "add `" + Spot.symbol(closer) + "`";
    return Mend.of(noted.help(help), spot.insert(before,
        Spot.closerOf(spot.tokens().type(spot.opener())))).unfaithful();
  }

  private static boolean isCommentedOut(Spot spot, int opener, int before) {
    int closer = Spot.closerOf(spot.tokens().type(opener));
    int from = spot.tokens().span(opener).start();
    int to = spot.tokens().span(before).start();
    return spot.tokens().comments().stream().anyMatch(c -> c.getType() == PplLexer.LINE && c.getStartIndex() > from
        && c.getStartIndex() < to && c.getText().contains(Spot.symbol(closer)) && closer != PplLexer.RBRACE);
  }

  private static Mend missingComma(Spot spot) {
    var before = spot.tokens().text(spot.at() - 1);
    return Mend.of(Diagnostic.error("E0132", spot.here(), "something is missing between `%s` and `%s`",
        Excerpt.of(before),
        Excerpt.of(spot.text())).help("write `,` if these are two arguments, or an operator"),
        spot.insert(spot.at(), PplLexer.COMMA)).unfaithful();
  }

  /// A body without braces is taken to end with its line.
  static Optional<Mend> body(Spot spot) {
    var tokens = spot.tokens();
    int head = tokens.type(spot.failed().inner());
    boolean bodied = spot.expects(PplLexer.LBRACE) && spot.opener() < 0 || spot.failed().rule() == PplParser.RULE_block;
    if (!bodied || !spot.expects(PplLexer.LBRACE) || !hasBlock(head) || spot.isEnd()) return Optional.empty();
    boolean begins = Recovery.isName(spot.type()) || Recovery.isKeyword(spot.type());
    if (!begins || head == PplLexer.DIST) return Optional.empty();
    if (spot.text().equals("then")) return Optional.empty();
    var error = Diagnostic.error("E0123", spot.here(), "the body of `%s` stands in braces",
        Spot.symbol(tokens.type(spot.at() - 1) == PplLexer.ELSE ? PplLexer.ELSE : head))
        .help("write `{` before it and `}` after it");
    int end = spot.at() + 1;
    while (spot.tokens().type(end) != Token.EOF && !spot.tokens().beginsLine(end)) end++;
    return Optional.of(Mend.of(error, spot.insert(spot.at(), PplLexer.LBRACE), spot.insert(end, PplLexer.RBRACE))
        .unfaithful());
  }

  private static boolean hasBlock(int head) {
    return switch (head) {
      case PplLexer.FOR, PplLexer.IF, PplLexer.GENERATE, PplLexer.GUIDE, PplLexer.DIST -> true;
      default -> false;
    };
  }
}
