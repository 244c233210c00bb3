package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.ir.Stmt;

/// The matrices of data that are laid out in blocks when data are bound, and those whose rows are put in another order.
final class Matrices {
  private record Ordered(Array matrix, Array order) {}

  private final Shape shape;
  private final Prepared prepared;
  private final Map<Array, Array> tiled = new HashMap<>();
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
      var a = Array.computed(matrix.name(), Kind.REAL, matrix.dims());
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
      Stmt set = new Stmt.Set(a, List.of(var(i), var(k)), o.matrix.read(o.order.read(var(i)), var(k)));
      for (var loop : List.of(k, i))
        set = new Stmt.For(loop, integer(0), a.dims().get(loop == i ? 0 : 1), false, true,
            new Stmt.Block(List.of(), List.of(set)));
      prepared.add(a.dims().get(0), set);
    }
  }

  /// The blocks of a matrix; there are none where it has few rows.
  Array tiles(Array matrix) {
    return tiled.computeIfAbsent(matrix, this::lay);
  }

  private Array lay(Array matrix) {
    var rows = matrix.dims().get(0);
    var columns = matrix.dims().get(1);
    var length = integer(shape.rows());
    var tiles = prepared.array("tiles_" + matrix.name(), Kind.REAL,
        List.of(select(prepared.isEnough(rows), count(rows, length), integer(0)), columns, length));
    var sizes = List.of(rows, columns, length);
    var o = origins.get(matrix);
    prepared.add(rows, o == null ? new Stmt.Call(TileOps.TILE, List.of(matrix), List.of(tiles), sizes)
        : new Stmt.Call(TileOps.TILE_ORDERED, List.of(o.matrix, o.order), List.of(tiles), sizes));
    return tiles;
  }

  /// The number of parts of `width` that `n` iterations are.
  static Expr count(Expr n, Expr width) {
    return apply(Prim.IDIV, add(n, sub(width, integer(1))), width);
  }
}
