package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.Collections;
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
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Subst;

/// Expressions of a loop's body as expressions of a lane: the place of an iteration in its tile. What is no plain
/// arithmetic is computed before, into an array with an element for each lane.
final class Lanes {
  final Expr base;
  final Expr length;
  final Subscripts subscripts;
  final Scopes scopes = new Scopes();
  final Products products;
  private final int width;
  private final Index loop;
  private final Index lane = new Index("j");
  /// Arrays whose elements change in the body.
  private final Set<Array> changing;
  private final Map<Expr, Integer> wanted;
  private final Interner interner = new Interner();
  /// Arrays that hold those of the body, whose elements may change.
  private final Set<Array> declared = Collections.newSetFromMap(new IdentityHashMap<>());

  /// @param before   what is done once, before the first tile
  /// @param changing arrays whose elements change in the body
  /// @param wanted   all expressions of the body, and in how many statements they stand
  /// @param ends     where loops around this one end, whose variables count from 0 or more
  Lanes(Shape shape, Stmt.For loop, Expr base, Expr length, Matrices matrices, RowData rows, Set<Array> fixed,
      Build before, Set<Array> changing, Map<Expr, Integer> wanted, Map<Index, Expr> ends) {
    this.base = base;
    this.length = length;
    this.subscripts = new Subscripts(loop, base, rows, fixed, ends);
    this.products = new Products(shape, base, length, matrices, before, subscripts, scopes);
    this.width = shape.width();
    this.loop = loop.index();
    this.changing = changing;
    this.wanted = wanted;
  }

  Build build() {
    return scopes.build();
  }

  /// Enters the body of a loop that writes the arrays `written`.
  void enterLoop(Build build, Index index, Expr from, Expr to, Set<Array> written) {
    subscripts.count(index, from, to);
    scopes.enterLoop(build, index, written);
  }

  Expr lane() {
    return var(lane);
  }

  /// The array that holds an array of the body for all lanes.
  Array declare(Array a) {
    var dims = new ArrayList<>(a.dims());
    dims.add(integer(width));
    var lanes = build().declare(Array.computed(a.name(), a.kind(), dims));
    subscripts.own(a, lanes);
    declared.add(lanes);
    return lanes;
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
    return Subst.of(Map.of(loop, add(base, place)), a -> subscripts.own(a).map(lanes -> at -> lanes.read(plus(at, place))));
  }

  List<Expr> plusLane(List<Expr> at) {
    return plus(at, lane());
  }

  static List<Expr> plus(List<Expr> at, Expr place) {
    var all = new ArrayList<>(at);
    all.add(place);
    return all;
  }

  /// Whether there is such a place.
  Expr inside(Expr place) {
    return and(le(integer(0), place), lt(place, length));
  }

  /// The value in a lane.
  Expr of(Expr e) {
    if (!varies(e)) return e;
    if (keeps(e)) return scopes.value(e, this::translate);
    return e instanceof Expr.Read ? scopes.current(e, this::translate) : translate(e);
  }

  private boolean varies(Expr e) {
    return subscripts.varies(e);
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
      case Expr.Read(Array a, var at) -> subscripts.row(a, at).map(this::read).orElseGet(() -> element(a, at));
      case Expr.Apply(Prim p, var args) -> application(e, p, args);
      case Expr.Select s -> spikeOrChoice(s);
      case Expr.Reduce r -> reduction(r);
    };
  }

  private Expr read(Subscripts.Lookup l) {
    var b = buffer("looked");
    var sizes = l.sizes(base, length);
    build().add(l.ends().map(ends -> new Stmt.Call(TileOps.GATHER_SORTED, List.of(l.array(), l.places(), ends), List.of(b), sizes))
        .orElseGet(() -> new Stmt.Call(TileOps.GATHER, List.of(l.array(), l.places()), List.of(b), sizes)));
    return b.read(lane());
  }

  /// A sum of elements that are looked up in order and of what an array holds, in one pass.
  private Optional<Expr> plusLooked(List<Expr> args) {
    for (int k = 0; k < 2; k++) {
      var lookup = args.get(k) instanceof Expr.Read(Array a, var at) ? subscripts.lookup(a, at) : Optional.<Subscripts.Lookup>empty();
      if (lookup.flatMap(Subscripts.Lookup::ends).isEmpty() || !keeps(args.get(k)) || !keeps(args.get(1 - k))) continue;
      var other = held(of(args.get(1 - k)));
      if (other.isEmpty()) continue;
      var l = lookup.get();
      var b = buffer("sum");
      var inputs = List.of(other.get(), l.array(), l.places(), l.ends().get());
      build().add(new Stmt.Call(TileOps.ADD_SORTED, inputs, List.of(b), l.sizes(base, length)));
      return Optional.of(b.read(lane()));
    }
    return Optional.empty();
  }

  /// Adds the lanes of `value`, each times a factor that is the same for all.
  void accumulate(Subscripts.Lookup l, Expr factor, Expr value) {
    var common = build().array("factor", Kind.REAL, List.of(integer(1)));
    build().add(new Stmt.Set(common, List.of(integer(0)), factor));
    var lanes = array(value);
    var sizes = l.sizes(base, length);
    l.ends().ifPresentOrElse(ends -> {
      var work = build().array("work", Kind.REAL, List.of(integer(8)));
      build().add(new Stmt.Call(TileOps.SCATTER_SORTED, List.of(lanes, l.places(), ends, common), List.of(l.array(), work), sizes));
    }, () -> build().add(new Stmt.Call(TileOps.SCATTER, List.of(lanes, l.places(), common), List.of(l.array()), sizes)));
  }

  /// The JVM makes vectors of a loop only where all arrays are read and written at the same place: a row is brought to
  /// the beginning of an array.
  private Expr read(Subscripts.Row row) {
    return (isAtBeginning(row) ? row.array() : copied(row)).read(lane());
  }

  private Array copied(Subscripts.Row row) {
    var b = buffer("row");
    build().add(new Stmt.Call(TileOps.COPY, List.of(row.array()), List.of(b), List.of(row.start(), integer(0), length)));
    return b;
  }

  private static boolean isAtBeginning(Subscripts.Row row) {
    return row.start() instanceof Expr.Int(int start) && start == 0;
  }

  /// A row becomes the lanes of `value`.
  void store(Subscripts.Row row, Expr value) {
    if (isAtBeginning(row)) each(new Stmt.Set(row.array(), List.of(lane()), value));
    else put(array(value), row);
  }

  private void put(Array b, Subscripts.Row row) {
    build().add(new Stmt.Call(TileOps.COPY, List.of(b), List.of(row.array()), List.of(integer(0), row.start(), length)));
  }

  /// Adds the lanes of `value` to a row.
  void accumulate(Subscripts.Row row, Expr value) {
    var to = isAtBeginning(row) ? row.array() : copied(row);
    each(new Stmt.Add(to, List.of(lane()), value));
    if (to != row.array()) put(to, row);
  }

  private Expr element(Array a, List<Expr> at) {
    var lookup = subscripts.lookup(a, at);
    if (lookup.isPresent()) return read(lookup.get());
    var lanes = subscripts.own(a);
    if (lanes.isPresent()) return lanes.get().read(plusLane(of(at)));
    return subscripts.areNeighbours(at) || a.kind() == Kind.INT ? a.read(of(at)) : separate(a.read(of(at)));
  }

  /// What is computed for the condition is not computed again.
  private Expr choice(Expr.Select s) {
    var needed = Set.copyOf(Graph.nodes(List.of(s.condition())));
    return separate(select(of(s.condition()), arm(s.yes(), needed), arm(s.no(), needed)));
  }

  private Expr arm(Expr e, Set<Expr> needed) {
    return needed.contains(e) || !varies(e) ? of(e) : inline(e);
  }

  private Expr spikeOrChoice(Expr.Select s) {
    boolean isZero = s.kind() == Kind.REAL && s.no() instanceof Expr.Real(double v) && v == 0;
    return subscripts.single(s.condition()).filter(p -> isZero).map(p -> spike(s, p)).orElseGet(() -> choice(s));
  }

  /// 0 everywhere but in one place.
  private Expr spike(Expr.Select s, Expr place) {
    var b = buffer("spike");
    build().add(new Stmt.Fill(b, s.no()));
    Stmt set = new Stmt.Add(b, List.of(place), subst(place).apply(s.yes()));
    build().add(new Stmt.If(inside(place), new Stmt.Block(List.of(), List.of(set)), Stmt.Block.EMPTY));
    return b.read(lane());
  }

  private Expr application(Expr e, Prim p, List<Expr> args) {
    if (TileOps.MAPS.containsKey(p)) return map(p, args.getFirst());
    if (p == Prim.ADD) {
      var sum = plusLooked(args);
      if (sum.isPresent()) return sum.get();
    }
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
    return scopes.current(divisor, d -> {
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
        scopes.know(other.get(), slope.read(lane()));
        return out.read(lane());
      }
    }
    build().add(new Stmt.Call(TileOps.MAPS.get(p), List.of(in), List.of(out), List.of(length)));
    return out.read(lane());
  }

  /// Whether the sum of a function's values is cheaper than the values, which nothing else asks for, or comes with them.
  ///
  /// @param plain whether nothing large multiplies the sum: that of log(1 + exp(x)) has an error of its own
  boolean isTotal(Expr e, boolean plain) {
    return e instanceof Expr.Apply(Prim p, var args) && varies(e) && keeps(e) && scopes.isHome(e)
        && (p == Prim.EXP || wanted.getOrDefault(e, 0) == 1 && (p == Prim.LOG || p == Prim.LOG1P_EXP && plain));
  }

  /// The sum of a function over all lanes.
  Expr total(Expr e) {
    var p = ((Expr.Apply) e).prim();
    var x = ((Expr.Apply) e).args().getFirst();
    var in = array(of(x));
    var sum = build().array("sum", Kind.REAL, List.of(integer(8)));
    if (p == Prim.EXP) {
      var values = buffer(p.symbol());
      build().add(new Stmt.Call(TileOps.EXP_TOTAL, List.of(in), List.of(values, sum), List.of(length)));
      scopes.know(e, values.read(lane()));
      return sum.read(integer(0));
    }
    var work = build().array("work", Kind.REAL, List.of(integer(8)));
    var other = p == Prim.LOG1P_EXP ? partner(p, x) : Optional.<Expr>empty();
    if (other.isPresent()) {
      var slope = buffer("slope");
      build().add(new Stmt.Call(TileOps.SOFTPLUS_SLOPE_TOTAL, List.of(in), List.of(slope, sum, work), List.of(length)));
      scopes.know(other.get(), slope.read(lane()));
    } else build().add(new Stmt.Call(TileOps.TOTALS.get(p), List.of(in), List.of(sum, work), List.of(length)));
    return sum.read(integer(0));
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
    return products.of(r).map(b -> b.read(lane())).orElseGet(() -> loops(r));
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
    scopes.leave();
    build().add(new Stmt.For(r.index(), r.from(), r.to(), false, false, inner.block()));
    return sum.read(lane());
  }

  /// Computed in a pass of its own: the JVM makes no vectors of what it is.
  private Expr separate(Expr lanes) {
    if (lanes.kind() == Kind.INT) return lanes;
    return array(lanes).read(lane());
  }

  /// An array with the values of the lanes: one that has them, or a new one.
  Array array(Expr lanes) {
    var held = held(lanes);
    if (held.isPresent()) return held.get();
    var e = interner.intern(lanes);
    return Graph.dependsOn(e, declared) ? array(buffer("t"), e) : scopes.stored(e, x -> array(buffer("t"), x));
  }

  /// The array whose elements are the lanes as they stand.
  private Optional<Array> held(Expr lanes) {
    return lanes instanceof Expr.Read(Array a, var at) && at.size() == 1 && at.getFirst() instanceof Expr.Var(Index i) && i == lane
        ? Optional.of(a) : Optional.empty();
  }

  private Array array(Array b, Expr lanes) {
    each(new Stmt.Set(b, List.of(lane()), lanes));
    return b;
  }

  private Array buffer(String name) {
    return build().array(name, Kind.REAL, List.of(integer(width)));
  }
}
