package ppl.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class RendererTest {
  private static final Source MODEL = new Source("model.ppl", """
      sigma : real ~ HalfNormal(1)
      \tmu : real
      y ~ Normal(mu, sigm)

      z ~ Normal(
        mu,
        sigma
      )
      名前 = f(α)
      """);

  private static Span span(String text) {
    int at = MODEL.text().indexOf(text);
    return new Span(MODEL, at, at + text.length());
  }

  private static String plain(Diagnostic d) {
    return Renderer.plain().render(d);
  }

  @Test
  void aPlaceIsUnderlinedAndAdviceFollows() {
    assertEquals("""
        error[E0203]: there is no `sigm`
         --> model.ppl:3:16
          |
        3 | y ~ Normal(mu, sigm)
          |                ^^^^
          = help: did you mean `sigma`?
        """, plain(Diagnostic.error("E0203", new Span(MODEL, span("sigm)").start(), span("sigm)").end() - 1),
            "there is no `%s`", "sigm").help("did you mean `sigma`?")));
  }

  @Test
  void notesStandInTheSameExcerptInOrderOfLines() {
    assertEquals("""
        warning[W0300]: two names differ by little
         --> model.ppl:3:12
          |
        1 | sigma : real ~ HalfNormal(1)
          | ----- declared here
        2 |     mu : real
          |     -- and here
        3 | y ~ Normal(mu, sigm)
          |            ^^
        """, plain(Diagnostic.warning("W0300", new Span(MODEL, span("mu, sigm").start(), span("mu, sigm").start() + 2),
            "two names differ by little").note(span("sigma"), "declared here").note(span("mu"), "and here")));
  }

  @Test
  void aSpanOverLinesShowsItsEndsAndDots() {
    assertEquals("""
        error[E0001]: long
         --> model.ppl:5:11
          |
        5 | z ~ Normal(
          |           ^
          :
        8 | )
          | ^
        """, plain(Diagnostic.error("E0001", span("(\n  mu,\n  sigma\n)"), "long")));
  }

  @Test
  void wideCharactersKeepTheUnderlineInPlace() {
    assertEquals("""
        error[E0001]: Greek
         --> model.ppl:9:8
          |
        9 | 名前 = f(α)
          |          ^
        """, plain(Diagnostic.error("E0001", span("α"), "Greek")));
  }

  @Test
  void theEndOfTheTextIsShownBehindItsLastWord() {
    int end = MODEL.text().length();
    assertEquals("""
        error[E0001]: more was expected
         --> model.ppl:9:10
          |
        9 | 名前 = f(α)
          |            ^
        """, plain(Diagnostic.error("E0001", new Span(MODEL, end, end), "more was expected")));
  }

  @Test
  void anotherSourceHasAnExcerptOfItsOwn() {
    var lib = new Source("lib.ppl", "fun f() : real = 1");
    assertEquals("""
        error[E0001]: twice
         --> model.ppl:9:6
          |
        9 | 名前 = f(α)
          |        ^
         --> lib.ppl:1:5
          |
        1 | fun f() : real = 1
          |     - first here
        """, plain(Diagnostic.error("E0001", new Span(MODEL, span("f(α)").start(), span("f(α)").start() + 1), "twice")
            .note(new Span(lib, 4, 5), "first here")));
  }

  @Test
  void allComeInOrderOfPlaceAndAreCounted() {
    var text = Renderer.plain().render(List.of(
        Diagnostic.warning("W0001", span("z ~"), "third"),
        Diagnostic.error("E0001", span("y ~"), "second"),
        Diagnostic.error("E0002", "first")));
    assertTrue(text.indexOf("first") < text.indexOf("second") && text.indexOf("second") < text.indexOf("third"), text);
    assertTrue(text.endsWith("\n2 errors, 1 warning\n"), text);
    assertEquals("", Renderer.plain().render(List.of()));
  }

  @Test
  void coloursOnlyWhereAskedFor() {
    var d = Diagnostic.error("E0001", span("sigma"), "red");
    assertTrue(new Renderer(true).render(d).contains("\u001b[1;31m"));
    assertEquals(plain(d), new Renderer(true).render(d).replaceAll("\u001b\\[[0-9;]*m", ""));
  }

  @Test
  void aVeryLongLineIsCroppedAroundThePlace() {
    var source = new Source("long.ppl", "x = " + "1 + ".repeat(2000) + "here" + " + 1".repeat(2000));
    int at = source.text().indexOf("here");
    var text = plain(Diagnostic.error("E0001", new Span(source, at, at + 4), "far"));
    var lines = text.split("\n");
    assertTrue(lines[3].length() < 140, text);
    assertEquals(lines[3].indexOf("here"), lines[4].indexOf("^^^^"), text);
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    var source = new Source("evil.ppl", "x = \u001b[2J\u0007");
    assertTrue(plain(Diagnostic.error("E0001", new Span(source, 4, 5), "no")).chars().noneMatch(c -> c < 32
        && c != '\n'));
  }
}
