package ppl.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import ppl.source.Source;
import ppl.typed.Size;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Typed;

class CheckerTest {
  private static Symbol symbol(Typed t, String name) {
    return java.util.stream.Stream.of(t.data(), t.unknowns(), t.deterministic(), t.generated()).flatMap(List::stream)
        .filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static String type(String model, String name) {
    return symbol(Check.of(model).ok(), name).type().toString();
  }

  @Test
  void sizesOfResultsAreSymbolic() {
    var head = "data N : int data M : int data x : real[N] data y : real[M] data X : matrix[N, M] ";
    assertEquals("real[N + M]", type(head + "z = append(x, y)", "z"));
    assertEquals("real[N]", type(head + "z = X * y", "z"));
    assertEquals("real[M]", type(head + "z = x * X", "z"));
    assertEquals("real[M, M]", type(head + "z = X' * X", "z"));
    assertEquals("real[N - 1]", type(head + "z = diff(x)", "z"));
    assertEquals("int[N - 2]", type(head + "z = 3..N", "z"));
    assertEquals("real[2, M]", type(head + "z = X[1..2]", "z"));
    assertEquals("real[N]", type(head + "z = X[, 2]", "z"));
    assertEquals("int[M, N]", type(head + "z = [i * j for i in 1..M, j in 1..N]", "z"));
    assertEquals("real[N + 1]", type(head + "z = append(0.5, x)", "z"));
    assertEquals("int[size(h)]",
        type("data h { v : real } z = rep(1, size(h)) m : real ~ Normal(0, 1) v ~ Normal(m, 1)", "z"));
  }

  @Test
  void wholeNumbersOverDataAreTheirSizes() {
    assertEquals("real[N - 1]", type("data N : int M = N - 1 z = rep(0.5, M)", "z"));
    var check = Check.of("data N : int data x : real[N - 1] M = N - 1 b : real[M] ~ Normal(0, 1) x ~ Normal(b, 1)");
    assertTrue(check.ok().checks().isEmpty());
  }

  @Test
  void numberAgainstSymbolIsLeftToTheData() {
    var checks = Check.of("data N : int data x : real[N] b : real[3] ~ Normal(0, 1) x ~ Normal(b, 1)").ok().checks();
    assertEquals(1, checks.size());
    assertEquals(Size.of(3), checks.getFirst().left().constant().isPresent() ? checks.getFirst()
        .left() : checks.getFirst().right());
  }

  @Test
  void constantsAreNumbersAndCanBeSet() {
    var model = new Source("m.ppl", "K = 4 L = 2 * K data y : real mu : real[L] ~ Normal(0, 1) y ~ Normal(sum(mu), K)");
    assertEquals("real[8]", symbol(Check.of(model, Map.of(), Map.of()).ok(), "mu").type().toString());
    assertEquals("real[12]", symbol(Check.of(model, Map.of("K", "6"), Map.of()).ok(), "mu").type().toString());
    assertEquals("real[5]", symbol(Check.of(model, Map.of("L", "5"), Map.of()).ok(), "mu").type().toString());
    assertEquals(List.of("E0252"), Check.of(model, Map.of("J", "6"), Map.of()).codes());
    assertEquals(List.of("E0252"), Check.of(model, Map.of("y", "6"), Map.of()).codes());
    assertEquals(List.of("E0252"), Check.of(model, Map.of("K", "2.5"), Map.of()).codes());
  }

  @Test
  void constantsOfImportsCanBeSetUnlessTheModelHasTheName() {
    var library = Map.of("lib.ppl", "K = 4 c = 2 fun f(x : real) : real = x / K + c");
    var model = new Source("m.ppl", "import \"lib.ppl\" K = 1 a : real ~ Normal(f(1), K)");
    assertTrue(Check.of(model, Map.of("c", "3"), library).typed().isPresent());
    assertEquals(List.of("E0252"), Check.of(model, Map.of("c", "3.5"), library).codes());
    assertTrue(Check.of(model, Map.of("K", "3"), library).typed().isPresent());
    assertEquals(List.of("E0252"), Check.of(model, Map.of("K", "2.5"), library).codes(), "the model's K alone is set");
    assertEquals(List.of("E0252"), Check.of(model, Map.of("d", "3"), library).codes());
  }

  @Test
  void constantsOfImportedFilesAreShown() {
    var model = new Source("m.ppl", "import \"lib.ppl\" data y : real y ~ Normal(f(1), scale)");
    var said = Check.of(model, Map.of(), Map.of("lib.ppl", "scale = 2 fun f(x : real) : real = scale * x + more")).said();
    assertEquals(List.of("E0201", "E0201"), said.stream().map(d -> d.code()).toList());
    assertTrue(said.getFirst().help().orElse("").contains("`more = ..`"), said::toString);
    assertEquals("lib.ppl", said.getLast().notes().getFirst().span().source().name());
    assertEquals("scale", said.getLast().notes().getFirst().span().text());
  }

  @Test
  void imports() {
    var model = new Source("m.ppl", "import \"lib.ppl\" data y : real y ~ D(twice(1))");
    var lib = "import \"base.ppl\" dist D(a : real) on real { logpdf(x) = -twice(x - a)^2 }";
    var base = "import \"lib.ppl\" TWO = 2 fun twice(x : real) : real = TWO * x";
    assertTrue(Check.of(model, Map.of(), Map.of("lib.ppl", lib, "base.ppl", base)).typed().isPresent());
    assertEquals(List.of("E0250"), Check.of(model, Map.of(), Map.of()).codes());
    var clash = new Source("m.ppl", "import \"lib.ppl\" fun twice(x : real) : real = x data y : real y ~ D(twice(1))");
    assertEquals(List.of("E0251"), Check.of(clash, Map.of(), Map.of("lib.ppl", lib, "base.ppl", base)).codes());
    var more = Map.of("lib.ppl", lib + " data z : real", "base.ppl", base);
    assertEquals(List.of("E0250"), Check.of(model, Map.of(), more).codes());
  }

  @Test
  void statementsComeInAnOrderInWhichEverythingIsGivenBeforeItIsUsed() {
    var typed = Check.of("data T : int data y : real[T] y ~ Normal(h, s) for t in 2..T { h[t] = a * h[t-1] }"
        + " h[1] = a h : real[T]"
        + " s = exp(a) a : real ~ Normal(0, 1)").ok();
    var order = typed.body().stream().map(s -> switch (s) {
      case TStmt.Give g -> g.place().span().text();
      case TStmt.Prior p -> p.place().symbol().name();
      case TStmt.For f -> "for";
      case TStmt.Observe o -> "observe";
      case TStmt.If i -> "if";
      case TStmt.Target t -> "target";
    }).toList();
    assertTrue(order.indexOf("h[1]") < order.indexOf("for"));
    assertTrue(order.indexOf("for") < order.indexOf("observe"));
    assertTrue(order.indexOf("a") < order.indexOf("h[1]"));
    assertTrue(order.indexOf("s") < order.indexOf("observe"));
  }

  @Test
  void longChainsOfDefinitionsDoNotExhaustTheStack() {
    var text = new StringBuilder("data y : real\ny ~ Normal(a0, 1)\n");
    for (int i = 0; i < 3000; i++) text.append("a").append(i).append(" = a").append(i + 1).append(" + 1\n");
    text.append("a3000 : real ~ Normal(0, 1)\n");
    assertEquals(3000, Check.of(text.toString()).ok().deterministic().size());
  }

  @Test
  void sizesOfFunctionsAreComparedAtTheirCalls() {
    var f = "data N : int data M : int data x : real[N] data y : real[M]  "
        + "fun f(a : real[K]) : real = sum(a + x) b : real ~ Normal(0, 1) ";
    assertTrue(Check.of(f + "x ~ Normal(b * f(x), 1)  y ~ Normal(0, 1)").typed().isPresent());
    assertFalse(Check.of(f + "x ~ Normal(b * f(y), 1)  y ~ Normal(0, 1)").typed().isPresent());
  }

  @Test
  void constantsInExpressionsAreNumbers() {
    var typed = Check.of("K = 4 data y : real mu : real ~ Normal(0, K) y ~ Normal(mu, 1)").ok();
    var prior = (TStmt.Prior) typed.body().getFirst();
    assertTrue(((ppl.typed.TDist.Named) prior.dist()).args().get(1) instanceof TExpr.Num n && n.value() == 4);
  }

  /// A model without observations is warned of where data or a name look as if they were meant to be observed.
  @Test
  void onlyForgottenObservationsAreMissed() {
    var unknown = "m : real ~ Normal(0, 1) ";
    for (var prior : List.of("", "x = exp(m) ", "data N : int generate { y : real[N] ~ Normal(m, 1) }",
        "data N : int data x : real[N] generate { for i in 1..N { y ~ Normal(m * x[i], 1) } y : real[N] }".replace("y ~", "y[i] ~")))
      assertEquals(List.of(), Check.of(prior + unknown).codes(), prior);
    for (var forgotten : List.of("data y : real ", "data N : int data y : real[N] generate { e = y - m }", "data y : int[3] z = sum(y) ",
        "data y : real data N : int generate { r : real[N] ~ Normal(m, 1) }", "data N : int y : real[N] s : real ~ HalfNormal(1) y ~ Normal(m, s) "))
      assertTrue(Check.of(forgotten + unknown).codes().contains("W0203"), forgotten);
  }
}
