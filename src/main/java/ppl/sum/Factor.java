package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Stmt;
import ppl.ir.Subst;
import ppl.source.Span;

/// A part of the log joint: the sum over `loops`, where all `guards` hold, of a value that depends on some elements of
/// discrete unknowns.
///
/// @param loops  from outside in
/// @param guards truth values over data and the loops' indices
/// @param slots  no two are the same element wherever that can be told
/// @param span   the statement that it comes from
record Factor(List<Loop> loops, List<Expr> guards, List<Slot> slots, Body body, Span span) {
  Factor {
    loops = List.copyOf(loops);
    guards = List.copyOf(guards);
    slots = List.copyOf(slots);
  }

  Optional<Loop> loop(Index index) {
    return loops.stream().filter(l -> l.index() == index).findFirst();
  }

  List<Slot> slots(Array unknown) {
    return slots.stream().filter(s -> s.unknown() == unknown).toList();
  }

  boolean touches(Array unknown) {
    return slots.stream().anyMatch(s -> s.unknown() == unknown);
  }

  /// Its value at one place, and 0 where a guard does not hold.
  ///
  /// @param more further guards, before its own
  Expr value(Build outer, Build inner, Place place, List<Expr> more) {
    var conditions = Stream.concat(more.stream(), Subst.indices(place.where()).apply(guards).stream())
        .filter(g -> !(g instanceof Expr.Int(int v) && v != 0)).toList();
    if (conditions.isEmpty()) return body.in(outer, inner, place);
    if (conditions.stream().anyMatch(g -> g instanceof Expr.Int(int v) && v == 0)) return ZERO;
    var trial = new Build();
    var value = body.in(trial, trial, place);
    if (trial.isEmpty()) return conditions.reversed().stream().reduce(value, (v, c) -> select(c, v, ZERO), (v, w) -> w);
    var sum = inner.array("guarded", Kind.REAL, List.of());
    inner.add(new Stmt.Fill(sum, ZERO));
    trial.add(new Stmt.Add(sum, List.of(), value));
    inner.add(where(conditions, trial.block()));
    return sum.read();
  }

  /// A block done where all conditions hold; each is looked at only where those before do.
  static Stmt.Block where(List<Expr> conditions, Stmt.Block block) {
    for (var c : conditions.reversed())
      block = new Stmt.Block(List.of(), List.of(new Stmt.If(c, block, Stmt.Block.EMPTY)));
    return block;
  }

  /// The same with loops that tell no element inside the body.
  Factor absorbed() {
    var needed = new HashSet<Index>();
    var free = new Graph.Free();
    slots.forEach(s -> s.at().forEach(e -> needed.addAll(free.of(e))));
    for (var l : loops.reversed())
      if (needed.contains(l.index())) {
        needed.addAll(free.of(l.from()));
        needed.addAll(free.of(l.to()));
      }
    var gone = loops.stream().filter(l -> !needed.contains(l.index())).toList();
    if (gone.isEmpty()) return this;
    var indices = gone.stream().map(Loop::index).toList();
    var inside = guards.stream().filter(g -> Alignment.dependsOn(g, indices)).toList();
    return new Factor(loops.stream().filter(l -> needed.contains(l.index())).toList(),
        guards.stream().filter(g -> !inside.contains(g)).toList(), slots,
        new Body.Absorbed(new Factor(gone, inside, slots, body, span)), span);
  }
}
