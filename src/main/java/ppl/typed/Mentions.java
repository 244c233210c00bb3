package ppl.typed;

import java.util.function.Consumer;

/// The names whose values something uses; what a statement gives is no use.
public final class Mentions {
  private final Consumer<Symbol> found;
  private final boolean inside;

  /// @param inside the bodies of called functions too
  private Mentions(Consumer<Symbol> found, boolean inside) {
    this.found = found;
    this.inside = inside;
  }

  public static void of(TExpr e, Consumer<Symbol> found) {
    new Mentions(found, false).expr(e);
  }

  public static void of(TDist d, Consumer<Symbol> found) {
    new Mentions(found, false).dist(d);
  }

  public static void of(Size s, Consumer<Symbol> found) {
    new Mentions(found, false).size(s);
  }

  public static void of(TStmt.Place p, Consumer<Symbol> found) {
    new Mentions(found, false).parts(Parts.of(p));
  }

  /// The names that `s` uses, those in the bodies of the functions that it calls among them.
  public static void all(TStmt s, Consumer<Symbol> found) {
    new Mentions(found, true).parts(Parts.of(s));
  }

  private void parts(Parts p) {
    p.exprs().forEach(this::expr);
    p.dists().forEach(this::dist);
    p.sizes().forEach(this::size);
    p.statements().forEach(s -> parts(Parts.of(s)));
  }

  private void expr(TExpr e) {
    if (e instanceof TExpr.Ref(var symbol, var span)) found.accept(symbol);
    parts(Parts.of(e));
    if (inside && e instanceof TExpr.CallFun c) body(c.function());
  }

  private void dist(TDist d) {
    parts(Parts.of(d));
    if (inside && d instanceof TDist.User u) body(u.definition().logpdf());
  }

  private void body(FunDef f) {
    f.lets().forEach(s -> parts(Parts.of(s)));
    expr(f.result());
  }

  private void size(Size s) {
    s.terms().values().forEach(t -> t.atoms().forEach(a -> {
      if (a instanceof Size.Atom.Scalar(var symbol)) found.accept(symbol);
    }));
    parts(Parts.of(s));
  }
}
