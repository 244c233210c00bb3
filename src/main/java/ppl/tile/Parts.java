package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Graph;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Rename;
import ppl.ir.Stmt;
import ppl.ir.Stmts;
import ppl.ir.Subst;

/// A loop as parts that need nothing of each other: what many iterations add to, each part sums by itself, and these sums
/// are added up in the order of the parts when all are done. What a part reads beside data lies in arrays, so that any
/// instance that has these can do it.
final class Parts {
  /// @param index the variable of the loop over parts
  /// @param many  whether there is more than one
  record Divided(Index index, Expr many, Stmt.Block body) {}

  /// Brings the part of a loop that a range is into its form.
  interface Tiler {
    Optional<Stmt.Block> of(Stmt.For loop, Tiling.Range range);
  }

  private final Stmt.For loop;
  private final Set<Array> fixed;
  private final Map<Array, Array> sums = new LinkedHashMap<>();
  private final Build before = new Build();
  private final List<Array> scalars = new ArrayList<>();

  private Parts(Stmt.For loop, Set<Array> fixed) {
    this.loop = loop;
    this.fixed = fixed;
  }

  /// The parts of a loop; empty where one iteration needs more of others than sums, or data do not tell how many there
  /// are.
  ///
  /// @param range all tiles
  /// @param limit iterations that there are at most, in terms of what is bound
  /// @param data  arrays that are bound, and numbers that these give
  /// @param fixed arrays that no routine writes
  static Optional<Divided> of(Stmt.For loop, Tiling.Range range, Expr limit, Sharing sharing, Set<Array> data, Set<Array> fixed,
      Prepared prepared, Tiler tiler) {
    return of(loop, range, limit, prepared.least(), sharing, data, fixed, prepared, tiler);
  }

  /// @param least iterations of a loop that is worth it
  private static Optional<Divided> of(Stmt.For loop, Tiling.Range range, Expr limit, int least, Sharing sharing,
      Set<Array> data, Set<Array> fixed, Prepared prepared, Tiler tiler) {
    var n = sub(loop.to(), loop.from());
    var parts = new Parts(loop, fixed);
    if (sharing.most() < 2) return Optional.empty();
    if (!data.containsAll(Graph.reads(List.of(n, range.to(), range.each()))) || !parts.areApart()) return Optional.empty();
    return parts.divided(n, range, limit, least, sharing, Work.of(loop, data), prepared, tiler);
  }

  /// The parts of a loop as it stands.
  static Optional<Divided> of(
      Stmt.For loop, Expr limit, Sharing sharing, Set<Array> data, Set<Array> fixed, Prepared prepared) {
    var range = new Tiling.Range(integer(0), sub(loop.to(), loop.from()), integer(1));
    return of(loop, range, limit, 2, sharing, data, fixed, prepared, Parts::asItStands);
  }

  private static Optional<Stmt.Block> asItStands(Stmt.For loop, Tiling.Range range) {
    var from = add(loop.from(), apply(Prim.IMAX, integer(0), range.from()));
    var to = apply(Prim.IMIN, add(loop.from(), range.to()), loop.to());
    Stmt part = new Stmt.For(loop.index(), from, to, false, true, loop.body());
    return Optional.of(new Stmt.Block(List.of(), List.of(part)));
  }

  /// Whether each array that is written is one to whose elements any iteration may add, or one of which each iteration has
  /// elements of its own.
  private boolean areApart() {
    if (read().stream().anyMatch(a -> a.rank() == 0 && a.kind() == Kind.INT)) return false;
    if (Stream.of(Stmts.declared(loop), Stmts.reads(loop), Stmts.allWritten(loop)).flatMap(Set::stream)
        .anyMatch(a -> a.varies() && !fixed.contains(a))) return false;
    for (var a : Stmts.writes(loop)) {
      var writers = writers(a);
      boolean added = writers.stream().allMatch(Stmt.Add.class::isInstance);
      boolean set = writers.stream().allMatch(Stmt.Set.class::isInstance);
      boolean held = a.role() != Array.Role.TARGET && a.rank() > 0;
      if (held && (set || added && isOwn(writers))) continue;
      if (!added) return false;
      sums.put(a, Array.computed(a.name(), Kind.REAL, a.dims()));
    }
    return true;
  }

  private List<Stmt> writers(Array a) {
    var writers = new ArrayList<Stmt>();
    Stmts.walk(loop, s -> {
      if (Stmts.written(s).contains(a)) writers.add(s);
    });
    return writers;
  }

  private boolean isOwn(List<Stmt> additions) {
    return Owner.isTold(loop, additions.stream().map(Stmt.Add.class::cast).toList());
  }

  private Optional<Divided> divided(
      Expr n, Tiling.Range range, Expr limit, int least, Sharing sharing, Expr work, Prepared prepared, Tiler tiler) {
    var numbers = numbers();
    var most = sharing.parts(n, work, numbers);
    if (most instanceof Expr.Int(int known) && known < 2) return Optional.empty();
    var length = Matrices.count(range.to(), Sharing.atLeastOne(most));
    var count = Matrices.count(range.to(), Sharing.atLeastOne(length));
    var parts = prepared.number("parts");
    var tiles = prepared.number("tiles");
    var p = new Index("p");
    var first = mul(var(p), tiles.read());
    var own = new Tiling.Range(first, apply(Prim.IMIN, add(first, tiles.read()), range.to()), range.each());
    return tiler.of(copy(), own).map(tiled -> {
      prepared.add(n, least, new Stmt.Set(tiles, List.of(), length));
      prepared.add(n, least, new Stmt.Set(parts, List.of(), count));
      fixed.add(parts);
      fixed.add(tiles);
      var bound = sharing.parts(limit, work, numbers);
      var room = select(le(integer(2), bound), bound, integer(0));
      var part = new Build();
      sums.values().forEach(part::declare);
      sums.values().forEach(s -> part.add(new Stmt.Fill(s, ZERO)));
      part.add(tiled);
      var after = new Build();
      sums.forEach((a, s) -> gather(a, s, room, p, parts.read(), part, after));
      before.add(new Stmt.For(p, integer(0), parts.read(), false, true, part.block()));
      before.add(after.block());
      return new Divided(p, le(integer(2), parts.read()), before.block());
    });
  }

  /// How many numbers there are sums of.
  private Expr numbers() {
    Expr numbers = integer(0);
    for (var a : sums.keySet()) numbers = add(numbers, Build.count(a.dims()));
    return numbers;
  }

  /// Keeps the sum `s` of a part, and adds those of all parts to `a`.
  private void gather(Array a, Array s, Expr room, Index p, Expr parts, Build part, Build after) {
    var dims = new ArrayList<Expr>(List.of(room));
    dims.addAll(a.dims());
    var all = before.array(a.name(), Kind.REAL, dims);
    if (a.rank() == 0) part.add(new Stmt.Set(all, List.of(var(p)), s.read()));
    else {
      var size = Build.count(a.dims());
      part.add(new Stmt.Call(TileOps.COPY, List.of(s), List.of(all), List.of(integer(0), mul(var(p), size), size)));
    }
    var k = new Index("p");
    var sum = Build.block(b -> b.loops(indices(a), a.dims(), at -> new Stmt.Add(a, at, all.read(within(k, at)))));
    after.add(new Stmt.For(k, integer(0), parts, false, false, sum));
  }

  private static List<Index> indices(Array a) {
    return a.dims().stream().map(_ -> new Index("i")).toList();
  }

  private static List<Expr> within(Index k, List<Expr> at) {
    var all = new ArrayList<Expr>(List.of(var(k)));
    all.addAll(at);
    return all;
  }

  /// The loop with everything in it new, which adds to sums of its own and reads scalars from an array.
  private Stmt.For copy() {
    for (var a : read()) if (a.rank() == 0) scalars.add(a);
    var values = before.array("given", Kind.REAL, List.of(integer(scalars.size())));
    for (int k = 0; k < scalars.size(); k++)
      before.add(new Stmt.Set(values, List.of(integer(k)), scalars.get(k).read()));
    Function<Array, Optional<Subst.Rule>> reads = a -> {
      int k = scalars.indexOf(a);
      return k < 0 ? Optional.empty() : Optional.of(_ -> values.read(integer(k)));
    };
    var block = Rename.of(new Stmt.Block(List.of(), List.of(loop)), Map.of(), reads);
    if (adding(block.statements().getFirst()) instanceof Stmt.For f) return f;
    throw new IllegalStateException("no loop any more");
  }

  /// Arrays that the loop reads and does not declare, data left out.
  private Set<Array> read() {
    var read = new LinkedHashSet<>(Stmts.reads(loop));
    read.removeAll(Stmts.declared(loop));
    read.removeAll(fixed);
    return read;
  }

  private Stmt adding(Stmt s) {
    return s instanceof Stmt.Add(Array a, var at, Expr v) && sums.containsKey(a) ? new Stmt.Add(sums.get(a), at, v)
        : Stmts.within(s, b -> b.map(this::adding));
  }
}
