package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import ppl.ir.Expr;
import ppl.ir.Prim;

/// A sum taken apart.
final class Summands {
  private record Term(double factor, Expr of) {}

  private Summands() {}

  /// Expressions that add up to `e`.
  static List<Expr> of(Expr e) {
    var found = new ArrayList<Expr>();
    var todo = new ArrayDeque<Term>();
    todo.push(new Term(1, e));
    while (!todo.isEmpty()) {
      var t = todo.pop();
      switch (t.of) {
        case Expr.Apply(Prim p, var args) when p == Prim.ADD || p == Prim.SUB -> {
          todo.push(new Term(p == Prim.SUB ? -t.factor : t.factor, args.get(1)));
          todo.push(new Term(t.factor, args.get(0)));
        }
        case Expr.Apply(Prim p, var args) when p == Prim.NEG -> todo.push(new Term(-t.factor, args.get(0)));
        case Expr.Apply(Prim p, var args) when p == Prim.MUL && args.get(0) instanceof Expr.Real(double c) ->
            todo.push(new Term(t.factor * c, args.get(1)));
        default -> found.add(mul(real(t.factor), t.of));
      }
    }
    return found;
  }
}
