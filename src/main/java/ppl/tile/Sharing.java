package ppl.tile;

import static ppl.ir.Exprs.*;

import ppl.ir.Expr;
import ppl.ir.Prim;

/// How large the parts of a loop are that threads take. They depend on data alone and never on the number of threads, so
/// that sums are taken in one order.
///
/// @param work   of a part at least, in the units of [Work]
/// @param beside iterations of a part at least for each number that it adds to
/// @param most   parts of a loop
public record Sharing(int work, int beside, int most) {
  /// Some ten microseconds; what is beside the iterations costs a few hundredths of these.
  public static final Sharing USUAL = new Sharing(10_000 * Work.NANOSECOND, 8, 32);

  /// As many sums are too many for any loop.
  private static final int MANY = 1 << 24;

  /// The number of parts of `n` iterations.
  ///
  /// @param each work of an iteration
  /// @param sums numbers that all add to
  Expr parts(Expr n, Expr each, Expr sums) {
    var worth = add(integer(1), apply(Prim.IDIV, integer(work), atLeastOne(each)));
    var small = apply(Prim.IDIV, n, atLeastOne(mul(integer(beside), apply(Prim.IMIN, integer(MANY), sums))));
    return apply(Prim.IMIN, integer(most), apply(Prim.IMIN, apply(Prim.IDIV, n, worth), small));
  }

  static Expr atLeastOne(Expr n) {
    return apply(Prim.IMAX, integer(1), n);
  }
}
