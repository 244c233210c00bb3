package ppl.ir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class DifferentiateProperties {
  private static double value(RandomPrograms.Program p, double[] x) {
    return p.interpreter().bind(p.position(), x).run(p.body());
  }

  private static double difference(RandomPrograms.Program p, int i, double h) {
    var up = p.start();
    var down = p.start();
    up[i] += h;
    down[i] -= h;
    return (value(p, up) - value(p, down)) / (2 * h);
  }

  private static double[] gradient(RandomPrograms.Program p, boolean fuse) {
    var g = new Array("g", Kind.REAL, p.position().dims(), Array.Role.ARGUMENT);
    var out = new double[p.start().length];
    var block = Differentiate.addGradient(p.body(), Map.of(p.position(), g), fuse);
    double v = p.interpreter().bind(g, out).run(block);
    double plain = value(p, p.start());
    assertEquals(plain, v, 1e-9 * (1 + Math.abs(plain)));
    return out;
  }

  @Property(tries = 250)
  void gradientIsTheLimitOfDifferences(@ForAll long seed) {
    var p = RandomPrograms.of(seed);
    Assume.that(Math.abs(value(p, p.start())) < 1e6);
    var exact = gradient(p, true);
    for (int i = 0; i < exact.length; i++) {
      double limit = limit(p, i, 1e-4);
      double scale = 1 + Math.abs(limit) + Math.abs(value(p, p.start()));
      boolean settled = Math.abs(limit - limit(p, i, 2e-5)) < 1e-6 * scale;
      if (settled) assertEquals(limit, exact[i], 1e-6 * scale, () -> Printer.print(p.body()));
    }
  }

  /// What differences tend to; where steps of two sizes say otherwise, as with the sine of something huge, they tend to
  /// nothing that can be seen.
  private static double limit(RandomPrograms.Program p, int i, double h) {
    return (4 * difference(p, i, h / 2) - difference(p, i, h)) / 3;
  }

  @Property(tries = 120)
  void fusedAndUnfusedAgree(@ForAll long seed) {
    var p = RandomPrograms.of(seed);
    var fused = gradient(p, true);
    var unfused = gradient(p, false);
    double scale = 1 + Arrays.stream(fused).map(Math::abs).max().orElse(0);
    assertArrayEquals(unfused, fused, 1e-10 * scale);
  }

  private static final Array Q = new Array("q", Kind.REAL, List.of(Exprs.integer(3)), Array.Role.ARGUMENT);
  private static final Array G = new Array("g", Kind.REAL, List.of(Exprs.integer(3)), Array.Role.ARGUMENT);

  private static double[] gradientOf(Expr target, double... q) {
    var block = new Stmt.Block(List.of(), List.of(new Stmt.Add(Array.TARGET, List.of(), target)));
    var out = new double[3];
    new Interpreter(new Random(1)).bind(Q, q).bind(G, out).run(Differentiate.gradient(block, Map.of(Q, G)));
    return out;
  }

  private static Expr q(int i) {
    return Q.read(Exprs.integer(i));
  }

  @Example
  void productsWithZerosHaveTheirDerivatives() {
    var product = Exprs.reduce(Expr.Reducer.PRODUCT, Exprs.integer(3), Q::read);
    assertArrayEquals(new double[] {6, 3, 2}, gradientOf(product, 1, 2, 3));
    assertArrayEquals(new double[] {0, 3, 0}, gradientOf(product, 1, 0, 3));
    assertArrayEquals(new double[] {0, 0, 0}, gradientOf(product, 0, 0, 3));
  }

  @Example
  void theBranchNotTakenGivesNothing() {
    var safe = Exprs.select(Exprs.lt(Exprs.ZERO, q(0)), Exprs.log(q(0)), q(1));
    assertArrayEquals(new double[] {0, 1, 0}, gradientOf(safe, 0, 2, 3));
    var shared = Exprs.log(q(0));
    var c = Exprs.lt(Exprs.ZERO, q(0));
    var twice = Exprs.add(Exprs.select(c, shared, q(1)), Exprs.select(c, Exprs.mul(shared, q(2)), Exprs.ZERO));
    assertArrayEquals(new double[] {0, 1, 0}, gradientOf(twice, 0, 2, 3));
    assertArrayEquals(new double[] {2, 0, Math.log(2)}, gradientOf(twice, 2, 2, 3));
  }

  @Example
  void aMaximumPassesItsDerivativeToTheFirstThatAttainsIt() {
    var max = Exprs.reduce(Expr.Reducer.MAX, Exprs.integer(3), Q::read);
    assertArrayEquals(new double[] {0, 1, 0}, gradientOf(max, 1, 4, 4));
  }

  @Example
  void whatIsUsedOftenIsDifferentiatedOnce() {
    Expr e = q(0);
    var c = Exprs.lt(q(1), q(2));
    for (int i = 0; i < 60; i++) e = Exprs.select(c, Exprs.mul(e, Exprs.real(1.1)), Exprs.apply(Prim.SIN, e));
    var block = new Stmt.Block(List.of(), List.of(new Stmt.Add(Array.TARGET, List.of(), e)));
    var gradient = Differentiate.gradient(block, Map.of(Q, G));
    var count = new int[1];
    Stmts.walk(gradient, s -> count[0] += Graph.nodes(Stmts.expressions(s)).size());
    assertTrue(count[0] < 20_000, "nodes " + count[0]);
  }

  @Example
  void whatASumIsMadeOfIsComputedOnce() {
    var n = Exprs.integer(3);
    var block = Build.block(b -> {
      var x = b.store("x", new Arr(Kind.REAL, Q.dims(), at -> Exprs.square(Q.read(at))));
      b.add(new Stmt.Add(Array.TARGET, List.of(), Exprs.logSumExp(n, x::read)));
    });
    var gradient = Differentiate.gradient(block, Map.of(Q, G));
    var exponentials = new int[1];
    Stmts.walk(gradient, s -> exponentials[0] += (int) Graph.nodes(Stmts.expressions(s)).stream()
        .filter(e -> e instanceof Expr.Apply a && a.prim() == Prim.EXP).count());
    assertEquals(1, exponentials[0], () -> Printer.print(gradient));
    var out = new double[3];
    new Interpreter(new Random(1)).bind(Q, new double[] {1, -2, 0}).bind(G, out).run(gradient);
    double sum = Math.exp(1) + Math.exp(4) + 1;
    assertArrayEquals(new double[] {2 * Math.exp(1) / sum, -4 * Math.exp(4) / sum, 0}, out, 1e-15);
  }

  @Example
  void nothingIsKeptOfLoopsOfSeveralLengths() {
    var i = new Index("i");
    var each = Build.block(b -> b.add(new Stmt.Add(
        Array.TARGET, List.of(), Exprs.logSumExp(Exprs.add(Exprs.var(i), Exprs.integer(1)), Q::read))));
    var loop = new Stmt.For(i, Exprs.integer(0), Exprs.integer(3), false, true, each);
    var block = new Stmt.Block(List.of(), List.of(loop));
    var gradient = Differentiate.gradient(block, Map.of(Q, G));
    for (var a : Stmts.declared(gradient))
      for (var d : a.dims()) assertTrue(new Graph.Free().of(d).isEmpty(), () -> Printer.print(gradient));
  }

  @Example
  void aRecurrenceCostsOneLoopEachWay() {
    int n = 500;
    var x = Array.computed("x", Kind.REAL, List.of(Exprs.integer(n)));
    var t = new Index("t");
    var step = Build.block(b -> b.add(new Stmt.Set(x, List.of(Exprs.var(t)),
        Exprs.mul(Exprs.apply(Prim.SIN, q(1)), x.read(Exprs.sub(Exprs.var(t), Exprs.integer(1)))))));
    var body = new Stmt.Block(List.of(x), List.of(new Stmt.Set(x, List.of(Exprs.integer(0)), q(0)),
        new Stmt.For(t, Exprs.integer(1), Exprs.integer(n), false, false, step),
        new Stmt.Add(Array.TARGET, List.of(), x.read(Exprs.integer(n - 1)))));
    var gradient = Differentiate.gradient(body, Map.of(Q, G));
    var depth = new int[1];
    for (var s : gradient.statements()) if (s instanceof Stmt.For f) depth[0] += loopsIn(f);
    assertEquals(2, depth[0]);
  }

  private static int loopsIn(Stmt s) {
    int inside = Stmts.children(s).stream().mapToInt(DifferentiateProperties::loopsIn).sum();
    return inside + (s instanceof Stmt.For ? 1 : 0);
  }
}
