package ppl.form;

import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.runtime.Statistic;

/// What a monomial multiplies.
sealed interface Atom {
  /// A statistic of an unknown.
  record Stat(Array unknown, Statistic statistic, List<Expr> at) implements Atom {}

  /// A power of an expression that is no product of statistics.
  ///
  /// @param sum whether `base` has a normal form with several monomials, so that positive whole powers multiply out
  record Power(Expr base, double exponent, boolean sum, String why) implements Atom {}

  /// An element of the Cholesky factor of a matrix, or of the factor's inverse, on its way to a rule that replaces it.
  ///
  /// @param at parameters, row, column
  record Element(Array symbol, List<Expr> at) implements Atom {}

  /// The log of a diagonal element of a Cholesky factor.
  ///
  /// @param at parameters, row
  record LogDiagonal(Array symbol, List<Expr> at) implements Atom {}
}
