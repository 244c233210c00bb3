package ppl.sum;

import java.util.Map;
import ppl.ir.Array;
import ppl.ir.Expr;
import ppl.ir.Index;

/// Where a factor is evaluated.
///
/// @param where  values of its loops' indices
/// @param states values of the elements that it depends on, by their marks
record Place(Map<Index, Expr> where, Map<Array, Expr> states) {}
