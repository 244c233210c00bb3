package ppl.ir;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// A sum in two parts: the terms known when data are bound, and the others.
record Terms(Optional<Expr> early, Optional<Expr> late) {
  private record Term(double factor, Expr of) {
    Expr times() {
      return times(of);
    }

    Expr times(Expr e) {
      return Exprs.mul(Exprs.real(factor), e);
    }
  }

  /// Splits sums, differences, multiples by constants, sums over a range, and choices by what is known.
  static Terms of(Expr root, Early early) {
    var sum = new Terms(Optional.empty(), Optional.empty());
    var todo = new ArrayDeque<Term>();
    todo.push(new Term(1, root));
    while (!todo.isEmpty()) {
      var t = todo.pop();
      if (early.of(t.of)) sum = sum.plus(new Terms(Optional.of(t.times()), Optional.empty()));
      else if (t.of instanceof Expr.Apply(Prim p, var args)
          && (p == Prim.ADD || p == Prim.SUB || p == Prim.NEG || p == Prim.MUL && args.get(0) instanceof Expr.Real)) {
        switch (p) {
          case NEG -> todo.push(new Term(-t.factor, args.get(0)));
          case MUL -> todo.push(new Term(t.factor * ((Expr.Real) args.get(0)).value(), args.get(1)));
          default -> {
            todo.push(new Term(p == Prim.SUB ? -t.factor : t.factor, args.get(1)));
            todo.push(new Term(t.factor, args.get(0)));
          }
        }
      } else sum = sum.plus(inner(t, early));
    }
    return sum;
  }

  private static Terms inner(Term t, Early early) {
    if (t.of instanceof Expr.Reduce r && r.reducer() == Expr.Reducer.SUM && early.of(r.from()) && early.of(r.to())) {
      var body = of(r.body(), early);
      if (body.early.isPresent()) return body.map(e -> t.times(again(r, e)));
    }
    if (t.of instanceof Expr.Select s && early.of(s.condition())) {
      var yes = of(s.yes(), early);
      var no = of(s.no(), early);
      if (yes.early.isPresent() || no.early.isPresent())
        return new Terms(either(t, s, yes.early, no.early), either(t, s, yes.late, no.late));
    }
    return new Terms(Optional.empty(), Optional.of(t.times()));
  }

  /// The same reduction of another body, with a variable of its own.
  private static Expr again(Expr.Reduce r, Expr body) {
    var k = new Index(r.index().name());
    return Simplify.reduce(r.reducer(), k, r.from(), r.to(),
        Subst.indices(Map.of(r.index(), Exprs.var(k))).apply(body));
  }

  private static Optional<Expr> either(Term t, Expr.Select s, Optional<Expr> yes, Optional<Expr> no) {
    if (yes.isEmpty() && no.isEmpty()) return Optional.empty();
    return Optional.of(t.times(Exprs.select(s.condition(), yes.orElse(Exprs.ZERO), no.orElse(Exprs.ZERO))));
  }

  private Terms map(UnaryOperator<Expr> f) {
    return new Terms(early.map(f), late.map(f));
  }

  private Terms plus(Terms other) {
    return new Terms(plus(early, other.early), plus(late, other.late));
  }

  private static Optional<Expr> plus(Optional<Expr> a, Optional<Expr> b) {
    return a.isEmpty() ? b : b.isEmpty() ? a : Optional.of(Exprs.add(a.get(), b.get()));
  }
}
