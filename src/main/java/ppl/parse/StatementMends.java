package ppl.parse;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import ppl.parse.generated.PplLexer;
import ppl.parse.generated.PplParser;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.source.Suggest;

/// Statements that are made in another way here: assignments, comparisons, declarations without a type, foreign words.
final class StatementMends {
  /// What to say to words that begin statements elsewhere.
  private static final Map<String, String> WORDS = Map.ofEntries(
      entry("while", "a loop runs over a range or a factor: `for i in 1..N { .. }`"),
      entry("repeat", "a loop runs over a range or a factor: `for i in 1..N { .. }`"),
      entry("def", "a function is written `fun f(x : real) : real = ..`"),
      entry("func", "a function is written `fun f(x : real) : real = ..`"),
      entry("function", "a function is written `fun f(x : real) : real = ..`"),
      entry("let", "a name needs no word before it: `x = ..`"),
      entry("var", "a name needs no word before it: `x = ..`"),
      entry("const", "a name needs no word before it: `x = ..`"),
      entry("param", "an unknown is declared with its prior: `mu : real ~ Normal(0, 1)`"),
      entry("parameter", "an unknown is declared with its prior: `mu : real ~ Normal(0, 1)`"),
      entry("library", "another file is read with `import \"lib.ppl\"`"),
      entry("require", "another file is read with `import \"lib.ppl\"`"),
      entry("from", "another file is read with `import \"lib.ppl\"`"),
      entry("include", "another file is read with `import \"lib.ppl\"`"),
      entry("print", "every named quantity is reported by itself"),
      entry("elif", "write `else if condition { .. }`"),
      entry("elseif", "write `else if condition { .. }`"),
      entry("end", "a block ends with `}`"),
      entry("with", "a model is a file of its own: its statements stand without a block around them"),
      entry("increment_log_prob", "write `target += ..`"),
      entry("observe", "data are observed by `y ~ Normal(mu, sigma)`"),
      entry("plate", "independent repetition is `x : real[N] ~ ..` or `for i in 1..N { .. }`"));

  private StatementMends() {}

  static Optional<Mend> of(Spot spot) {
    return arrow(spot)
        .or(() -> typed(spot))
        .or(() -> lambda(spot))
        .or(() -> conditions(spot))
        .or(() -> domain(spot))
        .or(() -> rightArrow(spot))
        .or(() -> equals(spot))
        .or(() -> spot.type() == PplLexer.PLUS_ASSIGN ? Optional.of(compound(spot)) : Optional.empty())
        .or(() -> reserved(spot))
        .or(() -> valuedData(spot))
        .or(() -> incomplete(spot))
        .or(() -> word(spot))
        .or(() -> missingType(spot))
        .or(() -> path(spot))
        .or(() -> method(spot))
        .or(() -> alone(spot));
  }

  private static boolean inPlace(Spot spot) {
    return spot.expects(PplLexer.TILDE) && spot.expects(PplLexer.ASSIGN);
  }

  /// `if c then {` and `x = if c { a } else { b }`.
  private static Optional<Mend> conditions(Spot spot) {
    var tokens = spot.tokens();
    if (spot.text().equals("then") && tokens.type(spot.failed().inner()) == PplLexer.IF)
      return Optional.of(Mend.of(Diagnostic.error("E0123", spot.here(),
          "there is no `then`: the braces say where a branch begins")
          .help("remove it"), spot.delete(spot.at(), spot.at() + 1)));
    if (spot.type() == PplLexer.ELSE && tokens.type(spot.start()) == PplLexer.IF && !tokens.beginsLine(spot.start()))
      return Optional.of(Mend.skip(Diagnostic.error("E0120", tokens.span(spot.start()),
          "`if` chooses between statements, not between values").help("write `condition ? a : b`")));
    return Choice.of(spot);
  }

  /// A distribution without `on`, or with a body of its own.
  private static Optional<Mend> domain(Spot spot) {
    var tokens = spot.tokens();
    if (tokens.type(spot.start()) != PplLexer.DIST) return Optional.empty();
    if (spot.type() == PplLexer.LBRACE && tokens.type(spot.at() - 1) == PplLexer.RPAREN)
      return Optional.of(Mend.skip(Diagnostic.error("E0246", spot.here(), "a distribution says on what it lives")
          .help("write `on real {`, or `on positive {`, `on count {`, ..")));
    if (spot.type() == PplLexer.RETURN)
      return Optional.of(Mend.skip(Diagnostic.error("E0246", spot.here(), "a distribution has methods, and no `return`")
          .help("write `logpdf(x) = ..`, the log of the density at x")));
    return Optional.empty();
  }

  /// `f = lambda x: x + 1` has been read as `f = lambda` and `x : x`.
  private static Optional<Mend> lambda(Spot spot) {
    var tokens = spot.tokens();
    for (int i = spot.lineStart(spot.at()); i < spot.at(); i++)
      if (tokens.text(i).equals("lambda") && Recovery.isName(tokens.type(i + 1)) && !tokens.beginsLine(i + 1))
        return Optional.of(Mend.skip(Diagnostic.error("E0128", tokens.span(i),
            "`lambda` is not a word of this language")
            .help("a function is written `fun f(x : real) : real = ..`")));
    return Optional.empty();
  }

  /// `x <- 1` has been read as `x < -1`.
  private static Optional<Mend> arrow(Spot spot) {
    var tokens = spot.tokens();
    if (!inPlace(spot)) return Optional.empty();
    for (int i = spot.failed().inner(); i + 1 < spot.at(); i++)
      if (tokens.type(i) == PplLexer.LT && tokens.type(i + 1) == PplLexer.MINUS && tokens.glued(i)
          && tokens.text(i + 2).equals("function"))
        return Optional.of(Mend.skip(Diagnostic.error("E0128", tokens.span(i + 2),
            "`function` is not a word of this language").help(WORDS.get("function"))));
      else if (tokens.type(i) == PplLexer.LT && tokens.type(i + 1) == PplLexer.MINUS && tokens.glued(i))
        return Optional.of(Mend.of(Diagnostic.error("E0111", tokens.span(i, i + 2),
            "a value is given with `=`, not with `<-`")
            .help("write `=`"), spot.replace(i, i + 2, PplLexer.ASSIGN, "=")));
    return Optional.empty();
  }

  /// `m = real ~ Normal(0, 1)`: the statement ended before `~`.
  private static Optional<Mend> typed(Spot spot) {
    var tokens = spot.tokens();
    if (spot.type() != PplLexer.TILDE || !spot.atStart()) return Optional.empty();
    int name = spot.lineStart(spot.at());
    if (!Recovery.isName(tokens.type(name)) || tokens.type(name + 1) != PplLexer.ASSIGN
        || !StanMends.isType(tokens.text(name + 2))) return Optional.empty();
    return Optional.of(Mend.of(Diagnostic.error("E0127", tokens.span(name + 1),
        "a colon stands between name and type, and `=` before a value")
        .help("write `%s : %s`", tokens.text(name), tokens.span(name + 2, spot.at()).text()),
        spot.replace(name + 1, name + 2, PplLexer.COLON, ":")));
  }

  /// `1 -> x`.
  private static Optional<Mend> rightArrow(Spot spot) {
    for (int i = spot.at(); spot.atStart() && i < spot.tokens().size()
        && (i == spot.at() || !spot.tokens().beginsLine(i)); i++)
      if (spot.tokens().text(i).equals("->")) return Optional.of(rightArrow(spot.tokens().span(i)));
    return Optional.empty();
  }

  static Mend rightArrow(Span span) {
    return Mend.skip(Diagnostic.error("E0111", span, "a value is given from right to left")
        .help("write `name = value`"));
  }

  /// `==` for `=`, and `=` for `==`.
  private static Optional<Mend> equals(Spot spot) {
    var tokens = spot.tokens();
    if (spot.type() == PplLexer.ASSIGN && (spot.atStart() ? isAsked(spot) : isCondition(spot))) {
      var compared = Mend.of(Diagnostic.error("E0119", spot.here(),
          "`=` gives a value; a comparison is written `==`")
          .help("write `==`"), spot.replace(PplLexer.EQ));
      return Optional.of(spot.openerType() == PplLexer.LBRACK ? compared.unfaithful() : compared);
    }
    if (!inPlace(spot)) return Optional.empty();
    for (int i = spot.failed().inner(); i < spot.at(); i++)
      if (tokens.type(i) == PplLexer.EQ)
        return Optional.of(Mend.of(Diagnostic.error("E0119", tokens.span(i), "`==` compares; a value is given with `=`")
            .help("write `=`"), spot.replace(i, i + 1, PplLexer.ASSIGN, "=")));
    return Optional.empty();
  }

  private static boolean isCondition(Spot spot) {
    return spot.openerType() == PplLexer.LPAREN || spot.openerType() == PplLexer.LBRACK
        || spot.tokens().type(spot.failed().inner()) == PplLexer.IF;
  }

  /// `x = y = 1 ? a : b`.
  private static boolean isAsked(Spot spot) {
    for (int i = spot.at(); spot.tokens().type(i) != Token.EOF && (i == spot.at() || !spot.tokens().beginsLine(i)); i++)
      if (spot.tokens().type(i) == PplLexer.QUESTION) return !spot.newLine();
    return false;
  }

  /// `s += x` and its like.
  static Mend compound(Spot spot) {
    return Mend.of(Diagnostic.error("E0114", spot.here(), "a quantity is given once; `%s` cannot change it%s",
        spot.text(),
            spot.text().equals("+=") ? " (only `target` collects)" : "")
        .help("a total is `s = sum(i in 1..N : x[i])`, a running one an array: `s[t] = s[t-1] + x[t]`"),
        spot.replace(PplLexer.ASSIGN)).unfaithful();
  }

  /// A word of the language where a name should stand.
  private static Optional<Mend> reserved(Spot spot) {
    int place = Names.RESERVED.contains(spot.text()) ? spot.at()
        : spot.at() == spot.start() + 1 && Names.RESERVED.contains(spot.tokens().text(spot.start()))
            && isNamed(spot.type())
            ? spot.start() : -1;
    if (place < 0 || !isNamed(spot.tokens().type(place + 1)) && !isOperand(spot, place)) return Optional.empty();
    if (place != spot.start() && spot.tokens().beginsLine(place)
        && !spot.expects(PplLexer.NAME)) return Optional.empty();
    var word = spot.tokens().text(place);
    if (word.equals("target") && place != spot.start() && spot.tokens().type(place + 1) != PplLexer.COLON)
      return Optional.of(Mend.skip(Diagnostic.error("E0120", spot.tokens().span(place),
          "`target` is only added to, and has no value to calculate with")
          .help("write `target += ..`; a density is `logpdf(Normal(mu, sigma), x)`")));
    if (word.equals("target") && spot.type() != PplLexer.COLON && place == spot.start())
      return Optional.of(Mend.of(Diagnostic.error("E0120", spot.tokens().span(place, place + 2),
          "`target` is only added to")
          .help("write `target += ..`"), spot.replace(place + 1, place + 2, PplLexer.PLUS_ASSIGN, "+=")).unfaithful());
    return Optional.of(Mend.of(Diagnostic.error("E0120", spot.tokens().span(place),
        "`%s` is a word of the language and cannot be a name", word)
        .help("choose another name, or quote it: `` `%s` ``", word),
        spot.replace(place, place + 1, PplLexer.QUOTED, "`" + word + "`")));
  }

  private static boolean isNamed(int next) {
    return switch (next) {
      case PplLexer.COLON, PplLexer.ASSIGN, PplLexer.TILDE, PplLexer.DOT -> true;
      default -> false;
    };
  }

  private static boolean isOperand(Spot spot, int place) {
    return place == spot.at() && spot.expects(PplLexer.NAME) && !spot.atStart() && !spot.tokens().beginsLine(place);
  }

  /// `data y : real ~ D(..)`, `data N : int = 3`.
  private static Optional<Mend> valuedData(Spot spot) {
    boolean tilde = spot.type() == PplLexer.TILDE;
    if (!spot.atStart() || !tilde && spot.type() != PplLexer.ASSIGN) return Optional.empty();
    int data = spot.at();
    while (data > 0 && !spot.tokens().beginsLine(data) && spot.tokens().type(data) != PplLexer.DATA) data--;
    if (spot.tokens().type(data) != PplLexer.DATA
        || spot.tokens().type(data + 2) != PplLexer.COLON) return Optional.empty();
    var name = spot.tokens().text(data + 1);
    var error = Diagnostic.error("E0133", spot.here(),
        "`data` declares what is read; nothing else is said of it there");
    return Optional.of(Mend.of(tilde
        ? error.help("give its distribution in a line of its own: `%s ~ ..`", name)
        : error.help("a constant is written without `data`: `%s = ..`, and changed with `--set %s=..`", name, name),
        spot.insert(spot.at(), spot.tokens().type(data + 1), name)).unfaithful());
  }

  /// `x =` and then a line that was read as its value.
  private static Optional<Mend> incomplete(Spot spot) {
    var tokens = spot.tokens();
    int before = spot.at() - 2;
    boolean relates = spot.type() == PplLexer.TILDE || spot.type() == PplLexer.ASSIGN || spot.type() == PplLexer.COLON;
    if (!relates || !spot.atStart() || before < 0 || !tokens.beginsLine(before + 1)
        || spot.endsOperand(before)) return Optional.empty();
    return Optional.of(Mend.of(Diagnostic.error("E0101", tokens.span(before), "an expression is missing after `%s`",
        tokens.text(before))
        .note(tokens.span(before + 1), "the next line was read as its continuation"),
        spot.insert(before + 1, PplLexer.INT, "0")).unfaithful());
  }

  /// A word with a name right behind it, as no statement here begins.
  static Optional<Mend> opening(Spot spot) {
    int first = spot.failed().inner();
    return Recovery.isName(spot.tokens().type(first)) && Recovery.isName(spot.tokens().type(first + 1))
        && !spot.tokens().beginsLine(first + 1) ? word(spot) : Optional.empty();
  }

  private static Optional<Mend> word(Spot spot) {
    var word = spot.tokens().text(spot.failed().inner());
    var advice = WORDS.get(word);
    if (advice == null || spot.at() == spot.failed().inner()) return Optional.empty();
    return Optional.of(Mend.skip(Diagnostic.error("E0128", spot.tokens().span(spot.failed().inner()),
        "`%s` is not a word of this language", word).help(advice)));
  }

  private static Optional<Mend> missingType(Spot spot) {
    if (!spot.expects(PplLexer.COLON) || inPlace(spot)) return Optional.empty();
    var tokens = spot.tokens();
    var before = tokens.text(spot.at() - 1);
    return switch (spot.failed().rule()) {
      case PplParser.RULE_parameter, PplParser.RULE_column -> Optional.of(typeless(spot, "`" + before + " : real`"));
      case PplParser.RULE_statement -> switch (tokens.type(spot.start())) {
        case PplLexer.FUN -> Optional.of(Mend.skip(Diagnostic.error("E0127", spot.here(),
            "a function says what type it gives")
            .help("write `: real` before this")));
        case PplLexer.DATA, PplLexer.LEARN ->
            Optional.of(typeless(spot, "`" + tokens.text(spot.start()) + " " + before + (isSize(before) ? " : int`" : " : real`")));
        default -> Optional.empty();
      };
      default -> Optional.empty();
    };
  }

  private static boolean isSize(String name) {
    return name.length() == 1 && Character.isUpperCase(name.charAt(0));
  }

  private static Mend typeless(Spot spot, String example) {
    var tokens = spot.tokens();
    return Mend.skip(Diagnostic.error("E0127", tokens.span(spot.at() - 1), "`%s` has no type",
        tokens.text(spot.at() - 1))
        .help("a declaration says its type after a colon, for example %s", example));
  }

  /// `logpdf(x, mu) = ..`.
  private static Optional<Mend> method(Spot spot) {
    if (spot.failed().rule() != PplParser.RULE_method || spot.type() != PplLexer.COMMA) return Optional.empty();
    return Optional.of(Mend.skip(Diagnostic.error("E0246", spot.here(),
        "`%s` takes the value alone: the arguments of the distribution are known in it",
            spot.tokens().text(spot.at() - 3))
        .help("write `%s(%s) = ..`", spot.tokens().text(spot.at() - 3), spot.tokens().text(spot.at() - 1))));
  }

  private static Optional<Mend> path(Spot spot) {
    var tokens = spot.tokens();
    int i = spot.failed().inner();
    if (i > 1 && tokens.type(i - 2) == PplLexer.IMPORT && tokens.type(i - 1) == PplLexer.STRING
        && !tokens.beginsLine(i))
      return Optional.of(Mend.skip(Diagnostic.error("E0101", tokens.span(i),
          "nothing stands behind the path of an `import`")
          .help("functions and distributions of the file come with their own names")));
    if (spot.tokens().type(spot.start()) != PplLexer.IMPORT || !spot.expects(PplLexer.STRING)) return Optional.empty();
    return Optional.of(Mend.skip(Diagnostic.error("E0101", spot.here(),
        "`import` takes the path of a file in double quotes")
        .help(Recovery.isName(spot.type()) ? "remove it: functions and distributions of the language need none; another file is read with `import \"lib.ppl\"`"
            : "write `import \"lib.ppl\"`; functions and distributions of the language need none")));
  }

  /// A name that says nothing: an operator or a colon is missing, or the rest of a statement.
  private static Optional<Mend> alone(Spot spot) {
    int first = spot.failed().inner();
    var tokens = spot.tokens();
    if (!inPlace(spot) || first >= spot.at()) return Optional.empty();
    var unnamed = Unnamed.of(spot, first);
    if (unnamed.isPresent()) return unnamed;
    if (spot.at() == first + 1 && Recovery.isName(spot.type()) && !spot.newLine() && StanMends.isType(spot.text()))
      return Optional.of(Mend.of(Diagnostic.error("E0127", tokens.span(first, spot.at() + 1),
          "a colon is missing between name and type")
          .help("write `%s : %s`", tokens.text(first), spot.text()), spot.insert(spot.at(), PplLexer.COLON)));
    boolean names = Recovery.isName(tokens.type(first - 1)) && Recovery.isName(tokens.type(first));
    if (!tokens.beginsLine(first) && names && !Traps.isDeclared(tokens, tokens.text(first - 1)))
      return Optional.of(Mend.skip(Diagnostic.error("E0132", tokens.span(first - 1, first + 1),
          "something is missing between `%s` and `%s`", Excerpt.of(tokens.text(first - 1)),
              Excerpt.of(tokens.text(first)))
          .help("write `%s(%s)` if the first is a function, `%1$s * %2$s` if you mean the product",
              tokens.text(first - 1), tokens.text(first))));
    if (!tokens.beginsLine(first) && spot.endsOperand(first - 1))
      return Optional.of(Mend.skip(Diagnostic.error("E0132", tokens.span(first - 1, first + 1),
          "an operator is missing between `%s` and `%s`", Excerpt.of(tokens.text(first - 1)),
              Excerpt.of(tokens.text(first)))
          .help(Spot.isCloser(tokens.type(first - 1)) ? "remove what does not belong here, or write the operator"
              : "write `%s * %s` if you mean the product", tokens.text(first - 1), tokens.text(first))));
    var keyword = tokens.beginsLine(first) && spot.at() == first + 1
        ? Suggest.closest(tokens.text(first), Names.OPENERS) : Optional.<String>empty();
    if (keyword.isPresent())
      return Optional.of(Mend.of(Diagnostic.error("E0128", tokens.span(first), "`%s` is not a word of this language",
          tokens.text(first)).help("did you mean `%s`?", keyword.get()),
          spot.replace(first, first + 1, Spot.keyword(keyword.get()), keyword.get())));
    var what = Excerpt.of(tokens.span(first, spot.at()).text());
    return Optional.of(Mend.skip(Diagnostic.error("E0101", tokens.span(first, spot.at()),
        "`%s` alone is not a statement", what)
        .help("say what it is, `x : real`, what value it has, `x = ..`, or how it is distributed, "
            + "`x ~ Normal(0, 1)`")));
  }
}
