package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Printer;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// Elements that depend on those one step before, along one dimension: by the forward recurrence (Rabiner 1989, *A
/// tutorial on hidden Markov models*), and drawn backward.
///
/// @param loops      over the other dimensions: each turn has a chain of its own
/// @param element    subscripts of an element, in the loops' indices and `step`
/// @param step       counts along the chain
/// @param length     of the chain
/// @param first      what depends on the first step
/// @param later      what depends on any later step, and on the one before
/// @param potentials further terms by element and value, of some unknowns
record Chain(
    Group group, List<Loop> loops, List<Expr> element, Index step, Expr length, List<Part> first, List<Part> later,
    Map<Array, Array> potentials, List<Slot> outside) implements Elimination {
  @Override
  public Expr total(Build b, Place place) {
    var total = b.array("total", Kind.REAL, List.of());
    b.add(new Stmt.Fill(total, ZERO));
    b.add(new Stmt.If(lt(integer(0), length), Build.block(inner -> {
      var forward = forward(inner, place.where(), slot -> place.states().get(slot.mark()));
      inner.add(new Stmt.Add(total, List.of(),
          logSumExp(group.count(), s -> forward.read(sub(length, integer(1)), s))));
    }), Stmt.Block.EMPTY));
    return total.read();
  }

  /// For each step and state the log probability of what depends on steps so far.
  private Array forward(Build b, Map<Index, Expr> where, Function<Slot, Expr> others) {
    var forward = b.array("forward", Kind.REAL, List.of(length, group.count()));
    each(b, (inner, s) ->
        inner.add(LogSpace.set(forward, List.of(integer(0), s), single(first, b, inner, at(where, integer(0)), s, others))));
    var t = new Index(step.name());
    var turn = new Build();
    each(turn, (inner, s) -> {
      var here = at(where, var(t));
      var arrive = arrive(turn, inner, forward, here, s, others);
      inner.add(LogSpace.set(forward, List.of(var(t), s), add(single(later, turn, inner, here, s, others), arrive)));
    });
    b.add(new Stmt.For(t, integer(1), length, false, false, turn.block()));
    return forward;
  }

  /// The log of the sum over the states of the step before.
  private Expr arrive(Build turn, Build inner, Array forward, Map<Index, Expr> here, Expr s, Function<Slot, Expr> others) {
    var before = sub(here.get(step), integer(1));
    var r = new Index("r");
    var body = new Build();
    var value = add(forward.read(before, var(r)), pairs(inner, body, here, var(r), position -> group.value(position, s), others));
    if (body.isEmpty() && isCheap(value))
      return logSumExp(group.count(), x -> Subst.indices(Map.of(r, x)).apply(value));
    var arriving = inner.array("arriving", Kind.REAL, List.of(group.count()));
    body.add(LogSpace.set(arriving, List.of(var(r)), value));
    inner.add(new Stmt.For(r, integer(0), group.count(), false, true, body.block()));
    return LogSpace.total(arriving);
  }

  private static boolean isCheap(Expr e) {
    return ppl.ir.Graph.size(e) < 25 && ppl.ir.Graph.nodes(List.of(e)).stream().noneMatch(x ->
        x instanceof Expr.Reduce || x instanceof Expr.Apply(var p, var args)
            && p.emission() instanceof ppl.ir.Prim.Emission.Invoke);
  }

  private Expr pairs(Build outer, Build inner, Map<Index, Expr> here, Expr before, Function<Integer, Expr> now,
      Function<Slot, Expr> others) {
    Expr sum = ZERO;
    for (var part : Part.pairs(later))
      sum = add(sum, part.value(outer, inner, here, role -> switch (role) {
        case Part.Role.Here(int position) -> now.apply(position);
        case Part.Role.Before(int position) -> group.value(position, before);
        case Part.Role.Outside(var slot) -> others.apply(slot);
      }));
    return sum;
  }

  private Expr single(List<Part> parts, Build outer, Build inner, Map<Index, Expr> here, Expr s, Function<Slot, Expr> others) {
    Expr sum = ZERO;
    for (int g = 0; g < group.variables().size(); g++) {
      var potential = potentials.get(group.variables().get(g).array());
      if (potential == null) continue;
      var at = new ArrayList<>(Subst.indices(here).apply(element));
      at.add(sub(group.value(g, s), group.variables().get(g).lower()));
      sum = add(sum, potential.read(at));
    }
    for (var part : Part.single(parts))
      sum = add(sum, part.value(outer, inner, here, role -> switch (role) {
        case Part.Role.Here(int position) -> group.value(position, s);
        case Part.Role.Before before -> throw new IllegalStateException("a pair among single elements");
        case Part.Role.Outside(var slot) -> others.apply(slot);
      }));
    return sum;
  }

  private interface EachState {
    void at(Build b, Expr state);
  }

  private void each(Build b, EachState body) {
    var s = new Index("s");
    b.add(new Stmt.For(s, integer(0), group.count(), false, true, Build.block(inner -> body.at(inner, var(s)))));
  }

  private Map<Index, Expr> at(Map<Index, Expr> where, Expr t) {
    var here = new HashMap<>(where);
    here.put(step, t);
    return here;
  }

  @Override
  public void draw(Build b) {
    Nest.over(b, loops, true, (inner, where) ->
        inner.add(new Stmt.If(lt(integer(0), length), Build.block(x -> backward(x, where)), Stmt.Block.EMPTY)));
  }

  private void backward(Build b, Map<Index, Expr> where) {
    Function<Slot, Expr> others = slot -> slot.unknown().read(Subst.indices(where).apply(slot.at()));
    var forward = forward(b, where, others);
    var last = at(where, sub(length, integer(1)));
    var end = b.array("score", Kind.REAL, List.of(group.count()));
    each(b, (inner, s) -> inner.add(new Stmt.Set(end, List.of(s), forward.read(last.get(step), s))));
    keep(b, last, LogSpace.draw(b, end));
    var t = new Index(step.name());
    var here = at(where, var(t));
    var after = at(where, add(var(t), integer(1)));
    var drawn = group.drawn(Subst.indices(after).apply(element));
    var turn = new Build();
    var score = turn.array("score", Kind.REAL, List.of(group.count()));
    each(turn, (inner, s) -> inner.add(new Stmt.Set(score, List.of(s),
        add(forward.read(var(t), s), pairs(turn, inner, after, s, drawn::get, others)))));
    keep(turn, here, LogSpace.draw(turn, score));
    b.add(new Stmt.For(t, integer(0), sub(length, integer(1)), true, false, turn.block()));
  }

  private void keep(Build b, Map<Index, Expr> here, Expr state) {
    for (int g = 0; g < group.variables().size(); g++)
      b.add(new Stmt.Set(group.variables().get(g).array(), Subst.indices(here).apply(element), group.value(g, state)));
  }

  @Override
  public Expr cost() {
    return mul(group.variables().getFirst().size(), mul(group.size(), group.size()));
  }

  @Override
  public String words() {
    var states = Printer.print(group.count()).strip();
    var with = group.variables().size() == 1 ? "" : " together with the others of " + group;
    return "summed out along a chain of " + Printer.print(length).strip() + " steps" + with + ", " + states + " states each";
  }
}
