package ppl.form;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Prim;

/// Replaces nodes of an expression by others.
public final class Rewrite {
  private Rewrite() {}

  /// @param to what stands for the nodes that are its keys
  public static Expr of(Expr root, Map<Expr, Expr> to) {
    var done = new IdentityHashMap<Expr, Expr>();
    for (var e : Graph.nodes(List.of(root))) done.put(e, to.containsKey(e) ? to.get(e) : rebuild(e, done));
    return done.get(root);
  }

  static Expr rebuild(Expr e, Map<Expr, Expr> done) {
    boolean same = true;
    for (var c : e.children()) same &= done.get(c) == c;
    if (same) return e;
    return switch (e) {
      case Expr.Int n -> n;
      case Expr.Real x -> x;
      case Expr.Var v -> v;
      case Expr.Read(Array a, var at) -> a.read(at.stream().map(done::get).toList());
      case Expr.Apply(Prim p, var args) -> Exprs.apply(p, args.stream().map(done::get).toList());
      case Expr.Select(Expr c, Expr yes, Expr no) -> Exprs.select(done.get(c), done.get(yes), done.get(no));
      case Expr.Reduce(var reducer, Index i, Expr from, Expr to, Expr body) ->
          new Expr.Reduce(reducer, i, done.get(from), done.get(to), done.get(body));
    };
  }
}
