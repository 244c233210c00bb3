package ppl.form;

import java.util.ArrayList;
import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Index;
import ppl.ir.Kind;

/// A square matrix A that a statement factors or inverts, for all values of what it depends on. Its Cholesky factor L,
/// the inverse L^-1, its own inverse and its log determinant are symbols: arrays that nothing computes, which rules
/// replace. Their subscripts are the parameters, then row and column.
///
/// @param parameters loop variables and values of discrete unknowns in its elements
/// @param element    of A at `row` and `column`; of L if `isFactor`
/// @param isDefinite whether it is symmetric and positive definite
record Matrix(
    List<Parameter> parameters, Index row, Index column, Expr element, Expr size, boolean isFactor, boolean isDefinite,
    Array factor, Array factorInverse, Array inverse, Array logDeterminant) {
  /// `from <= index < from + count`.
  record Parameter(Index index, Expr from, Expr count) {}

  static Matrix of(List<Parameter> parameters, Index row, Index column, Expr element, Expr size, boolean isFactor, boolean isDefinite) {
    var lead = parameters.stream().map(p -> (Expr) Exprs.integer(1)).toList();
    var all = new ArrayList<>(lead);
    all.add(size);
    all.add(size);
    return new Matrix(parameters, row, column, element, size, isFactor, isDefinite, symbol("chol", all),
        symbol("chol_inverse", all), symbol("inverse", all), symbol("log_det", lead));
  }

  private static Array symbol(String name, List<Expr> dims) {
    return Array.computed(name, Kind.REAL, dims);
  }

  List<Array> symbols() {
    return List.of(factor, factorInverse, inverse, logDeterminant);
  }
}
