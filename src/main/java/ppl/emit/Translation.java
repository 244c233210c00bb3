package ppl.emit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Prim;

/// Expressions to nodes. An expression that occurs again is translated again only where it may mean something else:
/// under another binding of its index variables, or after a write to what it reads.
final class Translation {
  /// @param scopes a bit for every scope the meaning depends on
  /// @param time   the statement, if the meaning holds in that alone; else 0
  private record Known(Node node, long scopes, int time) {}

  private record Bound(Node variable, int level) {}

  /// An expression whose arguments are being translated.
  private static final class Frame {
    final Expr source;
    final Expr expr;
    final List<Expr> children;
    final List<Node> nodes;
    long scopes;
    int time;

    /// @param source what is translated
    /// @param expr   what stands for it
    Frame(Expr source, Expr expr) {
      this.source = source;
      this.expr = expr;
      this.children = expr.children();
      this.nodes = new ArrayList<>(children.size());
    }

    void accept(Known k) {
      nodes.add(k.node);
      scopes |= k.scopes;
      time = Math.max(time, k.time);
    }
  }

  private static final int DEEPEST = 62;

  private final Graph graph;
  private final Bounds bounds;
  private final Memory memory;
  private final Writes writes;
  private final Map<Expr, Expr> stored;
  private final List<Map<Expr, Known>> scopes = new ArrayList<>();
  /// For every scope the next one outside whose meanings hold inside too.
  private final List<Integer> outer = new ArrayList<>();
  private final Deque<Runnable> exits = new ArrayDeque<>();
  private final Map<Index, Bound> indices = new IdentityHashMap<>();
  private long statementScope;
  private int time = 1;

  /// @param stored what stands for an expression, because it was computed before
  Translation(Graph graph, Bounds bounds, Memory memory, Writes writes, Map<Expr, Expr> stored) {
    this.stored = stored;
    this.graph = graph;
    this.bounds = bounds;
    this.memory = memory;
    this.writes = writes;
    enter();
  }

  /// A statement begins: what was read before may have changed.
  void next() {
    time++;
  }

  /// Enters a part of the routine that may not run.
  void enterStatements() {
    enter();
    var before = statementScope;
    exits.push(() -> statementScope = before);
    statementScope = innermost();
  }

  /// Enters the body of a loop of statements.
  void enterStatements(Index index, Node variable) {
    enter();
    var before = statementScope;
    var restore = rebind(index, variable);
    exits.push(() -> {
      statementScope = before;
      restore.run();
    });
    statementScope = innermost();
  }

  void leave() {
    scopes.removeLast();
    outer.removeLast();
    exits.pop().run();
  }

  private void enter() {
    scopes.add(new IdentityHashMap<>());
    outer.add(scopes.size() - 2);
  }

  private Runnable rebind(Index index, Node variable) {
    int level = scopes.size() - 1;
    var old = indices.put(index, new Bound(variable, level));
    if (old != null) hide(old.level, level);
    return () -> {
      if (old == null) indices.remove(index);
      else indices.put(index, old);
    };
  }

  /// In scope `level`, what depends on scope `hidden` means something else.
  private void hide(int hidden, int level) {
    int next = hidden - 1;
    for (int s = hidden; s < level; s++) next = Math.min(next, outer.get(s));
    outer.set(level, next);
  }

  private long innermost() {
    return bit(scopes.size() - 1);
  }

  private static long bit(int level) {
    return 1L << Math.min(level, DEEPEST);
  }

  /// The node of an expression.
  Node value(Expr root) {
    var known = lookup(root);
    if (known != null) return known.node;
    var stack = new ArrayDeque<Frame>();
    stack.push(frame(root));
    while (true) {
      var f = stack.peek();
      if (f.nodes.size() < f.children.size()) {
        if (f.expr instanceof Expr.Reduce r && f.nodes.size() == 2) enterReduction(r, f);
        var child = f.children.get(f.nodes.size());
        var k = lookup(child);
        if (k != null) f.accept(k);
        else stack.push(frame(child));
      } else {
        var k = finish(f);
        remember(f.source, k);
        stack.pop();
        if (stack.isEmpty()) return k.node;
        stack.peek().accept(k);
      }
    }
  }

  private Frame frame(Expr e) {
    return new Frame(e, stored.getOrDefault(e, e));
  }

  private void enterReduction(Expr.Reduce r, Frame f) {
    var variable = graph.variable(r.index().name());
    bounds.loop(variable, f.nodes.get(0), f.nodes.get(1));
    enter();
    exits.push(rebind(r.index(), variable));
  }

  private Known finish(Frame f) {
    var n = f.nodes;
    return switch (f.expr) {
      case Expr.Int(int v) -> new Known(graph.integer(v), 0, 0);
      case Expr.Real(double v) -> new Known(graph.real(v), 0, 0);
      case Expr.Var(Index index) -> variable(index);
      case Expr.Read(Array a, var at) -> writes.written(a)
          ? new Known(memory.read(a, flat(a, n)), f.scopes | statementScope, writes.changing(a) ? time : f.time)
          : new Known(memory.read(a, flat(a, n)), f.scopes, f.time);
      case Expr.Apply(Prim prim, var args) -> new Known(graph.apply(prim, List.copyOf(n)), f.scopes, f.time);
      case Expr.Select s -> new Known(graph.select(n.get(0), n.get(1), n.get(2)), f.scopes, f.time);
      case Expr.Reduce r -> {
        var own = innermost();
        var variable = indices.get(r.index()).variable;
        leave();
        var node = graph.reduce(r.reducer(), variable, n.get(0), n.get(1), n.get(2));
        yield new Known(node, own == 1L << DEEPEST ? f.scopes : f.scopes & ~own, f.time);
      }
    };
  }

  private Known variable(Index index) {
    var bound = indices.get(index);
    if (bound == null) throw new IllegalArgumentException("index " + index + " stands outside its loop");
    return new Known(bound.variable, bit(bound.level), 0);
  }

  private Known lookup(Expr e) {
    for (int s = scopes.size() - 1; s >= 0; s = outer.get(s)) {
      var k = scopes.get(s).get(e);
      if (k != null && (k.time == 0 || k.time == time)) return k;
    }
    return null;
  }

  private void remember(Expr e, Known k) {
    int level = 63 - Long.numberOfLeadingZeros(k.scopes | 1);
    scopes.get(level == DEEPEST ? scopes.size() - 1 : level).put(e, k);
  }

  /// The place of an element in its array, subscripts checked where they are not certain.
  Node flat(Array array, List<Node> at) {
    var flat = graph.integer(0);
    for (int d = 0; d < at.size(); d++) {
      var extent = value(array.dims().get(d));
      bounds.extent(extent);
      var s = at.get(d);
      if (!bounds.inside(s, extent)) s = graph.check(array, d + 1, s, extent);
      flat = graph.apply(Prim.IADD, graph.apply(Prim.IMUL, flat, extent), s);
    }
    return flat;
  }
}
