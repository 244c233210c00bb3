package ppl.tile;

import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;

/// What is made ready for loops that run under one condition on data.
record Ready(Prepared prepared, Matrices matrices, RowData rows) {
  /// @param fixed arrays that no routine writes; takes those that are made
  static Ready of(Shape shape, Expr condition, Set<Array> fixed) {
    var prepared = new Prepared(shape, condition);
    var matrices = new Matrices(shape, prepared);
    return new Ready(prepared, matrices, new RowData(fixed, matrices, prepared));
  }
}
