package ppl.typed;

import java.util.ArrayList;
import java.util.List;

/// What a piece of a typed tree is made of directly, each kind in the order of the text.
///
/// @param statements of loops and branches; the bodies of functions are no parts of their calls
public record Parts(List<TExpr> exprs, List<TDist> dists, List<Size> sizes, List<TStmt> statements) {
  public Parts {
    exprs = List.copyOf(exprs);
    dists = List.copyOf(dists);
    sizes = List.copyOf(sizes);
    statements = List.copyOf(statements);
  }

  public static Parts of(TExpr e) {
    return switch (e) {
      case TExpr.Num _, TExpr.Label _, TExpr.Ref _ -> only(List.of());
      case TExpr.SizeOf s -> new Parts(List.of(), List.of(), List.of(s.size()), List.of());
      case TExpr.Apply a -> only(a.args());
      case TExpr.CallFun c -> new Parts(c.args(), List.of(), c.sizes(), List.of());
      case TExpr.Select s -> only(s.condition(), s.yes(), s.no());
      case TExpr.Index i -> only(List.of(i.base()), subs(i.subs()));
      case TExpr.Range r -> only(r.from(), r.to());
      case TExpr.ArrayLit a -> only(a.elements());
      case TExpr.Comprehension c -> only(ends(c.binders()), List.of(c.body()));
      case TExpr.Reduce r -> only(ends(r.binders()), List.of(r.body()));
      case TExpr.OfDist o -> new Parts(o.x().stream().toList(), List.of(o.dist()), List.of(), List.of());
    };
  }

  public static Parts of(TDist d) {
    return switch (d) {
      case TDist.Named n -> only(n.args());
      case TDist.User u -> new Parts(u.args(), List.of(), u.sizes(), List.of());
      case TDist.Truncated t -> dist(List.of(t.inner()), t.lower().stream().toList(), t.upper().stream().toList());
      case TDist.Censored c -> dist(List.of(c.inner()), c.lower().stream().toList(), c.upper().stream().toList());
      case TDist.Mixture m -> dist(m.components(), List.of(m.weights()));
      case TDist.MixtureOver m -> dist(List.of(m.component()), List.of(m.weights()), ends(List.of(m.binder())));
      case TDist.ZeroInflated z -> dist(List.of(z.inner()), List.of(z.p()));
      case TDist.Hurdle h -> dist(List.of(h.inner()), List.of(h.p()));
    };
  }

  public static Parts of(TStmt s) {
    return switch (s) {
      case TStmt.Give g -> only(subs(g.place().subs()), List.of(g.value()));
      case TStmt.Prior p -> dist(List.of(p.dist()), subs(p.place().subs()));
      case TStmt.Observe o -> dist(List.of(o.dist()), List.of(o.left()));
      case TStmt.Target t -> only(t.value());
      case TStmt.For f -> new Parts(ends(List.of(f.binder())), List.of(), List.of(), f.body());
      case TStmt.If i -> new Parts(List.of(i.condition()), List.of(), List.of(), statements(i));
    };
  }

  /// The statements that stand directly inside.
  public static List<TStmt> statements(TStmt s) {
    return switch (s) {
      case TStmt.Give _, TStmt.Prior _, TStmt.Observe _, TStmt.Target _ -> List.of();
      case TStmt.For f -> f.body();
      case TStmt.If i -> both(List.of(i.then(), i.otherwise()));
    };
  }

  public static Parts of(TStmt.Place p) {
    return only(subs(p.subs()));
  }

  /// What computed sizes are computed from.
  public static Parts of(Size s) {
    return only(s.terms().values().stream().flatMap(t -> t.atoms().stream()).<TExpr>mapMulti((a, into) -> {
      if (a instanceof Size.Atom.Opaque(var value, var text)) into.accept(value);
    }).toList());
  }

  private static List<TExpr> subs(List<TExpr.Sub> subs) {
    return both(subs.stream().map(s -> switch (s) {
      case TExpr.Sub.At(var i) -> List.of(i);
      case TExpr.Sub.Slice(var a, var b) -> List.of(a, b);
      case TExpr.Sub.All() -> List.<TExpr>of();
    }).toList());
  }

  private static List<TExpr> ends(List<TExpr.Binder> binders) {
    return both(binders.stream().map(b -> List.of(b.from(), b.to())).toList());
  }

  private static Parts only(TExpr... exprs) {
    return only(List.of(exprs));
  }

  @SafeVarargs
  private static Parts only(List<TExpr>... exprs) {
    return dist(List.of(), exprs);
  }

  @SafeVarargs
  private static Parts dist(List<TDist> dists, List<TExpr>... exprs) {
    return new Parts(both(List.of(exprs)), dists, List.of(), List.of());
  }

  private static <T> List<T> both(List<List<T>> lists) {
    var all = new ArrayList<T>();
    lists.forEach(all::addAll);
    return all;
  }
}
