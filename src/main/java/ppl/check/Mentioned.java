package ppl.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ppl.ast.Expr;
import ppl.ast.Stmt;
import ppl.ast.TypeExpr;

/// Names as mentioned in a text, for an order in which definitions can be checked one after the other.
final class Mentioned {
  private final Set<String> names = new LinkedHashSet<>();

  private Mentioned() {}

  /// The names that statements define, each after those that its definition mentions; cycles are cut somewhere.
  static List<String> order(List<Stmt> statements) {
    Map<String, List<String>> mentions = new HashMap<>();
    var defined = new ArrayList<String>();
    for (var s : statements)
      for (var name : Checker.names(s)) {
        mentions.putIfAbsent(name, of(s));
        defined.add(name);
      }
    var order = new ArrayList<String>();
    var seen = new HashSet<String>();
    var open = new ArrayDeque<String>();
    for (var name : defined) {
      open.push(name);
      while (!open.isEmpty()) {
        var next = open.peek();
        if (seen.add(next)) mentions.get(next).stream().filter(m -> mentions.containsKey(m) && !seen.contains(m))
            .forEach(open::push);
        else order.add(open.pop());
      }
    }
    return order.stream().distinct().toList();
  }

  private static List<String> of(Stmt s) {
    var m = new Mentioned();
    switch (s) {
      case Stmt.Declare d -> {
        m.type(d.type());
        d.given().ifPresent(g -> m.expr(g instanceof Stmt.Given.Value(var value) ? value
            : new Expr.ArrayLit(List.of(), d.span())));
      }
      case Stmt.Assign a -> m.expr(a.value());
      case Stmt.Learn l -> m.type(l.type());
      default -> {}
    }
    return List.copyOf(m.names);
  }

  private void type(TypeExpr t) {
    t.dimensions().forEach(this::expr);
    t.arguments().forEach(a -> expr(a.value()));
  }

  private void expr(Expr e) {
    switch (e) {
      case Expr.IntLit _, Expr.RealLit _, Expr.StringLit _, Expr.Member _ -> {}
      case Expr.Ref(var name) -> names.add(name.text());
      case Expr.Index(var base, var subs, var span) -> {
        expr(base);
        for (var s : subs) if (s instanceof Expr.Subscript.At(var at)) expr(at);
      }
      case Expr.Call c -> c.arguments().forEach(this::argument);
      case Expr.Unary u -> expr(u.operand());
      case Expr.Binary b -> {
        expr(b.left());
        expr(b.right());
      }
      case Expr.Transpose t -> expr(t.operand());
      case Expr.Ternary t -> List.of(t.condition(), t.yes(), t.no()).forEach(this::expr);
      case Expr.Range r -> {
        expr(r.from());
        expr(r.to());
      }
      case Expr.ArrayLit a -> a.elements().forEach(this::expr);
      case Expr.Comprehension c -> {
        binders(c.binders());
        expr(c.body());
      }
      case Expr.Paren p -> expr(p.inner());
    }
  }

  private void argument(Expr.Argument a) {
    if (a instanceof Expr.Argument.Over(var binders, var value)) binders(binders);
    expr(a.value());
  }

  private void binders(List<Expr.Binder> binders) {
    binders.forEach(b -> expr(b.domain()));
  }
}
