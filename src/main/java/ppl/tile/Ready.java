package ppl.tile;

import static ppl.ir.Exprs.*;

import java.util.Optional;
import java.util.Set;
import ppl.ir.Array;
import ppl.ir.Expr;

/// What is made ready for loops that run under one condition on data.
record Ready(Prepared prepared, Matrices matrices, Distinct distinct, Chosen chosen, RowData rows) {
  /// @param fixed arrays that no routine writes; takes those that are made
  static Ready of(Shape shape, Expr condition, Set<Array> fixed) {
    return of(shape, new Prepared(shape.least(), condition), fixed, Optional.empty());
  }

  /// For loops that go over `rows` only, under `condition` and where that pays.
  static Ready of(Shape shape, Expr condition, Set<Array> fixed, Distinct.Rows rows) {
    return of(shape, new Prepared(0, and(condition, rows.pays().read())), fixed, Optional.of(rows));
  }

  private static Ready of(Shape shape, Prepared prepared, Set<Array> fixed, Optional<Distinct.Rows> rows) {
    var matrices = new Matrices(shape, prepared);
    return new Ready(prepared, matrices, new Distinct(shape.repeats(), fixed, prepared), new Chosen(fixed, prepared),
        new RowData(fixed, matrices, prepared, rows));
  }
}
