package ppl.ir;

import java.util.Optional;

/// Conditions that keep derivatives away from what is -infinity. A value needs none: `x == -infinity ? -infinity : x`
/// is x.
public final class Guards {
  private Guards() {}

  /// What a condition compares with -infinity.
  public static Optional<Expr> of(Expr condition) {
    return condition instanceof Expr.Apply(Prim p, var args) && p == Prim.EQ && isNever(args.get(1))
        ? Optional.of(args.get(0)) : Optional.empty();
  }

  private static boolean isNever(Expr e) {
    return e instanceof Expr.Real(double x) && x == Double.NEGATIVE_INFINITY;
  }

  /// The routines without what values need none of.
  public static Unit dropped(Unit unit) {
    return new Unit(unit.name(), unit.data(), unit.prepared(), unit.prepare(), unit.routines().stream()
        .map(r -> r.with(dropped(r.body()))).toList());
  }

  static Stmt.Block dropped(Stmt.Block block) {
    var replace = new Replace();
    Stmts.walk(block, s -> {
      for (var e : Graph.nodes(Stmts.expressions(s)))
        if (e instanceof Expr.Select(Expr condition, Expr yes, Expr no) && isNever(yes)
            && of(condition).filter(x -> x == no).isPresent()) replace.put(e, replace.apply(no));
    });
    return Stmts.map(block, replace::apply);
  }
}
