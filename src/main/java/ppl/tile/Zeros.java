package ppl.tile;

import static ppl.ir.Exprs.*;

import ppl.ir.Expr;

/// When it pays to hold a matrix by its elements that are not 0: what a product costs for each of these and for each row,
/// where an element of a matrix in blocks costs 1.
public record Zeros(double element, double row) {
  /// As measured: some 2 nanoseconds an element and 1 to 3 a row against 0.2 to 0.4 (`docs/performance.md`).
  public static final Zeros USUAL = new Zeros(8, 8);

  /// Whether it pays with `found` elements that are not 0.
  Expr pay(Expr found, Expr rows, Expr columns) {
    var sparse = add(mul(real(element), toReal(found)), mul(real(row), toReal(rows)));
    return le(sparse, mul(toReal(rows), toReal(columns)));
  }
}
