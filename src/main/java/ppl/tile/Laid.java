package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Stmt;

/// A matrix of data as loops multiply with it: in blocks of rows, of reals or of whole numbers with a unit for each column,
/// or by its elements that are not 0, as these decide when data are bound. Of the arrays only those of one form have room.
///
/// @param form     which of the three
/// @param length   rows of a block
/// @param units    of columns
/// @param places   of rows in their blocks, as the elements that are not 0 come
/// @param starts   where those of each row begin
/// @param at       their columns
/// @param values   what they are
/// @param zeros    places of zeros with a sign, row-major, where the form does not hold it
record Laid(Expr form, Expr columns, Expr length, Array blocks, Array whole, Array units, Array places, Array starts, Array at,
    Array values, Array zeros) implements Form {
  static final int BLOCKS = 1;
  static final int SPARSE = 2;
  static final int DECIMALS = 3;

  @Override
  public Stmt multiply(Array vector, Array out, Expr first, Expr n) {
    var sizes = List.of(first, columns, length, n);
    return one(
        new Stmt.Call(TileOps.MULTIPLY_SPARSE, List.of(places, starts, at, values, vector), List.of(out), List.of(first, length, n)),
        new Stmt.Call(TileOps.MULTIPLY_DECIMALS, List.of(whole, units, vector), List.of(out), sizes),
        new Stmt.Call(TileOps.MULTIPLY, List.of(blocks, vector), List.of(out), sizes));
  }

  @Override
  public Stmt clear(Array gathered) {
    var dense = new Stmt.Fill(gathered, ZERO);
    return is(SPARSE, new Stmt.Call(TileOps.CLEAR_SPARSE, List.of(), List.of(gathered), List.of(columns)), dense);
  }

  @Override
  public Stmt addTransposed(Array factor, Array gathered, Expr first, Expr n) {
    var sizes = List.of(first, columns, length, n);
    return one(
        new Stmt.Call(TileOps.ADD_TRANSPOSED_SPARSE, List.of(places, starts, at, values, factor), List.of(gathered),
            List.of(first, length, n)),
        new Stmt.Call(TileOps.ADD_TRANSPOSED_DECIMALS, List.of(whole, factor), List.of(gathered), sizes),
        new Stmt.Call(TileOps.ADD_TRANSPOSED, List.of(blocks, factor), List.of(gathered), sizes));
  }

  @Override
  public Stmt fold(Array gathered, Array sums) {
    return one(new Stmt.Call(TileOps.FOLD_SPARSE, List.of(gathered), List.of(sums), List.of(columns)),
        new Stmt.Call(TileOps.FOLD_DECIMALS, List.of(gathered, units), List.of(sums), List.of(columns)),
        new Stmt.Call(TileOps.FOLD_COLUMNS, List.of(gathered), List.of(sums), List.of(columns)));
  }

  /// Whether the matrix is held so: not where there are few rows.
  Expr holds() {
    return lt(integer(0), form);
  }

  /// `out` becomes the matrix of so many rows, bit by bit as it was given.
  Stmt restore(Array out, Expr rows) {
    var sizes = List.of(rows, columns, length);
    return new Stmt.Block(List.of(), List.of(
        one(new Stmt.Call(TileOps.EXPAND, List.of(places, starts, at, values), List.of(out), sizes),
            new Stmt.Call(TileOps.UNTILE_DECIMALS, List.of(whole, units), List.of(out), sizes),
            new Stmt.Call(TileOps.UNTILE, List.of(blocks), List.of(out), sizes)),
        new Stmt.Call(TileOps.PUT_NEGATIVE_ZEROS, List.of(zeros), List.of(out), zeros.dims())));
  }

  private Stmt one(Stmt sparse, Stmt decimals, Stmt dense) {
    return is(SPARSE, sparse, is(DECIMALS, decimals, dense));
  }

  private Stmt is(int one, Stmt then, Stmt otherwise) {
    return new Stmt.If(eq(form, integer(one)), new Stmt.Block(List.of(), List.of(then)), new Stmt.Block(List.of(), List.of(otherwise)));
  }
}
