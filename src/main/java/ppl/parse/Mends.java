package ppl.parse;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;

/// Finds what to say about a place that cannot be read: first the mistakes that are known, then what should stand
/// there.
final class Mends {
  private static final int MANY = 4;

  private Mends() {}

  static Mend of(Tokens tokens, Attempt.Failed failed) {
    var spot = new Spot(tokens, failed);
    return ForeignMends.of(spot)
        .or(() -> StatementMends.opening(spot))
        .or(() -> Prefixes.of(spot))
        .or(() -> Formulas.of(spot))
        .or(() -> StanMends.of(spot))
        .or(() -> BracketMends.indices(spot))
        .or(() -> BracketMends.of(spot))
        .or(() -> BracketMends.open(spot))
        .or(() -> BracketMends.body(spot))
        .or(() -> StatementMends.of(spot))
        .orElseGet(() -> Mend.skip(unexpected(spot)));
  }

  private static Diagnostic unexpected(Spot spot) {
    if (spot.wantsOperand()) return missing(spot);
    if (spot.atStart())
      return Diagnostic.error("E0101", spot.here(), "a statement cannot begin with `%s`", found(spot))
          .help("statements begin with a name or with `data`, `for`, `if`, `fun`, ..");
    var wanted = wanted(spot);
    var error = spot.isEnd()
        ? Diagnostic.error("E0101", spot.here(), "the text ends in the middle of a statement")
        : Diagnostic.error("E0101", spot.here(), "`%s` cannot stand here", found(spot));
    return wanted.isEmpty() ? error : error.help("expected here: %s", wanted);
  }

  /// A missing expression is shown by what it should follow, since the failing token may be lines away.
  private static Diagnostic missing(Spot spot) {
    var before = spot.tokens().span(spot.at() - 1);
    if (spot.isEnd() || spot.newLine())
      return Diagnostic.error("E0101", before, "an expression is missing after `%s`", before.text());
    return Diagnostic.error("E0101", spot.here(), "an expression is missing before `%s`", found(spot));
  }

  private static String found(Spot spot) {
    return Excerpt.of(spot.text());
  }

  private static String wanted(Spot spot) {
    List<String> names = IntStream.rangeClosed(1, PplLexer.STRING).filter(spot::expects)
        .mapToObj(Mends::describe).distinct().toList();
    return names.size() > MANY ? "" : names.stream().collect(Collectors.joining(" or "));
  }

  private static String describe(int type) {
    return switch (type) {
      case PplLexer.NAME, PplLexer.QUOTED, PplLexer.BY, PplLexer.ON -> "a name";
      case PplLexer.INT, PplLexer.REAL -> "a number";
      case PplLexer.STRING -> "a text in double quotes";
      default -> "`" + Spot.symbol(type) + "`";
    };
  }
}
