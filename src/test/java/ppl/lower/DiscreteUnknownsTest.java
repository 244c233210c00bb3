package ppl.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ppl.check.Checker;
import ppl.check.ImportLoader;
import ppl.ir.Expr;
import ppl.ir.Printer;
import ppl.parse.Parser;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// Discrete unknowns in index notation: no coordinates, and where their values lie.
class DiscreteUnknownsTest {
  private static Model model(String text) {
    var diagnostics = new Diagnostics();
    var typed = Parser.parse(new Source("model.ppl", text), diagnostics)
        .flatMap(ast -> Checker.check(ast, Map.of(), (from, path) -> new ImportLoader.Loaded.Missing("none"), diagnostics))
        .orElseThrow(() -> new AssertionError(diagnostics.all().toString()));
    return Lowering.lower(typed, Known.NOTHING);
  }

  private static String values(String text) {
    var u = model(text).unknowns().stream().filter(x -> x.discrete().isPresent()).findFirst().orElseThrow();
    assertTrue(u.size() instanceof Expr.Int(int n) && n == 0);
    var d = u.discrete().orElseThrow();
    return d.lower().map(e -> Printer.print(e)).orElse("?") + ", " + d.count().map(e -> Printer.print(e)).orElse("?");
  }

  @Test
  void theirValuesFollowFromPriors() {
    assertEquals("1, 3", values("z : int ~ Categorical([0.2, 0.3, 0.5])"));
    assertEquals("0, 2", values("data N : int  z : int[N] ~ Bernoulli(0.5)"));
    assertEquals("1, T", values("data T : int  z : int ~ DiscreteUniform(1, T)"));
    assertEquals("0, ?", values("z : int ~ Poisson(3)"));
    assertEquals("0, ?", values("z : int ~ Binomial(n, 0.5)  n : int(0..9) ~ Poisson(3)"));
  }

  @Test
  void declaredBoundsCount() {
    assertEquals("0, 11", values("z : int(0..10) ~ Poisson(3)"));
    assertEquals("2, 8", values("z : int(lower = 2) ~ Binomial(9, 0.5)"));
    assertEquals("0, max(K + 1, 0)", values("data K : int  n : int(0..K) ~ Poisson(3)"));
  }

  @Test
  void boundsOfAllElementsAreTakenTogether() {
    assertEquals("0, max(max(n in 0 ..< N : n[n]) + 1, 0)",
        values("data N : int  data n : count[N]  z : int[N] ~ Binomial(n, 0.5)"));
    assertEquals("1, K", values("""
        data T : int  data K : int
        A : simplex[K, K] ~ Dirichlet(rep(1, K))
        z : int[T]
        z[1] ~ Categorical(rep(1 / K, K))
        for t in 2..T { z[t] ~ Categorical(A[z[t - 1]]) }
        """));
    assertEquals("1, 5", values("z : int[2]  z[1] ~ DiscreteUniform(2, 5)  z[2] ~ DiscreteUniform(1, 3)"));
  }

  @Test
  void densitiesReadTheirElements() {
    var text = model("data N : int  data y : real[N]  mu : real[2] ~ Normal(0, 1)  w : simplex[2] ~ Dirichlet([1, 1])"
        + "  z : int[N] ~ Categorical(w)  y ~ Normal(mu[z], 1)").steps().stream()
        .map(s -> Printer.print(s.block())).reduce("", String::concat);
    assertTrue(text.contains("log(w[z[n] - 1])"), text);
    assertTrue(text.contains("mu[z[n] - 1]"), text);
  }
}
