package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;

/// The matrices of data that are laid out anew when data are bound, and those whose rows are put in another order.
final class Matrices {
  private record Ordered(Array matrix, Array order) {}

  private final Shape shape;
  private final Prepared prepared;
  private final Map<Array, Laid> laid = new HashMap<>();
  private final Map<Ordered, Array> ordered = new HashMap<>();
  /// What stands for matrices in another order.
  private final Map<Array, Ordered> origins = new HashMap<>();
  private final Set<Array> stored = new HashSet<>();

  Matrices(Shape shape, Prepared prepared) {
    this.shape = shape;
    this.prepared = prepared;
  }

  /// A matrix with its rows in another order.
  Array ordered(Array matrix, Array order) {
    return ordered.computeIfAbsent(new Ordered(matrix, order), o -> {
      var a = Array.computed(matrix.name(), Kind.REAL, List.of(order.dims().getFirst(), matrix.dims().get(1)));
      origins.put(a, o);
      return a;
    });
  }

  /// Stores those of `read` that stand for matrices in another order: nobody needs the others but in blocks.
  void store(Set<Array> read) {
    for (var a : read) {
      var o = origins.get(a);
      if (o == null || !stored.add(a)) continue;
      prepared.arrays.add(a);
      var i = new Index("i");
      var k = new Index("k");
      Stmt set = new Stmt.Set(a, List.of(var(i), var(k)), element(a, i, k));
      for (var loop : List.of(k, i))
        set = new Stmt.For(loop, integer(0), a.dims().get(loop == i ? 0 : 1), false, true,
            new Stmt.Block(List.of(), List.of(set)));
      prepared.add(a.dims().get(0), set);
    }
  }

  /// An element as it was given.
  private Expr element(Array matrix, Index i, Index k) {
    var o = origins.get(matrix);
    return o == null ? matrix.read(var(i), var(k)) : o.matrix.read(o.order.read(var(i)), var(k));
  }

  /// The form of a matrix that loops multiply with; it is empty where there are few rows.
  Laid laid(Array matrix) {
    return laid.computeIfAbsent(matrix, this::lay);
  }

  private Laid lay(Array matrix) {
    var o = origins.get(matrix);
    var given = o == null ? matrix : o.matrix;
    var inputs = o == null ? List.of(matrix) : List.of(o.matrix, o.order);
    var rows = matrix.dims().get(0);
    var columns = matrix.dims().get(1);
    var length = integer(shape.rows());
    var found = prepared.number("found_" + matrix.name());
    var form = prepared.number("form_" + matrix.name());
    var units = prepared.array("units_" + matrix.name(), Kind.REAL, List.of(columns));
    prepared.add(rows, new Stmt.Set(found, List.of(), notZero(matrix)));
    prepared.add(rows, new Stmt.If(shape.zeros().pay(found.read(), rows, columns),
        block(new Stmt.Set(form, List.of(), integer(Laid.SPARSE))),
        block(new Stmt.Call(TileOps.UNITS, List.of(given), List.of(units), List.of(given.dims().getFirst(), columns)),
            new Stmt.Set(form, List.of(), select(haveUnits(units, columns), integer(Laid.DECIMALS), integer(Laid.BLOCKS))))));
    var isSparse = eq(form.read(), integer(Laid.SPARSE));
    var isDecimal = eq(form.read(), integer(Laid.DECIMALS));
    var count = count(rows, length);
    var blocks = prepared.array("tiles_" + matrix.name(), Kind.REAL,
        List.of(select(eq(form.read(), integer(Laid.BLOCKS)), count, integer(0)), columns, length));
    var whole = prepared.array("whole_" + matrix.name(), Kind.INT, List.of(select(isDecimal, count, integer(0)), columns, length));
    var places = prepared.array("places_" + matrix.name(), Kind.INT, List.of(select(isSparse, rows, integer(0))));
    var starts = prepared.array("starts_" + matrix.name(), Kind.INT,
        List.of(select(isSparse, add(rows, integer(1)), integer(0))));
    var elements = select(isSparse, found.read(), integer(0));
    var at = prepared.array("at_" + matrix.name(), Kind.INT, List.of(elements));
    var values = prepared.array("values_" + matrix.name(), Kind.REAL, List.of(elements));
    var sizes = List.of(rows, columns, length);
    Stmt tile = new Stmt.Call(o == null ? TileOps.TILE : TileOps.TILE_ORDERED, inputs, List.of(blocks), sizes);
    Stmt narrow = new Stmt.Call(o == null ? TileOps.TILE_DECIMALS : TileOps.TILE_DECIMALS_ORDERED,
        Stream.concat(inputs.stream(), Stream.of(units)).toList(), List.of(whole), sizes);
    Stmt compress = new Stmt.Call(o == null ? TileOps.COMPRESS : TileOps.COMPRESS_ORDERED, inputs,
        List.of(places, starts, at, values), sizes);
    prepared.add(rows, new Stmt.If(isSparse, block(compress), block(new Stmt.If(isDecimal, block(narrow), block(tile)))));
    return new Laid(form.read(), columns, length, blocks, whole, units, places, starts, at, values,
        matrix.role() == Array.Role.DATA ? zeros(matrix, form) : prepared.array("zeros_" + matrix.name(), Kind.INT, List.of(integer(0))));
  }

  /// The places of zeros with a sign, where the form does not hold it.
  private Array zeros(Array matrix, Array form) {
    var rows = matrix.dims().get(0);
    var elements = List.of(mul(rows, matrix.dims().get(1)));
    var number = prepared.number("signed_" + matrix.name());
    var zeros = prepared.array("zeros_" + matrix.name(), Kind.INT, List.of(number.read()));
    var isExact = eq(form.read(), integer(Laid.BLOCKS));
    prepared.add(rows, new Stmt.If(isExact, block(),
        block(new Stmt.Call(TileOps.COUNT_NEGATIVE_ZEROS, List.of(matrix), List.of(number), elements))));
    prepared.add(rows, new Stmt.If(isExact, block(),
        block(new Stmt.Call(TileOps.FIND_NEGATIVE_ZEROS, List.of(matrix), List.of(zeros), elements))));
    return zeros;
  }

  /// The matrices of data that are held in another form, in the order in which they were given.
  Map<Array, Laid> held() {
    var held = new HashMap<Array, Laid>();
    laid.forEach((matrix, l) -> {
      if (matrix.role() == Array.Role.DATA) held.put(matrix, l);
    });
    return held;
  }

  private static Stmt.Block block(Stmt... statements) {
    return new Stmt.Block(List.of(), List.of(statements));
  }

  private static Expr haveUnits(Array units, Expr columns) {
    var k = new Index("k");
    return lt(ZERO, sum(k, integer(0), columns, units.read(var(k))));
  }

  /// How many elements are not 0.
  private Expr notZero(Array matrix) {
    var i = new Index("i");
    var k = new Index("k");
    var o = origins.get(matrix);
    boolean all = o != null && Equal.of(o.order.dims().getFirst(), o.matrix.dims().getFirst());
    var isZero = eq(all ? o.matrix.read(var(i), var(k)) : element(matrix, i, k), ZERO);
    return sum(i, integer(0), matrix.dims().get(0), sum(k, integer(0), matrix.dims().get(1), not(isZero)));
  }

  /// The number of parts of `width` that `n` iterations are.
  static Expr count(Expr n, Expr width) {
    return apply(Prim.IDIV, add(n, sub(width, integer(1))), width);
  }
}
