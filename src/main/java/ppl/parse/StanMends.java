package ppl.parse;

import static java.util.Map.entry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.Token;
import ppl.parse.Mend.Edit;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;

/// Blocks, declarations and truncations as Stan and BUGS write them.
final class StanMends {
  /// Stan's type words and what they are here.
  private static final Map<String, String> TYPES = Map.ofEntries(
      entry("int", "int"), entry("real", "real"), entry("vector", "vector"), entry("row_vector", "vector"),
      entry("matrix", "matrix"), entry("simplex", "simplex"), entry("ordered", "ordered"),
      entry("positive_ordered", "positive_ordered"), entry("unit_vector", "unit_vector"),
      entry("sum_to_zero_vector", "sum_to_zero"), entry("cov_matrix", "cov"), entry("corr_matrix", "corr"),
      entry("cholesky_factor_cov", "cov_cholesky"), entry("cholesky_factor_corr", "corr_cholesky"),
      entry("bool", "bool"), entry("float", "real"), entry("double", "real"), entry("factor", "factor"));

  private static final Map<String, String> BLOCKS = Map.of(
      "data", "write `data` before each of its names: `data N : int`",
      "transformed data", "write its statements at top level; the compiler sees what depends on data alone",
      "parameters", "declare each unknown at top level with its prior: `mu : real ~ Normal(0, 1)`",
      "transformed parameters", "write its statements at top level: `theta = mu + tau * eta`",
      "model", "write its statements at top level; priors stand with the declarations",
      "generated quantities", "write `generate { .. }`",
      "functions", "write each function at top level: `fun f(x : real) : real = ..`");

  private static final Set<String> BOUNDS = Set.of("lower", "upper", "offset", "multiplier");

  /// The tokens of `data array[.., ..]` that may stand before the type of a declaration.
  private static final int MAX_HEAD = 12;

  private StanMends() {}

  static boolean isType(String word) {
    return TYPES.containsKey(word);
  }

  static Optional<Mend> of(Spot spot) {
    return block(spot)
        .or(() -> function(spot))
        .or(() -> declaration(spot))
        .or(() -> bounds(spot))
        .or(() -> truncation(spot));
  }

  /// `x : real<lower=0>[K]`: the type is read, and then `<` cannot be.
  private static Optional<Mend> bounds(Spot spot) {
    var tokens = spot.tokens();
    int at = spot.at();
    if (spot.type() != PplLexer.LT || !BOUNDS.contains(tokens.text(at + 1)) || tokens.type(at + 2) != PplLexer.ASSIGN
        || !isType(tokens.text(at - 1))) return Optional.empty();
    var bounds = new ArrayList<Token>();
    int end = bounds(spot, at, bounds);
    var type = type(spot, at - 1, bounds, List.of());
    boolean moved = IntStream.range(at, end).anyMatch(i -> tokens.text(i).matches("offset|multiplier"));
    return Optional.of(Mend.of(moved ? Diagnostic.error("E0112", tokens.span(at - 1, end), "a quantity is moved and scaled by hand")
        .help("leave these out, or write `x = offset + multiplier * z` with `z : real ~ Normal(0, 1)`")
        : Diagnostic.error("E0112", tokens.span(at - 1, end), "bounds stand in parentheses").help("write `%s`", text(type)),
        new Edit(at - 1, end, type)));
  }

  /// `real f(real x, vector y) {`.
  private static Optional<Mend> function(Spot spot) {
    var tokens = spot.tokens();
    int first = spot.failed().inner();
    int open = first + 2;
    boolean head = isType(tokens.text(first)) && Recovery.isName(tokens.type(first + 1))
        && tokens.type(open) == PplLexer.LPAREN;
    int close = head ? spot.closing(open) : 0;
    if (!head || tokens.type(close + 1) != PplLexer.LBRACE) return Optional.empty();
    var written = new ArrayList<String>();
    for (int i = open + 1; i < close; i++)
      if (isType(tokens.text(i)) && tokens.type(i) == PplLexer.NAME) {
        int name = i + 1;
        while (name < close && !Recovery.isName(tokens.type(name))) name++;
        written.add(tokens.text(name) + " : " + TYPES.get(tokens.text(i)) + sizes(tokens.text(i)));
      }
    var text = "fun " + tokens.text(first + 1) + "(" + String.join(", ",
        written) + ") : " + TYPES.get(tokens.text(first))
        + sizes(tokens.text(first)) + " { .. }";
    int end = Math.min(spot.closing(close + 1) + 1, tokens.size() - 1);
    return Optional.of(Mend.of(Diagnostic.error("E0127", tokens.span(first, close + 1),
        "a function begins with `fun`, and types follow names").help("write `%s`", text),
        new Edit(first, end, List.of(made(spot, PplLexer.FUN, "fun", first), tokens.get(first + 1),
            made(spot, PplLexer.LPAREN, "(", first), made(spot, PplLexer.RPAREN, ")", first),
            made(spot, PplLexer.COLON, ":", first), made(spot, PplLexer.NAME, "real", first),
            made(spot, PplLexer.ASSIGN, "=", first), made(spot, PplLexer.INT, "0", first)))).unfaithful());
  }

  private static String sizes(String type) {
    return type.equals("matrix") ? "[n, m]" : type.equals("vector") || type.equals("row_vector") ? "[n]" : "";
  }

  private static Optional<Mend> block(Spot spot) {
    var tokens = spot.tokens();
    int start = spot.start();
    int brace = tokens.type(start + 1) == PplLexer.LBRACE ? start + 1 : start + 2;
    if (tokens.type(brace) != PplLexer.LBRACE) return Optional.empty();
    var name = brace == start + 1 ? tokens.text(start) : tokens.text(start) + " " + tokens.text(start + 1);
    var help = BLOCKS.get(name);
    if (help == null) return Optional.empty();
    var error = Diagnostic.error("E0113", tokens.span(start, brace), "there is no `%s` block in this language", name)
        .help(help);
    return Optional.of(new Mend(List.of(error), edits(spot, name, brace), true));
  }

  private static List<Edit> edits(Spot spot, String name, int brace) {
    int close = spot.closing(brace);
    var edits = new ArrayList<Edit>();
    if (name.equals("generated quantities")) return List.of(spot.replace(spot.start(), brace, PplLexer.GENERATE,
        "generate"));
    edits.add(spot.delete(spot.start(), brace + 1));
    if (name.equals("data")) declareData(spot, brace, close, edits);
    if (spot.tokens().type(close) == PplLexer.RBRACE) edits.add(spot.delete(close, close + 1));
    return edits;
  }

  /// Stan ends its declarations with `;`, so each of a `data` block can be given the word.
  private static void declareData(Spot spot, int brace, int close, List<Edit> edits) {
    for (int i = brace; i + 1 < close; i++)
      if (i == brace || spot.tokens().text(i).equals(";")) edits.add(data(spot, i + 1));
  }

  private static Edit data(Spot spot, int before) {
    return new Edit(before, before, List.of(made(spot, PplLexer.DATA, "data", before)));
  }

  /// A declaration read: the name, then where its parts stand.
  private record Declared(int end, int name, List<Token> type) {}

  /// `real<lower=0> x` could be read, as a comparison that is given a value.
  static Optional<Mend> bounded(Tokens tokens, int start) {
    var sized = sized(tokens, start);
    if (sized.isPresent()) return sized;
    int i = tokens.type(start) == PplLexer.DATA ? start + 1 : start;
    if (!isType(tokens.text(i)) && !tokens.text(i).equals("array")) return Optional.empty();
    while (tokens.type(i + 1) != PplLexer.LT && i - start < MAX_HEAD) i++;
    boolean bound = BOUNDS.contains(tokens.text(i + 2)) && tokens.type(i + 3) == PplLexer.ASSIGN;
    return bound && isType(tokens.text(i)) ? declaration(new Spot(tokens, Attempt.Failed.assumed(start)), start)
        : Optional.empty();
  }

  /// `y : array[N] int`, which could be read as two statements.
  private static Optional<Mend> sized(Tokens tokens, int start) {
    int i = tokens.type(start) == PplLexer.DATA ? start + 3 : start + 2;
    if (i + 1 >= tokens.size() || !tokens.text(i).equals("array") || tokens.type(i - 1) != PplLexer.COLON
        || tokens.type(i + 1) != PplLexer.LBRACK) return Optional.empty();
    var spot = new Spot(tokens, Attempt.Failed.assumed(start));
    int word = spot.closing(i + 1) + 1;
    if (word >= tokens.size() || !isType(tokens.text(word)) || tokens.beginsLine(word)) return Optional.empty();
    var dimensions = new ArrayList<List<Token>>();
    bracket(spot, i + 1, dimensions);
    int end = tokens.type(word + 1) == PplLexer.LBRACK ? bracket(spot, word + 1, dimensions) : word + 1;
    var type = type(spot, word, List.of(), dimensions);
    return Optional.of(Mend.of(Diagnostic.error("E0112", tokens.span(i, end), "sizes follow the type")
        .help("write `%s`", text(type)), new Edit(i, end, type)));
  }

  private static Optional<Mend> declaration(Spot spot) {
    return declaration(spot, spot.failed().inner());
  }

  private static Optional<Mend> declaration(Spot spot, int first) {
    boolean data = spot.tokens().type(first) == PplLexer.DATA;
    return declared(spot, data ? first + 1 : first).map(d -> {
      var tokens = spot.tokens();
      var name = tokens.get(d.name());
      var place = tokens.span(first, d.end());
      var written = new ArrayList<>(List.of(name, made(spot, PplLexer.COLON, ":", first)));
      written.addAll(d.type());
      var text = (data ? "data " : "") + name.getText() + " : " + text(d.type());
      return Mend.of(Diagnostic.error("E0112", place, "the name comes first, then a colon and the type")
          .help("write `%s`", text), new Edit(data ? first + 1 : first, d.end(), written));
    });
  }

  private static Token made(Spot spot, int type, String text, int near) {
    int at = spot.tokens().span(near).start();
    return Tokens.made(spot.tokens().source(), type, text, at, at + (type == PplLexer.INT ? 1 : 0));
  }

  /// `array[n] real<lower=a>[m] x[k]`.
  private static Optional<Declared> declared(Spot spot, int first) {
    var tokens = spot.tokens();
    var dimensions = new ArrayList<List<Token>>();
    int i = first;
    if (tokens.text(i).equals("array") && tokens.type(i + 1) == PplLexer.LBRACK) i = bracket(spot, i + 1, dimensions);
    int word = i;
    if (!isType(tokens.text(i)) || tokens.type(i) != PplLexer.NAME) return Optional.empty();
    i++;
    var bounds = new ArrayList<Token>();
    if (tokens.type(i) == PplLexer.LT) i = bounds(spot, i, bounds);
    if (tokens.type(i) == PplLexer.LBRACK) i = bracket(spot, i, dimensions);
    int name = i;
    if (!Recovery.isName(tokens.type(i)) || i == word) return Optional.empty();
    i++;
    if (tokens.type(i) == PplLexer.LBRACK) i = bracket(spot, i, dimensions);
    return Optional.of(new Declared(i, name, type(spot, word, bounds, dimensions)));
  }

  private static int bracket(Spot spot, int open, List<List<Token>> out) {
    int close = spot.closing(open);
    if (close > open + 1) out.add(spot.tokens().list().subList(open + 1, close));
    return Math.min(close + 1, spot.tokens().size() - 1);
  }

  private static int bounds(Spot spot, int open, List<Token> out) {
    int i = open + 1;
    while (spot.tokens().type(i) != PplLexer.GT && spot.tokens().type(i) != Token.EOF
        && !spot.tokens().text(i).equals(";")) out.add(spot.tokens().get(i++));
    return spot.tokens().type(i) == PplLexer.GT ? i + 1 : i;
  }

  private static List<Token> type(Spot spot, int word, List<Token> bounds, List<List<Token>> dimensions) {
    var out = new ArrayList<Token>();
    var own = support(TYPES.get(spot.tokens().text(word)), text(bounds));
    var span = spot.tokens().span(word);
    out.add(Tokens.made(span.source(), PplLexer.NAME, own.orElse(TYPES.get(spot.tokens().text(word))), span.start(),
        span.end()));
    boolean scaled = !bounds.isEmpty() && !bounds.getFirst().getText().matches("lower|upper");
    if (own.isEmpty() && !bounds.isEmpty() && !scaled) {
      out.add(made(spot, PplLexer.LPAREN, "(", word));
      out.addAll(bounds);
      out.add(made(spot, PplLexer.RPAREN, ")", word));
    }
    if (dimensions.isEmpty()) return out;
    out.add(made(spot, PplLexer.LBRACK, "[", word));
    for (var d : dimensions) {
      if (d != dimensions.getFirst()) out.add(made(spot, PplLexer.COMMA, ",", word));
      out.addAll(d);
    }
    out.add(made(spot, PplLexer.RBRACK, "]", word));
    return out;
  }

  /// The word for the commonest bounds.
  private static Optional<String> support(String type, String bounds) {
    return Optional.ofNullable(switch (type + " " + bounds) {
      case "real lower = 0", "vector lower = 0" -> "positive";
      case "real lower = 0, upper = 1", "vector lower = 0, upper = 1" -> "unit";
      case "int lower = 0" -> "count";
      case "int lower = 0, upper = 1" -> "binary";
      default -> null;
    });
  }

  private static String text(List<Token> tokens) {
    return tokens.stream().map(Token::getText).collect(Collectors.joining(" "))
        .replaceAll(" ?([\\[(]) ?", "$1").replaceAll(" ([\\]),])", "$1");
  }

  /// `y ~ Normal(mu, sigma) T[0, ]`, BUGS' `I(0,)`.
  private static Optional<Mend> truncation(Spot spot) {
    var tokens = spot.tokens();
    int first = spot.failed().inner();
    boolean letter = tokens.text(first).matches("[TIC]") && !tokens.beginsLine(first) && tokens.glued(first);
    boolean bracket = tokens.type(first + 1) == PplLexer.LBRACK || tokens.type(first + 1) == PplLexer.LPAREN;
    if (!letter || !bracket || tokens.type(first - 1) != PplLexer.RPAREN) return Optional.empty();
    int close = Math.min(spot.closing(first + 1) + 1, tokens.size() - 1);
    return Optional.of(Mend.of(Diagnostic.error("E0126", tokens.span(first, close),
        "truncation stands around the distribution").help("write `%s`; for data that are cut off there, `censored(..)`", truncated(spot, first, close)),
        spot.delete(first, close)).unfaithful());
  }

  /// The distribution before `first`, between the bounds behind it.
  private static String truncated(Spot spot, int first, int close) {
    var tokens = spot.tokens();
    int law = first - 1;
    for (int depth = 0; law > 0; law--) {
      if (Spot.isCloser(tokens.type(law))) depth++;
      if (Spot.isOpener(tokens.type(law)) && --depth == 0) break;
    }
    int comma = first + 2;
    while (comma < close - 1 && tokens.type(comma) != PplLexer.COMMA)
      comma = Spot.isOpener(tokens.type(comma)) ? spot.closing(comma) + 1 : comma + 1;
    var lower = comma > first + 2 ? ", lower = " + tokens.span(first + 2, comma).text() : "";
    var upper = comma + 1 < close - 1 ? ", upper = " + tokens.span(comma + 1, close - 1).text() : "";
    return "truncated(" + Excerpt.of(tokens.span(Math.max(0, law - 1), first).text()) + lower + upper + ")";
  }
}
