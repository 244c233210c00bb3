package ppl.form;

import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.source.Span;

/// A likelihood that is 0 where an element of an unknown is beyond a value that follows from data: what data say of
/// the end of a uniform distribution. For all `ranges` where all `guards` hold, `unknown[at]` is at least (or, if
/// `upper`, at most) `value`.
///
/// @param ranges as in [Term]
/// @param at     subscripts from 0, over data and indices
/// @param value  over data and indices
public record Bound(
    List<Term.Range> ranges, List<Expr> guards, Array unknown, List<Expr> at, boolean upper, Expr value, Span span) {
  public Bound {
    ranges = List.copyOf(ranges);
    guards = List.copyOf(guards);
    at = List.copyOf(at);
  }
}
