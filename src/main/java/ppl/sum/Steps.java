package ppl.sum;

import java.util.List;
import java.util.Optional;
import ppl.ir.Expr;

/// How far one element is from another.
///
/// @param dimension along which
/// @param by        constant number of steps
record Steps(int dimension, int by) {
  /// From `a` to `b`; empty where they differ in more than a constant along one dimension.
  static Optional<Steps> between(List<Expr> a, List<Expr> b, Factor f) {
    var found = new Steps(0, 0);
    for (int d = 0; d < a.size(); d++) {
      var by = by(a.get(d), b.get(d), f);
      if (by.isEmpty() || by.get() != 0 && found.by != 0) return Optional.empty();
      if (by.get() != 0) found = new Steps(d, by.get());
    }
    return Optional.of(found);
  }

  private static Optional<Integer> by(Expr a, Expr b, Factor f) {
    if (Alignment.same(a, b)) return Optional.of(0);
    if (a instanceof Expr.Int(int x) && b instanceof Expr.Int(int y)) return Optional.of(y - x);
    var s = Alignment.Shift.of(a, f);
    var t = Alignment.Shift.of(b, f);
    return s.isPresent() && t.isPresent() && s.get().index() == t.get().index()
        ? Optional.of(t.get().by() - s.get().by())
        : Optional.empty();
  }
}
