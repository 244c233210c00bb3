package ppl.ir;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Replaces the largest dear parts of an expression that are known when data are bound.
final class Hoist {
  /// Deeper expressions are left as they are.
  private static final int DEEPEST = 1000;

  /// Where a known value is stored, given what it stands in.
  interface Store {
    Optional<Expr> of(Expr e, Frames frames);
  }

  private record Done(Frames frames, Expr to) {}

  private final Early early;
  private final Store store;
  private final Map<Expr, Done> done = new IdentityHashMap<>();

  Hoist(Early early, Store store) {
    this.early = early;
    this.store = store;
  }

  Expr apply(Expr root, Frames frames) {
    return depth(root) > DEEPEST ? root : visit(root, frames);
  }

  private static int depth(Expr root) {
    var depths = new IdentityHashMap<Expr, Integer>();
    Graph.walk(root, Expr::children, depths::containsKey,
        e -> depths.put(e, 1 + e.children().stream().mapToInt(depths::get).max().orElse(0)));
    return depths.get(root);
  }

  /// What is reached a second time, from another branch or reduction, stays as it is: its place in memory may not be
  /// filled there.
  private Expr visit(Expr e, Frames frames) {
    var known = done.get(e);
    if (known == null) {
      known = new Done(frames, replace(e, frames));
      done.put(e, known);
    }
    return frames.isWithin(known.frames) ? known.to : e;
  }

  private Expr replace(Expr e, Frames frames) {
    if (early.of(e) && e.kind() == Kind.REAL) return early.isDear(e) ? store.of(e, frames).orElse(e) : e;
    if (early.of(e) && !(e instanceof Expr.Apply && early.isDear(e))) return e;
    return switch (e) {
      case Expr.Apply(Prim p, var args) -> {
        var to = args.stream().map(x -> visit(x, frames)).toList();
        yield isSame(args, to) ? e : Exprs.apply(p, to);
      }
      case Expr.Select(Expr c, Expr yes, Expr no) -> {
        var condition = early.of(c) ? visit(c, frames) : c;
        var left = visit(yes, frames.in(new Frames.Guard(c)));
        var right = visit(no, frames.in(new Frames.Guard(Exprs.not(c))));
        yield condition == c && left == yes && right == no ? e : Exprs.select(condition, left, right);
      }
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) -> {
        var inside = visit(body, frames.in(new Frames.Loop(i, from, to)));
        yield inside == body ? e : Simplify.reduce(reducer, i, from, to, inside);
      }
      case Expr.Int n -> e;
      case Expr.Real x -> e;
      case Expr.Var v -> e;
      case Expr.Read r -> e;
    };
  }

  private static boolean isSame(List<Expr> a, List<Expr> b) {
    for (int i = 0; i < a.size(); i++) if (a.get(i) != b.get(i)) return false;
    return true;
  }
}
