package ppl.sum;

import ppl.ir.Expr;
import ppl.ir.Index;

/// `from <= index < to`; bounds are over data and the indices of loops around.
record Loop(Index index, Expr from, Expr to) {}
