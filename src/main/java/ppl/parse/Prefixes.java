package ppl.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;

/// Libraries before the names of their functions: `np.exp(x)`, `pm.Normal("mu", 0, 1)`, `dist.Beta(1, 1)`.
final class Prefixes {
  private Prefixes() {}

  /// The tokens of `a.b.f` from `from` on; `last` is `f`.
  private record Path(int from, int last) {}

  static Optional<Mend> of(Spot spot) {
    return path(spot).map(p -> mend(spot, p));
  }

  private static Optional<Path> path(Spot spot) {
    var tokens = spot.tokens();
    int from = spot.at();
    while (from > 0 && (tokens.type(from) == PplLexer.LPAREN || tokens.type(from) == PplLexer.DOT
        || tokens.type(from - 1) == PplLexer.DOT)) from--;
    var found = at(tokens, from).filter(p -> p.last() >= spot.at() - 1);
    return isLibrary(tokens, from) ? found : Optional.empty();
  }

  private static Optional<Path> at(Tokens tokens, int from) {
    int i = from;
    while (isPart(tokens.type(i)) && tokens.type(i + 1) == PplLexer.DOT) i += 2;
    return i > from && Recovery.isName(tokens.type(i)) && tokens.type(i + 1) == PplLexer.LPAREN
        ? Optional.of(new Path(from, i)) : Optional.empty();
  }

  private static boolean isPart(int type) {
    return Recovery.isName(type) || type == PplLexer.DIST;
  }

  private static boolean isLibrary(Tokens tokens, int i) {
    return tokens.type(i) == PplLexer.DIST || !Traps.isDeclared(tokens, tokens.text(i));
  }

  /// All of one library leave at once, so that a habit is told once.
  private static Mend mend(Spot spot, Path first) {
    var tokens = spot.tokens();
    var prefix = tokens.span(first.from(), first.last()).text();
    var edits = new ArrayList<Mend.Edit>();
    for (int i = Math.min(first.from(), spot.start()); i < tokens.size(); i++) {
      var path = tokens.type(i - 1) == PplLexer.DOT ? Optional.<Path>empty() : at(tokens, i);
      if (path.isPresent() && tokens.span(i, path.get().last()).text().equals(prefix)) edits.add(spot.delete(i, path.get().last()));
    }
    var error = Diagnostic.error("E0205", tokens.span(first.from(), first.last() + 1), "%s have no `%s` before them",
        Character.isUpperCase(tokens.text(first.last()).charAt(0)) ? "names" : "functions", prefix);
    return new Mend(List.of(edits.size() > 1 ? error.help("remove it (%d times in this text)", edits.size())
        : error.help(advice(spot, first.last()))), edits, true);
  }

  private static String advice(Spot spot, int function) {
    var tokens = spot.tokens();
    int close = spot.closing(function + 1);
    return tokens.type(function + 2) == PplLexer.STRING ? "remove it" : "write `%s(%s)`".formatted(tokens.text(function),
        close == function + 2 ? "" : Excerpt.of(tokens.span(function + 2, close).text()));
  }
}
