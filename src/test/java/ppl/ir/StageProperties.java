package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class StageProperties {
  private static Stmt.Block together(Stage.Staged s) {
    return new Stmt.Block(s.prepared(), List.of(s.prepare(), s.rest()));
  }

  @Property(tries = 300)
  void stagesTogetherAreTheWhole(@ForAll long seed) {
    var p = RandomPrograms.of(seed);
    double before = p.interpreter().run(p.body());
    var staged = Stage.of(p.body(), Set.of());
    double after = p.interpreter().run(together(staged));
    if (Double.isFinite(before))
      assertEquals(before, after, 1e-9 * (1 + Math.abs(before)), () -> Printer.print(p.body()));
  }

  @Property(tries = 150)
  void preparationReadsNoPosition(@ForAll long seed) {
    var p = RandomPrograms.of(seed);
    assertFalse(Stmts.reads(Stage.of(p.body(), Set.of()).prepare()).contains(p.position()));
  }

  private static final Array N = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private static final Array Y = new Array("y", Kind.REAL, List.of(N.read()), Array.Role.DATA);
  private static final Array Q = new Array("q", Kind.REAL, List.of(), Array.Role.ARGUMENT);

  private static Stage.Staged overRows(java.util.function.UnaryOperator<Expr> term) {
    var i = new Index("i");
    var add = new Stmt.Add(Array.TARGET, List.of(), term.apply(Y.read(var(i))));
    var loop = new Stmt.For(i, integer(0), N.read(), false, true, new Stmt.Block(List.of(), List.of(add)));
    return Stage.of(new Stmt.Block(List.of(), List.of(loop)), Set.of());
  }

  @Example
  void termsOfDataAloneAreSummedOnce() {
    var poisson = overRows(y -> sub(sub(mul(y, Q.read()), exp(Q.read())), apply(Prim.LFACTORIAL, y)));
    assertFalse(Printer.print(poisson.rest()).contains("lfactorial"));
    assertTrue(Printer.print(poisson.prepare()).contains("constant += -lfactorial(y[i])"));
    double value = new Interpreter(new Random(1)).bind(N, 2).bind(Y, 1, 3).bind(Q, 0.5).run(together(poisson));
    assertEquals(4 * 0.5 - 2 * Math.exp(0.5) - Math.log(6), value, 1e-12);
  }

  /// Adding a constant up, row by row, rounds in the same direction each time: of 2,000,000 rows it would be off by 4e-5.
  @Example
  void whatIsTheSameInAllRowsIsMultiplied() {
    var normal = overRows(y -> sub(mul(real(-0.5), square(sub(y, Q.read()))), real(0.9189385332046728)));
    assertTrue(Printer.print(normal.prepare()).contains("constant += -0.9189385332046728 * real(N)"), Printer.print(normal.prepare()));
    for (int n : new int[] {0, 3})
      assertEquals(0 - 0.9189385332046728 * n, new Interpreter(new Random(1)).bind(N, n).bind(Y, new double[n]).bind(Q, 0).run(together(normal)));
  }

  @Example
  void dearPartsOfDataBecomeArrays() {
    var staged = overRows(y -> square(sub(log(y), Q.read())));
    assertFalse(Printer.print(staged.rest()).contains("log"));
    assertEquals(1, staged.prepared().size());
    assertEquals(1, staged.prepared().get(0).rank());
  }

  @Example
  void noDatumIsReadThatTheProgramDoesNotRead() {
    var guarded = overRows(y -> select(lt(integer(0), N.read()), mul(log(Y.read(integer(0))), Q.read()), ZERO));
    double value = new Interpreter(new Random(1)).bind(N, 0).bind(Y).bind(Q, 0.5).run(together(guarded));
    assertEquals(0, value);
  }
}
