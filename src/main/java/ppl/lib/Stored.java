package ppl.lib;

import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Exprs;

/// Arguments whose elements are wanted more than once.
final class Stored {
  private Stored() {}

  /// `a`, stored if it is an array whose elements cost more than to read them and whose extents stay.
  static Arr of(Build b, Arr a) {
    if (a.rank() == 0 || !a.isFixed() || isCheap(a.at(a.indices("i").stream().map(Exprs::var).toList()))) return a;
    return Arr.of(b.store("argument", a));
  }

  private static boolean isCheap(Expr e) {
    return switch (e) {
      case Expr.Int _, Expr.Real _, Expr.Var _ -> true;
      case Expr.Read(var array, var at) -> at.stream().allMatch(Stored::isCheap);
      case Expr.Apply(var prim, var args) -> prim.result() == ppl.ir.Kind.INT && args.stream().allMatch(Stored::isCheap)
          || prim == ppl.ir.Prim.REAL_OF && isCheap(args.getFirst());
      case Expr.Reduce _, Expr.Select _ -> false;
    };
  }
}
