package ppl.sum;

import java.util.List;
import ppl.ir.Array;
import ppl.ir.Expr;

/// An element of a discrete unknown that a factor depends on.
///
/// @param at   subscripts from 0 over data and the factor's loops
/// @param mark a scalar that stands for the element's value in the factor's body
record Slot(Array unknown, List<Expr> at, Array mark) {
  Slot {
    at = List.copyOf(at);
  }
}
