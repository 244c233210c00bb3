package ppl.tile;

import static ppl.ir.Exprs.*;

import ppl.ir.Expr;
import ppl.ir.Prim;
import ppl.kernels.Columns;

/// How large tiles are.
///
/// @param rows   rows of a matrix that lie together
/// @param blocks so many of them are the iterations of a tile
/// @param near   elements of a matrix that stay in the nearest cache while a tile is worked on
/// @param least  iterations of a loop from which on it is done in tiles
/// @param shared what threads take of a loop at a time
/// @param zeros  how a matrix is held that has many
/// @param repeats when rows that are the same are gone over once
public record Shape(int rows, int blocks, int near, int least, Sharing shared, Zeros zeros, Repeats repeats) {
  public static final Shape USUAL = new Shape(Columns.ROWS, 4, 3200, 32, Sharing.USUAL, Zeros.USUAL);

  /// The same where no threads help and rows are few, with half the code.
  public static final Shape ALONE = new Shape(Columns.ROWS, 4, 3200, 32, Sharing.NONE, Zeros.USUAL, Repeats.NEVER);

  /// With the usual rule for rows that are the same.
  public Shape(int rows, int blocks, int near, int least, Sharing shared, Zeros zeros) {
    this(rows, blocks, near, least, shared, zeros, Repeats.USUAL);
  }

  /// Iterations of a tile at most.
  public int width() {
    return rows * blocks;
  }

  /// Iterations of a tile in which matrices with so many columns are multiplied.
  Expr width(Expr columns) {
    var fit = apply(Prim.IDIV, integer(near), mul(integer(rows), apply(Prim.IMAX, integer(1), columns)));
    return mul(integer(rows), apply(Prim.IMIN, integer(blocks), apply(Prim.IMAX, integer(1), fit)));
  }
}
