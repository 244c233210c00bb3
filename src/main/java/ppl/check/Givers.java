package ppl.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ppl.ast.Expr;
import ppl.ast.Name;
import ppl.ast.Stmt;

/// How names that are declared by their type alone are given, as the text says it.
record Givers(Map<String, Name> byTilde, Map<String, Name> byValue) {
  static Givers of(List<Stmt> statements) {
    var g = new Givers(new HashMap<>(), new HashMap<>());
    statements.forEach(g::scan);
    return g;
  }

  private void scan(Stmt s) {
    switch (s) {
      case Stmt.Assign a -> root(a.place()).ifPresent(n -> byValue.putIfAbsent(n.text(), n));
      case Stmt.Sample x -> root(x.left()).ifPresent(n -> byTilde.putIfAbsent(n.text(), n));
      case Stmt.For f -> f.body().forEach(this::scan);
      case Stmt.If i -> {
        i.then().forEach(this::scan);
        i.otherwise().ifPresent(o -> o.forEach(this::scan));
      }
      case Stmt.Data _, Stmt.Table _, Stmt.Declare _, Stmt.Target _, Stmt.Learn _, Stmt.Fun _, Stmt.Dist _,
          Stmt.Return _,
          Stmt.Generate _, Stmt.Guide _, Stmt.Import _ -> {}
    }
  }

  /// The name of which an expression is all or a part.
  static Optional<Name> root(Expr e) {
    return switch (e) {
      case Expr.Ref(var name) -> Optional.of(name);
      case Expr.Index i -> root(i.base());
      case Expr.Paren p -> root(p.inner());
      default -> Optional.empty();
    };
  }
}
