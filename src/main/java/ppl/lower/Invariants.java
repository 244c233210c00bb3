package ppl.lower;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// Moves out of a loop the statements that do the same in every iteration, such as the Cholesky factor of a matrix
/// that all rows share.
final class Invariants {
  private final Index index;
  private final Set<Array> local = new HashSet<>();
  private final Set<Array> varying = new HashSet<>();

  private Invariants(Index index, List<Array> arrays) {
    this.index = index;
    declare(arrays);
  }

  /// An array that may have other extents in each iteration stays where it is, and so does what writes it.
  private void declare(List<Array> arrays) {
    for (var a : arrays)
      if (!any(a.dims()) && Graph.reads(a.dims()).stream().noneMatch(x -> x.role() == Array.Role.COMPUTED)) local.add(a);
  }

  /// Adds a loop over `body` to `b`, what does not vary before it.
  static void loop(Build b, Index index, Expr from, Expr to, boolean independent, Stmt.Block body) {
    if (body.isEmpty()) return;
    var self = new Invariants(index, body.arrays());
    var inside = new ArrayList<Stmt>();
    var outside = new ArrayList<Stmt>();
    for (var s : body.statements())
      if (self.varies(s)) {
        self.varying.addAll(Stmts.allWritten(s));
        inside.add(s);
      } else outside.add(s);
    var moved = new HashSet<Array>();
    outside.forEach(s -> moved.addAll(Stmts.allWritten(s)));
    if (inside.stream().anyMatch(s -> !Collections.disjoint(Stmts.allWritten(s), moved))) {
      inside.clear();
      inside.addAll(body.statements());
      outside.clear();
      moved.clear();
    }
    body.arrays().stream().filter(moved::contains).forEach(b::declare);
    outside.forEach(b::add);
    var kept = body.arrays().stream().filter(a -> !moved.contains(a)).toList();
    if (!inside.isEmpty()) b.add(new Stmt.For(index, from, to, false, independent, new Stmt.Block(kept, inside)));
  }

  private boolean varies(Stmt s) {
    return switch (s) {
      case Stmt.Set(var a, var at, var v) -> !local.contains(a) || any(at) || varies(v);
      case Stmt.Add add -> true;
      case Stmt.Fill(var a, var v) -> !local.contains(a) || varies(v);
      case Stmt.Draw d -> true;
      case Stmt.Call(var op, var in, var outs, var sizes) ->
          op.random() || in.stream().anyMatch(varying::contains) || !local.containsAll(outs) || any(sizes);
      case Stmt.For(var i, var f, var t, var r, var ind, var body) -> varies(f) || varies(t) || varies(body);
      case Stmt.If(var c, var then, var otherwise) -> varies(c) || varies(then) || varies(otherwise);
      case Stmt.Block(var arrays, var statements) -> {
        declare(arrays);
        boolean any = false;
        for (var x : statements) any |= varies(x);
        yield any;
      }
    };
  }

  private boolean any(List<Expr> es) {
    return es.stream().anyMatch(this::varies);
  }

  private boolean varies(Expr e) {
    return Graph.nodes(List.of(e)).stream().anyMatch(x -> switch (x) {
      case Expr.Var(var i) -> i == index;
      case Expr.Read(var a, var at) -> varying.contains(a) || a.role() == Array.Role.TARGET;
      default -> false;
    });
  }
}
