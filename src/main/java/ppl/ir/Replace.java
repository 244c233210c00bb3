package ppl.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Puts expressions in the place of others, node by node.
final class Replace {
  private final Map<Expr, Expr> done = new IdentityHashMap<>();

  /// `by` will stand for `e`.
  void put(Expr e, Expr by) {
    done.put(e, by);
  }

  Expr apply(Expr root) {
    Graph.walk(root, Expr::children, done::containsKey, e -> done.put(e, rebuilt(e)));
    return done.get(root);
  }

  private Expr rebuilt(Expr e) {
    if (all(e.children()).equals(e.children())) return e;
    return switch (e) {
      case Expr.Int n -> n;
      case Expr.Real x -> x;
      case Expr.Var v -> v;
      case Expr.Read(Array a, var at) -> a.read(all(at));
      case Expr.Apply(Prim p, var args) -> Exprs.apply(p, all(args));
      case Expr.Select(Expr c, Expr yes, Expr no) -> Exprs.select(done.get(c), done.get(yes), done.get(no));
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
          Simplify.reduce(reducer, i, done.get(from), done.get(to), done.get(body));
    };
  }

  private List<Expr> all(List<Expr> list) {
    var all = new ArrayList<Expr>(list.size());
    for (var e : list) all.add(done.get(e));
    return all;
  }
}
