package ppl.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ppl.Compiler;
import ppl.check.ImportLoader;
import ppl.parse.Parser;
import ppl.source.Diagnostics;
import ppl.source.Source;

class ExplainTest {
  private static final String MODEL = """
      import "lib.ppl"
      data N : int
      data y : real[N]
      M = 3
      dist Bent(m : real, s : positive) on real { logpdf(x) = -abs(x - m) / s - log(2 * s)  sample = m }
      fun twice(x : real[n]) : real[n] = 2 * x
      w : simplex[M] ~ Dirichlet(rep(1, M))
      a : real[N] ~ Normal(f(1), 1)
      u : real ~ Uniform(0, 5)
      s : real ~ HalfNormal(1)
      t = u + 1
      y ~ Bent(a + sum(twice(w)) + t, s)
      generate { z : real ~ Normal(u, s) }
      """;

  private static String page(Map<String, String> sets) {
    var out = new Diagnostics();
    var lib = new Source("lib.ppl", "c = 2.5 fun f(x : real) : real = c * x");
    var options = new Compiler.Options(sets, Set.of(), (from, path) ->
        new ImportLoader.Loaded.File(path, Parser.parse(lib, out).orElseThrow()));
    var program = Compiler.compile(new Source("all.ppl", MODEL), options, out).orElseThrow();
    return Explain.page(program.typed(), program.model()).split("\nSteps of one")[0];
  }

  @Test
  void everyKindOfNameHasItsSection() {
    assertEquals("""
        all

        Data
          N                int
          y                real[N]

        Constants
          M                int = 3
          c                real = 2.5

        Functions
          twice            (x : real[n]) : real[n]
          f                (x : real) : real

        Distributions
          Bent             (m : real, s : real in (0 .. infinity)) on real  (logpdf, sample)

        Unknowns
          w                real[3] in simplex ~ Dirichlet(rep(1, M))  (2 coordinates, constrained as simplex)
          a                real[N] ~ Normal(f(1), 1)  (one coordinate an element, unbounded)
          u                real ~ Uniform(0, 5)  (1 coordinate, logit between the bounds)
          s                real ~ HalfNormal(1)  (1 coordinate, log of what is above the bound)

        Given by =
          t                real

        Generated for every draw
          z                real ~ Normal(u, s)
        """, page(Map.of()));
  }

  @Test
  void constantsAreThoseThatWereSet() {
    assertEquals(page(Map.of()).replace("real = 2.5", "real = 7").replace("int = 3", "int = 4").replace("[3]", "[4]")
        .replace("2 coordinates", "3 coordinates"), page(Map.of("c", "7", "M", "4")));
  }

  @Test
  void rangesOfLoopsAreThoseOfTheModel() {
    var text = """
        data T : int
        data K : int
        h : real[T]
        for t in 1..K { h[t] ~ Normal(0, 1) }
        for t in K+1..T { h[t] ~ Normal(h[t - K], 1) }
        """;
    var program = Compiler.compile(new Source("ar.ppl", text), new Compiler.Options(Map.of(), Set.of(), ImportLoader.NONE), new Diagnostics()).orElseThrow();
    var page = Explain.page(program.typed(), program.model());
    assertTrue(page.contains("[plate over K]"), page);
    assertTrue(page.contains("[plate over K + 1..T]"), page);
  }

  @Test
  void sumsOfUnequalLengthsShowTheirBounds() {
    var out = new Diagnostics();
    var program = Compiler.compile(new Source("m.ppl", """
        data N : int
        data len : int[N]
        data y : real[N]
        data w : real[N, 3]
        b : real[3] ~ Normal(0, 1)
        s : positive ~ Gamma(2, 2)
        for i in 1..N { y[i] ~ Normal(sum(l in 1..len[i] : w[i, l] * b[l]), s) }
        """), new Compiler.Options(Map.of(), Set.of(), ImportLoader.NONE), out).orElseThrow();
    var lines = StructureText.lines(program.model(), Factorization.FREE, Structures.of(program.model()));
    assertTrue(String.join("\n", lines).contains("sum_{k=1..len[i]} w[i, k] b[k])^2"), () -> String.join("\n", lines));
  }
}
