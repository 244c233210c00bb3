package ppl.tile;

import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Stmt;

/// A matrix of data in a form that a tile multiplies with.
interface Form {
  /// `out` becomes the products of `n` rows from `first` on, which begins a block, with a vector.
  Stmt multiply(Array vector, Array out, Expr first, Expr n);

  /// `gathered`, eight numbers for each column, becomes 0.
  Stmt clear(Array gathered);

  /// Gathers the products of `n` transposed rows from `first` on, which begins a block, with `factor`.
  Stmt addTransposed(Array factor, Array gathered, Expr first, Expr n);

  /// Adds to `sums` what was gathered for each of its columns.
  Stmt fold(Array gathered, Array sums);
}
