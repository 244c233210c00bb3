package ppl.lower;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Prim;

/// What it costs to compute an element again, roughly in additions.
final class Cost {
  private static final int CALL = 20;
  private static final int LOOP = 100;

  private Cost() {}

  /// The cost of one element at variable subscripts.
  static int of(Arr array) {
    List<Expr> at = array.indices("i").stream().map(i -> (Expr) new Expr.Var(i)).toList();
    return of(array.at(at));
  }

  private static boolean isArithmetic(Prim prim) {
    return prim == Prim.EADD || prim == Prim.ESUB || prim == Prim.EMUL;
  }

  static int of(Expr root) {
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    var todo = new ArrayDeque<>(List.of(root));
    int cost = 0;
    while (!todo.isEmpty()) {
      var e = todo.pop();
      if (!seen.add(e)) continue;
      cost += switch (e) {
        case Expr.Apply(Prim prim, var args) ->
            prim.emission() instanceof Prim.Emission.Invoke && !isArithmetic(prim) ? CALL : prim.result() == Kind.REAL && prim != Prim.REAL_OF ? 1 : 0;
        case Expr.Reduce r -> LOOP;
        case Expr.Select s -> 2;
        case Expr.Int i -> 0;
        case Expr.Real r -> 0;
        case Expr.Var v -> 0;
        case Expr.Read r -> 0;
      };
      todo.addAll(e.children());
    }
    return cost;
  }
}
