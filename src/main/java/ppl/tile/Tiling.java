package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Guards;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;
import ppl.ir.Stmts;

/// One loop, in tiles: each statement for all iterations of a tile before the next statement.
final class Tiling {
  private static final class NoTiles extends RuntimeException {
    NoTiles() {
      super("no tiles", null, false, false);
    }
  }

  /// Which of a loop's tiles, by their numbers.
  ///
  /// @param each iterations of a tile
  record Range(Expr from, Expr to, Expr each) {}

  private final Lanes lanes;

  private Tiling(Lanes lanes) {
    this.lanes = lanes;
  }

  /// The loop in tiles; empty where something in it cannot be done so.
  ///
  /// @param range the tiles that are done
  /// @param rows  knows subscripts that data give
  /// @param fixed arrays that no routine writes
  /// @param ends  where loops around it end, whose variables count from 0 or more
  static Optional<Stmt.Block> of(
      Stmt.For loop, Range range, Shape shape, Matrices matrices, RowData rows, Set<Array> fixed, Map<Index, Expr> ends) {
    var whole = new Build();
    var body = new Build();
    var t = new Index("t");
    var first = add(loop.from(), mul(var(t), range.each));
    var length = apply(Prim.IMIN, integer(shape.width()), apply(Prim.IMIN, range.each, sub(loop.to(), first)));
    var lanes = new Lanes(
        shape, loop, first, length, matrices, rows, fixed, whole, changing(loop), expressions(loop), ends);
    lanes.scopes.enterArm(body);
    try {
      new Tiling(lanes).block(loop.body());
    } catch (NoTiles e) {
      return Optional.empty();
    }
    lanes.scopes.leave();
    whole.add(new Stmt.For(t, range.from, range.to, false, false, body.block()));
    lanes.products.after().forEach(whole::add);
    return Optional.of(whole.block());
  }

  /// All tiles of a loop.
  static Range all(Stmt.For loop, Shape shape, Set<Array> fixed) {
    var width = width(loop, shape, fixed);
    return new Range(integer(0), Matrices.count(sub(loop.to(), loop.from()), width), width);
  }

  /// How many iterations a tile has: fewer where rows of wide matrices are read twice.
  private static Expr width(Stmt.For loop, Shape shape, Set<Array> fixed) {
    var columns = new LinkedHashSet<Expr>();
    for (var e : expressions(loop).keySet())
      if (e instanceof Expr.Read(Array a, var at) && at.size() == 2 && fixed.contains(a) && a.kind() == Kind.REAL
          && at.get(0) instanceof Expr.Var(Index i) && i == loop.index() && at.get(1) instanceof Expr.Var)
        columns.add(a.dims().get(1));
    return columns.stream().reduce((a, b) -> apply(Prim.IMAX, a, b)).map(shape::width).orElse(integer(shape.width()));
  }

  /// Whether nothing is read from outside that the loop writes there.
  static boolean isSeparate(Stmt.For loop) {
    var read = Stmts.reads(loop);
    return Stmts.writes(loop).stream().noneMatch(read::contains);
  }

  private static Set<Array> changing(Stmt.For loop) {
    var changing = new HashSet<Array>();
    Stmts.walk(loop, s -> {
      if (s instanceof Stmt.Add || s instanceof Stmt.Fill) changing.addAll(Stmts.written(s));
    });
    return changing;
  }

  /// In how many statements each stands.
  private static Map<Expr, Integer> expressions(Stmt.For loop) {
    var counts = new LinkedHashMap<Expr, Integer>();
    Stmts.walk(loop.body(), s -> Graph.nodes(Stmts.expressions(s)).forEach(e -> counts.merge(e, 1, Integer::sum)));
    return counts;
  }

  private void block(Stmt.Block b) {
    b.arrays().forEach(lanes::declare);
    b.statements().forEach(this::statement);
  }

  private void statement(Stmt s) {
    act(s);
    Stmts.allWritten(s).forEach(lanes.scopes::changed);
  }

  private void act(Stmt s) {
    switch (s) {
      case Stmt.Set(Array a, var at, Expr value) -> set(s, a, at, value);
      case Stmt.Add(Array a, var at, Expr value) -> accumulate(a, at, value);
      case Stmt.Fill(Array a, Expr value) -> fill(a, value);
      case Stmt.For f -> loop(f);
      case Stmt.If i -> choice(i);
      case Stmt.Block b -> block(b);
      case Stmt.Call c -> throw new NoTiles();
      case Stmt.Draw d -> throw new NoTiles();
    }
  }

  private boolean varies(List<Expr> all) {
    return all.stream().anyMatch(lanes.subscripts::varies);
  }

  private void set(Stmt s, Array a, List<Expr> at, Expr value) {
    var own = lanes.subscripts.own(a);
    if (own.isEmpty() && !varies(at)) throw new NoTiles();
    var v = lanes.of(value);
    lanes.subscripts.row(a, at).ifPresentOrElse(row -> lanes.store(row, v), () -> {
      var to = lanes.of(at);
      lanes.each(new Stmt.Set(own.orElse(a), own.isPresent() ? lanes.plusLane(to) : to, v));
    });
  }

  private void accumulate(Array a, List<Expr> at, Expr value) {
    var own = lanes.subscripts.own(a);
    if (own.isEmpty() && !varies(at)) {
      total(a, at, value);
      return;
    }
    var lookup = lanes.subscripts.lookup(a, at);
    if (lookup.isPresent()) {
      var common = common(value);
      lanes.accumulate(lookup.get(), common.of(ONE), lanes.of(common.rest()));
      return;
    }
    var v = lanes.of(value);
    lanes.subscripts.row(a, at).ifPresentOrElse(row -> lanes.accumulate(row, v), () -> {
      var buffer = own.isEmpty() && lanes.subscripts.varies(value) ? lanes.array(v).read(lanes.lane()) : v;
      var to = lanes.of(at);
      lanes.each(new Stmt.Add(own.orElse(a), own.isPresent() ? lanes.plusLane(to) : to, buffer));
    });
  }

  /// Adds what all lanes have to one element.
  private void total(Array a, List<Expr> at, Expr value) {
    var b = lanes.build();
    if (!lanes.subscripts.varies(value)) {
      b.add(new Stmt.Add(a, at, mul(toReal(lanes.length), lanes.of(value))));
      return;
    }
    var common = common(value);
    b.add(new Stmt.Add(a, at, common.of(total(common))));
  }

  private Common common(Expr value) {
    return Common.of(value, lanes.subscripts::varies, lanes::isDear);
  }

  /// The sum over lanes, where those of logarithms and exponentials are taken by themselves.
  private Expr total(Common common) {
    var parts = Summands.of(common.rest(), e -> lanes.isTotal(e, common.isPlain()));
    var plus = totals(parts.plus(), common);
    var minus = totals(parts.minus(), common);
    Expr total = parts.rest() instanceof Expr.Real(double v) && v == 0 ? ZERO : sum(lanes.of(parts.rest()));
    for (var e : plus) total = add(total, e);
    for (var e : minus) total = sub(total, e);
    return total;
  }

  private List<Expr> totals(List<Expr> summands, Common common) {
    var totals = new ArrayList<Expr>();
    for (var e : summands) totals.add(lanes.isTotal(e, common.isPlain()) ? lanes.total(e) : sum(lanes.of(e)));
    return totals;
  }

  private Expr sum(Expr value) {
    var buffer = lanes.array(value);
    var sum = lanes.build().array("sum", Kind.REAL, List.of(integer(8)));
    lanes.build().add(new Stmt.Call(TileOps.SUM, List.of(buffer), List.of(sum), List.of(lanes.length)));
    return sum.read(integer(0));
  }

  private void fill(Array a, Expr value) {
    var own = lanes.subscripts.own(a);
    if (own.isEmpty() || lanes.subscripts.varies(value)) throw new NoTiles();
    lanes.build().add(new Stmt.Fill(own.get(), value));
  }

  private void loop(Stmt.For f) {
    if (lanes.subscripts.varies(f.from()) || lanes.subscripts.varies(f.to())) {
      asItStands(f);
      return;
    }
    if (transposed(f)) return;
    var inner = new Build();
    lanes.enterLoop(inner, f.index(), f.from(), f.to(), Stmts.allWritten(f.body()));
    block(f.body());
    lanes.scopes.leave();
    lanes.build().add(new Stmt.For(f.index(), f.from(), f.to(), f.reverse(), false, inner.block()));
  }

  /// What is added for every column of a matrix of data, the elements of a row being factors: a product with the
  /// transposed matrix.
  private boolean transposed(Stmt.For f) {
    if (f.body().statements().size() != 1 || !(f.body().statements().getFirst() instanceof Stmt.Add(Array a, var at, Expr v))
        || lanes.subscripts.own(a).isPresent() || varies(at) || !(f.from() instanceof Expr.Int(int from) && from == 0)) return false;
    var found = Factors.of(v, x -> lanes.subscripts.isRow(x, f.index(), f.to()));
    if (found.isEmpty() || new Graph.Free().of(found.get().rest()).contains(f.index())) return false;
    boolean late = lanes.subscripts.isOutside(at, f.index());
    var common = common(found.get().rest());
    if (late && !lanes.subscripts.isOutside(List.of(common.of(ONE)), f.index())) common = Common.whole(found.get().rest());
    var factor = common.of(ONE);
    boolean direct = factor == ONE && at.size() == 1 && at.getFirst() instanceof Expr.Var(Index i) && i == f.index()
        && Equal.of(a.dims().getFirst(), f.to());
    var rest = lanes.array(lanes.of(common.rest()));
    var sums = direct ? a : lanes.products.array("sums", List.of(f.to()), late);
    if (!direct) lanes.products.finish(new Stmt.Fill(sums, ZERO), late);
    lanes.products.addTransposed(found.get().matrix().array(), rest, sums, f.to(), late);
    if (!direct) lanes.products.finish(new Stmt.For(f.index(), f.from(), f.to(), false, true, new Stmt.Block(List.of(),
        List.of(new Stmt.Add(a, at, mul(factor, sums.read(var(f.index()))))))), late);
    return true;
  }

  private void choice(Stmt.If i) {
    if (lanes.subscripts.varies(i.condition())) {
      if (isExact(i.condition())) throw new NoTiles();
      var place = lanes.subscripts.single(i.condition()).filter(p -> i.otherwise().isEmpty());
      if (place.isPresent())
        lanes.build().add(
            new Stmt.If(lanes.inside(place.get()), rewritten(i.then(), place.get()), Stmt.Block.EMPTY));
      else Guards.of(i.condition()).filter(x -> i.then().isEmpty())
          .ifPresentOrElse(x -> guarded(x, i), () -> asItStands(i));
      return;
    }
    lanes.build().add(new Stmt.If(i.condition(), arm(() -> block(i.then())), arm(() -> block(i.otherwise()))));
  }

  /// Whether it asks if one number that is computed is another, as the derivative of a maximum does of its elements: these
  /// may have other last bits where they come from a kernel.
  private boolean isExact(Expr condition) {
    return Graph.nodes(List.of(condition)).stream().anyMatch(e -> e instanceof Expr.Apply(Prim p, var args) && p == Prim.EQ
        && args.stream().noneMatch(Expr.Real.class::isInstance)
        && args.stream().anyMatch(x -> lanes.subscripts.varies(x) && !(x instanceof Expr.Read)));
  }

  /// What is done where `x` is not -infinity, for all lanes alike if none is: if their sum is finite.
  private void guarded(Expr x, Stmt.If i) {
    var sum = sum(lanes.of(x));
    var finite = lt(apply(Prim.ABS, sum), real(Double.POSITIVE_INFINITY));
    lanes.build().add(new Stmt.If(finite, arm(() -> block(i.otherwise())), arm(() -> asItStands(i))));
  }

  private Stmt.Block arm(Runnable content) {
    var inner = new Build();
    lanes.scopes.enterArm(inner);
    content.run();
    lanes.scopes.leave();
    return inner.block();
  }

  /// Lane by lane, everything in it.
  private void asItStands(Stmt s) {
    lanes.each(rewritten(s, lanes.lane()));
  }

  /// What the iteration at `place` of the tile does.
  private Stmt rewritten(Stmt s, Expr place) {
    var subst = lanes.subst(place);
    return switch (s) {
      case Stmt.Set(Array a, var at, Expr v) -> lanes.subscripts.own(a)
          .<Stmt>map(o -> new Stmt.Set(o, Lanes.plus(subst.apply(at), place), subst.apply(v)))
          .orElseGet(() -> new Stmt.Set(a, subst.apply(at), subst.apply(v)));
      case Stmt.Add(Array a, var at, Expr v) -> lanes.subscripts.own(a)
          .<Stmt>map(o -> new Stmt.Add(o, Lanes.plus(subst.apply(at), place), subst.apply(v)))
          .orElseGet(() -> new Stmt.Add(a, subst.apply(at), subst.apply(v)));
      case Stmt.For f -> new Stmt.For(
          f.index(), subst.apply(f.from()), subst.apply(f.to()), f.reverse(), f.independent(), rewritten(f.body(), place));
      case Stmt.If i when isExact(i.condition()) -> throw new NoTiles();
      case Stmt.If i -> new Stmt.If(subst.apply(i.condition()), rewritten(i.then(), place), rewritten(i.otherwise(), place));
      case Stmt.Block b -> rewritten(b, place);
      case Stmt.Fill(Array a, Expr v) when lanes.subscripts.own(a).isEmpty() -> new Stmt.Fill(a, subst.apply(v));
      case Stmt.Fill f -> throw new NoTiles();
      case Stmt.Call c -> throw new NoTiles();
      case Stmt.Draw d -> throw new NoTiles();
    };
  }

  private Stmt.Block rewritten(Stmt.Block b, Expr place) {
    var statements = new ArrayList<Stmt>();
    for (var s : b.statements()) statements.add(rewritten(s, place));
    return new Stmt.Block(b.arrays(), statements);
  }
}
