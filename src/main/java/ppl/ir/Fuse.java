package ppl.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Long loops over the same range become one where neither uses what the other writes, and sums over that range become
/// part of it: data are read from memory once, not once a sum.
final class Fuse {
  /// Expressions in the body of a loop from which on it is left alone.
  private static final int MOST = 300;

  private record Use(Set<Array> reads, Set<Array> writes) {}

  private final Interner interner = new Interner();
  private final Map<Stmt, Use> uses = new IdentityHashMap<>();

  private Fuse() {}

  static Stmt.Block of(Stmt.Block block) {
    return new Fuse().fused(block);
  }

  /// A loop, and what has to be done before it.
  private record Pass(List<Stmt> before, Stmt.For loop) {
    List<Stmt> all() {
      return Stream.concat(before.stream(), Stream.of(loop)).toList();
    }
  }

  private Stmt.Block fused(Stmt.Block block) {
    var arrays = new ArrayList<Array>();
    var flat = new ArrayList<Stmt>();
    flatten(block, arrays, flat);
    var out = new ArrayList<Stmt>();
    for (var s : flat) place(s, out);
    return new Stmt.Block(arrays, out);
  }

  private static void flatten(Stmt.Block block, List<Array> arrays, List<Stmt> into) {
    arrays.addAll(block.arrays());
    for (var s : block.statements())
      if (s instanceof Stmt.Block inner) flatten(inner, arrays, into);
      else into.add(s);
  }

  /// Behind what is there, or into the last loop over the same range, if everything after that can as well come later.
  private void place(Stmt s, List<Stmt> out) {
    var mine = pass(s);
    for (int at = out.size() - 1; at >= 0 && mine.isPresent(); at--) {
      var other = pass(out.get(at)).filter(p -> isSame(p.loop, mine.get().loop));
      if (isInConflict(out.get(at), s)) break;
      if (other.isEmpty() || size(other.get().loop) + size(mine.get().loop) > MOST) continue;
      out.remove(at);
      out.addAll(at, Stream.of(other.get().before, mine.get().before, List.<Stmt>of(both(other.get().loop, mine.get().loop)))
          .flatMap(List::stream).toList());
      return;
    }
    out.add(s);
  }

  private static Stmt.For both(Stmt.For a, Stmt.For b) {
    var body = Rename.of(b.body(), Map.of(b.index(), Exprs.var(a.index())), x -> Optional.empty());
    return new Stmt.For(a.index(), a.from(), a.to(), false, a.independent() && b.independent(),
        new Stmt.Block(Stream.concat(a.body().arrays().stream(), body.arrays().stream()).toList(),
            Stream.concat(a.body().statements().stream(), body.statements().stream()).toList()));
  }

  /// A loop, or a sum as a loop.
  private Optional<Pass> pass(Stmt s) {
    return switch (s) {
      case Stmt.For f when !f.reverse() && isOpen(f.from(), f.to()) -> Optional.of(new Pass(List.of(), f));
      case Stmt.Set(Array a, var at, Expr value) when at.isEmpty() -> sum(a, value);
      case Stmt other -> Optional.empty();
    };
  }

  private Optional<Pass> sum(Array a, Expr value) {
    var r = value instanceof Expr.Apply(Prim p, var args) && p == Prim.MUL && args.get(0) instanceof Expr.Real
        ? args.get(1) : value;
    if (!(r instanceof Expr.Reduce sum) || sum.reducer() != Expr.Reducer.SUM || sum.kind() != Kind.REAL
        || !isOpen(sum.from(), sum.to())) return Optional.empty();
    Expr each = value == r ? sum.body() : Exprs.mul(((Expr.Apply) value).args().getFirst(), sum.body());
    var i = new Index(sum.index().name());
    var add = new Stmt.Add(a, List.of(), Subst.indices(Map.of(sum.index(), Exprs.var(i))).apply(each));
    return Optional.of(new Pass(List.of(new Stmt.Fill(a, Exprs.ZERO)),
        new Stmt.For(i, sum.from(), sum.to(), false, true, new Stmt.Block(List.of(), List.of(add)))));
  }

  /// Whether it may be long: its ends are no numbers.
  private static boolean isOpen(Expr from, Expr to) {
    return !(from instanceof Expr.Int && to instanceof Expr.Int);
  }

  private boolean isSame(Stmt.For a, Stmt.For b) {
    return interner.intern(a.from()) == interner.intern(b.from()) && interner.intern(a.to()) == interner.intern(b.to());
  }

  private boolean isInConflict(Stmt a, Stmt b) {
    var first = use(a);
    var second = use(b);
    return meet(first.writes, second.writes) || meet(first.writes, second.reads) || meet(second.writes, first.reads);
  }

  private Use use(Stmt s) {
    return uses.computeIfAbsent(s, _ -> new Use(Stmts.reads(s), Stmts.writes(s)));
  }

  private static boolean meet(Set<Array> a, Set<Array> b) {
    return !Collections.disjoint(a, b);
  }

  private static int size(Stmt s) {
    var all = new ArrayList<Expr>();
    Stmts.walk(s, x -> all.addAll(Stmts.expressions(x)));
    return Graph.nodes(all).size();
  }
}
