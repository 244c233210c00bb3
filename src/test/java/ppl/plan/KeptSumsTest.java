package ppl.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import ppl.Compiler;
import ppl.check.ImportLoader;
import ppl.ir.Expr;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.source.Diagnostics;
import ppl.source.Source;

/// A row's weight that is a sum itself is taken once for the row, not for each pair of its elements.
class KeptSumsTest {
  private static final String HETEROSCEDASTIC = """
      data N : int
      data K : int
      data X : real[N, K]
      data y : real[N]
      b : real[K] ~ Normal(0, 1)
      g : real[K] ~ Normal(0, 1)
      y ~ Normal(X * b, exp(X * g))
      """;

  private static int depth(Stmt s) {
    return switch (s) {
      case Stmt.For f -> 1 + depth(f.body());
      case Stmt.Block b -> b.statements().stream().mapToInt(KeptSumsTest::depth).max().orElse(0);
      case Stmt.If i -> Math.max(depth(i.then()), depth(i.otherwise()));
      default -> Stmts.expressions(s).stream().mapToInt(KeptSumsTest::depth).max().orElse(0);
    };
  }

  private static int depth(Expr e) {
    int inner = e.children().stream().mapToInt(KeptSumsTest::depth).max().orElse(0);
    return e instanceof Expr.Reduce ? inner + 1 : inner;
  }

  @Test
  void aGradientGoesThroughPairsOfEachRowAndNoFurther() {
    var diagnostics = new Diagnostics();
    ImportLoader none = (_, _) -> new ImportLoader.Loaded.Missing("imports are not read here");
    var model = Compiler.compile(new Source("weights.ppl", HETEROSCEDASTIC), new Compiler.Options(Map.of(), Set.of(), none),
        diagnostics).orElseThrow().stated();
    var blocks = Structures.of(model, Factorization.FREE).blocks();
    assertEquals(1, blocks.size());
    var unit = ClosedForm.unit(model, Optional.empty(), blocks).orElseThrow();
    var depths = unit.routines().stream().filter(r -> Set.of("energy", "slope", "natural").contains(r.name()))
        .map(r -> depth(r.body())).toList();
    assertEquals(3, depths.size());
    depths.forEach(d -> assertEquals(3, d));
  }
}
