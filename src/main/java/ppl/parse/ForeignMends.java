package ppl.parse;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.parse.Mend.Edit;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;
import ppl.source.Span;

/// Tokens of other languages: each is an error at its place and is read as what it means there.
final class ForeignMends {
  /// What a foreign operator is called here.
  private record Own(int type, String text) {}

  private static final Map<String, Own> OPERATORS = Map.ofEntries(
      entry("&&", new Own(PplLexer.AND, "and")), entry("&", new Own(PplLexer.AND, "and")),
      entry("||", new Own(PplLexer.OR, "or")), entry("|", new Own(PplLexer.OR, "or")),
      entry("!", new Own(PplLexer.NOT, "not")), entry("**", new Own(PplLexer.CARET, "^")),
      entry(".^", new Own(PplLexer.CARET, "^")), entry("%", new Own(PplLexer.MOD, "mod")),
      entry("%%", new Own(PplLexer.MOD, "mod")), entry("%/%", new Own(PplLexer.DIV, "div")),
      entry("%*%", new Own(PplLexer.STAR, "*")), entry("@", new Own(PplLexer.STAR, "*")),
      entry("=>", new Own(PplLexer.GE, ">=")), entry("$", new Own(PplLexer.DOT, ".")), entry("\u00D7", new Own(PplLexer.STAR, "*")),
      entry("\u00B7", new Own(PplLexer.STAR, "*")), entry("\u22C5", new Own(PplLexer.STAR, "*")),
      entry("\u2212", new Own(PplLexer.MINUS, "-")), entry("\u2264", new Own(PplLexer.LE, "<=")),
      entry("\u2265", new Own(PplLexer.GE, ">=")), entry("\u2260", new Own(PplLexer.NE, "!=")),
      entry("\u223C", new Own(PplLexer.TILDE, "~")), entry("\u2032", new Own(PplLexer.PRIME, "'")));

  private static final Map<String, Own> ASSIGNMENTS = Map.of(
      ":=", new Own(PplLexer.ASSIGN, "="), "\u2190", new Own(PplLexer.ASSIGN, "="));

  private static final Map<String, String> POWERS = Map.of("\u00B2", "2", "\u00B3", "3");

  private ForeignMends() {}

  static Optional<Mend> of(Spot spot) {
    return switch (spot.type()) {
      case PplLexer.FOREIGN -> Optional.of(foreign(spot));
      case PplLexer.GLUED -> Optional.of(glued(spot));
      case PplLexer.HASH -> Optional.of(everywhere(spot,
          Diagnostic.error("E0117", new Span(spot.here().source(), spot.here().start(), spot.here().start() + 1),
              "a comment begins with `//`, not with `#`"), "write `//`"));
      case PplLexer.OPEN_STRING -> Optional.of(open(spot, PplLexer.STRING, "text", "\""));
      case PplLexer.OPEN_QUOTED -> Optional.of(open(spot, PplLexer.QUOTED, "quoted name", "`"));
      case PplLexer.OPEN_BLOCK -> Optional.of(openComment(spot));
      case PplLexer.UNKNOWN -> Optional.of(unknown(spot));
      case PplLexer.ASSIGN -> glued(spot, PplLexer.EQ, -1, PplLexer.EQ).or(() -> isNegated(spot) ? glued(spot, PplLexer.FOREIGN, 1, PplLexer.NE)
          : Optional.empty());
      case PplLexer.GT -> glued(spot, PplLexer.LT, -1, PplLexer.NE);
      default -> Optional.empty();
    };
  }

  private static boolean isNegated(Spot spot) {
    return spot.tokens().text(spot.at() + 1).equals("!");
  }

  /// An operator that is two here: `===`, `=!` and `<>`.
  private static Optional<Mend> glued(Spot spot, int other, int beside, int own) {
    int from = Math.min(spot.at(), spot.at() + beside);
    if (spot.type(beside) != other || !spot.tokens().glued(from)) return Optional.empty();
    var both = spot.tokens().span(from, from + 2);
    return Optional.of(Mend.of(Diagnostic.error("E0116", both, "`%s` is written `%s`", both.text(), Spot.symbol(own))
        .help("write `%s`", Spot.symbol(own)), spot.replace(from, from + 2, own, Spot.symbol(own))));
  }

  private static Mend foreign(Spot spot) {
    var text = spot.text();
    if (text.equals(";"))
      return everywhere(spot, Diagnostic.error("E0110", spot.here(), "statements end by themselves, without `;`"),
          "remove it");
    if (text.equals("|") && isCall(spot)) return density(spot);
    if (text.equals("|") && isFormula(spot)) return formula(spot);
    if (text.equals("%") && !spot.beginsOperand(spot.at() + 1))
      return Mend.of(Diagnostic.error("E0116", spot.here(), "there is no sign for per cent")
          .help("write a fraction, `0.5`"), spot.delete(spot.at(), spot.at() + 1)).unfaithful();
    if (OPERATORS.containsKey(text)) return operator(spot, OPERATORS.get(text));
    if (ASSIGNMENTS.containsKey(text))
      return Mend.of(Diagnostic.error("E0111", spot.here(), "a value is given with `=`, not with `%s`", text)
          .help("write `=`"), spot.replace(PplLexer.ASSIGN));
    if (POWERS.containsKey(text)) return power(spot, POWERS.get(text));
    if (text.length() == 2 && text.endsWith("=") && !text.equals("|=")) return StatementMends.compound(spot);
    return switch (text) {
      case "\u201C", "\u201D", "\u2018", "\u2019" -> BracketMends.quotes(spot);
      case "->" -> StatementMends.rightArrow(spot.here());
      default -> new Mend(List.of(Diagnostic.error("E0116", spot.here(), "`%s` is not an operator of this language",
          Excerpt.of(text)).help("functions are called by name, `f(x, y)`")), List.of(silenced(spot, spot.at() + 1)),
              false);
    };
  }

  /// `(1 | g)` after `~`, as R's mixed models have it.
  private static boolean isFormula(Spot spot) {
    boolean tilde = false;
    for (int i = spot.start(); i < spot.at(); i++) tilde |= spot.tokens().type(i) == PplLexer.TILDE;
    return tilde && spot.openerType() == PplLexer.LPAREN;
  }

  private static Mend formula(Spot spot) {
    var tokens = spot.tokens();
    int close = spot.closing(spot.opener());
    var group = tokens.text(spot.at() + 1);
    return Mend.skip(Diagnostic.error("E0208", tokens.span(spot.opener(), Math.min(close + 1, tokens.size() - 1)),
        "a formula of R is no distribution: a model says how data come about")
        .help("declare an effect for each group, `u : real[%s] ~ Normal(0, tau)`, and write "
            + "`y ~ Normal(a + b * x + u[%s], sigma)`", group, group));
  }

  private static boolean isCall(Spot spot) {
    return spot.openerType() == PplLexer.LPAREN && Recovery.isName(spot.tokens().type(spot.opener() - 1));
  }

  /// `normal_lpdf(x | mu, sigma)`; what the function is called here is said when names are known.
  private static Mend density(Spot spot) {
    var tokens = spot.tokens();
    int name = spot.opener() - 1;
    var x = tokens.span(spot.opener() + 1, spot.at()).text();
    var rest = tokens.span(spot.at() + 1, spot.closing(spot.opener())).text();
    return Mend.of(Diagnostic.error("E0207", tokens.span(name), "densities are written with `logpdf`")
        .help("write `logpdf(%s(%s), %s)`", "D", Excerpt.of(rest), Excerpt.of(x)),
        spot.replace(spot.at(), spot.at() + 1, PplLexer.COMMA, ","));
  }

  private static Mend operator(Spot spot, Own own) {
    return Mend.of(Diagnostic.error("E0116", spot.here(), "`%s` is written `%s`", spot.text(), own.text())
        .help("write `%s`", own.text()), spot.replace(spot.at(), spot.at() + 1, own.type(), own.text()));
  }

  private static Mend power(Spot spot, String exponent) {
    var here = spot.here();
    var source = here.source();
    var tokens = List.of(Tokens.made(source, PplLexer.CARET, "^", here.start(), here.end()),
        Tokens.made(source, PplLexer.INT, exponent, here.start(), here.end()));
    return Mend.of(Diagnostic.error("E0116", here, "a power is written with `^`").help("write `^%s`", exponent),
        new Edit(spot.at(), spot.at() + 1, tokens));
  }

  /// All tokens of this kind leave at once, so that a habit is told once.
  private static Mend everywhere(Spot spot, Diagnostic d, String help) {
    var edits = new ArrayList<Edit>();
    for (int i = spot.start(); i < spot.tokens().size(); i++)
      if (isSame(spot, i)) edits.add(spot.delete(i, i + 1));
    var advised = edits.size() == 1 ? d.help(help) : d.help("%s (%d times in this text)", help, edits.size());
    return new Mend(List.of(advised), edits, true);
  }

  private static boolean isSame(Spot spot, int i) {
    return spot.tokens().type(i) == spot.type()
        && (spot.type() == PplLexer.HASH || spot.tokens().text(i).equals(spot.text()));
  }

  /// `2x`, `1L`, `0x1F`, `1_000`, `1e`.
  private static Mend glued(Spot spot) {
    var text = spot.text();
    int digits = 0;
    while (digits < text.length() && (Character.isDigit(text.charAt(digits)) || text.charAt(digits) == '.')) digits++;
    var number = text.substring(0, digits);
    var rest = text.substring(digits);
    var error = Diagnostic.error("E0106", spot.here(), "`%s` is neither a number nor a name", Excerpt.of(text));
    if (rest.matches("[LlfFdD]")) return Mend.of(error.help("write `%s`", number), number(spot, number));
    if (rest.matches("(_[0-9]+)+")) {
      var joined = text.replace("_", "");
      return Mend.of(error.help("write `%s`", joined), number(spot, joined)).unfaithful();
    }
    if (rest.matches("[eE]") || number.equals("0") && rest.matches("[xX].*"))
      return Mend.of(error.help("numbers are written like `31`, `0.5` and `1e-3`"), number(spot, number)).unfaithful();
    return Mend.of(error.help("write `%s * %s` if you mean the product", number, rest), product(spot, number, rest));
  }

  private static Edit number(Spot spot, String number) {
    return new Edit(spot.at(), spot.at() + 1, List.of(numeral(spot, number)));
  }

  private static org.antlr.v4.runtime.Token numeral(Spot spot, String number) {
    var here = spot.here();
    int type = number.contains(".") ? PplLexer.REAL : PplLexer.INT;
    int end = Math.min(here.end(), here.start() + (number.contains(".") ? number.length() : digits(here.text())));
    return Tokens.made(here.source(), type, number, here.start(), end);
  }

  private static int digits(String text) {
    int n = 0;
    while (n < text.length() && Character.isDigit(text.charAt(n))) n++;
    return n;
  }

  private static Edit product(Spot spot, String number, String rest) {
    var here = spot.here();
    int middle = here.start() + number.length();
    return new Edit(spot.at(), spot.at() + 1, List.of(numeral(spot, number),
        Tokens.made(here.source(), PplLexer.STAR, "*", middle, middle),
        Tokens.made(here.source(), PplLexer.NAME, rest, middle, here.end())));
  }

  private static Mend open(Spot spot, int type, String what, String quote) {
    var error = Diagnostic.error("E0105", spot.here(), "this %s is not closed in its line", what);
    if (type == PplLexer.QUOTED) return Mend.skip(error.help("add a back quote at the end of the name"));
    return Mend.of(error.help("add `%s`", quote), spot.replace(spot.at(), spot.at() + 1, type, spot.text() + quote))
        .unfaithful();
  }

  private static Mend openComment(Spot spot) {
    var begin = new Span(spot.here().source(), spot.here().start(), spot.here().start() + 2);
    return remove(spot, Diagnostic.error("E0105", begin, "this comment is never closed")
        .help("add `*/` where it ends"));
  }

  /// Neighbouring ones are told together.
  private static Mend unknown(Spot spot) {
    int end = spot.at() + 1;
    while (spot.tokens().type(end) == PplLexer.UNKNOWN && spot.tokens().glued(end - 1)) end++;
    var place = spot.tokens().span(spot.at(), end);
    int character = place.text().codePointAt(0);
    var error = end == spot.at() + 1
        ? Diagnostic.error("E0104", place, "the character `%s` (U+%04X) has no meaning here", shown(character),
            character)
        : Diagnostic.error("E0104", place, "these characters have no meaning here");
    return new Mend(List.of(error.help("remove it; if it belongs to a name, quote the name: `` `body mass (g)` ``")),
        List.of(silenced(spot, end)), false);
  }

  /// What is read instead lets reading go on without a further word.
  private static Edit silenced(Spot spot, int end) {
    if (spot.wantsOperand()) return spot.beginsOperand(end) ? spot.delete(spot.at(), end)
        : spot.replace(spot.at(), end, PplLexer.INT, "0");
    boolean joins = spot.endsOperand(spot.at() - 1) && spot.beginsOperand(end) && !spot.tokens().beginsLine(end);
    return joins ? spot.replace(spot.at(), end, PplLexer.STAR, "*") : spot.delete(spot.at(), end);
  }

  private static String shown(int character) {
    return Character.isISOControl(character) || Character.getType(character) == Character.SURROGATE
        ? "?" : Character.toString(character);
  }

  private static Mend remove(Spot spot, Diagnostic d) {
    return Mend.of(d, spot.delete(spot.at(), spot.at() + 1)).unfaithful();
  }
}
