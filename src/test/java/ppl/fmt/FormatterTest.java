package ppl.fmt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import ppl.ast.AstPrinter;
import ppl.parse.Parser;
import ppl.source.Diagnostics;
import ppl.source.Source;

class FormatterTest {
  private static String formatted(String text) {
    return Formatter.format(new Source("m.ppl", text), new Diagnostics()).orElseThrow();
  }

  @Test
  void signsOfNeighboursStayUnderEachOther() {
    var lines = """
        data h {
          log_radon : real
          floor     : binary  // 1: none
        }
        data N : int
        data y : real[N]

        mu_a : real    ~ Normal(0, 10)
        b    : real[N] ~ Normal(0, 1)
        ü    : real
        rises = sum(b)
        x     = c ? a : b
        long_name ~ Normal(mu_a, 1)
        y ~ Normal(b, 1)
        """;
    assertEquals(lines, formatted(lines));
    var changed = lines.replace("mu_a :", "mu :").replace("real    ~", "real ~").replace("x     =", "x =");
    assertEquals(lines.replace("mu_a :", "mu :").replace("b    :", "b  :").replace("ü    :", "ü  :")
        .replace("real    ~", "real ~").replace("x     =", "x ="), formatted(changed));
  }

  @Test
  void longLinesAreBrokenAtTheOutermostPlace() throws IOException {
    var folder = Path.of("src/test/resources/ppl/fmt");
    assertEquals(Files.readString(folder.resolve("long.expected.ppl")),
        formatted(Files.readString(folder.resolve("long.ppl"))));
  }

  @Test
  void oneStatementALineWithCommentsAndSingleBlankLines() {
    assertEquals("""
        // top
        data N : int
        data y : real[N]  // behind

        /// Doc.
        mu : real ~ Normal(
          0,  // mean
          1
        )
        for i in 2..N {  // inside
          h[i] = h[i-1] + y[i]^2 * (a - b)
          // at the end
        }
        // last
        """, formatted("""
        // top
        data N:int   data y:real [ N ] // behind



        /// Doc.
        mu:real~Normal(0, // mean
          1)
        for i in 2 .. N { // inside

          h[i]=h[i - 1]+y[i] ^ 2*(a-b)
          // at the end
        }
        // last"""));
  }

  @Test
  void wrongTextsAreLeftAlone() {
    var diagnostics = new Diagnostics();
    assertEquals(Optional.empty(), Formatter.format(new Source("m.ppl", "x = ;"), diagnostics));
    assertTrue(diagnostics.hasErrors());
  }

  @Test
  void treesArePrintedForPeople() {
    var text = """
        /// The mean.
        mu : real(0..1)[N] ~ Normal(0, sd = -2.5^x[1, ])
        if a == 1 { target += sum(i in 1..N : y[i])  z ~ Poisson(mu[county] + beta * floor_of_the_house + gamma) }
        """;
    assertEquals("""
        declare mu
          doc "The mean."
          (type real (.. 0 1) (dimensions N))
          (~ (call Normal 0 (sd = (- (^ 2.5 (index x 1 all))))))
        if
          (== a 1)
          then
            (target (call sum (over (in i (.. 1 N)) (index y i))))
            (sample z (call Poisson (+ (+ (index mu county) (* beta floor_of_the_house)) gamma)))
        """, AstPrinter.print(Parser.parse(new Source("m.ppl", text), new Diagnostics()).orElseThrow()));
  }
}
