package ppl.emit;

import static org.junit.jupiter.api.Assertions.*;
import static ppl.ir.Exprs.*;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Interpreter;
import ppl.ir.Kind;
import ppl.ir.Method;
import ppl.ir.Prim;
import ppl.ir.Sampler;
import ppl.ir.Stmt;
import ppl.ir.Unit;
import ppl.runtime.Kernel;
import ppl.runtime.SubscriptException;
import ppl.runtime.TooLargeException;

/// The samplers of generated code must be public, so this class is.
public class EmitTest {
  private final Array n = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private final Array x = new Array("x", Kind.REAL, List.of(n.read()), Array.Role.DATA);
  private final Array g = new Array("g", Kind.INT, List.of(n.read()), Array.Role.DATA);
  private final Array q = new Array("q", Kind.REAL, List.of(integer(3)), Array.Role.ARGUMENT);
  private final Array out = new Array("out", Kind.REAL, List.of(integer(3)), Array.Role.ARGUMENT);

  private Unit unit(List<Array> prepared, Stmt.Block prepare, Unit.Routine... routines) {
    return new Unit("models.Test", List.of(n, x, g), prepared, prepare, List.of(routines));
  }

  private Unit density(Stmt.Block body) {
    return unit(List.of(), Stmt.Block.EMPTY, new Unit.Routine("logDensity", List.of(q), false, body));
  }

  private static Stmt target(Expr term) {
    return new Stmt.Add(Array.TARGET, List.of(), term);
  }

  private Kernel bind(Unit unit) {
    return Loader.load(Emit.toClass(unit))
        .bind(new Object[] {new int[] {2}, new double[] {1.5, -2}, new int[] {1, 7}});
  }

  private double interpret(Stmt.Block body, double... position) {
    return new Interpreter(new Random(1)).bind(n, 2).bind(x, 1.5, -2).bind(g, 1, 7).bind(q, position).run(body);
  }

  private static int longestMethod(byte[] bytes) {
    return ClassFile.of().parse(bytes).methods().stream()
        .flatMap(m -> m.findAttribute(Attributes.code()).stream())
        .mapToInt(c -> ((java.lang.classfile.attribute.CodeAttribute) c).codeLength()).max().orElse(0);
  }

  @Test
  void sumOfManyTermsIsCut() {
    Expr sum = ZERO;
    for (int k = 0; k < 5_000; k++) sum = add(sum, exp(mul(real(k / 5e3), q.read(integer(k % 3)))));
    checkLarge(Build.block(b -> {}), sum);
  }

  @Test
  void deepExpressionIsCut() {
    Expr deep = q.read(integer(0));
    for (int k = 0; k < 10_000; k++) deep = apply(Prim.SIN, add(deep, q.read(integer(k % 3))));
    checkLarge(Build.block(b -> {}), deep);
  }

  /// A reduction whose end depends on the turn of a loop is none that is the same in all turns.
  @Test
  void endsOfReductionsMayDependOnLoops() {
    var i = new Index("i");
    var k = new Index("k");
    var turns = new Expr.Reduce(Expr.Reducer.PRODUCT, k, integer(0), g.read(var(i)), log(add(x.read(integer(0)), real(3))));
    var length = new Expr.Reduce(Expr.Reducer.PRODUCT, k, integer(0), g.read(var(i)), log(toReal(n.read())));
    var body = Build.block(b -> b.loops(List.of(i), List.of(n.read()),
        at -> target(add(mul(q.read(integer(0)), turns), mul(q.read(integer(1)), length)))));
    assertEquals(interpret(body, 1, 2, 3), bind(density(body)).logDensity(new double[] {1, 2, 3}), 1e-12);
  }

  @Test
  void largeLoopBodyIsCut() {
    var i = new Index("i");
    var body = Build.block(b -> b.loops(List.of(i), List.of(n.read()), at -> Build.block(inner -> {
      for (int k = 0; k < 2_000; k++)
        inner.add(target(exp(mul(x.read(at), mul(real(1.0 / (k + 1)), q.read(integer(k % 3)))))));
    })));
    checkLarge(body, ZERO);
  }

  private void checkLarge(Stmt.Block before, Expr term) {
    var body = new Stmt.Block(List.of(), List.of(before, target(term)));
    var bytes = Emit.toClass(density(body));
    assertTrue(longestMethod(bytes) <= 3000);
    assertEquals(interpret(body, 0.1, 0.2, -0.3), bind(density(body)).logDensity(new double[] {0.1, 0.2, -0.3}));
  }

  @Test
  void nestedSelectionsSharingTheirOperandsStaySmall() {
    Expr y = q.read(integer(0));
    for (int k = 0; k < 60; k++) {
      var before = y;
      y = select(lt(before, q.read(integer(1))), add(before, q.read(integer(2))), apply(Prim.SIN, before));
    }
    var body = new Stmt.Block(List.of(), List.of(target(y)));
    var bytes = Emit.toClass(density(body));
    assertTrue(bytes.length < 20_000, "bytes: " + bytes.length);
    assertEquals(interpret(body, 0.1, 2, 0.3), Loader.load(bytes)
        .bind(new Object[] {new int[] {0}, new double[0], new int[0]}).logDensity(new double[] {0.1, 2, 0.3}));
  }

  @Test
  void subscriptOutsideIsReported() {
    var i = new Index("i");
    var body = Build.block(b -> b.loops(List.of(i), List.of(n.read()), at -> target(q.read(g.read(at)))));
    var e = assertThrows(SubscriptException.class, () -> bind(density(body)).logDensity(new double[3]));
    assertEquals("subscript 8 in dimension 1 of q is outside 1..3", e.getMessage());
  }

  @Test
  void subscriptThatIsNotUsedMayBeOutside() {
    var i = new Index("i");
    var body = Build.block(b -> b.loops(List.of(i), List.of(n.read()), at -> {
      var inside = lt(g.read(at), integer(3));
      var value = exp(q.read(g.read(at)));
      return target(add(select(inside, value, ONE), select(lt(integer(1), g.read(at)), ZERO, value)));
    }));
    assertEquals(interpret(body, 1, 2, 3), bind(density(body)).logDensity(new double[] {1, 2, 3}));
  }

  @Test
  void elementReadInAnEmptyLoopMayNotExist() {
    var i = new Index("i");
    var body = Build.block(b -> b.loops(List.of(i), List.of(n.read()),
        at -> target(mul(x.read(integer(0)), sum(n.read(), k -> exp(x.read(integer(0))))))));
    var kernel = Loader.load(Emit.toClass(density(body)))
        .bind(new Object[] {new int[] {0}, new double[0], new int[0]});
    assertEquals(0, kernel.logDensity(new double[3]));
  }

  @Test
  void dataOfWrongLengthOrTypeAreRefused() {
    var kernel = Loader.load(Emit.toClass(density(Stmt.Block.EMPTY)));
    var e = assertThrows(IllegalArgumentException.class,
        () -> kernel.bind(new Object[] {new int[] {2}, new double[] {1}, new int[] {1, 2}}));
    assertEquals("x has 1 values, not 2", e.getMessage());
    var f = assertThrows(IllegalArgumentException.class,
        () -> kernel.bind(new Object[] {new double[] {2}, new double[] {1}, new int[] {1, 2}}));
    assertEquals("N wants int[], not double[]", f.getMessage());
  }

  @Test
  void workspaceThatCannotBeIsRefused() {
    var i = new Index("i");
    var body = Build.block(b -> {
      var big = b.array("big", Kind.REAL, List.of(n.read(), n.read()));
      b.loops(List.of(i), List.of(n.read()), at -> new Stmt.Set(big, List.of(at.getFirst(), integer(0)), ONE));
      b.add(target(big.read(integer(1), integer(0))));
    });
    var e = assertThrows(ppl.runtime.TooLargeException.class, () -> Loader.load(Emit.toClass(density(body)))
        .bind(new Object[] {new int[] {100_000}, new double[100_000], new int[100_000]}));
    assertEquals("big would have 100000 times 100000 elements, 80 GB: more than an array can hold", e.getMessage());
  }

  @Test
  void preparedArraysAreComputedOnceAndShared() {
    var squares = Array.computed("squares", Kind.REAL, List.of(n.read()));
    var total = Array.computed("total", Kind.REAL, List.of());
    var prepare = Build.block(b -> {
      b.fill(squares, new ppl.ir.Arr(Kind.REAL, List.of(n.read()), at -> square(x.read(at))));
      b.add(new Stmt.Set(total, List.of(), sum(n.read(), k -> squares.read(k))));
    });
    var body = new Stmt.Block(List.of(), List.of(
        target(add(total.read(), mul(q.read(integer(0)), squares.read(integer(1)))))));
    var kernel = bind(unit(List.of(squares, total), prepare,
        new Unit.Routine("logDensity", List.of(q), false, body)));
    assertEquals(6.25 + 3 * 4, kernel.logDensity(new double[] {3, 0, 0}));
    assertEquals(6.25 + 3 * 4, kernel.fork().logDensity(new double[] {3, 0, 0}));
  }

  /// Arrays that only the making of others needs go when these are made; a class may be bound again.
  @Test
  void whatOnlyBindingNeedsIsLetGo() throws ReflectiveOperationException {
    var squares = Array.computed("squares", Kind.REAL, List.of(n.read()));
    var sum = Array.computed("sum", Kind.REAL, List.of(integer(1)));
    var i = new Index("i");
    var unit = unit(List.of(squares, sum), Build.block(b -> {
      var halves = b.array("halves", Kind.REAL, List.of(n.read()));
      b.add(new Stmt.For(i, integer(0), n.read(), false, true, Build.block(c -> {
        c.add(new Stmt.Set(halves, List.of(var(i)), mul(real(0.5), x.read(var(i)))));
        c.add(new Stmt.Set(squares, List.of(var(i)), mul(halves.read(var(i)), x.read(var(i)))));
      })));
      b.add(new Stmt.Set(sum, List.of(integer(0)), sum(i, integer(0), n.read(), squares.read(var(i)))));
    }), new Unit.Routine("logDensity", List.of(q), false, Build.block(b -> b.add(target(sum.read(integer(0)))))));
    var kernel = bind(unit);
    assertEquals(3.125, kernel.logDensity(new double[3]));
    var held = new ArrayList<Object>();
    for (var f : kernel.getClass().getDeclaredFields()) {
      f.setAccessible(true);
      held.add(f.get(kernel));
    }
    assertEquals(2, held.stream().filter(double[].class::isInstance).count(), "x and sum");
    assertEquals(3.125, kernel.fork().logDensity(new double[3]));
    kernel.bind(new Object[] {new int[] {3}, new double[] {1, 2, 3}, new int[3]});
    assertEquals(7, kernel.logDensity(new double[3]));
  }

  @Test
  void whatDependsOnDataAloneIsComputedAtBinding() {
    var text = Listing.of(Emit.toClass(EightSchools.unit()));
    var gradient = text.substring(text.indexOf("method gradient("));
    gradient = gradient.substring(0, gradient.indexOf("\n\n"));
    assertFalse(gradient.contains("Math.log("), gradient);
    assertTrue(gradient.contains("LogSpace.log1p("), gradient);
  }

  @Test
  void drawsHappenInOrderThoughNotRead() {
    var sampler = new Sampler("uniform", List.of(), Kind.REAL, (r, a) -> r.nextDouble(),
        new Method("ppl/emit/EmitTest", "uniform", "(Ljava/util/random/RandomGenerator;)D"));
    var body = Build.block(b -> {
      var unused = b.array("unused", Kind.REAL, List.of());
      b.add(new Stmt.Draw(sampler, unused, List.of(), List.of()));
      b.loops(List.of(new Index("i")), List.of(integer(3)),
          at -> new Stmt.Draw(sampler, out, at, List.of()));
    });
    var kernel = bind(unit(List.of(), Stmt.Block.EMPTY,
        new Unit.Routine("predict", List.of(q, out), true, body)));
    var random = new Random(5);
    var drawn = new double[3];
    kernel.predict(new double[3], drawn, new Random(5));
    random.nextDouble();
    assertArrayEquals(new double[] {random.nextDouble(), random.nextDouble(), random.nextDouble()}, drawn);
  }

  /// A sampler.
  public static double uniform(java.util.random.RandomGenerator random) {
    return random.nextDouble();
  }

  @Test
  void routinesThatAreMissingSaySo() {
    assertThrows(UnsupportedOperationException.class,
        () -> bind(density(Stmt.Block.EMPTY)).predict(new double[3], new double[3], new Random(1)));
  }

  @Test
  void tooManyMethodsAreRefusedWithTheLimit() {
    Expr sum = ZERO;
    for (int k = 0; k < 40_000; k++) sum = add(sum, exp(mul(real(k / 5e3), q.read(integer(k % 3)))));
    var body = new Stmt.Block(List.of(), List.of(target(sum)));
    var e = assertThrows(IllegalStateException.class, () -> Emit.toClass(density(body)));
    assertTrue(e.getMessage().contains("65535"), e.getMessage());
  }

  @Test
  void evaluationAllocatesNothing() {
    var kernel = Loader.load(Emit.toClass(EightSchools.unit())).bind(EightSchools.data());
    var position = new double[10];
    var gradient = new double[10];
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    double sum = 0;
    for (int k = 0; k < 1_000; k++) sum += kernel.gradient(position, gradient);
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int k = 0; k < 10_000; k++) sum += kernel.gradient(position, gradient);
    long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(bytes < 1_000 && sum < 0, "bytes: " + bytes);
  }

  @Test
  void forksWorkAtTheSameTime() {
    var kernel = Loader.load(Emit.toClass(EightSchools.unit())).bind(EightSchools.data());
    var expected = gradients(kernel);
    var running = new ArrayList<CompletableFuture<List<Double>>>();
    for (int k = 0; k < 4; k++) {
      var fork = kernel.fork();
      running.add(CompletableFuture.supplyAsync(() -> gradients(fork)));
    }
    for (var r : running) assertEquals(expected, r.join());
  }

  private static List<Double> gradients(Kernel kernel) {
    var values = new ArrayList<Double>();
    var gradient = new double[10];
    for (int k = 0; k < 2_000; k++) {
      values.add(kernel.gradient(new Random(k).doubles(10).toArray(), gradient));
      for (double v : gradient) values.add(v);
    }
    return values;
  }

  /// Writes `first + i` to all of `scratch`, then copies its first three elements to the result.
  private List<Stmt> through(Array scratch, Expr extent, double first) {
    var i = new Index("i");
    var k = new Index("k");
    return List.of(
        Build.block(b -> b.loops(List.of(i), List.of(extent), at -> new Stmt.Set(scratch, at, add(real(first), toReal(at.getFirst()))))),
        Build.block(b -> b.loops(List.of(k), List.of(integer(3)), at -> new Stmt.Set(out, at, scratch.read(at)))));
  }

  private Unit.Routine drawing(String name, List<Array> scratch, Expr extent, double first) {
    var steps = new ArrayList<Stmt>();
    for (var a : scratch) steps.addAll(through(a, extent, first));
    return new Unit.Routine(name, List.of(q, out), true, new Stmt.Block(scratch, steps));
  }

  @Test
  void roomForDrawsIsMadeWhenTheyAreMade() {
    var extent = mul(n.read(), integer(1_000_000_000));
    var huge = Array.computed("huge", Kind.REAL, List.of(extent, extent));
    var i = new Index("i");
    var wide = new Stmt.Block(List.of(huge), List.of(
        Build.block(b -> b.loops(List.of(i), List.of(integer(3)), at -> new Stmt.Set(huge, List.of(at.getFirst(), at.getFirst()), ONE))),
        Build.block(b -> b.loops(List.of(i), List.of(integer(3)), at -> new Stmt.Set(out, at, huge.read(List.of(at.getFirst(), at.getFirst())))))));
    var kernel = bind(unit(List.of(), Stmt.Block.EMPTY, new Unit.Routine("predict", List.of(q, out), true, wide),
        new Unit.Routine("logDensity", List.of(q), false, new Stmt.Block(List.of(), List.of(target(ONE))))));
    assertEquals(1, kernel.fork().logDensity(new double[3]));
    for (int turn = 0; turn < 2; turn++)
      assertThrows(TooLargeException.class, () -> kernel.predict(new double[3], new double[3], new Random(1)));
  }

  @Test
  void routinesOfDrawsMayShareTheirRoom() {
    var shared = Array.computed("shared", Kind.REAL, List.of(add(n.read(), integer(3))));
    var own = Array.computed("own", Kind.REAL, List.of(add(n.read(), integer(3))));
    var extent = add(n.read(), integer(3));
    var kernel = bind(unit(List.of(), Stmt.Block.EMPTY, drawing("constrain", List.of(shared), extent, 1),
        drawing("predict", List.of(own, shared), extent, 5)));
    for (var fresh : List.of(kernel, kernel.fork())) {
      var values = new double[3];
      fresh.constrain(new double[3], values, new Random(1));
      assertArrayEquals(new double[] {1, 2, 3}, values);
      fresh.predict(new double[3], values, new Random(1));
      assertArrayEquals(new double[] {5, 6, 7}, values);
    }
  }
}
