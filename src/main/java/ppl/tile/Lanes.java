package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// Expressions of a loop's body as expressions of a lane: the place of an iteration in its tile. What is no plain
/// arithmetic is computed before, into an array with an element for each lane.
final class Lanes {
  /// A part of the body that is being written, and what is known in it.
  ///
  /// @param index   its loop variable, if it is a loop's body
  /// @param written arrays that it writes
  /// @param apart   whether it may not run, so that nothing in it is to be computed before
  /// @param current values of elements that change, until the next change
  private record Scope(Build build, Map<Expr, Expr> known, Optional<Index> index, Set<Array> written, boolean apart,
      Map<Expr, Expr> current) {
    Scope(Build build, Optional<Index> index, Set<Array> written, boolean apart) {
      this(build, new IdentityHashMap<>(), index, written, apart, new IdentityHashMap<>());
    }
  }

  /// Elements that lie side by side from `start` on, a lane each.
  record Row(Array array, Expr start) {}

  /// Elements that data give a place: a lane's is `offset + stride places[lane]`.
  ///
  /// @param sorted whether places never fall
  record Lookup(Array array, Array places, boolean sorted, Expr offset, Expr stride) {
    List<Expr> sizes(Expr first, Expr n) {
      return List.of(offset, stride, first, n);
    }
  }

  private final Shape shape;
  private final Index loop;
  private final boolean fromStart;
  private final Expr extent;
  final Expr base;
  final Expr length;
  private final Matrices matrices;
  private final RowData rows;
  private final Set<Array> fixed;
  private final Index lane = new Index("j");
  /// The loop's own arrays, with a dimension for the lane.
  private final Map<Array, Array> own = new IdentityHashMap<>();
  /// Arrays whose elements change in the body.
  private final Set<Array> changing;
  private final Map<Expr, Integer> wanted;
  /// Where loops end whose variables count from 0 or more.
  private final Map<Index, Expr> ends;
  private final List<Scope> scopes = new ArrayList<>();
  private final Graph.Free free = new Graph.Free();
  private final Map<Expr, Boolean> varying = new IdentityHashMap<>();
  private final Build before;
  private final List<Stmt> after = new ArrayList<>();
  private final Map<Expr, Array> vectors = new IdentityHashMap<>();

  /// @param before   what is done once, before the first tile
  /// @param changing arrays whose elements change in the body
  /// @param wanted   all expressions of the body, and in how many statements they stand
  /// @param ends     where loops around this one end, whose variables count from 0 or more
  Lanes(Shape shape, Stmt.For loop, Expr base, Expr length, Matrices matrices, RowData rows, Set<Array> fixed,
      Build before, Set<Array> changing, Map<Expr, Integer> wanted, Map<Index, Expr> ends) {
    this.shape = shape;
    this.loop = loop.index();
    this.fromStart = loop.from() instanceof Expr.Int(int from) && from == 0;
    this.extent = loop.to();
    this.base = base;
    this.length = length;
    this.matrices = matrices;
    this.rows = rows;
    this.fixed = fixed;
    this.before = before;
    this.changing = changing;
    this.wanted = wanted;
    this.ends = new IdentityHashMap<>(ends);
    count(loop.index(), loop.from(), loop.to());
  }

  private void count(Index index, Expr from, Expr to) {
    if (from instanceof Expr.Int(int first) && first >= 0) ends.put(index, to);
    else ends.remove(index);
  }

  /// Enters what runs if something else holds.
  void enterArm(Build build) {
    enter(new Scope(build, Optional.empty(), Set.of(), true));
  }

  /// Enters the body of a loop that writes the arrays `written`.
  void enterLoop(Build build, Index index, Expr from, Expr to, Set<Array> written) {
    count(index, from, to);
    enter(new Scope(build, Optional.of(index), written, false));
  }

  private void enter(Scope scope) {
    scopes.add(scope);
  }

  void leave() {
    scopes.removeLast();
  }

  Build build() {
    return scopes.getLast().build;
  }

  Expr lane() {
    return var(lane);
  }

  Index index() {
    return loop;
  }

  /// The array that holds an array of the body for all lanes.
  Array declare(Array a) {
    var dims = new ArrayList<>(a.dims());
    dims.add(integer(shape.width()));
    var lanes = build().declare(Array.computed(a.name(), a.kind(), dims));
    own.put(a, lanes);
    return lanes;
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

  /// `each` for every lane.
  void each(Stmt each) {
    build().add(new Stmt.For(lane, integer(0), length, false, true, new Stmt.Block(List.of(), List.of(each))));
  }

  /// As it stands, with everything in it computed where it stands.
  Expr inline(Expr e) {
    return subst().apply(e);
  }

  private Subst subst() {
    return subst(lane());
  }

  /// What the iteration at `place` of the tile sees.
  Subst subst(Expr place) {
    return Subst.of(Map.of(loop, add(base, place)), a -> own(a).map(lanes -> at -> lanes.read(plus(at, place))));
  }

  List<Expr> plusLane(List<Expr> at) {
    return plus(at, lane());
  }

  static List<Expr> plus(List<Expr> at, Expr place) {
    var all = new ArrayList<>(at);
    all.add(place);
    return all;
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

  /// Whether there is such a place.
  Expr inside(Expr place) {
    return and(le(integer(0), place), lt(place, length));
  }

  /// The value in a lane.
  Expr of(Expr e) {
    if (!varies(e)) return e;
    if (!keeps(e))
      return e instanceof Expr.Read ? scopes.getLast().current.computeIfAbsent(e, this::translate) : translate(e);
    var known = lookup(e);
    if (known.isPresent()) return known.get();
    var inner = suspend(home(e));
    var value = translate(e);
    scopes.getLast().known.put(e, value);
    resume(inner);
    return value;
  }

  /// An array has changed.
  void changed(Array a) {
    for (var s : scopes) s.current.keySet().removeIf(e -> Graph.dependsOn(e, Set.of(a)));
  }

  private Optional<Expr> lookup(Expr e) {
    for (var s : scopes) if (s.known.containsKey(e)) return Optional.of(s.known.get(e));
    return Optional.empty();
  }

  /// The outermost scope in which `e` has its value already.
  private int home(Expr e) {
    int home = scopes.size() - 1;
    while (home > 0 && !needs(e, scopes.get(home))) home--;
    return home;
  }

  private boolean needs(Expr e, Scope s) {
    return s.apart || s.index.isPresent() && free.of(e).contains(s.index.get()) || Graph.dependsOn(e, s.written);
  }

  /// Goes back to the scope `home`; gives those inside.
  private List<Scope> suspend(int home) {
    var inside = scopes.subList(home + 1, scopes.size());
    var inner = List.copyOf(inside);
    inside.clear();
    return inner;
  }

  private void resume(List<Scope> inner) {
    scopes.addAll(inner);
  }

  private boolean keeps(Expr e) {
    return !Graph.dependsOn(e, changing);
  }

  List<Expr> of(List<Expr> all) {
    var result = new ArrayList<Expr>(all.size());
    for (var e : all) result.add(of(e));
    return result;
  }

  private Expr translate(Expr e) {
    return switch (e) {
      case Expr.Int n -> n;
      case Expr.Real x -> x;
      case Expr.Var v -> add(base, lane());
      case Expr.Read(Array a, var at) -> row(a, at).map(this::read).orElseGet(() -> element(a, at));
      case Expr.Apply(Prim p, var args) -> application(e, p, args);
      case Expr.Select s -> single(s.condition()).filter(p -> s.kind() == Kind.REAL && s.no() instanceof Expr.Real(double v) && v == 0).map(p -> spike(s, p))
          .orElseGet(() -> choice(s));
      case Expr.Reduce r -> reduction(r);
    };
  }

  /// The row that an array's elements are, if subscripts are certain to lie inside.
  Optional<Row> row(Array a, List<Expr> at) {
    if (a.kind() != Kind.REAL) return Optional.empty();
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
    if (a.kind() != Kind.REAL || own.containsKey(a)) return Optional.empty();
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
    return rows.places(places).map(sorted -> new Lookup(a, places, sorted, from, by));
  }

  private Expr read(Lookup l) {
    var b = buffer("looked");
    build().add(new Stmt.Call(l.sorted ? TileOps.GATHER_SORTED : TileOps.GATHER, List.of(l.array, l.places), List.of(b),
        l.sizes(base, length)));
    return b.read(lane());
  }

  /// Adds the lanes of `value`.
  void accumulate(Lookup l, Expr value) {
    var inputs = List.of(array(value), l.places);
    var sizes = l.sizes(base, length);
    if (!l.sorted) build().add(new Stmt.Call(TileOps.SCATTER, inputs, List.of(l.array), sizes));
    else {
      var work = build().array("work", Kind.REAL, List.of(integer(8)));
      build().add(new Stmt.Call(TileOps.SCATTER_SORTED, inputs, List.of(l.array, work), sizes));
    }
  }

  /// Where the last dimension begins for subscripts of all others.
  private static Expr start(Array a, List<Expr> lead) {
    Expr start = integer(0);
    for (int d = 0; d < lead.size(); d++) start = mul(add(start, lead.get(d)), a.dims().get(d + 1));
    return start;
  }

  /// The JVM makes vectors of a loop only where all arrays are read and written at the same place: a row is brought to
  /// the beginning of an array.
  private Expr read(Row row) {
    return (isAtBeginning(row) ? row.array : copied(row)).read(lane());
  }

  private Array copied(Row row) {
    var b = buffer("row");
    build().add(new Stmt.Call(TileOps.COPY, List.of(row.array), List.of(b), List.of(row.start, integer(0), length)));
    return b;
  }

  private static boolean isAtBeginning(Row row) {
    return row.start instanceof Expr.Int(int start) && start == 0;
  }

  /// A row becomes the lanes of `value`.
  void store(Row row, Expr value) {
    if (isAtBeginning(row)) each(new Stmt.Set(row.array, List.of(lane()), value));
    else put(array(value), row);
  }

  private void put(Array b, Row row) {
    build().add(new Stmt.Call(TileOps.COPY, List.of(b), List.of(row.array), List.of(integer(0), row.start, length)));
  }

  /// Adds the lanes of `value` to a row.
  void accumulate(Row row, Expr value) {
    var to = isAtBeginning(row) ? row.array : copied(row);
    each(new Stmt.Add(to, List.of(lane()), value));
    if (to != row.array) put(to, row);
  }

  private Expr element(Array a, List<Expr> at) {
    var lookup = lookup(a, at);
    if (lookup.isPresent()) return read(lookup.get());
    if (own.containsKey(a)) return own.get(a).read(plusLane(of(at)));
    return neighbours(at) || a.kind() == Kind.INT ? a.read(of(at)) : separate(a.read(of(at)));
  }

  /// What is computed for the condition is not computed again.
  private Expr choice(Expr.Select s) {
    var needed = Set.copyOf(Graph.nodes(List.of(s.condition())));
    return separate(select(of(s.condition()), arm(s.yes(), needed), arm(s.no(), needed)));
  }

  private Expr arm(Expr e, Set<Expr> needed) {
    return needed.contains(e) || !varies(e) ? of(e) : inline(e);
  }

  /// 0 everywhere but in one place.
  private Expr spike(Expr.Select s, Expr place) {
    var b = buffer("spike");
    build().add(new Stmt.Fill(b, s.no()));
    Stmt set = new Stmt.Add(b, List.of(place), subst(place).apply(s.yes()));
    build().add(new Stmt.If(inside(place), new Stmt.Block(List.of(), List.of(set)), Stmt.Block.EMPTY));
    return b.read(lane());
  }

  /// Whether the elements of neighbouring lanes are neighbours.
  private boolean neighbours(List<Expr> at) {
    for (int d = 0; d < at.size() - 1; d++) if (varies(at.get(d))) return false;
    return at.getLast() instanceof Expr.Var || !varies(at.getLast());
  }

  private Expr application(Expr e, Prim p, List<Expr> args) {
    if (TileOps.MAPS.containsKey(p)) return map(p, args.getFirst());
    if (isScaled(p, args)) return mul(of(args.get(0)), inverse(args.get(1)));
    if (TileOps.WORKING.containsKey(p)) return working(p, args);
    boolean mixed = p.result() == Kind.REAL && p.parameters().contains(Kind.INT);
    boolean plain = switch (p.emission()) {
      case Prim.Emission.Op op -> true;
      case Prim.Emission.Nothing n -> true;
      case Prim.Emission.Compare c -> true;
      case Prim.Emission.Logic l -> true;
      case Prim.Emission.Invoke call -> p == Prim.SQRT || p == Prim.ABS || p == Prim.FMIN || p == Prim.FMAX
          || p.result() == Kind.INT;
    };
    var lanes = new Expr.Apply(p, of(args));
    return plain && !mixed && !isDear(e) ? lanes : separate(lanes);
  }

  /// Whether it is better kept than computed again.
  boolean isDear(Expr e) {
    return e instanceof Expr.Apply(Prim p, var args) && (p == Prim.DIV && !isScaled(p, args) || p == Prim.SQRT)
        && wanted.getOrDefault(e, 0) > 1;
  }

  private Expr inverse(Expr divisor) {
    return scopes.getLast().current.computeIfAbsent(divisor, d -> {
      var inverse = build().array("inverse", Kind.REAL, List.of());
      build().add(new Stmt.Set(inverse, List.of(), div(ONE, d)));
      return inverse.read();
    });
  }

  /// Whether all lanes are divided by the same: then they are multiplied by its reciprocal, which is taken once.
  private boolean isScaled(Prim p, List<Expr> args) {
    return p == Prim.DIV && varies(args.get(0)) && !varies(args.get(1));
  }

  private Expr map(Prim p, Expr x) {
    var in = array(of(x));
    var out = buffer(p.symbol());
    if (p == Prim.LOG1P_EXP || p == Prim.INV_LOGIT) {
      var other = partner(p, x);
      if (other.isPresent()) {
        var slope = buffer("slope");
        var outputs = p == Prim.LOG1P_EXP ? List.of(out, slope) : List.of(slope, out);
        build().add(new Stmt.Call(TileOps.SOFTPLUS_SLOPE, List.of(in), outputs, List.of(length)));
        scopes.getLast().known.put(other.get(), slope.read(lane()));
        return out.read(lane());
      }
    }
    build().add(new Stmt.Call(TileOps.MAPS.get(p), List.of(in), List.of(out), List.of(length)));
    return out.read(lane());
  }

  private Expr working(Prim p, List<Expr> args) {
    var inputs = new ArrayList<Array>();
    for (var x : args) inputs.add(array(of(x)));
    var out = buffer(p.symbol());
    build().add(new Stmt.Call(TileOps.WORKING.get(p), inputs, List.of(out, buffer("work")), List.of(length)));
    return out.read(lane());
  }

  /// The function that needs the same exponential, of the same argument.
  private Optional<Expr> partner(Prim p, Expr x) {
    var other = p == Prim.LOG1P_EXP ? Prim.INV_LOGIT : Prim.LOG1P_EXP;
    return wanted.keySet().stream().filter(e -> e instanceof Expr.Apply a && a.prim() == other
        && a.args().getFirst() == x && keeps(e)).findFirst();
  }

  private Expr reduction(Expr.Reduce r) {
    if (r.kind() != Kind.REAL || varies(r.from()) || varies(r.to())) return separate(inline(r));
    return product(r).orElseGet(() -> loops(r));
  }

  /// A row of a matrix of data times a vector.
  private Optional<Expr> product(Expr.Reduce r) {
    if (r.reducer() != Expr.Reducer.SUM || !(r.from() instanceof Expr.Int(int from) && from == 0)) return Optional.empty();
    return Factors.of(r.body(), x -> isRow(x, r.index(), r.to())).filter(f -> !varies(f.rest())).map(f -> {
      var tiles = matrices.tiles(f.matrix().array());
      var out = buffer("product");
      build().add(new Stmt.Call(TileOps.MULTIPLY, List.of(tiles, vector(r, f.rest())), List.of(out),
          List.of(base, r.to(), integer(shape.rows()), length)));
      return out.read(lane());
    });
  }

  /// Adds to `sums`, an element for each column, the products of the columns of a matrix of data with the lanes of
  /// `factor`: a product with the transposed matrix.
  ///
  /// @param late whether it is enough that they are there after the last tile
  void addTransposed(Array matrix, Array factor, Array sums, Expr columns, boolean late) {
    var b = late ? before : build();
    var gathered = b.array("gathered", Kind.REAL, List.of(columns, integer(8)));
    b.add(new Stmt.Fill(gathered, ZERO));
    build().add(new Stmt.Call(TileOps.ADD_TRANSPOSED, List.of(matrices.tiles(matrix), factor), List.of(gathered),
        List.of(base, columns, integer(shape.rows()), length)));
    finish(new Stmt.Call(TileOps.FOLD_COLUMNS, List.of(gathered), List.of(sums), List.of(columns)), late);
  }

  /// Does something now, or after the last tile.
  void finish(Stmt s, boolean late) {
    if (late) after.add(s);
    else build().add(s);
  }

  /// What is done after the last tile.
  List<Stmt> after() {
    return after;
  }

  /// An array of the loop's surroundings, or of what is being written.
  Array array(String name, List<Expr> dims, boolean late) {
    return (late ? before : build()).array(name, Kind.REAL, dims);
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

  /// The elements that a matrix is multiplied with, side by side.
  private Array vector(Expr.Reduce r, Expr element) {
    if (element instanceof Expr.Read(Array a, var at) && at.size() == 1 && at.getFirst() instanceof Expr.Var(Index i)
        && i == r.index() && Equal.of(a.dims().getFirst(), r.to())) return a;
    boolean once = Set.of(r.index()).containsAll(free.of(element));
    var known = once ? vectors.get(element) : null;
    if (known != null) return known;
    var b = once ? before : build();
    var array = b.array("vector", Kind.REAL, List.of(r.to()));
    b.add(new Stmt.For(r.index(), r.from(), r.to(), false, true,
        new Stmt.Block(List.of(), List.of(new Stmt.Set(array, List.of(var(r.index())), element)))));
    if (once) vectors.put(element, array);
    return array;
  }

  private Expr loops(Expr.Reduce r) {
    var sum = buffer("total");
    build().add(new Stmt.Fill(sum, real(r.reducer().unit())));
    var inner = new Build();
    enterLoop(inner, r.index(), r.from(), r.to(), Set.of());
    var term = of(r.body());
    if (r.reducer() == Expr.Reducer.SUM) each(new Stmt.Add(sum, List.of(lane()), term));
    else {
      var values = array(term);
      build().add(new Stmt.Call(TileOps.FOLDS.get(r.reducer()), List.of(values), List.of(sum), List.of(length)));
    }
    leave();
    build().add(new Stmt.For(r.index(), r.from(), r.to(), false, false, inner.block()));
    return sum.read(lane());
  }

  /// Computed in a pass of its own: the JVM makes no vectors of what it is.
  private Expr separate(Expr lanes) {
    if (lanes.kind() == Kind.INT) return lanes;
    return array(lanes).read(lane());
  }

  /// An array with the values of the lanes.
  Array array(Expr lanes) {
    if (lanes instanceof Expr.Read(Array a, var at) && at.size() == 1 && at.getFirst() instanceof Expr.Var(Index i)
        && i == lane) return a;
    return array(buffer("t"), lanes);
  }

  private Array array(Array b, Expr lanes) {
    each(new Stmt.Set(b, List.of(lane()), lanes));
    return b;
  }

  private Array buffer(String name) {
    return build().array(name, Kind.REAL, List.of(integer(shape.width())));
  }
}
