package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// About how much work an iteration of a loop in tiles is: a guess from what stands in it, right within a factor of two or
/// three.
final class Work {
  /// Units of work in a nanosecond.
  static final int NANOSECOND = 16;

  private static final int FUNCTION = 30;
  private static final int LONG_FUNCTION = 100;
  private static final int QUOTIENT = 12;
  private static final int PLAIN = 3;
  /// Of a product of a matrix of data.
  private static final int ELEMENT = 1;
  /// Iterations of a loop of which data do not tell how many it has.
  private static final int SOME = 4;

  private final Index loop;
  private final Set<Array> data;
  private final Set<Array> own;
  private final Graph.Free free = new Graph.Free();
  private final Map<Expr, Boolean> varying = new IdentityHashMap<>();
  private final Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Work(Stmt.For loop, Set<Array> data) {
    this.loop = loop.index();
    this.data = data;
    this.own = Stmts.declared(loop);
  }

  /// In terms of `data` alone.
  static Expr of(Stmt.For loop, Set<Array> data) {
    return new Work(loop, data).block(loop.body());
  }

  private Expr block(Stmt.Block b) {
    Expr work = integer(0);
    for (var s : b.statements()) work = add(work, statement(s));
    return work;
  }

  private Expr statement(Stmt s) {
    return switch (s) {
      case Stmt.For f -> mul(times(f.from(), f.to()), add(integer(PLAIN), block(f.body())));
      case Stmt.If i -> add(expression(i.condition()), add(block(i.then()), block(i.otherwise())));
      case Stmt.Block b -> block(b);
      case Stmt.Set _, Stmt.Add _, Stmt.Fill _, Stmt.Call _, Stmt.Draw _ -> {
        Expr work = integer(PLAIN);
        for (var e : Stmts.expressions(s)) work = add(work, expression(e));
        yield work;
      }
    };
  }

  private Expr times(Expr from, Expr to) {
    var n = sub(to, from);
    boolean known = free.of(n).isEmpty() && data.containsAll(Graph.reads(List.of(n)));
    return known ? n : integer(SOME);
  }

  private Expr expression(Expr e) {
    if (!varies(e) || !seen.add(e)) return integer(0);
    if (e instanceof Expr.Reduce r) return mul(times(r.from(), r.to()), add(integer(ELEMENT), expression(r.body())));
    Expr work = integer(own(e));
    for (var c : e.children()) work = add(work, expression(c));
    return work;
  }

  private static int own(Expr e) {
    return switch (e) {
      case Expr.Apply(Prim p, _) when TileOps.MAPS.containsKey(p) || Rewrites.has(p) -> FUNCTION;
      case Expr.Apply(Prim p, _) when p.emission() instanceof Prim.Emission.Invoke && p != Prim.ABS -> LONG_FUNCTION;
      case Expr.Apply(Prim p, _) when p == Prim.DIV -> QUOTIENT;
      case Expr.Apply _, Expr.Select _ -> ELEMENT;
      case Expr.Read(_, var at) -> at.isEmpty() ? 0 : ELEMENT;
      case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Reduce _ -> 0;
    };
  }

  private boolean varies(Expr root) {
    for (var e : Graph.nodes(List.of(root)))
      varying.computeIfAbsent(e, x -> free.of(x).contains(loop) || Graph.dependsOn(x, own));
    return varying.get(root);
  }
}
