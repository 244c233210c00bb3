package ppl.lower;

import java.util.List;
import java.util.function.Consumer;
import ppl.typed.Size;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// The names that typed trees mention.
final class Names {
  private Names() {}

  /// Calls `found` for every name whose value `s` uses; names that it gives are not uses.
  static void uses(TStmt s, Consumer<Symbol> found) {
    switch (s) {
      case TStmt.Give(var place, var value, var span) -> {
        uses(place, found);
        uses(value, found);
      }
      case TStmt.Prior(var place, var dist, var span) -> {
        uses(place, found);
        uses(dist, found);
      }
      case TStmt.Observe(var left, var dist, var span) -> {
        uses(left, found);
        uses(dist, found);
      }
      case TStmt.For(var binder, var body, var span) -> {
        uses(binder, found);
        body.forEach(b -> uses(b, found));
      }
      case TStmt.If(var condition, var then, var otherwise, var span) -> {
        uses(condition, found);
        then.forEach(b -> uses(b, found));
        otherwise.forEach(b -> uses(b, found));
      }
      case TStmt.Target(var value, var span) -> uses(value, found);
    }
  }

  private static void uses(TStmt.Place place, Consumer<Symbol> found) {
    place.subs().forEach(sub -> uses(sub, found));
  }

  private static void uses(TExpr.Sub sub, Consumer<Symbol> found) {
    switch (sub) {
      case TExpr.Sub.At(var index) -> uses(index, found);
      case TExpr.Sub.Slice(var from, var to) -> {
        uses(from, found);
        uses(to, found);
      }
      case TExpr.Sub.All() -> {}
    }
  }

  private static void uses(TExpr.Binder binder, Consumer<Symbol> found) {
    uses(binder.from(), found);
    uses(binder.to(), found);
  }

  static void uses(TExpr e, Consumer<Symbol> found) {
    switch (e) {
      case TExpr.Num n -> {}
      case TExpr.Label l -> {}
      case TExpr.Ref(var symbol, var span) -> found.accept(symbol);
      case TExpr.SizeOf(var size, var span) -> uses(size, found);
      case TExpr.Apply(var f, var args, var type, var span) -> args.forEach(a -> uses(a, found));
      case TExpr.CallFun(var f, var args, var sizes, var stretched, var type, var span) -> {
        args.forEach(a -> uses(a, found));
        f.lets().forEach(s -> uses(s, found));
        uses(f.result(), found);
      }
      case TExpr.Select(var c, var yes, var no, var type, var span) -> List.of(c, yes, no).forEach(a -> uses(a, found));
      case TExpr.Index(var base, var subs, var type, var span) -> {
        uses(base, found);
        subs.forEach(sub -> uses(sub, found));
      }
      case TExpr.Range(var from, var to, var type, var span) -> {
        uses(from, found);
        uses(to, found);
      }
      case TExpr.ArrayLit(var elements, var type, var span) -> elements.forEach(a -> uses(a, found));
      case TExpr.Comprehension(var binders, var body, var type, var span) -> {
        binders.forEach(b -> uses(b, found));
        uses(body, found);
      }
      case TExpr.Reduce(var f, var binders, var body, var type, var span) -> {
        binders.forEach(b -> uses(b, found));
        uses(body, found);
      }
      case TExpr.OfDist(var which, var dist, var x, var type, var span) -> {
        uses(dist, found);
        x.ifPresent(v -> uses(v, found));
      }
    }
  }

  private static void uses(Size size, Consumer<Symbol> found) {
    for (var term : size.terms().values())
      for (var atom : term.atoms())
        switch (atom) {
          case Size.Atom.Scalar(var symbol) -> found.accept(symbol);
          case Size.Atom.Of(var domain) -> {}
          case Size.Atom.Opaque(var value, var text) -> uses(value, found);
        }
  }

  static void uses(TDist d, Consumer<Symbol> found) {
    switch (d) {
      case TDist.Named(var dist, var form, var args, var span) -> args.forEach(a -> uses(a, found));
      case TDist.User(var def, var args, var sizes, var span) -> {
        args.forEach(a -> uses(a, found));
        def.logpdf().lets().forEach(s -> uses(s, found));
        uses(def.logpdf().result(), found);
      }
      case TDist.Truncated(var inner, var lower, var upper, var span) -> {
        uses(inner, found);
        lower.ifPresent(a -> uses(a, found));
        upper.ifPresent(a -> uses(a, found));
      }
      case TDist.Censored(var inner, var lower, var upper, var span) -> {
        uses(inner, found);
        lower.ifPresent(a -> uses(a, found));
        upper.ifPresent(a -> uses(a, found));
      }
      case TDist.Mixture(var weights, var components, var span) -> {
        uses(weights, found);
        components.forEach(c -> uses(c, found));
      }
      case TDist.MixtureOver(var weights, var binder, var component, var span) -> {
        uses(weights, found);
        uses(binder, found);
        uses(component, found);
      }
      case TDist.ZeroInflated(var p, var inner, var span) -> {
        uses(p, found);
        uses(inner, found);
      }
      case TDist.Hurdle(var p, var inner, var span) -> {
        uses(p, found);
        uses(inner, found);
      }
    }
  }

  /// Calls `found` for every place that `s` gives: by `=`, or inside `generate` by a draw.
  static void gives(TStmt s, Consumer<TStmt.Place> found) {
    switch (s) {
      case TStmt.Give(var place, var value, var span) -> found.accept(place);
      case TStmt.For(var binder, var body, var span) -> body.forEach(b -> gives(b, found));
      case TStmt.If(var condition, var then, var otherwise, var span) -> {
        then.forEach(b -> gives(b, found));
        otherwise.forEach(b -> gives(b, found));
      }
      case TStmt.Prior(var place, var dist, var span) -> {
        if (place.symbol().role() == Symbol.Role.GENERATED) found.accept(place);
      }
      case TStmt.Observe o -> {}
      case TStmt.Target t -> {}
    }
  }

  /// Calls `found` for every likelihood in `s`.
  static void observations(TStmt s, Consumer<TStmt.Observe> found) {
    switch (s) {
      case TStmt.Observe o -> found.accept(o);
      case TStmt.For(var binder, var body, var span) -> body.forEach(b -> observations(b, found));
      case TStmt.If(var condition, var then, var otherwise, var span) -> {
        then.forEach(b -> observations(b, found));
        otherwise.forEach(b -> observations(b, found));
      }
      case TStmt.Give g -> {}
      case TStmt.Prior p -> {}
      case TStmt.Target t -> {}
    }
  }

  /// Calls `found` for every prior in `s`.
  static void priors(TStmt s, Consumer<TStmt.Prior> found) {
    switch (s) {
      case TStmt.Prior p -> found.accept(p);
      case TStmt.For(var binder, var body, var span) -> body.forEach(b -> priors(b, found));
      case TStmt.If(var condition, var then, var otherwise, var span) -> {
        then.forEach(b -> priors(b, found));
        otherwise.forEach(b -> priors(b, found));
      }
      case TStmt.Give g -> {}
      case TStmt.Observe o -> {}
      case TStmt.Target t -> {}
    }
  }

  static void observes(TStmt s, Consumer<TStmt.Observe> found) {
    switch (s) {
      case TStmt.Observe o -> found.accept(o);
      case TStmt.For(var binder, var body, var span) -> body.forEach(b -> observes(b, found));
      case TStmt.If(var condition, var then, var otherwise, var span) -> {
        then.forEach(b -> observes(b, found));
        otherwise.forEach(b -> observes(b, found));
      }
      case TStmt.Give g -> {}
      case TStmt.Prior p -> {}
      case TStmt.Target t -> {}
    }
  }
}
