package ppl.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.parse.generated.PplLexer;
import ppl.source.Diagnostic;

/// Models of R in one call, written out: `lm(y ~ x)`, `glm(y ~ x + (1 | g), family = poisson)`.
final class Formulas {
  /// The likelihoods of families, over the predictor.
  private static final Map<String, String> FAMILIES = Map.of("binomial", "Bernoulli(logit = %s)", "bernoulli", "Bernoulli(logit = %s)",
      "poisson", "Poisson(log = %s)", "negbinomial", "NegativeBinomial(log = %s, dispersion = phi)");
  private static final String GAUSSIAN = "Normal(%s, sigma)";

  private Formulas() {}

  static Optional<Mend> of(Spot spot) {
    var tokens = spot.tokens();
    int opener = spot.opener();
    if (spot.type() != PplLexer.TILDE || spot.openerType() != PplLexer.LPAREN || !Recovery.isName(tokens.type(opener - 1))
        || tokens.type(opener + 1) == PplLexer.TILDE) return Optional.empty();
    int end = end(spot);
    var terms = terms(spot, end);
    if (terms.isEmpty()) return Optional.empty();
    var family = family(spot, end);
    var groups = terms.stream().filter(t -> t.startsWith("u[")).map(t -> t.substring(2, t.length() - 1)).toList();
    var unknowns = new ArrayList<>(terms.stream().filter(t -> !t.startsWith("u[")).map(t -> t.replaceAll("\\W.*", "")).toList());
    if (!groups.isEmpty()) unknowns.add("tau");
    if (family.contains("sigma")) unknowns.add("sigma");
    if (family.contains("phi")) unknowns.add("phi");
    return Optional.of(Mend.skip(Diagnostic.error("E0208", tokens.span(opener + 1, end), "a formula is written out: a model says how data come about")
        .help("write `%s ~ %s`, with a prior for each of %s, such as `%s : real ~ Normal(0, 5)`%s",
            Excerpt.of(tokens.span(opener + 1, spot.at()).text()), family.formatted(String.join(" + ", terms)),
            unknowns.stream().map(u -> "`" + u + "`").collect(Collectors.joining(", ")), unknowns.getFirst(),
            groups.stream().map("; the effects of groups are `u : real[%s] ~ Normal(0, tau)`"::formatted).findFirst().orElse(""))));
  }

  /// Behind the formula.
  private static int end(Spot spot) {
    int i = spot.at();
    while (i < spot.closing(spot.opener()) && spot.tokens().type(i) != PplLexer.COMMA)
      i = Spot.isOpener(spot.tokens().type(i)) ? spot.closing(i) + 1 : i + 1;
    return i;
  }

  private static String family(Spot spot, int end) {
    return Stream.iterate(end, i -> i < spot.closing(spot.opener()), i -> i + 1).map(i -> FAMILIES.get(spot.tokens().text(i)))
        .filter(f -> f != null).findFirst().orElse(GAUSSIAN);
  }

  /// The terms of the predictor: an intercept, a coefficient for each other term, an effect for each group.
  private static List<String> terms(Spot spot, int end) {
    var tokens = spot.tokens();
    var all = new ArrayList<String>();
    boolean through = false;
    int slopes = 0;
    for (int from = spot.at() + 1; from < end; ) {
      int to = from;
      while (to < end && tokens.type(to) != PplLexer.PLUS) to = Spot.isOpener(tokens.type(to)) ? spot.closing(to) + 1 : to + 1;
      var term = tokens.span(from, to).text();
      var group = term.matches("\\(.*\\|.*\\)") ? term.replaceAll(".*\\||\\)$", "").strip() : "";
      through |= term.equals("0");
      if (!group.isEmpty()) all.add("u[" + group + "]");
      else if (!term.matches("[01]")) all.add("b" + ++slopes + " * " + (term.matches("\\w+(\\(.*\\))?") ? term : "(" + term + ")"));
      from = to + 1;
    }
    if (slopes == 1) all.replaceAll(t -> t.replaceFirst("^b1 ", "b "));
    if (!through) all.addFirst("a");
    return all;
  }
}
