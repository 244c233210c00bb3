package ppl.sum;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// Loops with indices of their own.
final class Nest {
  private Nest() {}

  /// Adds to `b` what `body` makes, in loops like these; it is told what stands for their indices.
  ///
  /// @param random whether the body draws, so that the order of turns counts
  static void over(Build b, List<Loop> loops, boolean random, BiConsumer<Build, Map<Index, Expr>> body) {
    var where = new HashMap<Index, Expr>();
    var own = loops.stream().map(l -> {
      var i = new Index(l.index().name());
      where.put(l.index(), Exprs.var(i));
      return i;
    }).toList();
    var to = Subst.indices(where);
    var inside = Build.block(inner -> body.accept(inner, where));
    if (loops.isEmpty()) {
      inside.arrays().forEach(b::declare);
      inside.statements().forEach(b::add);
      return;
    }
    for (int d = loops.size() - 1; d >= 0; d--) {
      var l = loops.get(d);
      var loop = new Stmt.For(own.get(d), to.apply(l.from()), to.apply(l.to()), false, !random, inside);
      inside = new Stmt.Block(List.of(), List.of(loop));
    }
    b.add(inside.statements().getFirst());
  }
}
