package ppl.dist;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Expr;

/// The arguments of a distribution for one event.
///
/// @param values one for each parameter, in order, of the parameter's kind and rank
/// @param event  extents of the variate; what a distribution without a sized argument (LKJ) takes its size from
public record Args(List<Arr> values, List<Expr> event) {
  public Args {
    values = List.copyOf(values);
    event = List.copyOf(event);
  }

  /// A scalar argument, counted from 0.
  public Expr scalar(int i) {
    return values.get(i).scalar();
  }

  /// A vector or matrix argument, counted from 0.
  public Arr array(int i) {
    return values.get(i);
  }
}
