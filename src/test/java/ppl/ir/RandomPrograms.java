package ppl.ir;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;

/// Random well-formed programs: nested loops, recurrences, gathers, conditions, reductions, selections, whole-array
/// primitives; everything that a compiler pass has to keep the meaning of. The target is a smooth function of the
/// position, apart from a set that random positions do not meet.
public final class RandomPrograms {
  /// A block that adds to the target, the arrays that it is bound to with their values, and the position among them.
  public record Program(Stmt.Block body, Map<Array, double[]> bindings, Array position) {
    public double[] start() {
      return bindings.get(position).clone();
    }

    /// An interpreter with all arrays bound, the position as well.
    public Interpreter interpreter() {
      var i = new Interpreter(new Random(1));
      bindings.forEach((a, v) -> i.bind(a, v.clone()));
      return i;
    }
  }

  /// The two extents that arrays have: a constant, and one that data give.
  private enum Extent { K, N }

  private record Loop(Index index, Extent extent) {}

  private record Known(Array array, List<Extent> extents) {}

  private static final int K = 3;

  private final Random random;
  private final Array n = new Array("N", Kind.INT, List.of(), Array.Role.DATA);
  private final Array y = new Array("y", Kind.REAL, List.of(n.read()), Array.Role.DATA);
  private final Array g = new Array("g", Kind.INT, List.of(n.read()), Array.Role.DATA);
  private final Array w = new Array("w", Kind.REAL, List.of(integer(K), n.read()), Array.Role.DATA);
  private final Array position = new Array("q", Kind.REAL, List.of(integer(K)), Array.Role.ARGUMENT);
  private final List<Known> known = new ArrayList<>();
  private final List<Loop> loops = new ArrayList<>();
  private final List<Expr> special = new ArrayList<>();
  private final List<Expr> pool = new ArrayList<>();
  private final Graph.Free free = new Graph.Free();
  private int names;

  private RandomPrograms(long seed) {
    this.random = new Random(seed);
    known.add(new Known(y, List.of(Extent.N)));
    known.add(new Known(w, List.of(Extent.K, Extent.N)));
    known.add(new Known(position, List.of(Extent.K)));
    known.add(new Known(position, List.of(Extent.K)));
  }

  /// The program of a seed.
  public static Program of(long seed) {
    return new RandomPrograms(seed).program();
  }

  private Program program() {
    int size = 1 + random.nextInt(4);
    var bindings = new LinkedHashMap<Array, double[]>();
    bindings.put(n, new double[] {size});
    bindings.put(y, random.doubles(size, -2, 2).toArray());
    bindings.put(g, random.ints(size, 0, K).asDoubleStream().toArray());
    bindings.put(w, random.doubles(K * size, -2, 2).toArray());
    bindings.put(position, random.doubles(K, -1.5, 1.5).toArray());
    var body = Build.block(b -> {
      for (int i = 2 + random.nextInt(5); i > 0; i--) statement(b, 2);
      addTarget(b);
    });
    return new Program(body, bindings, position);
  }

  private void statement(Build b, int depth) {
    switch (random.nextInt(depth > 0 ? 9 : 3)) {
      case 0 -> scalar(b);
      case 1, 2 -> addTarget(b);
      case 3 -> vector(b);
      case 4 -> matrix(b);
      case 5 -> recurrence(b, depth);
      case 6 -> plate(b, depth);
      case 7 -> condition(b, depth);
      default -> call(b);
    }
  }

  private void scalar(Build b) {
    known.add(new Known(b.store(name("s"), Arr.of(real(3))), List.of()));
  }

  private void addTarget(Build b) {
    b.add(new Stmt.Add(Array.TARGET, List.of(), real(3)));
  }

  private void vector(Build b) {
    var d = extent();
    var v = b.array(name("v"), Kind.REAL, List.of(size(d)));
    loop(b, d, true, (inner, i) -> inner.add(new Stmt.Set(v, List.of(i), real(2))));
    known.add(new Known(v, List.of(d)));
  }

  private void matrix(Build b) {
    var rows = extent();
    var columns = extent();
    var m = b.array(name("m"), Kind.REAL, List.of(size(rows), size(columns)));
    loop(b, rows, true, (outer, i) -> {
      scalar(outer);
      loop(outer, columns, true, (inner, j) -> inner.add(new Stmt.Set(m, List.of(i, j), real(2))));
    });
    known.add(new Known(m, List.of(rows, columns)));
  }

  /// x[0] = .., x[t] = f(x[t - 1], ..), in either direction, with other statements in the same loop.
  private void recurrence(Build b, int depth) {
    var d = extent();
    var x = b.array(name("x"), Kind.REAL, List.of(size(d)));
    boolean down = random.nextBoolean();
    var first = down ? sub(size(d), integer(1)) : integer(0);
    b.add(new Stmt.Set(x, List.of(first), real(2)));
    var t = new Index(name("t"));
    var from = integer(down ? 0 : 1);
    var to = down ? first : size(d);
    var before = x.read(add(var(t), integer(down ? 1 : -1)));
    b.add(new Stmt.For(t, from, to, down, false, scope(new Loop(t, d), inner -> {
      special.add(before);
      if (random.nextBoolean()) statement(inner, depth - 1);
      var next = add(mul(before, real(1)), real(2));
      inner.add(new Stmt.Set(x, List.of(var(t)), apply(Prim.TANH, next)));
      special.add(x.read(var(t)));
      if (random.nextBoolean()) statement(inner, 0);
    })));
    known.add(new Known(x, List.of(d)));
  }

  private void plate(Build b, int depth) {
    loop(b, extent(), random.nextBoolean(), (inner, i) -> {
      for (int k = 1 + random.nextInt(3); k > 0; k--) statement(inner, depth - 1);
    });
  }

  private void condition(Build b, int depth) {
    var c = truth();
    var s = b.array(name("c"), Kind.REAL, List.of());
    var then = scope(inner -> {
      statement(inner, depth - 1);
      inner.add(new Stmt.Set(s, List.of(), real(2)));
    });
    var otherwise = scope(inner -> inner.add(new Stmt.Set(s, List.of(), real(2))));
    b.add(new Stmt.If(c, then, otherwise));
    known.add(new Known(s, List.of()));
  }

  private void call(Build b) {
    ArrayOpPrograms.call(b, random, name("a"), integer(K), () -> real(2), a -> known.add(
        new Known(a, java.util.Collections.nCopies(a.rank(), Extent.K))));
  }

  private interface Body {
    void of(Build inner, Expr i);
  }

  private void loop(Build b, Extent d, boolean independent, Body body) {
    var i = new Index(name("i"));
    b.add(new Stmt.For(i, integer(0), size(d), false, independent,
        scope(new Loop(i, d), inner -> body.of(inner, var(i)))));
  }

  private Stmt.Block scope(java.util.function.Consumer<Build> body) {
    int arrays = known.size();
    int specials = special.size();
    int pooled = pool.size();
    var block = Build.block(body);
    cut(known, arrays);
    cut(special, specials);
    cut(pool, pooled);
    return block;
  }

  private Stmt.Block scope(Loop loop, java.util.function.Consumer<Build> body) {
    loops.add(loop);
    var block = scope(body);
    loops.removeLast();
    return block;
  }

  private static void cut(List<?> list, int size) {
    list.subList(size, list.size()).clear();
  }

  private Expr real(int depth) {
    if (!pool.isEmpty() && random.nextInt(4) == 0) return pool.get(random.nextInt(pool.size()));
    var e = depth == 0 ? leaf() : node(depth - 1);
    if (loops.stream().map(Loop::index).toList().containsAll(free.of(e))) pool.add(e);
    return e;
  }

  private Expr node(int depth) {
    var x = real(depth);
    return switch (random.nextInt(14)) {
      case 0 -> add(x, real(depth));
      case 1 -> sub(x, real(depth));
      case 2, 3 -> mul(x, real(depth));
      case 4 -> div(x, add(Exprs.real(1.5), square(real(depth))));
      case 5 -> exp(apply(Prim.TANH, x));
      case 6 -> apply(Prim.SIN, x);
      case 7 -> apply(Prim.LOG1P_EXP, x);
      case 8 -> sqrt(add(Exprs.real(1), square(x)));
      case 9 -> select(truth(), x, real(depth));
      case 10 -> select(truth(), log(add(ONE, square(x))), x);
      case 11, 12 -> reduce(depth);
      default -> neg(x);
    };
  }

  private Expr reduce(int depth) {
    var d = extent();
    var k = new Index(name("k"));
    loops.add(new Loop(k, d));
    int pooled = pool.size();
    var body = real(depth);
    cut(pool, pooled);
    loops.removeLast();
    var reducer = Expr.Reducer.values()[Math.max(0, random.nextInt(6) - 2)];
    boolean mayBeEmpty = reducer == Expr.Reducer.SUM || reducer == Expr.Reducer.PRODUCT;
    return new Expr.Reduce(reducer, k, integer(mayBeEmpty && random.nextInt(4) == 0 ? 1 : 0), size(d), body);
  }

  private Expr leaf() {
    if (random.nextInt(6) == 0) return Exprs.real(random.nextInt(-4, 5) / 2.0);
    if (!special.isEmpty() && random.nextInt(3) == 0) return special.get(random.nextInt(special.size()));
    var k = known.get(random.nextInt(known.size()));
    return k.array().read(k.extents().stream().map(this::subscript).toList());
  }

  private Expr subscript(Extent d) {
    List<Supplier<Expr>> choices = new ArrayList<>();
    choices.add(() -> integer(d == Extent.K ? random.nextInt(K) : 0));
    for (var l : loops) {
      if (l.extent() == d) for (int i = 0; i < 3; i++) choices.add(() -> var(l.index()));
      else if (d == Extent.K) choices.add(() -> g.read(var(l.index())));
    }
    return choices.get(random.nextInt(choices.size())).get();
  }

  private Expr truth() {
    Function<Extent, Expr> any = this::subscript;
    return random.nextBoolean()
        ? lt(any.apply(Extent.K), integer(1 + random.nextInt(2)))
        : lt(ZERO, y.read(any.apply(Extent.N)));
  }

  private Extent extent() {
    return random.nextBoolean() ? Extent.K : Extent.N;
  }

  private Expr size(Extent d) {
    return d == Extent.K ? integer(K) : n.read();
  }

  private String name(String prefix) {
    return prefix + ++names;
  }
}
