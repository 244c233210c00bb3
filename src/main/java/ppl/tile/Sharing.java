package ppl.tile;

import static ppl.ir.Exprs.*;

import ppl.ir.Expr;
import ppl.ir.Prim;

/// How large the parts of a loop are that threads take. They depend on data alone and never on the number of threads, so
/// that sums are taken in one order.
///
/// @param work   of a part at least, in the units of [Work]
/// @param beside work of a part at least for each number that it has a sum of
/// @param most   parts of a loop
public record Sharing(int work, int beside, int most) {
  /// Some ten microseconds, and eight times what a sum costs; what is beside the iterations costs a few hundredths of these.
  public static final Sharing USUAL = new Sharing(10_000 * Work.NANOSECOND, 12 * Work.NANOSECOND, 32);

  /// Nothing is taken in parts.
  public static final Sharing NONE = new Sharing(1, 0, 1);

  /// As many sums are too many for any loop.
  private static final int MANY = 1 << 20;

  /// The number of parts of `n` iterations.
  ///
  /// @param each work of an iteration
  /// @param sums numbers that all add to
  Expr parts(Expr n, Expr each, Expr sums) {
    var worth = iterations(integer(work), each);
    var outweigh = iterations(mul(integer(beside), apply(Prim.IMIN, integer(MANY), sums)), each);
    var parts = apply(Prim.IMIN, integer(most), apply(Prim.IDIV, n, apply(Prim.IMAX, worth, outweigh)));
    return select(le(sums, integer(MANY)), parts, integer(0));
  }

  /// How many are so much work.
  private static Expr iterations(Expr work, Expr each) {
    return add(integer(1), apply(Prim.IDIV, work, atLeastOne(each)));
  }

  static Expr atLeastOne(Expr n) {
    return apply(Prim.IMAX, integer(1), n);
  }
}
