package ppl.form;

import java.util.Optional;
import ppl.ir.Expr;
import ppl.ir.Stmt;

/// A sum over rows that is taken when data are bound.
///
/// @param worth   whether it saves work; over data
/// @param prepare over data alone; run where it is worth it
/// @param late    adds it to the log density
record Reduction(Expr worth, Optional<Stmt> prepare, Stmt late) {}
