package ppl.fmt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import ppl.ast.Ast;
import ppl.ast.AstArbitraries;
import ppl.ast.Stmt;
import ppl.ast.Structure;
import ppl.parse.Gap;
import ppl.parse.LanguageModels;
import ppl.parse.Parser;
import ppl.source.Diagnostics;
import ppl.source.Renderer;
import ppl.source.Source;
import ppl.source.Span;

class FormatterProperties {
  @Provide
  Arbitrary<Ast> files() {
    return AstArbitraries.files();
  }

  @Provide
  Arbitrary<Ast> formulas() {
    return AstArbitraries.expressions().map(e -> {
      var here = new Span(new Source("random.ppl", ""), 0, 0);
      return new Ast(here.source(), List.of(new Stmt.Target(e, here)));
    });
  }

  @Provide
  Arbitrary<Source> models() {
    return Arbitraries.of(LanguageModels.all());
  }

  @Property(tries = 150)
  void readingAFormattedTreeGivesTheTree(@ForAll("files") Ast ast) {
    roundTrip(ast);
  }

  @Property(tries = 600)
  void expressionsKeepTheirGrouping(@ForAll("formulas") Ast ast) {
    roundTrip(ast);
  }

  private static void roundTrip(Ast ast) {
    var text = Formatter.format(ast);
    assertEquals(Structure.grouped(ast.statements()), Structure.grouped(read(text).statements()), text);
    assertEquals(text, formatted(text));
  }

  /// No pair of parentheses that the formatter added can be missed.
  @Property(tries = 150)
  void addedParenthesesAreNeeded(@ForAll("formulas") Ast ast) {
    Assume.that(!Structure.exact(ast.statements()).contains("Paren("));
    var text = Formatter.format(ast);
    for (int open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
      var without = Parens.removed(text, open);
      if (without.isEmpty()) continue;
      var diagnostics = new Diagnostics();
      var tree = Parser.parse(new Source("less.ppl", without.get()), diagnostics);
      if (diagnostics.hasErrors() || tree.isEmpty()) continue;
      if (Structure.grouped(ast.statements()).equals(Structure.grouped(tree.get().statements())))
        throw new AssertionError("not needed: " + text);
    }
  }

  /// Comments and blank lines anywhere between tokens survive, and the second time nothing moves.
  @Property(tries = 150)
  void commentsStayWhereTheyAre(@ForAll("models") Source model, @ForAll java.util.Random random) {
    var text = Sprinkle.comments(model, random);
    var once = formatted(text);
    assertEquals(comments(text), comments(once));
    assertEquals(once, formatted(once));
    assertEquals(Structure.exact(read(text).statements()), Structure.exact(read(once).statements()));
  }

  /// Spaces before signs line up neighbours or say nothing; the second time nothing moves.
  @Property(tries = 150)
  void alignmentIsKeptOrMade(@ForAll("models") Source model, @ForAll java.util.Random random) {
    var text = Sprinkle.spaces(model, random);
    var once = formatted(text);
    assertEquals(once, formatted(once));
    assertEquals(formatted(model.text()).replaceAll(" +", " "), once.replaceAll(" +", " "));
  }

  private static List<String> comments(String text) {
    return Gap.all(new Source("c.ppl", text)).stream()
        .map(g -> g.trailing().stream().map(Gap.Comment::text).toList() + "" + g.leading().stream()
            .map(Gap.Comment::text).toList())
        .toList();
  }

  private static Ast read(String text) {
    var diagnostics = new Diagnostics();
    var ast = Parser.parse(new Source("read.ppl", text), diagnostics);
    if (diagnostics.hasErrors() || ast.isEmpty())
      throw new AssertionError(Renderer.plain().render(diagnostics) + text);
    return ast.get();
  }

  private static String formatted(String text) {
    var diagnostics = new Diagnostics();
    return Formatter.format(new Source("again.ppl", text), diagnostics)
        .orElseThrow(() -> new AssertionError(Renderer.plain().render(diagnostics) + text));
  }
}
