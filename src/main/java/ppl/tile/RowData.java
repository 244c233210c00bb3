package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
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
///
/// Where rows that are the same are gone over once, all data of these are brought together, and what a row adds counts as
/// often as there are such rows.
final class RowData {
  /// Data in the order of rows.
  ///
  /// @param order empty if it is the given one
  private record Key(Expr value, Optional<Array> order) {}

  /// The order that rows are gone over in.
  ///
  /// @param weights how many rows stand for each, if it is not one
  private record Order(Array places, Optional<Array> weights) {}

  /// A loop over rows that are made ready.
  ///
  /// @param holds whether every place that is looked up exists
  record Rows(Stmt.For loop, Expr holds) {
    /// Whether none is looked up.
    boolean isSure() {
      return holds instanceof Expr.Int;
    }
  }

  /// Subscripts that are certain to lie inside.
  ///
  /// @param ends for each, where those end that follow it and are equal; if they never fall from row to row
  record Places(Optional<Array> ends) {}

  private final Set<Array> fixed;
  private final Matrices matrices;
  private final Prepared prepared;
  private final Optional<Distinct.Rows> distinct;
  private final Interner interner = new Interner();
  private final Index row = new Index("row");
  private final Map<List<Expr>, Order> orders = new HashMap<>();
  private final Map<Key, Array> columns = new HashMap<>();
  private final Map<List<Expr>, Expr> inside = new HashMap<>();
  private final Map<Array, Places> places = new IdentityHashMap<>();

  /// @param fixed    arrays that no routine writes; takes those that are made
  /// @param distinct rows that are gone over instead of all
  RowData(Set<Array> fixed, Matrices matrices, Prepared prepared, Optional<Distinct.Rows> distinct) {
    this.fixed = fixed;
    this.matrices = matrices;
    this.prepared = prepared;
    this.distinct = distinct;
  }

  /// The elements of an array as subscripts that are looked up.
  Optional<Places> places(Array a) {
    return Optional.ofNullable(places.get(a));
  }

  /// The same loop over rows that are made ready.
  Rows of(Stmt.For loop) {
    if (!RowScan.isWhole(loop, fixed)) return new Rows(loop, integer(1));
    var scan = new RowScan(loop, fixed, interner);
    var lookups = scan.lookups();
    var n = extent(loop);
    var order = scan.isFixed() ? Optional.<Order>empty() : order(loop, lookups);
    var by = new IdentityHashMap<Expr, Expr>();
    for (var e : scan.values) {
      if (order.isPresent() || converts(e)) by.put(e, column(loop, e, order).read(var(loop.index())));
    }
    if (order.isEmpty()) for (var l : lookups) by.put(l.subscript(), column(loop, l.subscript(), order).read(var(loop.index())));
    order.ifPresent(o -> scan.elements.forEach(x -> by.put(x, matrix(x.array(), o.places).read(x.at()))));
    Expr holds = integer(1);
    boolean first = true;
    for (var l : lookups) {
      var c = column(loop, l.subscript(), order);
      if (first && order.isPresent()) places.compute(c, (_, known) -> known != null && known.ends.isPresent() ? known : new Places(Optional.of(ends(c, n))));
      else places.putIfAbsent(c, new Places(Optional.empty()));
      first = false;
      var name = interner.intern(List.of(var(row), c.read(var(row)), l.extent()));
      holds = and(holds, inside.computeIfAbsent(name, _ -> isInside(c, l.extent(), n)));
    }
    return new Rows(rewritten(loop, n, by, order.flatMap(Order::weights)), holds);
  }

  private static Stmt.For rewritten(Stmt.For loop, Expr n, Map<Expr, Expr> by, Optional<Array> weights) {
    var all = new Stmt.For(loop.index(), loop.from(), n, loop.reverse(), loop.independent(), loop.body());
    var replacing = new Replacing(by);
    var own = Stmts.declared(loop);
    var replaced = Stmts.map(all, replacing::of);
    var weighed = weights.map(w -> weighed(replaced, w.read(var(loop.index())), own)).orElse(replaced);
    if (!(new Interner().intern(weighed) instanceof Stmt.For rewritten)) throw new IllegalStateException("no loop any more");
    return rewritten;
  }

  /// The statement with all that it adds to others than its `own` arrays so many times.
  private static Stmt weighed(Stmt s, Expr weight, Set<Array> own) {
    return s instanceof Stmt.Add(Array a, var at, Expr value) && !own.contains(a)
        ? new Stmt.Add(a, at, mul(weight, value)) : Stmts.within(s, b -> b.map(x -> weighed(x, weight, own)));
  }

  /// How many rows are gone over.
  private Expr extent(Stmt.For loop) {
    return distinct.map(d -> d.number().read()).orElse(loop.to());
  }

  private Optional<Order> order(Stmt.For loop, List<RowScan.Lookup> lookups) {
    if (!lookups.isEmpty()) return Optional.of(sorted(loop, lookups));
    return distinct.map(d -> new Order(d.first(), d.counts()));
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

  private Array column(Stmt.For loop, Expr e, Optional<Order> order) {
    var n = extent(loop);
    var value = standard(loop, e);
    var places = order.map(Order::places);
    return columns.computeIfAbsent(new Key(value, places), k -> {
      var c = prepared.array("rows" + columns.size(), e.kind(), List.of(n));
      prepared.add(n, fill(c, value, n, places));
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
  private Order sorted(Stmt.For loop, List<RowScan.Lookup> lookups) {
    var n = extent(loop);
    var keys = new ArrayList<Expr>();
    for (var l : lookups) keys.add(standard(loop, l.subscript()));
    var name = new ArrayList<>(keys);
    name.add(interner.intern(n));
    return orders.computeIfAbsent(name, _ -> {
      var order = prepared.array("order" + orders.size(), Kind.INT, List.of(n));
      var key = prepared.array("key" + orders.size(), Kind.INT, List.of(n));
      var i = new Index("i");
      prepared.add(n, each(i, n, new Stmt.Set(order, List.of(var(i)), var(i))));
      for (var k : keys.reversed()) {
        prepared.add(n, fill(key, k, n, distinct.map(Distinct.Rows::first)));
        prepared.add(n, new Stmt.Call(TileOps.SORT, List.of(key), List.of(order), List.of(n)));
      }
      fixed.add(order);
      return distinct.map(d -> new Order(picked(d.first(), order, n), d.counts().map(c -> picked(c, order, n))))
          .orElseGet(() -> new Order(order, Optional.empty()));
    });
  }

  /// Elements in an order.
  private Array picked(Array a, Array order, Expr n) {
    var c = prepared.array(a.name(), a.kind(), List.of(n));
    var i = new Index("i");
    prepared.add(n, each(i, n, new Stmt.Set(c, List.of(var(i)), a.read(order.read(var(i))))));
    fixed.add(c);
    return c;
  }

  private Array ends(Array places, Expr n) {
    var ends = prepared.array("ends_" + places.name(), Kind.INT, List.of(n));
    prepared.add(n, new Stmt.Call(TileOps.ENDS, List.of(places), List.of(ends), List.of(n)));
    fixed.add(ends);
    return ends;
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
}
