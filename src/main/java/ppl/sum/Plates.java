package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Printer;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// Elements that depend on each other in nothing, given all that is not summed out: one by one.
///
/// @param loops     over the elements
/// @param parts     what depends on one element
/// @param potential further terms by element and state
record Plates(Group group, List<Loop> loops, List<Part> parts, Optional<Array> potential, List<Slot> outside)
    implements Elimination {
  private Variable variable() {
    return group.variables().getFirst();
  }

  @Override
  public Expr total(Build b, Place place) {
    if (variable().isThere(element(place.where())).isEmpty()) return only(b, place);
    return Elimination.total(b, total -> add(b, place, total));
  }

  @Override
  public void add(Build b, Place place) {
    add(b, place, Array.TARGET);
  }

  /// Where there is no unknown, what was summed out before may still have left a value, the same for all states.
  private void add(Build b, Place place, Array to) {
    boolean left = parts.stream().anyMatch(p -> p.factor().body() instanceof Body.Message);
    var there = variable().isThere(element(place.where()));
    var any = Build.block(inner -> inner.add(new Stmt.Add(to, List.of(), only(inner, place))));
    if (there.isEmpty()) {
      any.arrays().forEach(b::declare);
      any.statements().forEach(b::add);
    } else b.add(new Stmt.If(there.get(), any, left
        ? Build.block(inner -> inner.add(new Stmt.Add(to, List.of(),
            sum(inner, inner, place.where(), integer(0), slot -> place.states().get(slot.mark())))))
        : Stmt.Block.EMPTY));
  }

  private Expr only(Build b, Place place) {
    return LogSpace.total(score(b, place.where(), slot -> place.states().get(slot.mark())));
  }

  /// Where there is an unknown.
  private void where(Build b, Map<Index, Expr> where, Consumer<Build> body) {
    var there = variable().isThere(element(where));
    if (there.isEmpty()) body.accept(b);
    else b.add(new Stmt.If(there.get(), Build.block(body), Stmt.Block.EMPTY));
  }

  private Array score(Build b, Map<Index, Expr> where, Function<Slot, Expr> others) {
    var score = b.array("score", Kind.REAL, List.of(group.count()));
    var k = new Index("k");
    var inner = new Build();
    inner.add(LogSpace.set(score, List.of(var(k)), sum(b, inner, where, var(k), others)));
    b.add(new Stmt.For(k, integer(0), group.count(), false, true, inner.block()));
    return score;
  }

  private Expr sum(Build b, Build inner, Map<Index, Expr> where, Expr state, Function<Slot, Expr> others) {
    var sum = potential.map(p -> p.read(at(where, state))).orElse(ZERO);
    for (var part : parts)
      sum = Exprs.add(sum, part.value(b, inner, where, role -> switch (role) {
        case Part.Role.Here(int position) -> group.value(position, state);
        case Part.Role.Before before -> throw new IllegalStateException("a pair among single elements");
        case Part.Role.Outside(var slot) -> others.apply(slot);
      }));
    return sum;
  }

  private List<Expr> at(Map<Index, Expr> where, Expr state) {
    var at = new java.util.ArrayList<>(element(where));
    at.add(state);
    return at;
  }

  private List<Expr> element(Map<Index, Expr> where) {
    return loops.stream().map(l -> where.get(l.index())).toList();
  }

  @Override
  public void draw(Build b) {
    Nest.over(b, loops, true, (outer, where) -> where(outer, where, inner -> {
      var others = Subst.indices(where);
      var score = score(inner, where, slot -> slot.unknown().read(others.apply(slot.at())));
      inner.add(new Stmt.Set(variable().array(), element(where), group.value(0, LogSpace.draw(inner, score))));
    }));
  }

  @Override
  public Expr cost() {
    return mul(variable().size(), group.size());
  }

  @Override
  public String words() {
    var count = Printer.print(group.count()).strip();
    var given = outside.isEmpty() ? "" : ", for every value of " + Group.names(outside);
    return loops.isEmpty()
        ? "summed out over its " + count + " values" + given
        : "summed out element by element, " + count + " values each" + given;
  }
}
