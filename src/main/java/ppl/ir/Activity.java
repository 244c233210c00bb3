package ppl.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which arrays and expressions carry a derivative: those that depend smoothly on the inputs and reach the target.
final class Activity {
  private final Set<Array> active;
  private final Map<Expr, Boolean> known = new IdentityHashMap<>();
  private final Graph.Free free = new Graph.Free();

  private Activity(Set<Array> active) {
    this.active = active;
  }

  static Activity of(Stmt.Block body, Collection<Array> inputs) {
    var edges = new Edges();
    edges.collect(body);
    var varying = reach(inputs, edges.forward);
    varying.retainAll(reach(List.of(Array.TARGET), edges.backward));
    return new Activity(varying);
  }

  Graph.Free free() {
    return free;
  }

  boolean of(Array a) {
    return active.contains(a);
  }

  boolean of(Expr root) {
    Graph.walk(root, Activity::smoothOperands, known::containsKey, e -> known.put(e, compute(e)));
    return known.get(root);
  }

  /// The operands of `e` that carry a derivative, each once.
  List<Expr> operands(Expr e) {
    var found = new ArrayList<Expr>(2);
    for (var x : smoothOperands(e)) if (of(x) && !found.contains(x)) found.add(x);
    return found;
  }

  private boolean compute(Expr e) {
    if (e instanceof Expr.Read(Array a, var at)) return of(a);
    for (var c : smoothOperands(e)) if (known.get(c)) return true;
    return false;
  }

  /// The operands through which a derivative may flow.
  static List<Expr> smoothOperands(Expr e) {
    return switch (e) {
      case Expr.Apply a -> a.prim().smooth() ? reals(a.args()) : List.of();
      case Expr.Reduce r -> r.kind() == Kind.REAL ? List.of(r.body()) : List.of();
      case Expr.Select s -> s.kind() == Kind.REAL ? List.of(s.yes(), s.no()) : List.of();
      case Expr.Int n -> List.of();
      case Expr.Real x -> List.of();
      case Expr.Var i -> List.of();
      case Expr.Read r -> List.of();
    };
  }

  private static List<Expr> reals(List<Expr> args) {
    var found = new ArrayList<Expr>(args.size());
    for (var x : args) if (x.kind() == Kind.REAL) found.add(x);
    return found;
  }

  private static Set<Array> reach(Collection<Array> from, Map<Array, List<Array>> edges) {
    var reached = Collections.<Array>newSetFromMap(new IdentityHashMap<>());
    var todo = new ArrayDeque<>(from);
    while (!todo.isEmpty()) {
      var a = todo.pop();
      if (reached.add(a)) todo.addAll(edges.getOrDefault(a, List.of()));
    }
    return reached;
  }

  /// From what is read to what is written, and back.
  private static final class Edges {
    final Map<Array, List<Array>> forward = new IdentityHashMap<>();
    final Map<Array, List<Array>> backward = new IdentityHashMap<>();

    void collect(Stmt statement) {
      switch (statement) {
        case Stmt.Set s -> connect(s.value(), s.array());
        case Stmt.Add s -> connect(s.value(), s.array());
        case Stmt.Fill s -> connect(s.value(), s.array());
        case Stmt.For s -> collect(s.body());
        case Stmt.If s -> {
          collect(s.then());
          collect(s.otherwise());
        }
        case Stmt.Call s -> {
          for (var in : s.inputs()) for (var out : s.outputs()) connect(in, out);
        }
        case Stmt.Draw s -> throw new IllegalArgumentException("a random draw of " + s.array() + " has no derivative");
        case Stmt.Block s -> s.statements().forEach(this::collect);
      }
    }

    private void connect(Expr value, Array to) {
      var seen = Graph.identitySet();
      Graph.walk(value, Activity::smoothOperands, seen::contains, e -> {
        seen.add(e);
        if (e instanceof Expr.Read(Array a, var at)) connect(a, to);
      });
    }

    private void connect(Array from, Array to) {
      if (from.kind() != Kind.REAL || to.kind() != Kind.REAL) return;
      forward.computeIfAbsent(from, a -> new ArrayList<>()).add(to);
      backward.computeIfAbsent(to, a -> new ArrayList<>()).add(from);
    }
  }
}
