package ppl.check;

import ppl.ast.Expr;
import ppl.ast.Stmt;
import ppl.source.Diagnostic;
import ppl.typed.Symbol;

/// Checks `guide` blocks: distributions for unknowns of the model.
final class Guides {
  private final Env env;

  Guides(Env env) {
    this.env = env;
  }

  void check(Stmt.Guide g) {
    var inner = Blocks.enter(g.body(), env.inner(Scope.Kind.GUIDE));
    for (var s : g.body())
      if (s instanceof Stmt.Sample x) sample(x, inner);
      else new Statements(inner).check(s);
  }

  private static void sample(Stmt.Sample s, Env inner) {
    var exprs = new Expressions(inner);
    var law = new Laws(exprs).check(s.distribution());
    var left = exprs.check(s.left());
    if (law.isEmpty() || left.isEmpty() || !law.get().fits(left.get(), inner)) return;
    var root = Givers.root(s.left()).flatMap(n -> inner.scope().find(n.text())).flatMap(Entry::value)
        .map(Entry.Value::symbol);
    if (s.left() instanceof Expr.Ref && root.filter(x -> x.role() == Symbol.Role.UNKNOWN).isPresent()) return;
    inner.report(Diagnostic.error("E0232", s.left().span(), "a guide gives distributions to unknowns of the model"));
  }
}
