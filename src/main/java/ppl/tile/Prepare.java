package ppl.tile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Interner;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// Brings a loop into the form that is tiled: what was computed before is read, functions are those that have a kernel,
/// and equal expressions are one.
final class Prepare {
  private final Map<Expr, Expr> stored;
  private final Map<Expr, Expr> done = new IdentityHashMap<>();

  private Prepare(Map<Expr, Expr> stored) {
    this.stored = stored;
  }

  static Stmt.For of(Stmt.For loop, Map<Expr, Expr> stored) {
    var p = new Prepare(stored);
    if (new Interner().intern(Stmts.map(loop, p::of)) instanceof Stmt.For f) return f;
    throw new IllegalStateException("no loop any more");
  }

  private Expr of(Expr root) {
    for (var e : Graph.nodes(List.of(root))) if (!done.containsKey(e)) done.put(e, rebuilt(e));
    return done.get(root);
  }

  private Expr rebuilt(Expr e) {
    if (stored.containsKey(e)) return stored.get(e);
    return switch (e) {
      case Expr.Int n -> n;
      case Expr.Real x -> x;
      case Expr.Var v -> v;
      case Expr.Read r -> new Expr.Read(r.array(), all(r.at()));
      case Expr.Apply a when a.args().size() == 1 && Rewrites.has(a.prim()) -> Rewrites.of(a.prim(), done.get(a.args().getFirst()));
      case Expr.Apply a -> new Expr.Apply(a.prim(), all(a.args()));
      case Expr.Select s -> new Expr.Select(done.get(s.condition()), done.get(s.yes()), done.get(s.no()));
      case Expr.Reduce r ->
          new Expr.Reduce(r.reducer(), r.index(), done.get(r.from()), done.get(r.to()), done.get(r.body()));
    };
  }

  private List<Expr> all(List<Expr> list) {
    var result = new ArrayList<Expr>(list.size());
    for (var e : list) result.add(done.get(e));
    return result;
  }
}
