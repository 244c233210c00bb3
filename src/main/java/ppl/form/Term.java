package ppl.form;

import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;
import ppl.runtime.Statistic;
import ppl.source.Span;

/// One summand of a log joint in normal form: the sum over `ranges`, where all `guards` hold, of `coefficient` times
/// the product of `factors`.
///
/// @param ranges      from outside in; later bounds may use earlier indices. Indices are this term's own
/// @param guards      truth values over data and indices
/// @param coefficient over data and indices alone
/// @param factors     no two are statistics of the same element of one unknown where that can be told from the
///                    subscripts: such products were brought together (x * x is x^2)
/// @param span        the statement that it comes from
public record Term(List<Range> ranges, List<Expr> guards, Expr coefficient, List<Factor> factors, Span span) {
  public Term {
    ranges = List.copyOf(ranges);
    guards = List.copyOf(guards);
    factors = List.copyOf(factors);
  }

  /// `from <= index < to`; bounds are over data and earlier indices.
  public record Range(Index index, Expr from, Expr to) {}

  /// What depends on unknowns.
  public sealed interface Factor {}

  /// A statistic of one unknown.
  ///
  /// @param at subscripts over data and indices, counted from 0, in the layout of [Statistic] (an indicator has one
  ///           more than the unknown, the log determinant of a matrix two less)
  public record Stat(Array unknown, Statistic statistic, List<Expr> at) implements Factor {
    public Stat {
      at = List.copyOf(at);
    }
  }

  /// An expression of unknowns that is no product of statistics.
  ///
  /// @param why what stands in the way, in words for people, with the names of the model
  public record Opaque(Expr value, String why) implements Factor {}
}
