package ppl.dist;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Stmt;

/// Elementwise made element by element.
final class Elementwise {
  private Elementwise() {}

  /// `f` of every element.
  static Arr map(Arr a, UnaryOperator<Expr> f) {
    return new Arr(Kind.REAL, a.dims(), at -> f.apply(a.at(at)));
  }

  /// Stores what `element` makes for each subscript, with statements of its own.
  static Arr each(Build b, List<Expr> dims, BiFunction<Build, List<Expr>, Expr> element) {
    var out = b.array("e", Kind.REAL, dims);
    b.loops(Arr.of(out).indices("i"), dims, at ->
        Build.block(body -> body.add(new Stmt.Set(out, at, element.apply(body, at)))));
    return Arr.of(out);
  }

  /// A stored copy, so that elements are computed once.
  static Arr stored(Build b, Arr a) {
    return Arr.of(b.store("s", a));
  }
}
