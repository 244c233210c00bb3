package ppl.typed;

import java.util.List;
import java.util.function.Consumer;

/// The names whose values something uses.
public final class Mentions {
  private final Consumer<Symbol> found;

  private Mentions(Consumer<Symbol> found) {
    this.found = found;
  }

  public static void of(TExpr e, Consumer<Symbol> found) {
    new Mentions(found).expr(e);
  }

  public static void of(TDist d, Consumer<Symbol> found) {
    new Mentions(found).dist(d);
  }

  public static void of(Size s, Consumer<Symbol> found) {
    new Mentions(found).size(s);
  }

  public static void of(TStmt.Place p, Consumer<Symbol> found) {
    new Mentions(found).subs(p.subs());
  }

  private void all(List<TExpr> es) {
    es.forEach(this::expr);
  }

  private void expr(TExpr e) {
    switch (e) {
      case TExpr.Num n -> {}
      case TExpr.Label l -> {}
      case TExpr.Ref r -> found.accept(r.symbol());
      case TExpr.SizeOf s -> size(s.size());
      case TExpr.Apply a -> all(a.args());
      case TExpr.CallFun c -> {
        all(c.args());
        c.sizes().forEach(this::size);
      }
      case TExpr.Select s -> all(List.of(s.condition(), s.yes(), s.no()));
      case TExpr.Index i -> {
        expr(i.base());
        subs(i.subs());
      }
      case TExpr.Range r -> all(List.of(r.from(), r.to()));
      case TExpr.ArrayLit a -> all(a.elements());
      case TExpr.Comprehension c -> {
        c.binders().forEach(this::binder);
        expr(c.body());
      }
      case TExpr.Reduce r -> {
        r.binders().forEach(this::binder);
        expr(r.body());
      }
      case TExpr.OfDist o -> {
        dist(o.dist());
        o.x().ifPresent(this::expr);
      }
    }
  }

  private void size(Size s) {
    for (var term : s.terms().values())
      for (var atom : term.atoms())
        switch (atom) {
          case Size.Atom.Scalar(var symbol) -> found.accept(symbol);
          case Size.Atom.Of o -> {}
          case Size.Atom.Opaque(var value, var text) -> expr(value);
        }
  }

  private void subs(List<TExpr.Sub> subs) {
    for (var s : subs)
      switch (s) {
        case TExpr.Sub.At(var i) -> expr(i);
        case TExpr.Sub.Slice(var a, var b) -> all(List.of(a, b));
        case TExpr.Sub.All() -> {}
      }
  }

  private void binder(TExpr.Binder b) {
    expr(b.from());
    expr(b.to());
  }

  private void dist(TDist d) {
    switch (d) {
      case TDist.Named n -> all(n.args());
      case TDist.User u -> all(u.args());
      case TDist.Truncated t -> {
        dist(t.inner());
        t.lower().ifPresent(this::expr);
        t.upper().ifPresent(this::expr);
      }
      case TDist.Censored c -> {
        dist(c.inner());
        c.lower().ifPresent(this::expr);
        c.upper().ifPresent(this::expr);
      }
      case TDist.Mixture m -> {
        expr(m.weights());
        m.components().forEach(this::dist);
      }
      case TDist.MixtureOver m -> {
        expr(m.weights());
        binder(m.binder());
        dist(m.component());
      }
      case TDist.ZeroInflated z -> {
        expr(z.p());
        dist(z.inner());
      }
      case TDist.Hurdle h -> {
        expr(h.p());
        dist(h.inner());
      }
    }
  }
}
