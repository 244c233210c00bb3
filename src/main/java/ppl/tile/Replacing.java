package ppl.tile;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Prim;

/// Expressions with others in place of some of their nodes, and the rest as it stands.
final class Replacing {
  private final Map<Expr, Expr> done;

  Replacing(Map<Expr, Expr> by) {
    done = new IdentityHashMap<>(by);
  }

  Expr of(Expr root) {
    for (var e : Graph.nodes(List.of(root))) if (!done.containsKey(e)) done.put(e, rebuilt(e));
    return done.get(root);
  }

  private Expr rebuilt(Expr e) {
    return switch (e) {
      case Expr.Int _, Expr.Real _, Expr.Var _ -> e;
      case Expr.Read(Array a, var at) -> a.read(all(at));
      case Expr.Apply(Prim p, var args) -> new Expr.Apply(p, all(args));
      case Expr.Select(Expr condition, Expr yes, Expr no) -> new Expr.Select(done.get(condition), done.get(yes), done.get(no));
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
          new Expr.Reduce(reducer, i, done.get(from), done.get(to), done.get(body));
    };
  }

  private List<Expr> all(List<Expr> list) {
    var result = new ArrayList<Expr>(list.size());
    for (var e : list) result.add(done.get(e));
    return result;
  }
}
