package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// A loop's body seen from outside: the largest expressions of data alone, elements of the rows of matrices, and
/// what unknowns are looked up by.
final class RowScan {
  /// A subscript that data give, and the extent of the dimension that it stands in.
  record Lookup(Expr subscript, Expr extent) {}

  /// What a loop reads of its row in an array of data.
  ///
  /// @param column the only one, or empty if it is the whole row
  record Leaf(Array array, Optional<Integer> column) {
    /// Elements of a row.
    Expr width() {
      return array.rank() == 1 ? integer(1) : array.dims().get(1);
    }

    /// How many of them are read.
    Expr count() {
      return column.isPresent() ? apply(Prim.IMIN, integer(1), width()) : width();
    }

    /// The first of these.
    Expr from() {
      return column.<Expr>map(k -> apply(Prim.IMIN, integer(k), sub(width(), count()))).orElse(integer(0));
    }
  }

  private final Set<Array> fixed;
  private final Interner interner;
  private final Index index;
  private final Expr n;
  private final Graph.Free free = new Graph.Free();
  private final Map<Expr, Boolean> data = new IdentityHashMap<>();
  private final Set<Expr> seen = new LinkedHashSet<>();
  final Set<Expr> values = new LinkedHashSet<>();
  final Set<Expr.Read> elements = new LinkedHashSet<>();
  private final Map<List<Expr>, Lookup> found = new LinkedHashMap<>();
  private boolean loose = true;

  /// @param fixed    arrays that no routine writes
  /// @param interner makes equal expressions one
  RowScan(Stmt.For loop, Set<Array> fixed, Interner interner) {
    this.fixed = fixed;
    this.interner = interner;
    index = loop.index();
    n = loop.to();
    var own = Stmts.declared(loop);
    Stmts.walk(loop.body(), s -> {
      boolean adds = s instanceof Stmt.Add;
      if (!adds && !own.containsAll(Stmts.written(s))) loose = false;
      if (s instanceof Stmt.Add(Array a, var at, Expr value) && !own.contains(a)) lookUp(a, at);
      Stmts.expressions(s).forEach(this::visit);
    });
    for (var e : seen)
      if (e instanceof Expr.Read(Array a, var at) && !fixed.contains(a) && !own.contains(a)) lookUp(a, at);
  }

  /// Whether a loop goes over all rows of data from the first on.
  static boolean isWhole(Stmt.For loop, Set<Array> fixed) {
    return loop.from() instanceof Expr.Int(int from) && from == 0 && new Graph.Free().of(loop.to()).isEmpty()
        && fixed.containsAll(Graph.reads(List.of(loop.to())));
  }

  /// Whether rows may come in any order: all that differs between them is data, and all that they do is to add.
  boolean isLoose() {
    return loose;
  }

  /// Whether rows stay where they are: a matrix beside the heap is not put into another order.
  boolean isFixed() {
    return elements.stream().anyMatch(e -> e.array().isOffHeap());
  }

  /// Empty also where rows keep their order.
  List<Lookup> lookups() {
    return loose ? List.copyOf(found.values()) : List.of();
  }

  /// The data in which rows differ.
  Set<Leaf> leaves() {
    var leaves = new LinkedHashSet<Leaf>();
    for (var e : Graph.nodes(List.copyOf(values)))
      if (e instanceof Expr.Read(Array a, var at) && at.size() == 1) leaves.add(new Leaf(a, Optional.empty()));
    for (var e : elements)
      leaves.add(new Leaf(e.array(), e.at().get(1) instanceof Expr.Int(int k) ? Optional.of(k) : Optional.empty()));
    var whole = new HashSet<>(leaves);
    leaves.removeIf(l -> l.column.isPresent() && whole.contains(new Leaf(l.array, Optional.empty())));
    return leaves;
  }

  private void lookUp(Array a, List<Expr> at) {
    for (int d = 0; d < at.size(); d++) {
      var e = at.get(d);
      var extent = a.dims().get(d);
      if (isData(e) && reads(e)) found.putIfAbsent(interner.intern(List.of(e, extent)), new Lookup(e, extent));
    }
  }

  private void visit(Expr root) {
    var open = new ArrayDeque<Expr>(List.of(root));
    while (!open.isEmpty()) {
      var e = open.pop();
      if (!reads(e) || !seen.add(e)) continue;
      if (isData(e) && reads(e)) values.add(e);
      else if (e instanceof Expr.Read r && isElement(r)) {
        elements.add(r);
        open.push(r.at().get(1));
      } else if (e instanceof Expr.Var(Index i) && i == index) loose = false;
      else e.children().forEach(open::push);
    }
  }

  /// Whether data of the row alone decide `e`.
  boolean knows(Expr e) {
    return isData(e) && reads(e);
  }

  private boolean reads(Expr e) {
    return free.of(e).contains(index);
  }

  private boolean isElement(Expr.Read r) {
    return r.kind() == Kind.REAL && fixed.contains(r.array()) && r.at().size() == 2
        && r.at().get(0) instanceof Expr.Var(Index i) && i == index && !free.of(r.at().get(1)).contains(index)
        && Equal.of(r.array().dims().get(0), n);
  }

  /// Whether it reads data of the row alone, and cannot throw; the variable itself is none.
  private boolean isData(Expr root) {
    for (var e : Graph.nodes(List.of(root))) data.computeIfAbsent(e, this::isData1);
    return data.get(root) && !(root instanceof Expr.Var);
  }

  private boolean isData1(Expr e) {
    return switch (e) {
      case Expr.Int _, Expr.Real _ -> true;
      case Expr.Var _, Expr.Reduce _ -> false;
      case Expr.Read(Array a, var at) -> fixed.contains(a) && (at.isEmpty()
          || at.size() == 1 && at.getFirst() instanceof Expr.Var(Index i) && i == index && Equal.of(a.dims().getFirst(), n));
      case Expr.Apply(Prim p, var args) -> !p.isPartial() && p != Prim.IDIV && p != Prim.IMOD && all(args);
      case Expr.Select s -> all(s.children());
    };
  }

  private boolean all(List<Expr> list) {
    for (var e : list) if (!data.get(e)) return false;
    return true;
  }
}
