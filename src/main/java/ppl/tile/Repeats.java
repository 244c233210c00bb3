package ppl.tile;

import static ppl.ir.Exprs.*;

import ppl.ir.Expr;
import ppl.ir.Prim;

/// When it pays to go over rows that are the same once, with how many there are.
///
/// @param fewer rows must become fewer by this factor at least
/// @param some  so many rows tell first whether it is worth while to look at all
/// @param share and one in so many of the others
/// @param most  of 16 such rows so many may be new
public record Repeats(int fewer, int some, int share, int most) {
  public static final Repeats USUAL = new Repeats(2, 4096, 64, 15);

  /// All rows are gone over.
  public static final Repeats NEVER = new Repeats(0, 0, 1, 0);

  /// How many of `rows` are looked at first.
  Expr sample(Expr rows) {
    return apply(Prim.IMIN, rows, add(integer(some), apply(Prim.IDIV, rows, integer(share))));
  }

  /// How many different ones of them are not too many.
  Expr promising(Expr looked) {
    return sub(looked, mul(integer(16 - most), apply(Prim.IDIV, looked, integer(16))));
  }

  /// How many different ones of `rows` it pays with.
  Expr paying(Expr rows) {
    return apply(Prim.IDIV, rows, integer(fewer));
  }
}
