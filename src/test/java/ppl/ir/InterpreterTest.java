package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The rules of index notation, each broken once.
class InterpreterTest {
  private static final Array D = new Array("d", Kind.REAL, List.of(integer(2)), Array.Role.DATA);
  private static final Array X = Array.computed("x", Kind.REAL, List.of(integer(2)));

  private static Stmt set(Array a, int at, Expr value) {
    return new Stmt.Set(a, List.of(integer(at)), value);
  }

  private static Interpreter interpreter() {
    return new Interpreter(new Random(1)).bind(D, 3, 4);
  }

  private static void assertBroken(String message, Stmt... statements) {
    var block = new Stmt.Block(List.of(X), List.of(statements));
    var e = assertThrows(IllegalStateException.class, () -> interpreter().run(block));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void brokenRulesAreNamed() {
    assertBroken("second assignment to x[1]", set(X, 1, ONE), set(X, 1, ONE));
    assertBroken("read of unassigned x[0]", set(X, 1, X.read(integer(0))));
    assertBroken("subscript 3 in dimension 1 of x is outside 1..2", set(X, 2, ONE));
    assertBroken("subscript 0 in dimension 1 of d is outside 1..2", set(X, 0, D.read(integer(-1))));
    assertBroken("data d are written", set(D, 0, ONE));
    assertBroken("addition to x[0]", new Stmt.Add(X, List.of(integer(0)), ONE));
    assertBroken("fill of assigned x[0]", set(X, 0, ONE), new Stmt.Fill(X, ONE));
    assertBroken("y is neither bound nor declared here",
        set(X, 0, Array.computed("y", Kind.REAL, List.of()).read()));
  }

  @Test
  void onlyTheChosenBranchIsEvaluated() {
    var outside = D.read(integer(7));
    assertEquals(3, interpreter().evaluate(new Expr.Select(integer(1), D.read(integer(0)), outside)));
  }

  @Test
  void aLoopBodysArraysAreNewInEachIteration() {
    var i = new Index("i");
    var local = Array.computed("local", Kind.REAL, List.of());
    var body = new Stmt.Block(List.of(local), List.of(
        new Stmt.Set(local, List.of(), D.read(var(i))),
        new Stmt.Add(Array.TARGET, List.of(), local.read())));
    var block = new Stmt.Block(List.of(), List.of(new Stmt.For(i, integer(0), integer(2), true, true, body)));
    assertEquals(7, interpreter().run(block));
  }
}
