package ppl.form;

import static ppl.ir.Exprs.*;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.ArrayOps;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;

/// The sum over rows of the square of a linear form. An orthogonal transformation of the rows, found when data are
/// bound, leaves as many as there are columns; their squares have the same sum, and are as exact as the rows.
///
/// Columns whose values differ from row to row by a subscript (`alpha[county[n]]`) are transformed among the rows that
/// share it; what these leave of the other columns is brought together over all groups.
final class Squares {
  /// How many rows are transformed at once.
  private static final int BLOCK = 1024;

  private final Reduced of;
  /// Columns that differ between groups, and others; the first are all if the scale differs.
  private final List<Feature> own;
  private final List<Feature> shared;
  private final Expr ownWidth;
  private final Expr sharedWidth;
  private final Optional<Table.Groups> groups;

  private Squares(Reduced of, List<Feature> own, List<Feature> shared, Optional<Table.Groups> groups) {
    this.of = of;
    this.own = own;
    this.shared = shared;
    this.ownWidth = width(own);
    this.sharedWidth = width(shared);
    this.groups = groups;
  }

  private static Expr width(List<Feature> features) {
    return features.stream().map(Feature::width).reduce(integer(0), (a, b) -> add(a, b));
  }

  /// Empty if the extents of what would be stored are not plain.
  static Optional<Reduction> of(Reduced of, Groupings groupings) {
    if (!of.isTable() || !of.hasPlainKeys() || !of.gathers().isEmpty() && !of.hasPlainRows()) return Optional.empty();
    boolean varying = of.sight().vary(of.scale());
    var own = of.features().stream().filter(f -> varying || of.sight().vary(f.value())).toList();
    var shared = of.features().stream().filter(f -> !varying && !of.sight().vary(f.value())).toList();
    var groups = of.gathers().isEmpty() ? Optional.<Table.Groups>empty() : Optional.of(groupings.of(of));
    return Optional.of(new Squares(of, own, shared, groups).reduction(groupings.build()));
  }

  private Reduction reduction(Build b) {
    var half = apply(Prim.IDIV, of.table().size(), integer(2));
    var plain = groups.isEmpty() ? le(sharedWidth, half) : le(add(ownWidth, sharedWidth), half);
    var worth = groups.map(g -> le(g.count(), apply(Prim.IDIV, sub(half, sharedWidth), ownWidth))).orElseGet(this::isShort);
    var signs = and(of.piece().isSound(), nonnegative());
    var kept = groups.map(g -> b.array("reduced", Kind.REAL, dims(List.of(
        select(plain, apply(Prim.IMIN, g.most(), apply(Prim.IDIV, half, apply(Prim.IMAX, ownWidth, integer(1)))), integer(0)),
        ownWidth, add(ownWidth, sharedWidth)))));
    var columns = select(plain, sharedWidth, integer(0));
    var rest = b.array("reduced", Kind.REAL, dims(List.of(columns, columns)));
    var chosen = of.chosenByRows().map(_ -> b.array("chosen", Kind.INT, of.keyExtents()));
    var count = chosen.map(c -> Table.nest(of.keys(), List.of(), new Stmt.Set(c, of.keyPlaces(), of.chosenByRows().orElseThrow())));
    var first = new Stmt.Block(List.of(), Stream.concat(count.stream(), Stream.of(prepare(kept, rest))).toList());
    var guards = chosen.map(c -> List.<Expr>of(c.read(of.keyPlaces()))).orElse(of.piece().guards());
    return new Reduction(and(plain, and(worth, signs)), Optional.of(first), late(kept, rest, guards));
  }

  /// Whether the rows that are left cost less than all rows do in a loop that goes by what is not 0: each of their elements,
  /// as many as the square of the columns, half as much as one that is not 0 and a quarter of a row (measured:
  /// `docs/performance.md`). It is so wherever few elements are 0.
  private Expr isShort() {
    if (!of.keys().isEmpty() || !of.piece().guards().isEmpty()) return integer(1);
    var left = mul(toReal(sharedWidth), toReal(sharedWidth));
    var rows = mul(real(4), toReal(of.table().size()));
    Expr found = integer(0);
    for (var f : shared) if (!f.ranges().isEmpty()) found = add(found, notZero(f));
    return select(le(left, rows), integer(1), le(left, add(rows, mul(real(2), toReal(found)))));
  }

  /// How many coefficients are not 0.
  private Expr notZero(Feature f) {
    var i = new Index("i");
    var found = not(eq(of.table().at(var(i)).apply(f.coefficient()), ZERO));
    for (var r : f.ranges().reversed()) found = sum(r.index(), r.from(), r.to(), found);
    return sum(i, integer(0), of.table().size(), found);
  }

  private List<Expr> dims(List<Expr> inner) {
    return Stream.concat(of.keyExtents().stream(), inner.stream()).toList();
  }

  private List<Expr> at(Expr... inner) {
    return Stream.concat(of.keyPlaces().stream(), Stream.of(inner)).toList();
  }

  /// What a row's square is multiplied by.
  private Factors weight() {
    return of.data(true);
  }

  private boolean isSquare() {
    return weight().exponents().values().stream().allMatch(n -> n % 2 == 0);
  }

  /// Whether no row counts negative.
  private Expr nonnegative() {
    if (isSquare()) return integer(1);
    return le(ZERO, of.piece().least(weight().product(), ZERO));
  }

  private Stmt prepare(Optional<Array> kept, Array rest) {
    return Table.nest(of.keys(), List.of(), Build.block(b -> {
      var pool = zeros(b, "pool", sharedWidth);
      if (groups.isEmpty()) transform(b, pool, of.table().size(), i -> i);
      else group(b, kept.orElseThrow(), groups.get(), pool);
      triangle(b, sharedWidth, (p, f) -> new Stmt.Set(rest, at(p, f), pool.read(p, f)));
    }));
  }

  private void group(Build b, Array kept, Table.Groups g, Array pool) {
    var u = new Index("u");
    var columns = add(ownWidth, sharedWidth);
    b.add(Table.loop(u, integer(0), g.count(), List.of(Build.block(inner -> {
      var factor = zeros(inner, "factor", columns);
      transform(inner, factor, g.size(var(u)), i -> g.row(var(u), i));
      var p = new Index("p");
      var f = new Index("f");
      inner.add(Table.loop(p, integer(0), ownWidth, List.of(Table.loop(f, var(p), columns, List.of(
          new Stmt.Set(kept, at(var(u), var(p), var(f)), factor.read(var(p), var(f))))))));
      if (shared.isEmpty()) return;
      var below = zeros(inner, "below", sharedWidth);
      triangle(inner, sharedWidth, (i, j) ->
          new Stmt.Add(below, List.of(i, j), factor.read(add(ownWidth, i), add(ownWidth, j))));
      inner.add(ArrayOps.absorb(below, pool, sharedWidth));
    }))));
  }

  private static Array zeros(Build b, String name, Expr n) {
    var a = b.array(name, Kind.REAL, List.of(n, n));
    b.add(new Stmt.Fill(a, ZERO));
    return a;
  }

  private interface Entry {
    Stmt of(Expr row, Expr column);
  }

  private static void triangle(Build b, Expr n, Entry entry) {
    var p = new Index("p");
    var f = new Index("f");
    b.add(Table.loop(p, integer(0), n, List.of(Table.loop(f, var(p), n, List.of(entry.of(var(p), var(f)))))));
  }

  /// Gives `count` rows to `factor`, block by block.
  private void transform(Build b, Array factor, Expr count, UnaryOperator<Expr> row) {
    var c = new Index("c");
    var i = new Index("i");
    var start = mul(var(c), integer(BLOCK));
    var many = apply(Prim.IMIN, integer(BLOCK), sub(count, start));
    var blocks = apply(Prim.IDIV, add(count, integer(BLOCK - 1)), integer(BLOCK));
    b.add(Table.loop(c, integer(0), blocks, List.of(Build.block(inner -> {
      var rows = inner.array("rows", Kind.REAL, List.of(integer(BLOCK), factor.dims().getFirst()));
      inner.add(new Stmt.Fill(rows, ZERO));
      inner.add(Table.loop(i, integer(0), many, List.of(fill(rows, var(i), row.apply(add(start, var(i)))))));
      inner.add(ArrayOps.absorb(rows, factor, many));
    }))));
  }

  /// Sets one row: the coefficients, each times the root of the row's weight.
  private Stmt fill(Array rows, Expr i, Expr number) {
    var row = of.table().at(number);
    var root = isSquare() ? weight().product(2) : sqrt(weight().product());
    var fills = Build.block(b -> columns((f, place) -> b.add(Table.nest(
        f.ranges(), List.of(), new Stmt.Add(rows, List.of(i, place), row.apply(mul(root, f.coefficient())))))));
    return Table.nest(List.of(), of.piece().guards().stream().map(row::apply).toList(), fills);
  }

  private interface Column {
    void at(Feature f, Expr place);
  }

  /// All columns with their places, own ones first.
  private void columns(Column each) {
    Expr offset = integer(0);
    for (var f : Stream.concat(own.stream(), shared.stream()).toList()) {
      each.at(f, add(offset, f.place()));
      offset = add(offset, f.width());
    }
  }

  /// Values are read where a row is chosen: elsewhere their subscripts may lie outside of their arrays.
  private Stmt late(Optional<Array> kept, Array rest, List<Expr> guards) {
    return Table.nest(of.keys(), guards, Build.block(b -> {
      var values = values(b, "values", shared, Map.of());
      groups.ifPresent(g -> groupsLate(b, kept.orElseThrow(), g, values));
      if (shared.isEmpty()) return;
      var p = new Index("p");
      var f = new Index("f");
      b.add(Table.loop(p, integer(0), sharedWidth, List.of(square(of.scale(),
          sum(f, var(p), sharedWidth, mul(rest.read(at(var(p), var(f))), values.read(var(f))))))));
    }));
  }

  private void groupsLate(Build b, Array kept, Table.Groups g, Array values) {
    var u = new Index("u");
    var p = new Index("p");
    var f = new Index("f");
    var h = new Index("h");
    b.add(Table.loop(u, integer(0), g.count(), List.of(Build.block(inner -> {
      var at = g.at(var(u));
      var mine = values(inner, "own", own, at);
      var first = sum(f, var(p), ownWidth, mul(kept.read(at(var(u), var(p), var(f))), mine.read(var(f))));
      var second = sum(h, integer(0), sharedWidth,
          mul(kept.read(at(var(u), var(p), add(ownWidth, var(h)))), values.read(var(h))));
      inner.add(Table.loop(p, integer(0), ownWidth,
          List.of(square(Rewrite.of(of.scale(), at), shared.isEmpty() ? first : add(first, second)))));
    }))));
  }

  private Stmt square(Expr scale, Expr root) {
    return new Stmt.Add(Array.TARGET, List.of(), mul(mul(of.data(false).product(), scale), square(root)));
  }

  private static Expr square(Expr e) {
    return mul(e, e);
  }

  /// The values of columns, in a new array.
  private static Array values(Build b, String name, List<Feature> features, Map<Expr, Expr> at) {
    var a = b.array(name, Kind.REAL, List.of(width(features)));
    Expr offset = integer(0);
    for (var f : features) {
      var value = Rewrite.of(f.value(), at);
      b.add(Table.nest(f.ranges(), List.of(), new Stmt.Set(a, List.of(add(offset, f.place())), value)));
      offset = add(offset, f.width());
    }
    return a;
  }
}
