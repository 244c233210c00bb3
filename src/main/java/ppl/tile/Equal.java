package ppl.tile;

import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Prim;

/// Whether two extents are certainly the same.
final class Equal {
  private Equal() {}

  static boolean of(Expr a, Expr b) {
    if (a == b) return true;
    return switch (a) {
      case Expr.Int(int v) -> b instanceof Expr.Int(int w) && v == w;
      case Expr.Read(Array array, var at) ->
          b instanceof Expr.Read(Array other, var none) && array == other && at.isEmpty();
      case Expr.Apply(Prim p, var args) -> {
        if (!(b instanceof Expr.Apply(Prim q, var others)) || p != q) yield false;
        for (int k = 0; k < args.size(); k++) if (!of(args.get(k), others.get(k))) yield false;
        yield true;
      }
      default -> false;
    };
  }
}
