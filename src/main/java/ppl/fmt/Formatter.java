package ppl.fmt;

import java.util.List;
import java.util.Optional;
import ppl.ast.Ast;
import ppl.parse.Gap;
import ppl.parse.Parser;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// The one layout of `.ppl` texts: one statement a line, two spaces a block, lines to 100 columns, broken at the
/// outermost brackets or before operators. Comments and single blank lines stay where they are.
public final class Formatter {
  private Formatter() {}

  /// A text in canonical layout; empty if it has syntax errors, which are added to the diagnostics.
  /// Formatting again changes nothing, and the tokens and comments are those of the text.
  public static Optional<String> format(Source source, Diagnostics diagnostics) {
    var found = new Diagnostics();
    var ast = Parser.parse(source, found);
    found.all().forEach(diagnostics::add);
    if (found.hasErrors()) return Optional.empty();
    var gaps = Gap.all(source);
    var text = ast.map(StmtDoc::file).map(doc -> new Layout(gaps).write(doc))
        .map(t -> Alignment.of(source.text(), t));
    text.ifPresent(t -> verify(gaps, Gap.all(new Source(source.name(), t))));
    return text;
  }

  /// A tree as text, with its documentation and without other comments. Parentheses are added where they are needed.
  public static String format(Ast ast) {
    return new Layout(List.of()).write(StmtDoc.file(ast));
  }

  /// Losing a word or a comment of someone's text must not go unseen.
  private static void verify(List<Gap> before, List<Gap> after) {
    if (before.size() != after.size() || comments(before) != comments(after))
      throw new IllegalStateException("the formatter changed what the text says");
  }

  private static int comments(List<Gap> gaps) {
    return gaps.stream().mapToInt(g -> g.leading().size() + g.trailing().size()).sum();
  }
}
