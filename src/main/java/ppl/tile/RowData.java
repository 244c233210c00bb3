package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
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
import ppl.ir.Subst;

/// What a loop knows of its rows from data alone, made ready when data are bound: whole numbers as reals, and where
/// unknowns are looked up by data (`a[g[n]]`) all data in the order of the places that are looked up, so that rows of
/// one group follow each other. A loop whose rows have values of their own beside data keeps its order.
final class RowData {
  /// A subscript that data give, and the extent of the dimension that it stands in.
  private record Lookup(Expr subscript, Expr extent) {}

  /// Data in the order of rows.
  ///
  /// @param order empty if it is the given one
  private record Key(Expr value, Optional<Array> order) {}

  /// A loop over rows that are made ready.
  ///
  /// @param holds whether every place that is looked up exists
  record Rows(Stmt.For loop, Expr holds) {}

  private final Set<Array> fixed;
  private final Matrices matrices;
  private final Prepared prepared;
  private final Interner interner = new Interner();
  private final Index row = new Index("row");
  private final Map<List<Expr>, Array> orders = new HashMap<>();
  private final Map<Key, Array> columns = new HashMap<>();
  private final Map<List<Expr>, Expr> inside = new HashMap<>();
  /// Places that are looked up, and whether they never fall from row to row.
  private final Map<Array, Boolean> places = new IdentityHashMap<>();

  /// @param fixed arrays that no routine writes; takes those that are made
  RowData(Set<Array> fixed, Matrices matrices, Prepared prepared) {
    this.fixed = fixed;
    this.matrices = matrices;
    this.prepared = prepared;
  }

  /// Whether the elements of an array are subscripts that are certain to lie inside, and if so whether they never fall.
  Optional<Boolean> places(Array a) {
    return Optional.ofNullable(places.get(a));
  }

  /// The same loop over rows that are made ready.
  Rows of(Stmt.For loop) {
    var n = loop.to();
    boolean whole = loop.from() instanceof Expr.Int(int from) && from == 0 && new Graph.Free().of(n).isEmpty()
        && fixed.containsAll(Graph.reads(List.of(n)));
    if (!whole) return new Rows(loop, integer(1));
    var scan = new Scan(loop);
    var lookups = scan.lookups();
    boolean ordered = !lookups.isEmpty();
    var order = ordered ? Optional.of(order(loop, lookups)) : Optional.<Array>empty();
    var by = new IdentityHashMap<Expr, Expr>();
    for (var e : scan.values) {
      if (ordered || converts(e)) by.put(e, column(loop, e, order).read(var(loop.index())));
    }
    if (ordered) for (var x : scan.elements) by.put(x, matrix(x.array(), order.get()).read(x.at()));
    Expr holds = integer(1);
    boolean first = true;
    for (var l : lookups) {
      var c = column(loop, l.subscript, order);
      places.merge(c, first, (a, b) -> a || b);
      first = false;
      var name = interner.intern(List.of(var(row), c.read(var(row)), l.extent));
      holds = and(holds, inside.computeIfAbsent(name, _ -> isInside(c, l.extent, n)));
    }
    var replacing = new Replacing(by);
    if (!(new Interner().intern(Stmts.map(loop, replacing::of)) instanceof Stmt.For rewritten))
      throw new IllegalStateException("no loop any more");
    return new Rows(rewritten, holds);
  }

  private Array matrix(Array given, Array order) {
    var m = matrices.ordered(given, order);
    fixed.add(m);
    return m;
  }

  private static boolean converts(Expr e) {
    return e.kind() == Kind.REAL
        && Graph.nodes(List.of(e)).stream().anyMatch(x -> x instanceof Expr.Apply a && a.prim() == Prim.REAL_OF);
  }

  /// `e` in terms of the variable that stands for all loops'.
  private Expr standard(Stmt.For loop, Expr e) {
    return interner.intern(Subst.indices(Map.of(loop.index(), var(row))).apply(e));
  }

  private Array column(Stmt.For loop, Expr e, Optional<Array> order) {
    var n = loop.to();
    var value = standard(loop, e);
    return columns.computeIfAbsent(new Key(value, order), k -> {
      var c = prepared.array("rows" + columns.size(), e.kind(), List.of(n));
      prepared.add(n, fill(c, value, n, order));
      fixed.add(c);
      return c;
    });
  }

  private Stmt fill(Array c, Expr value, Expr n, Optional<Array> order) {
    var i = new Index("i");
    var at = order.map(o -> o.read(var(i))).orElse(var(i));
    return each(i, n, new Stmt.Set(c, List.of(var(i)), Subst.indices(Map.of(row, at)).apply(value)));
  }

  private static Stmt each(Index i, Expr n, Stmt s) {
    return new Stmt.For(i, integer(0), n, false, true, new Stmt.Block(List.of(), List.of(s)));
  }

  /// Rows sorted by what they look up, one subscript after the other; what is equal in all keeps its order.
  private Array order(Stmt.For loop, List<Lookup> lookups) {
    var n = loop.to();
    var keys = new ArrayList<Expr>();
    for (var l : lookups) keys.add(standard(loop, l.subscript));
    var name = new ArrayList<>(keys);
    name.add(interner.intern(n));
    return orders.computeIfAbsent(name, _ -> {
      var order = prepared.array("order" + orders.size(), Kind.INT, List.of(n));
      var key = prepared.array("key" + orders.size(), Kind.INT, List.of(n));
      var i = new Index("i");
      prepared.add(n, each(i, n, new Stmt.Set(order, List.of(var(i)), var(i))));
      for (var k : keys.reversed()) {
        prepared.add(n, fill(key, k, n, Optional.empty()));
        prepared.add(n, new Stmt.Call(TileOps.SORT, List.of(key), List.of(order), List.of(n)));
      }
      fixed.add(order);
      return order;
    });
  }

  private Expr isInside(Array places, Expr extent, Expr n) {
    var number = prepared.number("inside" + inside.size());
    var i = new Index("i");
    var at = places.read(var(i));
    var beyond = sum(i, integer(0), n, not(and(le(integer(0), at), lt(at, extent))));
    prepared.add(n, new Stmt.Set(number, List.of(), eq(beyond, integer(0))));
    fixed.add(number);
    return eq(number.read(), integer(1));
  }

  /// A loop's body seen from outside: the largest expressions of data alone, elements of the rows of matrices, and
  /// what unknowns are looked up by.
  private final class Scan {
    private final Index index;
    private final Expr n;
    private final Graph.Free free = new Graph.Free();
    private final Map<Expr, Boolean> data = new IdentityHashMap<>();
    private final Set<Expr> seen = new LinkedHashSet<>();
    final Set<Expr> values = new LinkedHashSet<>();
    final Set<Expr.Read> elements = new LinkedHashSet<>();
    private final Map<List<Expr>, Lookup> found = new LinkedHashMap<>();
    /// Whether rows may come in any order.
    private boolean loose = true;

    Scan(Stmt.For loop) {
      index = loop.index();
      n = loop.to();
      var own = Stmts.declared(loop);
      Stmts.walk(loop.body(), s -> {
        if (s instanceof Stmt.Set x && !own.contains(x.array())) loose = false;
        if (s instanceof Stmt.Add(Array a, var at, Expr value) && !own.contains(a)) lookUp(a, at);
        Stmts.expressions(s).forEach(this::visit);
      });
      for (var e : seen)
        if (e instanceof Expr.Read(Array a, var at) && !fixed.contains(a) && !own.contains(a)) lookUp(a, at);
    }

    /// Empty also where rows keep their order.
    List<Lookup> lookups() {
      return loose ? List.copyOf(found.values()) : List.of();
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
}
