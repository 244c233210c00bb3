package ppl.plan;

import java.util.List;
import ppl.form.Term;
import ppl.ir.Expr;

/// One summand of a natural parameter.
///
/// @param ranges what is summed over
/// @param where  conditions on these and on the subscripts of the unknown
record Summand(List<Term.Range> ranges, List<Expr> where, Expr coefficient) {}
