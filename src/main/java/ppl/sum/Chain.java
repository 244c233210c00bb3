package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import ppl.ir.Arr;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
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
  /// Sums of probabilities from here on are taken as they are; smaller ones may have lost terms to underflow.
  private static final double SAFE = 1e-200;

  @Override
  public Expr total(Build b, Place place) {
    return Elimination.total(b, total -> end(b, place, total));
  }

  @Override
  public void add(Build b, Place place) {
    end(b, place, Array.TARGET);
  }

  private void end(Build b, Place place, Array to) {
    Function<Slot, Expr> others = slot -> place.states().get(slot.mark());
    b.add(new Stmt.If(lt(integer(0), length), Build.block(inner -> {
      var moves = moves(inner);
      var last = moves.isPresent() ? last(inner, moves.get(), place.where(), others)
          : Arr.of(forward(inner, moves, place.where(), others)).slice(List.of(sub(length, integer(1))));
      inner.add(new Stmt.Add(to, List.of(), LogSpace.total(group.count(), last::at)));
    }), Stmt.Block.EMPTY));
  }

  /// The log probability of everything for each last state, where moves are the same at every step.
  private Arr last(Build b, Moves moves, Map<Index, Expr> where, Function<Slot, Expr> others) {
    var steps = b.array("steps", Kind.REAL, List.of(group.count(), length));
    var start = at(where, integer(0));
    each(b, (inner, s) ->
        inner.add(LogSpace.set(steps, List.of(s, integer(0)), single(first, b, inner, start, s, others))));
    var t = new Index(step.name());
    var s = new Index("s");
    var turn = new Build();
    var body = new Build();
    var here = at(where, var(t));
    body.add(LogSpace.set(steps, List.of(var(s), var(t)), single(later, turn, body, here, var(s), others)));
    // Long loops inside, unless something is the same for all states of a step.
    if (turn.isEmpty()) b.add(states(s, Build.block(x -> x.add(steps(t, body.block())))));
    else {
      turn.add(states(s, body.block()));
      b.add(steps(t, turn.block()));
    }
    return Arr.of(ArrayOps.logChain(b, steps, moves.logs));
  }

  private Stmt states(Index s, Stmt.Block body) {
    return new Stmt.For(s, integer(0), group.count(), false, true, body);
  }

  private Stmt steps(Index t, Stmt.Block body) {
    return new Stmt.For(t, integer(1), length, false, true, body);
  }

  /// For each step and state the log probability of what depends on steps so far.
  private Array forward(Build b, Optional<Moves> moves, Map<Index, Expr> where, Function<Slot, Expr> others) {
    var forward = b.array("forward", Kind.REAL, List.of(length, group.count()));
    each(b, (inner, s) ->
        inner.add(LogSpace.set(forward, List.of(integer(0), s), single(first, b, inner, at(where, integer(0)), s, others))));
    var t = new Index(step.name());
    var turn = new Build();
    var here = at(where, var(t));
    var scaled = moves.map(m -> new Scaled(turn, forward, sub(var(t), integer(1)), m));
    each(turn, (inner, s) -> {
      var own = inner.array("here", Kind.REAL, List.of());
      inner.add(LogSpace.set(own, List.of(), single(later, turn, inner, here, s, others)));
      var arriving = scaled.map(x -> x.arriving(s)).orElseGet(() -> arriving(turn, inner, forward, here, s, others));
      inner.add(new Stmt.Set(forward, List.of(var(t), s), Exprs.add(own.read(), arriving)));
    });
    b.add(new Stmt.For(t, integer(1), length, false, false, turn.block()));
    return forward;
  }

  /// What moving from a state to another takes, where it is the same at every step.
  private record Moves(Array logs, Array weights) {}

  private Optional<Moves> moves(Build b) {
    if (!Part.pairs(later).stream().allMatch(Part::isFixed)) return Optional.empty();
    var dims = List.of(group.count(), group.count());
    var logs = b.array("moves", Kind.REAL, dims);
    var r = new Index("r");
    var body = new Build();
    each(body, (inner, s) -> inner.add(new Stmt.Set(logs, List.of(var(r), s),
        pairs(body, inner, Map.of(), var(r), position -> group.value(position, s), x -> {
          throw new IllegalStateException("depends on " + x);
        }))));
    b.add(new Stmt.For(r, integer(0), group.count(), false, true, body.block()));
    return Optional.of(new Moves(logs, b.store("weights", new Arr(Kind.REAL, dims, at -> exp(logs.read(at))))));
  }

  /// One step in proportions to the likeliest state before: no exponential for every move. Where these are too small
  /// to be added up, logs are.
  private record Scaled(Array forward, Expr before, Expr most, Array scaled, Moves moves) {
    Scaled(Build b, Array forward, Expr before, Moves moves) {
      var count = moves.logs.dims().getFirst();
      var largest = b.array("largest", Kind.REAL, List.of());
      b.add(new Stmt.Set(largest, List.of(),
          apply(Prim.DETACH, reduce(Expr.Reducer.MAX, count, r -> forward.read(before, r)))));
      var most = select(eq(largest.read(), LogSpace.NEVER), ZERO, largest.read());
      this(forward, before, most,
          b.store("scaled", new Arr(Kind.REAL, List.of(count), at -> exp(sub(forward.read(before, at.getFirst()), most)))), moves);
    }

    Expr arriving(Expr s) {
      var count = scaled.dims().getFirst();
      var sum = sum(count, r -> mul(scaled.read(r), moves.weights.read(r, s)));
      return select(lt(real(SAFE), sum), Exprs.add(most, log(sum)),
          LogSpace.total(count, r -> Exprs.add(forward.read(before, r), moves.logs.read(r, s))));
    }
  }

  /// The log of the sum over the states of the step before.
  private Expr arriving(Build turn, Build inner, Array forward, Map<Index, Expr> here, Expr s, Function<Slot, Expr> others) {
    var before = sub(here.get(step), integer(1));
    var r = new Index("r");
    var body = new Build();
    var value = Exprs.add(forward.read(before, var(r)), pairs(turn, body, here, var(r), position -> group.value(position, s), others));
    var scores = inner.array("arriving", Kind.REAL, List.of(group.count()));
    body.add(LogSpace.set(scores, List.of(var(r)), value));
    inner.add(new Stmt.For(r, integer(0), group.count(), false, true, body.block()));
    return LogSpace.total(scores);
  }

  private Expr pairs(Build outer, Build inner, Map<Index, Expr> here, Expr before, Function<Integer, Expr> now,
      Function<Slot, Expr> others) {
    Expr sum = ZERO;
    for (var part : Part.pairs(later))
      sum = Exprs.add(sum, part.value(outer, inner, here, role -> switch (role) {
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
      sum = Exprs.add(sum, potential.read(at));
    }
    for (var part : Part.single(parts))
      sum = Exprs.add(sum, part.value(outer, inner, here, role -> switch (role) {
        case Part.Role.Here(int position) -> group.value(position, s);
        case Part.Role.Before before -> throw new IllegalStateException("a pair among single elements");
        case Part.Role.Outside(var slot) -> others.apply(slot);
      }));
    return there(here, s, sum);
  }

  /// Where there is no unknown there is one state.
  private Expr there(Map<Index, Expr> here, Expr s, Expr sum) {
    var at = Subst.indices(here).apply(element);
    for (int g = 0; g < group.variables().size(); g++) {
      var v = group.variables().get(g);
      var there = v.isThere(at);
      if (there.isPresent())
        sum = select(or(there.get(), eq(group.value(g, s), v.lower())), sum, LogSpace.NEVER);
    }
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
    var forward = forward(b, moves(b), where, others);
    var last = at(where, sub(length, integer(1)));
    var end = b.array("score", Kind.REAL, List.of(group.count()));
    each(b, (inner, s) -> inner.add(new Stmt.Set(end, List.of(s), forward.read(last.get(step), s))));
    keep(b, last, LogSpace.draw(b, end));
    var t = new Index(step.name());
    var here = at(where, var(t));
    var after = at(where, Exprs.add(var(t), integer(1)));
    var drawn = group.drawn(Subst.indices(after).apply(element));
    var turn = new Build();
    var score = turn.array("score", Kind.REAL, List.of(group.count()));
    each(turn, (inner, s) -> inner.add(new Stmt.Set(score, List.of(s),
        Exprs.add(forward.read(var(t), s), pairs(turn, inner, after, s, drawn::get, others)))));
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
    var given = outside.isEmpty() ? "" : ", for every value of " + Group.names(outside);
    return "summed out along a chain" + with + ": " + Printer.print(length).strip() + " steps, " + states
        + " x " + states + " moves each" + given;
  }
}
