package ppl.check;

import java.util.ArrayList;
import java.util.List;
import ppl.source.Span;
import ppl.typed.Mentions;
import ppl.typed.Size;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// The names that statements read, with the subscripts that they read them at.
final class Reads {
  /// What is done with each.
  @FunctionalInterface
  interface Found {
    void read(Symbol symbol, List<TExpr.Sub> subs, List<TExpr.Binder> loops, Span span);
  }

  private final Found found;

  private Reads(Found found) {
    this.found = found;
  }

  static void of(TStmt s, List<TExpr.Binder> loops, Found found) {
    new Reads(found).statement(s, loops);
  }

  private void statement(TStmt s, List<TExpr.Binder> loops) {
    switch (s) {
      case TStmt.Give(var place, var value, var span) -> {
        place.subs().forEach(x -> sub(x, loops));
        expr(value, loops);
      }
      case TStmt.Prior(var place, var dist, var span) -> {
        place.subs().forEach(x -> sub(x, loops));
        if (place.symbol().support() instanceof ppl.typed.Support.Between(var lower, var upper, var strict)) {
          lower.ifPresent(x -> expr(x, loops));
          upper.ifPresent(x -> expr(x, loops));
        }
        dist(dist, loops);
      }
      case TStmt.Observe(var left, var dist, var span) -> {
        expr(left, loops);
        dist(dist, loops);
      }
      case TStmt.Target(var value, var span) -> expr(value, loops);
      case TStmt.For(var binder, var body, var span) -> {
        var inner = binder(binder, loops);
        body.forEach(x -> statement(x, inner));
      }
      case TStmt.If(var c, var then, var otherwise, var span) -> {
        expr(c, loops);
        then.forEach(x -> statement(x, loops));
        otherwise.forEach(x -> statement(x, loops));
      }
    }
  }

  private List<TExpr.Binder> binder(TExpr.Binder b, List<TExpr.Binder> loops) {
    expr(b.from(), loops);
    expr(b.to(), loops);
    var inner = new ArrayList<>(loops);
    inner.add(b);
    return inner;
  }

  private List<TExpr.Binder> binders(List<TExpr.Binder> bs, List<TExpr.Binder> loops) {
    var inner = loops;
    for (var b : bs) inner = binder(b, inner);
    return inner;
  }

  private void sub(TExpr.Sub s, List<TExpr.Binder> loops) {
    switch (s) {
      case TExpr.Sub.At(var i) -> expr(i, loops);
      case TExpr.Sub.Slice(var a, var b) -> {
        expr(a, loops);
        expr(b, loops);
      }
      case TExpr.Sub.All() -> {}
    }
  }

  private void expr(TExpr e, List<TExpr.Binder> loops) {
    switch (e) {
      case TExpr.Num _, TExpr.Label _ -> {}
      case TExpr.Ref(var symbol, var span) -> found.read(symbol, List.of(), loops, span);
      case TExpr.Index(TExpr.Ref(var symbol, var at), var subs, var type, var span) -> {
        found.read(symbol, subs, loops, span);
        subs.forEach(s -> sub(s, loops));
      }
      case TExpr.Index(var base, var subs, var type, var span) -> {
        expr(base, loops);
        subs.forEach(s -> sub(s, loops));
      }
      case TExpr.SizeOf(var size, var span) -> size(size, loops, span);
      case TExpr.Apply a -> a.args().forEach(x -> expr(x, loops));
      case TExpr.CallFun c -> {
        c.args().forEach(x -> expr(x, loops));
        c.sizes().forEach(s -> size(s, loops, c.span()));
        body(c.function(), loops, c.span());
      }
      case TExpr.Select(var c, var yes, var no, var type, var span) -> List.of(c, yes, no).forEach(x -> expr(x, loops));
      case TExpr.Range(var a, var b, var type, var span) -> List.of(a, b).forEach(x -> expr(x, loops));
      case TExpr.ArrayLit a -> a.elements().forEach(x -> expr(x, loops));
      case TExpr.Comprehension(var bs, var body, var type, var span) -> expr(body, binders(bs, loops));
      case TExpr.Reduce(var f, var bs, var body, var type, var span) -> expr(body, binders(bs, loops));
      case TExpr.OfDist(var which, var d, var x, var type, var span) -> {
        dist(d, loops);
        x.ifPresent(v -> expr(v, loops));
      }
    }
  }

  /// A function reads data and what is computed from them.
  private void body(ppl.typed.FunDef f, List<TExpr.Binder> loops, Span call) {
    new Reads((symbol, subs, around, span) -> {
      if (symbol.role() == Symbol.Role.DETERMINISTIC) found.read(symbol, List.of(), loops, call);
    }).inside(f);
  }

  private void inside(ppl.typed.FunDef f) {
    f.lets().forEach(s -> statement(s, List.of()));
    expr(f.result(), List.of());
  }

  private void size(Size s, List<TExpr.Binder> loops, Span span) {
    Mentions.of(s, symbol -> found.read(symbol, List.of(), loops, span));
  }

  private void dist(TDist d, List<TExpr.Binder> loops) {
    switch (d) {
      case TDist.Named n -> n.args().forEach(x -> expr(x, loops));
      case TDist.User u -> u.args().forEach(x -> expr(x, loops));
      case TDist.Truncated t -> {
        dist(t.inner(), loops);
        t.lower().ifPresent(x -> expr(x, loops));
        t.upper().ifPresent(x -> expr(x, loops));
      }
      case TDist.Censored c -> {
        dist(c.inner(), loops);
        c.lower().ifPresent(x -> expr(x, loops));
        c.upper().ifPresent(x -> expr(x, loops));
      }
      case TDist.Mixture m -> {
        expr(m.weights(), loops);
        m.components().forEach(x -> dist(x, loops));
      }
      case TDist.MixtureOver m -> {
        expr(m.weights(), loops);
        dist(m.component(), binder(m.binder(), loops));
      }
      case TDist.ZeroInflated z -> {
        expr(z.p(), loops);
        dist(z.inner(), loops);
      }
      case TDist.Hurdle h -> {
        expr(h.p(), loops);
        dist(h.inner(), loops);
      }
    }
  }
}
