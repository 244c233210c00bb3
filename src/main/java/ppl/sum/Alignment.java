package ppl.sum;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Subst;

/// The one turn of a factor's loops in which it depends on a certain element of an unknown.
///
/// @param where  the loops' indices in that turn
/// @param guards whether there is such a turn
record Alignment(Map<Index, Expr> where, List<Expr> guards) {
  /// A subscript that is a loop's index and a constant.
  record Shift(Index index, int by) {
    static Optional<Shift> of(Expr e, Factor f) {
      return switch (e) {
        case Expr.Var(Index i) when f.loop(i).isPresent() -> Optional.of(new Shift(i, 0));
        case Expr.Apply(Prim p, var args) when p == Prim.IADD && args.get(0) instanceof Expr.Var(Index i)
            && args.get(1) instanceof Expr.Int(int c) && f.loop(i).isPresent() -> Optional.of(new Shift(i, c));
        default -> Optional.empty();
      };
    }
  }

  /// @param at      subscripts in the factor
  /// @param element the same in terms of what stands around
  /// @param ranges  what `element` runs over: known bounds need no guard
  /// @return empty where several turns may depend on one element
  static Optional<Alignment> of(Factor f, List<Expr> at, List<Expr> element, List<Loop> ranges) {
    var where = new HashMap<Index, Expr>();
    var open = new ArrayList<Integer>();
    var guards = new ArrayList<Expr>();
    for (int d = 0; d < at.size(); d++) {
      var shift = Shift.of(at.get(d), f);
      if (shift.isPresent() && !where.containsKey(shift.get().index)) {
        var loop = f.loop(shift.get().index).orElseThrow();
        where.put(loop.index(), sub(element.get(d), integer(shift.get().by)));
        guards.addAll(range(element.get(d), add(loop.from(), integer(shift.get().by)),
            add(loop.to(), integer(shift.get().by)), ranges.get(d)));
      } else open.add(d);
    }
    if (where.size() < f.loops().size()) return Optional.empty();
    for (int d : open) guards.add(isBelow(at.get(d), ranges.get(d)) ? integer(0) : eq(element.get(d), at.get(d)));
    return Optional.of(new Alignment(where, Subst.indices(where).apply(guards)));
  }

  private static List<Expr> range(Expr e, Expr from, Expr to, Loop known) {
    var guards = new ArrayList<Expr>();
    if (!(known.from() instanceof Expr.Int(int least) && from instanceof Expr.Int(int f) && f <= least))
      guards.add(le(from, e));
    if (!same(to, known.to())) guards.add(lt(e, to));
    return guards;
  }

  private static boolean isBelow(Expr e, Loop range) {
    return e instanceof Expr.Int(int v) && range.from() instanceof Expr.Int(int least) && v < least;
  }

  static boolean same(Expr a, Expr b) {
    var interner = new Interner();
    return interner.intern(a) == interner.intern(b);
  }

  static boolean same(List<Expr> a, List<Expr> b) {
    for (int i = 0; i < a.size(); i++) if (!same(a.get(i), b.get(i))) return false;
    return a.size() == b.size();
  }

  /// Whether an expression depends on any of some index variables.
  static boolean dependsOn(Expr e, List<Index> indices) {
    var free = new Graph.Free().of(e);
    return indices.stream().anyMatch(free::contains);
  }

  /// Whether a guard says that it never holds.
  boolean never() {
    return guards.stream().anyMatch(g -> g.kind() == Kind.INT && g instanceof Expr.Int(int v) && v == 0);
  }
}
