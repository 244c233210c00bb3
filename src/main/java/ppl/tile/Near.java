package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Stmt;

/// A tile's rows of a matrix that is held beside the Java heap, brought into the heap in blocks.
///
/// @param blocks  which begin with the tile's first row
/// @param columns of the matrix
/// @param length  rows of a block
record Near(Array blocks, Expr columns, Expr length) implements Form {
  @Override
  public Stmt multiply(Array vector, Array out, Expr first, Expr n) {
    return new Stmt.Call(TileOps.MULTIPLY, List.of(blocks, vector), List.of(out), List.of(integer(0), columns, length, n));
  }

  @Override
  public Stmt clear(Array gathered) {
    return new Stmt.Fill(gathered, ZERO);
  }

  @Override
  public Stmt addTransposed(Array factor, Array gathered, Expr first, Expr n) {
    return new Stmt.Call(TileOps.ADD_TRANSPOSED, List.of(blocks, factor), List.of(gathered), List.of(integer(0), columns, length, n));
  }

  @Override
  public Stmt fold(Array gathered, Array sums) {
    return new Stmt.Call(TileOps.FOLD_COLUMNS, List.of(gathered), List.of(sums), List.of(columns));
  }
}
