package ppl.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import ppl.ast.AstPrinter;
import ppl.fmt.Formatter;
import ppl.source.Diagnostics;
import ppl.source.Renderer;
import ppl.source.Source;

/// Whatever the text, reading it ends, and either gives a tree or says why not, at a place of the text.
class FuzzProperties {
  private static final List<String> SOUP =
      List.of("data", "for", "in", "if", "else", "fun", "return", "dist", "learn", "generate",
      "guide", "import", "target", "and", "or", "not", "div", "mod", "by", "on", "(", ")", "[", "]", "{", "}", ",",
          ":", "~", "=",
      "+=", "?", "..", ".", "'", "+", "-", "*", "/", ".*", "./", "^", "<", "<=", ">", ">=", "==", "!=", "x", "mu",
          "real", "1",
      "0.5", "\"a\"", "`q q`", ";", "&&", "!", "%", "#", "\n", "\n", "2x", "\"open", "`open", "/*", "<-", "->", "¿",
          "²", "“",
      "parameters", "model", "T", "lower", "array", "while", "True", "// 2", "/// doc");

  @Provide
  Arbitrary<Source> models() {
    return Arbitraries.of(LanguageModels.all());
  }

  @Provide
  Arbitrary<List<String>> soups() {
    return Arbitraries.of(SOUP).list().ofMaxSize(60);
  }

  @Property(tries = 300)
  void randomBytes(@ForAll @Size(max = 300) byte[] bytes) {
    check(new String(bytes, StandardCharsets.UTF_8));
    check(new String(bytes, StandardCharsets.ISO_8859_1));
  }

  @Property(tries = 300)
  void randomCharactersWithLoneSurrogates(@ForAll @Size(max = 200) List<Character> characters) {
    check(characters.stream().map(String::valueOf).collect(Collectors.joining()));
  }

  @Property(tries = 1000)
  void randomTokens(@ForAll("soups") List<String> tokens) {
    check(String.join(" ", tokens));
  }

  @Property(tries = 600)
  void mutatedModels(@ForAll("models") Source model, @ForAll Random random) {
    var words = new ArrayList<>(Gap.words(model));
    words.removeLast();
    for (int n = 1 + random.nextInt(4); n > 0 && words.size() > 1; n--) mutate(words, random);
    var text = new StringBuilder();
    words.forEach(w -> text.append(w).append(random.nextInt(6) == 0 ? "\n" : " "));
    check(text.toString());
  }

  private static void mutate(List<String> words, Random random) {
    int i = random.nextInt(words.size());
    int j = random.nextInt(words.size());
    switch (random.nextInt(4)) {
      case 0 -> words.remove(i);
      case 1 -> words.add(i, words.get(j));
      case 2 -> java.util.Collections.swap(words, i, j);
      default -> words.set(i, SOUP.get(random.nextInt(SOUP.size())));
    }
  }

  @Example
  void deepAndLongTextsEndToo() {
    int n = 6_000;
    for (var part : List.of("(", "[", "{", "x[", "f(", "-", "not ", "x ? ", "x ? y : ", "1 + ", "x^", "x < ",
        "if x { } else ", "for i in ",
        "x = ", "x : ", "'", "\"", ")", "}", ";", "data {", "y <- ", "2x ", "¿ ", "/*", "// \n", "fun f(", "x ~ ",
            "a.b.", "x,", "!x ", "# \n"))
      for (var head : List.of("", "y = ", "y = f(", "for i in 1..2 { y = ["))
        check(head + part.repeat(n));
    check("y = x" + "'".repeat(n));
    check("y = x" + "[1]".repeat(n));
    check("y = 1" + " + 1".repeat(n));
    check("y = [1" + ", 1".repeat(n) + "]");
    check("y = 1\n".repeat(n));
  }

  private static void check(String text) {
    var source = new Source("fuzz.ppl", text);
    var diagnostics = new Diagnostics();
    var ast = assertTimeoutPreemptively(Duration.ofSeconds(60), () -> Parser.parse(source, diagnostics));
    assertTrue(ast.isPresent() || diagnostics.hasErrors());
    for (var d : diagnostics.all()) {
      d.span().ifPresent(s -> assertEquals(source, s.source()));
      d.notes().forEach(note -> assertEquals(source, note.span().source()));
      assertTrue(d.span().isPresent() || d.code().equals("E0199"));
    }
    Renderer.plain().render(diagnostics);
    ast.ifPresent(AstPrinter::print);
    if (ast.isPresent() && !diagnostics.hasErrors()) formatsBack(source);
  }

  private static void formatsBack(Source source) {
    var text = Formatter.format(source, new Diagnostics()).orElseThrow();
    assertEquals(text, Formatter.format(new Source("again.ppl", text), new Diagnostics()).orElseThrow());
  }
}
