package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// The matrices of data that are laid out in tiles when data are bound.
final class Matrices {
  private final Shape shape;
  private final Map<Array, Array> tiled = new HashMap<>();
  final List<Array> arrays = new ArrayList<>();
  final List<Stmt> statements = new ArrayList<>();

  Matrices(Shape shape) {
    this.shape = shape;
  }

  /// The tiles of a matrix; there are none where it has few rows.
  Array tiles(Array matrix) {
    return tiled.computeIfAbsent(matrix, this::lay);
  }

  private Array lay(Array matrix) {
    var rows = matrix.dims().get(0);
    var columns = matrix.dims().get(1);
    var length = integer(shape.rows());
    var enough = le(integer(shape.least()), rows);
    var tiles = Array.computed("tiles_" + matrix.name(), Kind.REAL,
        List.of(select(enough, count(rows, length), integer(0)), columns, length));
    arrays.add(tiles);
    Stmt lay = new Stmt.Call(TileOps.TILE, List.of(matrix), List.of(tiles), List.of(rows, columns, length));
    statements.add(new Stmt.If(enough, new Stmt.Block(List.of(), List.of(lay)), Stmt.Block.EMPTY));
    return tiles;
  }

  /// The number of parts of `width` that `n` iterations are.
  static Expr count(Expr n, Expr width) {
    return apply(ppl.ir.Prim.IDIV, add(n, sub(width, integer(1))), width);
  }
}
