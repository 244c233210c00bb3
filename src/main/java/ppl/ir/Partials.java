package ppl.ir;

import java.util.Collections;
import java.util.List;

/// The partial derivatives of a primitive: expressions in its arguments `x` and its own value `y`, one for each
/// argument; those of whole-number arguments are not looked at.
@FunctionalInterface
public interface Partials {
  List<Expr> of(List<Expr> x, Expr y);

  /// No derivative flows through: a step function, a comparison, anything on whole numbers.
  Partials NONE = (x, y) -> Collections.nCopies(x.size(), Exprs.ZERO);

  /// There is a derivative, but no expression for it.
  Partials UNKNOWN = (x, y) -> {
    throw new IllegalArgumentException("no derivative is known of " + Printer.print(y));
  };

  /// A partial derivative of a function of one argument.
  @FunctionalInterface
  interface Of1 {
    Expr of(Expr x, Expr y);
  }

  /// A partial derivative of a function of two arguments.
  @FunctionalInterface
  interface Of2 {
    Expr of(Expr a, Expr b, Expr y);
  }

  /// A partial derivative of a function of three arguments.
  @FunctionalInterface
  interface Of3 {
    Expr of(Expr a, Expr b, Expr c, Expr y);
  }

  static Partials d(Of1 d) {
    return (x, y) -> List.of(d.of(x.get(0), y));
  }

  static Partials d(Of2 da, Of2 db) {
    return (x, y) -> List.of(da.of(x.get(0), x.get(1), y), db.of(x.get(0), x.get(1), y));
  }

  static Partials d(Of3 da, Of3 db, Of3 dc) {
    return (x, y) -> List.of(da.of(x.get(0), x.get(1), x.get(2), y), db.of(x.get(0), x.get(1), x.get(2), y),
        dc.of(x.get(0), x.get(1), x.get(2), y));
  }
}
