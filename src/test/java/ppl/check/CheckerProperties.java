package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.source.Renderer;
import ppl.source.Source;

/// Programs that are almost right: whatever is wrong with them is said, nothing is thrown.
class CheckerProperties {
  private static final List<String> WORDS = List.of("N", "x", "y", "mu", "1", "0", "-1", "2.5", "real", "int", "[",
      "]", "(", ")", "Normal", "Poisson", "~", "=",
      "for", "t", "t-1", "sum", "county", "homes", "..", "'", "*", "^", "\"a\"", "simplex", "data", "{", "}", "if",
          "?", ":", "log", "Flat", "cholesky");

  private static final List<List<String>> PROGRAMS = Stream.of("good", "bad", "language")
      .flatMap(d -> Check.files(d).stream())
      .map(Check::read).map(Source::text).map(CheckerProperties::tokens).toList();

  private static List<String> tokens(String text) {
    return java.util.regex.Pattern.compile("//[^\n]*\n|\\s+|[A-Za-z_0-9]+(?:\\.[0-9]+)?|\"[^\"]*\"|\\.\\.|.",
        java.util.regex.Pattern.DOTALL).matcher(text)
        .results().map(java.util.regex.MatchResult::group).toList();
  }

  @Provide
  Arbitrary<String> mutants() {
    return Combinators.combine(Arbitraries.of(PROGRAMS), Arbitraries.of(PROGRAMS), Arbitraries.longs())
        .as((a, b, seed) -> mutate(a, b, new Random(seed)));
  }

  private static String mutate(List<String> program, List<String> other, Random random) {
    var text = new ArrayList<>(program);
    int edits = 1 + random.nextInt(3);
    for (int e = 0; e < edits && !text.isEmpty(); e++) {
      int at = random.nextInt(text.size());
      switch (random.nextInt(5)) {
        case 0 -> text.remove(at);
        case 1 -> text.set(at, WORDS.get(random.nextInt(WORDS.size())));
        case 2 -> text.add(at, text.get(random.nextInt(text.size())));
        case 3 -> text.set(at, other.get(random.nextInt(other.size())));
        default -> text.set(at, text.get(random.nextInt(text.size())));
      }
    }
    return String.join("", text);
  }

  @Property(tries = 2000)
  void mutatedProgramsAreJudgedAndNeverThrow(@ForAll("mutants") String text) {
    var check = Check.of(new Source("mutant.ppl", text), Map.of(), Map.of());
    if (check.typed().isEmpty() && check.said().stream().noneMatch(d ->
        d.isError())) throw new AssertionError("refused without a reason:\n" + text);
    if (check.typed().isPresent() && check.said().stream().anyMatch(d ->
        d.isError())) throw new AssertionError("accepted in spite of an error:\n" + text);
    Renderer.plain().render(check.said());
  }
}
