package ppl.emit;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toList;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Reciprocals;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;
import ppl.tile.Shape;
import ppl.tile.Sharing;
import ppl.tile.Zeros;

/// Programs compute the same with reciprocals, up to rounding, and divide less.
class ReciprocalsProperties {
  @Property(tries = 300)
  void valuesStay(@ForAll long seed) {
    var p = Programs.of(seed);
    var unit = new Unit(p.unit().name(), p.unit().data(), List.of(), p.unit().prepare(), p.unit().routines().stream()
        .map(r -> r.with(Reciprocals.of(r.body(), p.unit().data()))).toList());
    TilesProperties.agree(p, new Programs(p.program(), unit, p.gradient()), new Shape(2, 1, 9, 1, Sharing.USUAL, Zeros.USUAL));
  }

  private final Array size = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private final Array given = new Array("s", Kind.REAL, List.of(size.read()), Array.Role.DATA);
  private final Array q = new Array("q", Kind.REAL, List.of(size.read()), Array.Role.ARGUMENT);
  private final Index n = new Index("n");

  /// For each n, adds what `term` makes of q[n]; the divisors of what is left.
  private Map<Boolean, List<Expr>> divisors(Expr term) {
    var loop = new Stmt.For(n, Exprs.integer(0), size.read(), false, true,
        new Stmt.Block(List.of(), List.of(new Stmt.Add(Array.TARGET, List.of(), term))));
    var roots = new ArrayList<Expr>();
    Stmts.walk(Reciprocals.of(new Stmt.Block(List.of(), List.of(loop)), List.of(size, given)),
        s -> roots.addAll(Stmts.expressions(s)));
    return Graph.nodes(roots).stream().filter(e -> e instanceof Expr.Apply a && a.prim() == Prim.DIV)
        .collect(partitioningBy(e -> e.children().getFirst() == Exprs.ONE, mapping(e -> e.children().get(1), toList())));
  }

  private static void divides(Map<Boolean, List<Expr>> divisors, int reciprocals, int quotients) {
    assertEquals(List.of(reciprocals, quotients), List.of(divisors.get(true).size(), divisors.get(false).size()));
  }

  private Expr at() {
    return q.read(Exprs.var(n));
  }

  @Example
  void constantsLeaveNone() {
    divides(divisors(Exprs.div(at(), Exprs.real(3))), 0, 0);
  }

  @Example
  void dataAndWhatStandsInALoopLeaveAReciprocal() {
    divides(divisors(Exprs.div(at(), given.read(Exprs.var(n)))), 1, 0);
    divides(divisors(Exprs.div(at(), q.read(Exprs.integer(0)))), 1, 0);
  }

  @Example
  void aDivisorOfSeveralLeavesOneReciprocal() {
    var divisor = Exprs.apply(Prim.EXP, at());
    divides(divisors(Exprs.add(Exprs.div(Exprs.apply(Prim.SIN, at()), divisor), Exprs.div(given.read(Exprs.var(n)), divisor))), 1, 0);
    divides(divisors(Exprs.div(Exprs.apply(Prim.SIN, at()), divisor)), 0, 1);
  }

  /// A floor would fall to the number below.
  @Example
  void whatIsComparedIsDivided() {
    var third = Exprs.div(at(), Exprs.real(3));
    divides(divisors(Exprs.apply(Prim.FLOOR, third)), 0, 1);
    divides(divisors(Exprs.select(Exprs.apply(Prim.EQ, third, at()), at(), Exprs.ZERO)), 0, 1);
  }

  @Example
  void whatWholeNumbersGiveIsDivided() {
    divides(divisors(Exprs.mul(at(), Exprs.div(Exprs.toReal(Exprs.var(n)), Exprs.toReal(size.read())))), 0, 1);
  }
}
