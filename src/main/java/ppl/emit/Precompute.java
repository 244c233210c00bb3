package ppl.emit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;

/// What of the routines depends on data alone and is dear: it is computed when data are bound, once for every value of
/// the loop variable it depends on, so that an evaluation takes no logarithm of a standard deviation that is data.
///
/// Only expressions that cannot throw are taken, since they are computed whether or not they are ever needed: their
/// subscripts are variables of loops over just that extent.
final class Precompute {
  private record Range(Expr from, Expr to) {}

  /// @param index the only loop variable it depends on, if any
  private record Fact(boolean known, boolean dear, Optional<Index> index) {}

  private static final Fact UNKNOWN = new Fact(false, false, Optional.empty());

  private final Set<Array> data = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Map<Index, Optional<Range>> ranges = new IdentityHashMap<>();
  private final Map<Expr, Fact> facts = new IdentityHashMap<>();
  private final Map<Expr, Expr> stored = new IdentityHashMap<>();
  private final List<Array> arrays = new ArrayList<>();
  private final List<Stmt> statements = new ArrayList<>();

  private Precompute(Unit unit) {
    data.addAll(unit.data());
    data.addAll(unit.prepared());
  }

  /// @param unit   with more prepared arrays, and statements that prepare them
  /// @param stored what stands for an expression of the routines
  record Result(Unit unit, Map<Expr, Expr> stored) {}

  static Result of(Unit unit) {
    var p = new Precompute(unit);
    var roots = new ArrayList<Expr>();
    unit.routines().forEach(r -> Stmts.walk(r.body(), s -> {
      if (s instanceof Stmt.For f) p.range(f.index(), f.from(), f.to());
      roots.addAll(Stmts.expressions(s));
    }));
    var nodes = Graph.nodes(roots);
    for (var e : nodes) if (e instanceof Expr.Reduce r) p.range(r.index(), r.from(), r.to());
    for (var e : nodes) p.facts.put(e, p.fact(e));
    p.take(roots);
    var prepare = new Stmt.Block(List.of(), Stream.concat(Stream.of(unit.prepare()), p.statements.stream()).toList());
    var prepared = Stream.concat(unit.prepared().stream(), p.arrays.stream()).toList();
    return new Result(new Unit(unit.name(), unit.data(), prepared, prepare, unit.routines()), p.stored);
  }

  /// A variable that runs over different ranges in different loops has none that is known.
  private void range(Index index, Expr from, Expr to) {
    var range = Optional.of(new Range(from, to));
    ranges.merge(index, range, (a, b) -> a.filter(r -> same(r.from, from) && same(r.to, to)));
  }

  private Fact fact(Expr e) {
    return switch (e) {
      case Expr.Int i -> new Fact(true, false, Optional.empty());
      case Expr.Real r -> new Fact(true, false, Optional.empty());
      case Expr.Var(Index i) -> UNKNOWN;
      case Expr.Read(Array a, var at) -> data.contains(a) ? read(a, at) : UNKNOWN;
      case Expr.Apply(Prim prim, var args) -> switch (prim.emission()) {
        case Prim.Emission.Invoke call -> prim.isPartial() ? UNKNOWN : all(args, true);
        case Prim.Emission.Op op -> op.opcode() == Asm.IDIV || op.opcode() == Asm.IREM ? UNKNOWN
            : all(args, prim == Prim.DIV);
        case Prim.Emission.Compare c -> all(args, false);
        case Prim.Emission.Logic l -> all(args, false);
        case Prim.Emission.Nothing n -> all(args, false);
      };
      case Expr.Select(var condition, var yes, var no) -> all(List.of(condition, yes, no), false);
      case Expr.Reduce(var reducer, Index i, var from, var to, var body) -> reduce(i, from, to, body);
    };
  }

  private Fact read(Array a, List<Expr> at) {
    if (at.isEmpty()) return new Fact(true, false, Optional.empty());
    if (at.size() > 1 || !(at.getFirst() instanceof Expr.Var(Index i))) return UNKNOWN;
    boolean inside = ranges.getOrDefault(i, Optional.empty())
        .filter(r -> r.from instanceof Expr.Int(int from) && from >= 0 && same(r.to, a.dims().getFirst())).isPresent();
    return inside ? new Fact(true, false, Optional.of(i)) : UNKNOWN;
  }

  private Fact all(List<Expr> args, boolean dear) {
    Optional<Index> index = Optional.empty();
    for (var a : args) {
      var f = facts.get(a);
      if (!f.known || index.isPresent() && f.index.isPresent() && index.get() != f.index.get()) return UNKNOWN;
      if (f.index.isPresent()) index = f.index;
      dear |= f.dear;
    }
    return new Fact(true, dear, index);
  }

  private Fact reduce(Index i, Expr from, Expr to, Expr body) {
    var inside = facts.get(body);
    boolean closed = inside.known && inside.index.filter(k -> k != i).isEmpty();
    return closed ? all(List.of(from, to), true) : UNKNOWN;
  }

  /// Takes the largest expressions that qualify.
  private void take(List<Expr> roots) {
    var seen = new HashSet<Expr>();
    var open = new ArrayList<>(roots);
    while (!open.isEmpty()) {
      var e = open.removeLast();
      if (!seen.add(e)) continue;
      var f = facts.get(e);
      if (f.known && f.dear) store(e, f.index);
      else open.addAll(e.children());
    }
  }

  private void store(Expr e, Optional<Index> index) {
    var dims = index.map(i -> List.of(ranges.get(i).orElseThrow().to)).orElse(List.of());
    List<Expr> at = index.map(i -> List.<Expr>of(new Expr.Var(i))).orElse(List.of());
    var array = Array.computed("fixed" + arrays.size(), e.kind(), dims);
    arrays.add(array);
    Stmt set = new Stmt.Set(array, at, e);
    statements.add(index.map(i -> loop(i, set)).orElse(set));
    stored.put(e, array.read(at));
  }

  private Stmt loop(Index i, Stmt body) {
    var r = ranges.get(i).orElseThrow();
    return new Stmt.For(i, r.from, r.to, false, true, new Stmt.Block(List.of(), List.of(body)));
  }

  /// Whether two extents are certainly the same.
  private static boolean same(Expr a, Expr b) {
    if (a == b) return true;
    return switch (a) {
      case Expr.Int(int v) -> b instanceof Expr.Int(int w) && v == w;
      case Expr.Read(Array array, var at) ->
          b instanceof Expr.Read(Array other, var none) && array == other && at.isEmpty();
      case Expr.Apply(Prim p, var args) ->
          b instanceof Expr.Apply(Prim q, var others) && p == q && allSame(args, others);
      default -> false;
    };
  }

  private static boolean allSame(List<Expr> a, List<Expr> b) {
    for (int k = 0; k < a.size(); k++) if (!same(a.get(k), b.get(k))) return false;
    return true;
  }
}
