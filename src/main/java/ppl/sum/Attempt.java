package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Stmt;
import ppl.ir.Subst;
import ppl.source.Span;

/// Looks for a way to sum out unknowns, given the factors that are left.
sealed interface Attempt {
  /// @param before statements that store what the elimination reads
  /// @param used   the factors that it takes in
  record Done(Elimination elimination, List<Stmt> before, List<Factor> used) implements Attempt {}

  record Failed(Span span, String why) implements Attempt {}

  /// Element by element.
  static Attempt plates(Variable v, List<Factor> factors) {
    var indices = v.indices();
    var ranges = loops(indices, v.dims());
    List<Expr> element = indices.stream().map(i -> var(i)).toList();
    var group = new Group(List.of(v));
    var outside = new Outside(group);
    var used = factors.stream().filter(f -> f.touches(v.array())).toList();
    var parts = new ArrayList<Part>();
    var gathered = new ArrayList<Factor>();
    for (var f : used) {
      var own = f.slots(v.array());
      if (own.size() > 1) return new Failed(f.span(), "this ties different elements of `" + v + "` to each other");
      var turn = Alignment.of(f, own.getFirst().at(), element, ranges);
      if (turn.isPresent()) parts.add(outside.part(f, turn.get(), s -> new Part.Role.Here(0)));
      else if (f.slots().size() == 1) gathered.add(f);
      else return entangled(f);
    }
    var b = new Build();
    var potential = gathered.isEmpty() ? Optional.<Array>empty() : Optional.of(Potentials.gathered(b, v, gathered));
    return new Done(new Plates(group, ranges, parts, potential, outside.slots()), b.block().statements(), used);
  }

  private static Failed entangled(Factor f) {
    var names = f.slots().stream().map(s -> "`" + s.unknown().name() + "`").distinct().toList();
    return new Failed(f.span(), names.size() == 1
        ? "this ties elements of " + names.getFirst() + " to each other"
        : "this ties each element of " + String.join(" to many of ", names));
  }

  private static List<Loop> loops(List<Index> indices, List<Expr> dims) {
    return IntStream.range(0, indices.size()).mapToObj(d -> new Loop(indices.get(d), integer(0), dims.get(d))).toList();
  }

  /// Along a chain, alone or together with unknowns of the same dimensions that are tied to it at every step.
  static Attempt chain(Variable v, List<Variable> open, List<Factor> factors) {
    var together = new ArrayList<>(List.of(v));
    while (true) {
      var more = new ArrayList<Variable>();
      var attempt = chain(new Group(together), open, factors, more);
      if (more.isEmpty()) return attempt;
      together.add(more.getFirst());
    }
  }

  private static Attempt chain(Group group, List<Variable> open, List<Factor> factors, List<Variable> more) {
    var v = group.variables().getFirst();
    var used = factors.stream().filter(f -> f.slots().stream().anyMatch(s -> group.has(s.unknown()))).toList();
    var along = Optional.<Integer>empty();
    for (var f : used) {
      var own = f.slots().stream().filter(s -> group.has(s.unknown())).toList();
      for (var s : own) {
        var apart = Steps.between(own.getFirst().at(), s.at(), f);
        if (apart.isEmpty()) return entangled(f);
        if (apart.get().by() == 0) continue;
        if (along.isPresent() && along.get() != apart.get().dimension())
          return new Failed(f.span(), "elements of `" + v + "` depend on neighbours along more than one dimension");
        along = Optional.of(apart.get().dimension());
      }
    }
    if (along.isEmpty()) {
      var tied = used.stream().filter(f -> f.slots().size() > 1).findFirst();
      return tied.map(Attempt::entangled).orElse(new Failed(v.unknown().symbol().span(), "`" + v + "` is no chain"));
    }
    return chain(group, along.get(), used, open, more);
  }

  private static Attempt chain(Group group, int along, List<Factor> used, List<Variable> open, List<Variable> more) {
    var v = group.variables().getFirst();
    var indices = v.indices();
    var step = indices.get(along);
    var ranges = loops(indices, v.dims());
    List<Expr> element = indices.stream().map(i -> var(i)).toList();
    var start = with(element, along, integer(0));
    var afterwards = with(ranges, along, new Loop(step, integer(1), v.dims().get(along)));
    var outside = new Outside(group);
    var first = new ArrayList<Part>();
    var later = new ArrayList<Part>();
    var gathered = new IdentityHashMap<Array, List<Factor>>();
    for (var f : used) {
      var own = f.slots().stream().filter(s -> group.has(s.unknown())).toList();
      var now = own.getFirst();
      for (var s : own) if (Steps.between(now.at(), s.at(), f).orElseThrow().by() > 0) now = s;
      var current = now;
      for (var s : own)
        if (Steps.between(s.at(), current.at(), f).orElseThrow().by() > 1)
          return new Failed(f.span(), "this ties elements of `" + v + "` that are more than one step apart");
      Outside.Roles roles = s -> {
        var position = group.position(s.unknown());
        boolean here = Steps.between(s.at(), current.at(), f).orElseThrow().by() == 0;
        return here ? new Part.Role.Here(position) : new Part.Role.Before(position);
      };
      var turn = Alignment.of(f, current.at(), element, afterwards);
      if (turn.isEmpty()) {
        if (f.slots().size() > 1) return entangled(f);
        gathered.computeIfAbsent(now.unknown(), k -> new ArrayList<>()).add(f);
        continue;
      }
      var beside = outside.first(f, turn.get(), step);
      if (beside.isPresent()) {
        var w = open.stream().filter(x -> x.array() == beside.get().unknown()).findFirst().orElseThrow();
        if (!Alignment.same(w.dims(), v.dims())) return entangled(f);
        more.add(w);
        return new Failed(f.span(), "");
      }
      if (!turn.get().never()) later.add(outside.part(f, turn.get(), roles));
      boolean pair = own.stream().anyMatch(s -> roles.of(s) instanceof Part.Role.Before);
      if (pair) continue;
      var begin = Alignment.of(f, current.at(), start, ranges).orElseThrow();
      if (!begin.never()) first.add(outside.part(f, begin, roles));
    }
    var b = new Build();
    var potentials = new HashMap<Array, Array>();
    for (var w : group.variables())
      if (gathered.containsKey(w.array())) potentials.put(w.array(), Potentials.gathered(b, w, gathered.get(w.array())));
    var loops = ranges.stream().filter(l -> l.index() != step).toList();
    return new Done(new Chain(group, loops, element, step, v.dims().get(along), first, later, Map.copyOf(potentials),
        outside.slots()), b.block().statements(), used);
  }

  private static <T> List<T> with(List<T> list, int at, T other) {
    var copy = new ArrayList<>(list);
    copy.set(at, other);
    return copy;
  }

  /// Collects the elements that an elimination leaves, each once.
  final class Outside {
    private final Group group;
    private final List<Slot> slots = new ArrayList<>();

    /// What an element of the group is in a part.
    interface Roles {
      Part.Role of(Slot slot);
    }

    private Outside(Group group) {
      this.group = group;
    }

    List<Slot> slots() {
      return slots;
    }

    Part part(Factor f, Alignment turn, Roles own) {
      var roles = new HashMap<Array, Part.Role>();
      for (var s : f.slots())
        roles.put(s.mark(), group.has(s.unknown()) ? own.of(s) : new Part.Role.Outside(slot(s, turn)));
      return new Part(f, turn, roles);
    }

    private Slot slot(Slot s, Alignment turn) {
      var at = Subst.indices(turn.where()).apply(s.at());
      for (var known : slots) if (known.unknown() == s.unknown() && Alignment.same(known.at(), at)) return known;
      var added = new Slot(s.unknown(), at, Array.computed(s.mark().name(), s.mark().kind(), List.of()));
      slots.add(added);
      return added;
    }

    /// An element of another unknown that changes along `step`.
    Optional<Slot> first(Factor f, Alignment turn, Index step) {
      var to = Subst.indices(turn.where());
      return f.slots().stream().filter(s -> !group.has(s.unknown())
          && to.apply(s.at()).stream().anyMatch(e -> Alignment.dependsOn(e, List.of(step)))).findFirst();
    }
  }
}
