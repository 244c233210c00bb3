package ppl.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps in an array what a reduction computes for each of its elements and another loop over the same range computes
/// again: what d log(sum(exp(x))) needs are the exponentials that the sum is made of.
final class Keep {
  /// Stands for the variable of a loop, so that what two loops compute can be compared.
  private final Index any = new Index("any");
  private final Interner interner = new Interner();
  private final Graph.Free free = new Graph.Free();
  private final Map<Index, Expr> around = new IdentityHashMap<>();

  private Keep() {}

  /// @param partial arrays that `block` does not write and that may lack elements
  static Stmt.Block of(Stmt.Block block, Set<Array> partial) {
    var keep = new Keep();
    return keep.block(keep.interner.intern(block), Assigned.before(block, partial, keep::same));
  }

  /// Something computed for each turn of a loop.
  private record Element(Index index, Expr from, Expr to, Expr value) {}

  private Stmt.Block block(Stmt.Block b, Assigned before) {
    var here = before.inner();
    return Stmts.settled(b, x -> improved(x, before)).map(s -> {
      var result = statement(s, here);
      here.add(s);
      return result;
    });
  }

  private Stmt statement(Stmt s, Assigned before) {
    if (s instanceof Stmt.For f && f.from() instanceof Expr.Int(int from) && from >= 0) around.put(f.index(), f.to());
    var result = Stmts.within(s, b -> block(b, before));
    if (s instanceof Stmt.For f) around.remove(f.index());
    return result;
  }

  /// The block with one thing more kept.
  private Optional<Stmt.Block> improved(Stmt.Block b, Assigned before) {
    var here = before.inner();
    for (int at = 0; at < b.statements().size(); here.add(b.statements().get(at)), at++)
      for (var first : reduced(b.statements().get(at), here)) {
        var same = again(first, b.statements(), at);
        if (same.size() > 1 && isUnchanged(first.value, b.statements(), at, same))
          return Optional.of(kept(b, at, first, same));
      }
    return Optional.empty();
  }

  /// What reductions in the statement compute that takes long, the largest first.
  private List<Element> reduced(Stmt s, Assigned before) {
    var found = new ArrayList<Element>();
    if (!(s instanceof Stmt.Set || s instanceof Stmt.Add)) return found;
    for (var e : Graph.nodes(Stmts.expressions(s)))
      if (e instanceof Expr.Reduce r && r.from() instanceof Expr.Int(int from) && from == 0 && isExtent(r.to()))
        for (var x : Graph.nodes(List.of(r.body())).reversed())
          if (isDear(x) && isOwn(x, r.index()) && isSafe(x, r.index(), r.to())
              && (before.hasValue(x) || isCertain(r, Stmts.expressions(s)) && isCertain(x, List.of(r.body()))))
            found.add(new Element(r.index(), r.from(), r.to(), x));
    return found;
  }

  /// Whether `e` is computed wherever `roots` are, behind no choice and in no other reduction.
  private static boolean isCertain(Expr e, List<Expr> roots) {
    var seen = Graph.identitySet();
    for (var root : roots) Graph.walk(root, Keep::certain, seen::contains, seen::add);
    return seen.contains(e);
  }

  private static List<Expr> certain(Expr e) {
    return switch (e) {
      case Expr.Select s -> List.of(s.condition());
      case Expr.Reduce r -> List.of(r.from(), r.to());
      case Expr.Int _, Expr.Real _, Expr.Var _, Expr.Read _, Expr.Apply _ -> e.children();
    };
  }

  private static boolean isDear(Expr e) {
    return e instanceof Expr.Apply(Prim p, var args) && p.result() == Kind.REAL
        && p.emission() instanceof Prim.Emission.Invoke
        && p != Prim.SQRT && p != Prim.ABS && p != Prim.FMIN && p != Prim.FMAX;
  }

  /// Whether `e` depends on the variable of its own loop and else on those of loops around the block alone.
  private boolean isOwn(Expr e, Index index) {
    var indices = free.of(e);
    return indices.contains(index) && indices.stream().allMatch(i -> i == index || around.containsKey(i));
  }

  /// Whether no subscript can be out of range, wherever `e` is computed.
  private boolean isSafe(Expr e, Index index, Expr to) {
    var nodes = Graph.nodes(List.of(e));
    var ends = new IdentityHashMap<>(around);
    ends.put(index, to);
    for (var x : nodes)
      if (x instanceof Expr.Reduce r && r.from() instanceof Expr.Int(int from) && from >= 0)
        ends.put(r.index(), r.to());
    for (var x : nodes)
      if (x instanceof Expr.Read(Array a, var at))
        for (int d = 0; d < at.size(); d++)
          if (!(at.get(d) instanceof Expr.Var(Index i) && ends.containsKey(i) && same(ends.get(i), a.dims().get(d))))
            return false;
    return true;
  }

  private boolean same(Expr a, Expr b) {
    return interner.intern(a) == interner.intern(b);
  }

  /// Whether an array may have this extent: it is known when data are bound.
  private boolean isExtent(Expr e) {
    return free.of(e).isEmpty() && Graph.nodes(List.of(e)).stream()
        .allMatch(x -> !(x instanceof Expr.Read(Array a, var at)) || a.role() == Array.Role.DATA && at.isEmpty());
  }

  /// Where the same is computed, in this or a later statement.
  private List<Element> again(Element first, List<Stmt> statements, int from) {
    var loops = new HashMap<Index, Element>();
    var ambiguous = Collections.<Index>newSetFromMap(new IdentityHashMap<>());
    for (var s : statements.subList(from, statements.size())) loops(s, loops, ambiguous);
    var wanted = general(first.value, first.index);
    var result = new ArrayList<Element>();
    for (var loop : loops.values()) {
      if (ambiguous.contains(loop.index) || !same(loop.from, first.from) || !same(loop.to, first.to)) continue;
      for (var s : statements.subList(from, statements.size()))
        Stmts.walk(s, t -> {
          for (var e : Graph.nodes(Stmts.expressions(t)))
            if (e instanceof Expr.Apply(Prim p, var args) && p == ((Expr.Apply) first.value).prim()
                && free.of(e).contains(loop.index) && result.stream().noneMatch(r -> r.value == e)
                && general(e, loop.index) == wanted) result.add(new Element(loop.index, loop.from, loop.to, e));
        });
    }
    return result;
  }

  private static void loops(Stmt statement, Map<Index, Element> loops, Set<Index> ambiguous) {
    Stmts.walk(statement, s -> {
      if (s instanceof Stmt.For f) loop(new Element(f.index(), f.from(), f.to(), f.to()), loops, ambiguous);
      for (var e : Graph.nodes(Stmts.expressions(s)))
        if (e instanceof Expr.Reduce r) loop(new Element(r.index(), r.from(), r.to(), r.to()), loops, ambiguous);
    });
  }

  private static void loop(Element loop, Map<Index, Element> loops, Set<Index> ambiguous) {
    var other = loops.put(loop.index, loop);
    if (other != null && (other.from != loop.from || other.to != loop.to)) ambiguous.add(loop.index);
  }

  private Expr general(Expr e, Index index) {
    return interner.intern(Subst.indices(Map.of(index, Exprs.var(any))).apply(e));
  }

  /// Whether nothing that the value is made of is written before it is last used.
  private static boolean isUnchanged(Expr value, List<Stmt> statements, int from, List<Element> uses) {
    var read = Graph.reads(List.of(value));
    int last = from;
    for (int i = from; i < statements.size(); i++) if (hasAny(statements.get(i), uses)) last = i;
    return statements.subList(from, last + 1).stream().allMatch(s -> Collections.disjoint(Stmts.allWritten(s), read));
  }

  private static boolean hasAny(Stmt statement, List<Element> uses) {
    var nodes = Graph.identitySet();
    Stmts.walk(statement, s -> nodes.addAll(Graph.nodes(Stmts.expressions(s))));
    return uses.stream().anyMatch(u -> nodes.contains(u.value));
  }

  private Stmt.Block kept(Stmt.Block b, int at, Element first, List<Element> same) {
    var array = Array.computed(((Expr.Apply) first.value).prim().symbol(), Kind.REAL, List.of(first.to));
    var index = new Index("k");
    var value = Subst.indices(Map.of(first.index, Exprs.var(index))).apply(first.value);
    var arrays = new ArrayList<>(b.arrays());
    arrays.add(array);
    var statements = new ArrayList<>(b.statements().subList(0, at));
    statements.add(new Stmt.For(index, first.from, first.to, false, true,
        new Stmt.Block(List.of(), List.of(new Stmt.Set(array, List.of(Exprs.var(index)), interner.intern(value))))));
    var replace = new Replace();
    for (var e : same) replace.put(e.value, array.read(Exprs.var(e.index)));
    for (var s : b.statements().subList(at, b.statements().size()))
      statements.add(interner.intern(Stmts.map(s, replace::apply)));
    return new Stmt.Block(arrays, statements);
  }
}
