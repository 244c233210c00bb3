package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;

/// What expressions and subscripts in a loop's body are to the lanes of a tile: the same for all, elements side by side,
/// elements that data give a place.
final class Subscripts {
  /// Elements that lie side by side from `start` on, a lane each.
  record Row(Array array, Expr start) {}

  /// Elements that data give a place: a lane's is `offset + stride places[lane]`.
  ///
  /// @param ends for each place, where those end that follow it and are equal; if they never fall
  record Lookup(Array array, Array places, Optional<Array> ends, Expr offset, Expr stride) {
    List<Expr> sizes(Expr first, Expr n) {
      return List.of(offset, stride, first, n);
    }
  }

  private final Index loop;
  private final boolean fromStart;
  private final Expr extent;
  private final Expr base;
  private final RowData rows;
  private final Set<Array> fixed;
  /// The loop's own arrays, with a dimension for the lane.
  private final Map<Array, Array> own = new IdentityHashMap<>();
  /// Where loops end whose variables count from 0 or more.
  private final Map<Index, Expr> ends;
  private final Graph.Free free = new Graph.Free();
  private final Map<Expr, Boolean> varying = new IdentityHashMap<>();

  /// @param base  the first iteration of a tile
  /// @param rows  knows subscripts that data give
  /// @param fixed arrays that no routine writes
  /// @param ends  where loops around this one end, whose variables count from 0 or more
  Subscripts(Stmt.For loop, Expr base, RowData rows, Set<Array> fixed, Map<Index, Expr> ends) {
    this.loop = loop.index();
    this.fromStart = loop.from() instanceof Expr.Int(int from) && from == 0;
    this.extent = loop.to();
    this.base = base;
    this.rows = rows;
    this.fixed = fixed;
    this.ends = new IdentityHashMap<>(ends);
    count(loop.index(), loop.from(), loop.to());
  }

  /// Takes notice of a loop.
  void count(Index index, Expr from, Expr to) {
    if (from instanceof Expr.Int(int first) && first >= 0) ends.put(index, to);
    else ends.remove(index);
  }

  void own(Array a, Array lanes) {
    own.put(a, lanes);
  }

  Optional<Array> own(Array a) {
    return Optional.ofNullable(own.get(a));
  }

  /// Whether an expression has another value in each iteration.
  boolean varies(Expr root) {
    for (var e : Graph.nodes(List.of(root))) varying.computeIfAbsent(e, this::varies1);
    return varying.get(root);
  }

  private boolean varies1(Expr e) {
    if (e instanceof Expr.Var(Index i)) return i == loop;
    if (e instanceof Expr.Read r && own.containsKey(r.array())) return true;
    for (var c : e.children()) if (varying.get(c)) return true;
    return false;
  }

  /// Where in the tile the only iteration is for which the condition holds: it compares the loop's variable with what
  /// does not change.
  Optional<Expr> single(Expr condition) {
    if (!(condition instanceof Expr.Apply(Prim p, var args)) || p != Prim.IEQ) return Optional.empty();
    for (int k = 0; k < 2; k++)
      if (args.get(k) instanceof Expr.Var(Index i) && i == loop && !varies(args.get(1 - k)))
        return Optional.of(sub(args.get(1 - k), base));
    return Optional.empty();
  }

  /// The row that an array's elements are, if subscripts are certain to lie inside.
  Optional<Row> row(Array a, List<Expr> at) {
    if (a.kind() != Kind.REAL || a.isOffHeap()) return Optional.empty();
    var lanes = own.get(a);
    int lead = lanes == null ? at.size() - 1 : at.size();
    for (int d = 0; d < lead; d++)
      if (varies(at.get(d)) || !isInside(at.get(d), a.dims().get(d))) return Optional.empty();
    if (lanes != null) return Optional.of(new Row(lanes, start(lanes, at)));
    if (lead < 0 || !(at.get(lead) instanceof Expr.Var(Index i)) || i != loop
        || !isInside(at.get(lead), a.dims().get(lead)))
      return Optional.empty();
    return Optional.of(new Row(a, add(start(a, at.subList(0, lead)), base)));
  }

  private boolean isInside(Expr subscript, Expr extent) {
    return subscript instanceof Expr.Var(Index i) && ends.containsKey(i)
        && (Equal.of(ends.get(i), extent) || isBelow(ends.get(i), extent));
  }

  /// Whether an end is the one after a subscript that is inside.
  private boolean isBelow(Expr end, Expr extent) {
    return end instanceof Expr.Apply(Prim p, var args) && p == Prim.IADD && args.get(1) instanceof Expr.Int(int one)
        && one == 1 && isInside(args.get(0), extent);
  }

  /// The elements of an array outside of the loop that have one subscript of data and others that are certain to lie
  /// inside.
  Optional<Lookup> lookup(Array a, List<Expr> at) {
    if (a.kind() != Kind.REAL || a.isOffHeap() || own.containsKey(a)) return Optional.empty();
    int varying = -1;
    for (int d = 0; d < at.size(); d++) {
      if (!varies(at.get(d))) {
        boolean certain = at.get(d) instanceof Expr.Int(int k) && a.dims().get(d) instanceof Expr.Int(int n)
            && 0 <= k && k < n;
        if (!certain && !isInside(at.get(d), a.dims().get(d))) return Optional.empty();
      } else if (varying >= 0) return Optional.empty();
      else varying = d;
    }
    if (varying < 0 || !(at.get(varying) instanceof Expr.Read(Array places, var place)) || place.size() != 1
        || !(place.getFirst() instanceof Expr.Var(Index i)) || i != loop) return Optional.empty();
    Expr offset = integer(0);
    Expr stride = integer(1);
    for (int d = 0; d < at.size(); d++) offset = add(mul(offset, a.dims().get(d)), d == varying ? integer(0) : at.get(d));
    for (int d = varying + 1; d < at.size(); d++) stride = mul(stride, a.dims().get(d));
    var from = offset;
    var by = stride;
    return rows.places(places).map(p -> new Lookup(a, places, p.ends(), from, by));
  }

  /// Where the last dimension begins for subscripts of all others.
  private static Expr start(Array a, List<Expr> lead) {
    Expr start = integer(0);
    for (int d = 0; d < lead.size(); d++) start = mul(add(start, lead.get(d)), a.dims().get(d + 1));
    return start;
  }

  /// Whether the elements of neighbouring lanes are neighbours.
  boolean areNeighbours(List<Expr> at) {
    for (int d = 0; d < at.size() - 1; d++) if (varies(at.get(d))) return false;
    return at.getLast() instanceof Expr.Var || !varies(at.getLast());
  }

  /// Whether `e` is the same in all iterations, of this loop and of those in it but for `index`.
  boolean isOutside(List<Expr> all, Index index) {
    return all.stream().allMatch(e -> Set.of(index).containsAll(free.of(e)))
        && Graph.reads(all).stream().allMatch(fixed::contains);
  }

  /// Whether `e` is an element of the loop's row of a matrix of data, in the column `k` of `columns`.
  boolean isRow(Expr e, Index k, Expr columns) {
    return fromStart && e instanceof Expr.Read(Array a, var at) && fixed.contains(a) && a.kind() == Kind.REAL && at.size() == 2
        && at.get(0) instanceof Expr.Var(Index i) && i == loop && at.get(1) instanceof Expr.Var(Index j) && j == k
        && Equal.of(a.dims().get(0), extent) && Equal.of(a.dims().get(1), columns);
  }
}
