package ppl.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;

/// Calls that stand alone and say what is observed, as Python's languages have it: `sample("y", Normal(mu, 1), obs = y)`,
/// `Normal("y", mu, 1, observed = y)`.
final class Unnamed {
  private static final Set<String> OBSERVED = Set.of("obs", "observed");

  private Unnamed() {}

  static Optional<Mend> of(Spot spot, int first) {
    var tokens = spot.tokens();
    if (tokens.type(first + 1) != PplLexer.LPAREN || spot.closing(first + 1) != spot.at() - 1) return Optional.empty();
    var arguments = arguments(spot, first + 1);
    var observed = arguments.stream().filter(a -> OBSERVED.contains(tokens.text(a.from())) && tokens.type(a.from() + 1) == PplLexer.ASSIGN)
        .findFirst();
    var parts = arguments.stream().filter(a -> tokens.type(a.from()) != PplLexer.STRING && !observed.equals(Optional.of(a)))
        .map(a -> tokens.span(a.from(), a.to()).text()).toList();
    if (observed.isEmpty() || parts.isEmpty()) return Optional.empty();
    var law = tokens.text(first).equals("sample") ? parts.getFirst()
        : parts.stream().collect(Collectors.joining(", ", tokens.text(first) + "(", ")"));
    var data = tokens.span(observed.get().from() + 2, observed.get().to()).text();
    return Optional.of(Mend.skip(Diagnostic.error("E0101", tokens.span(first, spot.at()),
        "what is observed stands left of `~`").help("write `%s ~ %s`", Excerpt.of(data), Excerpt.of(law))));
  }

  private record Argument(int from, int to) {}

  private static List<Argument> arguments(Spot spot, int opener) {
    var all = new ArrayList<Argument>();
    int from = opener + 1;
    int close = spot.closing(opener);
    for (int i = from; i <= close; i++) {
      if (Spot.isOpener(spot.tokens().type(i))) i = spot.closing(i);
      else if (i == close || spot.tokens().type(i) == PplLexer.COMMA) {
        if (i > from) all.add(new Argument(from, i));
        from = i + 1;
      }
    }
    return all;
  }
}
