package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Guards;
import ppl.ir.Index;
import ppl.ir.Interner;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Unit;

/// Gives independent loops a second form, in tiles, where that pays, and a third, in parts that threads may share, where
/// nothing is around them. Which of them runs is decided by the number of iterations.
public final class Tiles {
  private static final Set<String> TILED = Set.of("logDensity", "gradient");
  /// The routines that are worth a form of their loops in parts.
  private static final Set<String> DIVIDED = Set.of("logDensity", "gradient", "energy", "slope", "natural");

  /// Loops of more nodes have no forms in parts and over rows that differ: a class has room for so many constants.
  private static final int LARGEST = 4_000;

  private final Shape shape;
  private final Map<Expr, Expr> stored;
  /// For each condition on data that loops run under.
  private final Map<Expr, Ready> all = new LinkedHashMap<>();
  private final Interner interner = new Interner();
  /// The condition of what is looked at.
  private Expr condition = integer(1);
  /// Of what the sizes of parts may depend: data, and numbers that these give.
  private final Set<Array> known;
  private final Set<Array> fixed = new HashSet<>();
  private final Set<Index> parts = new HashSet<>();
  private boolean tiling;
  private boolean dividing;
  /// Loops around what is looked at.
  private int depth;
  /// Where the loops around end, whose variables count from 0 or more.
  private final Map<Index, Expr> ends = new IdentityHashMap<>();

  private Tiles(Unit unit, Map<Expr, Expr> stored, Shape shape) {
    this.shape = shape;
    this.stored = stored;
    this.known = new HashSet<>(unit.data());
    fixed.addAll(unit.data());
    fixed.addAll(unit.prepared());
  }

  /// A unit with such loops in all forms.
  ///
  /// @param parts variables of loops whose iterations any instance can do that has the same arrays outside of them
  /// @param held  matrices of data that may be held in another form
  public record Tiled(Unit unit, Set<Index> parts, List<Array> held) {}

  /// The unit with such loops in all forms.
  ///
  /// @param stored what stands for an expression, because it was computed before
  public static Tiled of(Unit unit, Map<Expr, Expr> stored, Shape shape) {
    var tiles = new Tiles(unit, stored, shape);
    var routines = unit.routines().stream().map(tiles::routine).toList();
    var prepared = Stream.concat(
        unit.prepared().stream(), tiles.all.values().stream().flatMap(r -> r.prepared().arrays.stream())).toList();
    var prepare = new Stmt.Block(unit.prepare().arrays(), Stream.concat(unit.prepare().statements().stream(),
        tiles.all.values().stream().flatMap(r -> r.prepared().statements.stream())).toList());
    var held = Held.of(unit.data(), tiles.all.values().stream().map(Ready::matrices).toList());
    return new Tiled(new Unit(unit.name(), unit.data(), prepared, prepare, Stream.concat(routines.stream(), held.routines()).toList()),
        tiles.parts, held.matrices());
  }

  private Unit.Routine routine(Unit.Routine r) {
    tiling = TILED.contains(r.name());
    dividing = DIVIDED.contains(r.name());
    return tiling || dividing ? r.with(block(r.body())) : r;
  }

  private Stmt.Block block(Stmt.Block b) {
    return b.map(this::statement);
  }

  private Stmt statement(Stmt s) {
    return switch (s) {
      case Stmt.For f -> loop(f);
      case Stmt.If(Expr c, var then, var otherwise) when isFixed(c) ->
          new Stmt.If(c, under(c, () -> block(then)), under(not(c), () -> block(otherwise)));
      case Stmt.If _, Stmt.Block _, Stmt.Set _, Stmt.Add _, Stmt.Fill _, Stmt.Call _, Stmt.Draw _ ->
          Stmts.within(s, this::block);
    };
  }

  /// Whether data decide it once and for all.
  private boolean isFixed(Expr e) {
    return new Graph.Free().of(e).isEmpty()
        && Graph.reads(List.of(e)).stream().allMatch(a -> a.rank() == 0 && fixed.contains(a));
  }

  /// What runs where `c` holds, too.
  private Stmt.Block under(Expr c, Supplier<Stmt.Block> block) {
    var outer = condition;
    condition = interner.intern(and(outer, c));
    var result = block.get();
    condition = outer;
    return result;
  }

  private Ready ready() {
    return all.computeIfAbsent(condition, c -> Ready.of(shape, c, fixed));
  }

  /// For loops over no more than those rows.
  private Ready ready(Distinct.Rows distinct) {
    known.add(distinct.number());
    return all.computeIfAbsent(
        interner.intern(and(condition, distinct.pays().read())), c -> Ready.of(shape, condition, fixed, distinct));
  }

  private Stmt loop(Stmt.For f) {
    return tiling ? tiles(f) : parts(f);
  }

  /// The loop as it stands, and in parts.
  private Stmt parts(Stmt.For f) {
    if (!f.independent() || f.reverse() || !Tiling.isSeparate(f) || isLarge(f)) return f;
    var loop = Prepare.of(f, stored);
    var distinct = resizes(f) ? Optional.<Distinct.Rows>empty() : ready().distinct().of(loop);
    return distinct.<Stmt>map(d -> {
      var ready = ready(d);
      var rows = single(ready.rows().of(loop), ready);
      return new Stmt.If(d.pays().read(), block(parts(rows, f.to(), ready)), block(parts(f, f.to(), ready())));
    }).orElseGet(() -> parts(f, sub(f.to(), f.from()), ready()));
  }

  private Stmt parts(Stmt.For f, Expr limit, Ready ready) {
    return Parts.of(f, limit, shape.shared(), known, fixed, ready.prepared()).map(d -> either(d, integer(1), f)).orElse(f);
  }

  private Stmt tiles(Stmt.For f) {
    var least = f.independent() && !f.reverse() && !nests(f) && !resizes(f) ? least(f) : OptionalInt.empty();
    if (least.isEmpty()) return inside(f);
    var enough = le(integer(least.getAsInt()), sub(f.to(), f.from()));
    if (enough instanceof Expr.Int(int known) && known == 0) return f;
    if (!Tiling.isSeparate(f)) return f;
    var loop = Prepare.of(f, stored);
    if (isLarge(f)) return all(f, loop, enough);
    var ready = ready();
    var chosen = ready.chosen().of(loop);
    if (chosen.isPresent()) return chosen(f, chosen.get(), ready);
    return ready.distinct().of(loop).map(d -> instead(d, loop, () -> all(f, loop, enough))).orElseGet(() -> all(f, loop, enough));
  }

  /// Over those rows where it does anything, of those that differ if this pays.
  private Stmt chosen(Stmt.For f, Chosen.Of chosen, Ready ready) {
    Supplier<Stmt> plain = () -> instead(chosen.rows(), chosen.loop(), () -> f);
    return ready.distinct().of(chosen.loop(), Optional.of(chosen.mark()))
        .map(d -> instead(ready.chosen().among(d, chosen.mark()), chosen.loop(), plain)).orElseGet(plain);
  }

  /// Over all rows.
  private Stmt all(Stmt.For f, Stmt.For loop, Expr enough) {
    var ready = ready();
    var rows = ready.rows().of(loop);
    var range = Tiling.all(rows.loop(), shape, fixed);
    return tiled(rows.loop(), range, ready).<Stmt>map(tiled -> {
      Stmt one = new Stmt.If(and(enough, rows.holds()), tiled, block(f));
      return divided(rows.loop(), range, loop, ready).map(d -> either(d, rows.holds(), one)).orElse(one);
    }).orElse(f);
  }

  /// Over some rows instead of all, if this pays.
  ///
  /// @param otherwise what is done if not
  private Stmt instead(Distinct.Rows some, Stmt.For loop, Supplier<Stmt> otherwise) {
    var pays = some.pays().read();
    var ready = ready(some);
    var rows = ready.rows().of(loop);
    var range = Tiling.all(rows.loop(), shape, fixed);
    var tiled = tiled(rows.loop(), range, ready);
    Stmt one = tiled.isPresent() && rows.isSure() ? tiled.get()
        : tiled.<Stmt>map(t -> new Stmt.If(rows.holds(), t, block(single(rows, ready)))).orElseGet(() -> single(rows, ready));
    var each = divided(rows.loop(), range, loop, ready).map(d -> either(d, rows.holds(), one)).orElse(one);
    return new Stmt.If(pays, block(each), under(not(pays), () -> block(otherwise.get())));
  }

  /// One by one.
  private static Stmt.For single(RowData.Rows rows, Ready ready) {
    ready.matrices().store(Stmts.reads(rows.loop()));
    if (Rename.of(rows.loop()) instanceof Stmt.For single) return single;
    throw new IllegalStateException("no loop any more");
  }

  /// In parts if there are many and `holds` says so.
  private Stmt either(Parts.Divided d, Expr holds, Stmt otherwise) {
    parts.add(d.index());
    return new Stmt.If(and(d.many(), holds), d.body(), block(otherwise));
  }

  private static Stmt.Block block(Stmt... statements) {
    return new Stmt.Block(List.of(), List.of(statements));
  }

  private Optional<Stmt.Block> tiled(Stmt.For f, Tiling.Range range, Ready ready) {
    var tiled = Tiling.of(f, range, shape, ready.matrices(), ready.rows(), fixed, ends);
    tiled.ifPresent(t -> ready.matrices().store(Stmts.reads(t)));
    return tiled;
  }

  /// @param whole the loop over all rows
  private Optional<Parts.Divided> divided(Stmt.For f, Tiling.Range range, Stmt.For whole, Ready ready) {
    return !dividing || depth > 0 || isLarge(whole) ? Optional.empty()
        : Parts.of(f, range, sub(whole.to(), whole.from()), shape.shared(), known, fixed, ready.prepared(), (loop, part) -> tiled(loop, part, ready));
  }

  private Stmt inside(Stmt.For f) {
    if (f.from() instanceof Expr.Int(int first) && first >= 0) ends.put(f.index(), f.to());
    depth++;
    var body = block(f.body());
    depth--;
    ends.remove(f.index());
    return f.with(body);
  }

  private static boolean isLarge(Stmt.For f) {
    var expressions = new ArrayList<Expr>();
    Stmts.walk(f, s -> expressions.addAll(Stmts.expressions(s)));
    return Graph.nodes(expressions).size() > LARGEST;
  }

  /// Whether an array in the loop has other extents in each iteration.
  private static boolean resizes(Stmt.For f) {
    var free = new Graph.Free();
    var declared = Stmts.declared(f);
    return declared.stream().filter(Array::varies).flatMap(a -> a.dims().stream())
        .anyMatch(d -> free.of(d).contains(f.index()) || Graph.dependsOn(d, declared));
  }

  /// Whether all that the loop does is another loop: then that is the one whose iterations lie side by side.
  private static boolean nests(Stmt.For f) {
    return f.body().arrays().isEmpty() && f.body().statements().size() == 1
        && f.body().statements().getFirst() instanceof Stmt.For inner && inner.independent();
  }

  /// From how many iterations on tiles pay: early with functions or a row of a matrix, later with no more than
  /// quotients of what lies side by side. All other arithmetic is fast as it stands.
  private OptionalInt least(Stmt.For f) {
    var expressions = new ArrayList<Expr>();
    Stmts.walk(f.body(), s -> expressions.addAll(Stmts.expressions(s)));
    var own = Stmts.declared(f);
    var free = new Graph.Free();
    var varying = Graph.nodes(expressions).stream()
        .filter(e -> free.of(e).contains(f.index()) || Graph.dependsOn(e, own)).toList();
    if (varying.stream().anyMatch(e -> isWork(e, f.index()))) return OptionalInt.of(shape.least());
    return varying.stream().anyMatch(Tiles::isQuotient) && varying.stream().allMatch(e -> isPlain(e, f.index()))
        ? OptionalInt.of(Math.max(shape.least(), shape.width())) : OptionalInt.empty();
  }

  private static boolean isQuotient(Expr e) {
    return e instanceof Expr.Apply(Prim p, var args) && p == Prim.DIV;
  }

  /// Whether the JVM makes vectors of it.
  private static boolean isPlain(Expr e, Index loop) {
    return switch (e) {
      case Expr.Apply(Prim p, var args) -> p.result() == Kind.REAL && p.emission() instanceof Prim.Emission.Op
          || Guards.of(e).isPresent();
      case Expr.Read(Array a, var at) -> a.kind() == Kind.REAL && !at.isEmpty()
          && at.getLast() instanceof Expr.Var(Index i) && i == loop;
      case Expr.Var(Index i) -> i == loop;
      case Expr.Int x -> true;
      case Expr.Real x -> true;
      case Expr.Reduce x -> false;
      case Expr.Select x -> false;
    };
  }

  private static boolean isWork(Expr e, Index loop) {
    return switch (e) {
      case Expr.Apply a -> TileOps.has(a.prim()) || Rewrites.has(a.prim());
      case Expr.Reduce r -> Factors.of(r.body(), x -> isElement(x, loop, r.index())).isPresent();
      case Expr.Int x -> false;
      case Expr.Real x -> false;
      case Expr.Var x -> false;
      case Expr.Read x -> false;
      case Expr.Select x -> false;
    };
  }

  private static boolean isElement(Expr e, Index row, Index column) {
    return e instanceof Expr.Read r && r.at().size() == 2 && r.at().get(0) instanceof Expr.Var(Index i) && i == row
        && r.at().get(1) instanceof Expr.Var(Index k) && k == column;
  }
}
