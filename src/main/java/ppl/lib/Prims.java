package ppl.lib;

import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Prim;

/// Primitive functions by name.
record Prims(String name) {
  static final Prims IDIV = new Prims("IDIV");
  static final Prims IMOD = new Prims("IMOD");

  Expr apply(Expr... args) {
    return Exprs.apply(Prim.valueOf(name), args);
  }
}
