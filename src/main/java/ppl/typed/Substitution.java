package ppl.typed;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Puts values in the place of names.
public record Substitution(Map<Symbol, TExpr> values, Map<Symbol, Size> sizes) {
  public Dim dim(Dim d) {
    return d.domain().isPresent() ? d : Dim.of(size(d.size()));
  }

  public Type type(Type t) {
    return t.with(t.dims().stream().map(this::dim).toList());
  }

  public Size size(Size s) {
    var sum = Size.of(0);
    for (var term : s.terms().values()) {
      var product = Size.of(term.coefficient());
      for (var atom : term.atoms())
        product = product.times(switch (atom) {
          case Size.Atom.Scalar(var symbol) -> sizes.getOrDefault(symbol, Size.of(atom));
          case Size.Atom.Of o -> Size.of(o);
          case Size.Atom.Opaque(var value, var text) -> {
            var v = expr(value);
            yield Size.of(new Size.Atom.Opaque(v, TypedPrinter.expr(v)));
          }
        });
      sum = sum.plus(product);
    }
    return sum;
  }

  public TExpr expr(TExpr e) {
    return switch (e) {
      case TExpr.Num n -> n;
      case TExpr.Label l -> l;
      case TExpr.Ref r -> values.containsKey(r.symbol())
          ? values.get(r.symbol())
          : sizes.containsKey(r.symbol()) ? new TExpr.SizeOf(sizes.get(r.symbol()), r.span()) : r;
      case TExpr.SizeOf(var s, var span) -> new TExpr.SizeOf(size(s), span);
      case TExpr.Apply(var f, var args, var type, var span) -> new TExpr.Apply(f, all(args), type(type), span);
      case TExpr.CallFun(var f, var args, var extents, var stretched, var type, var span) ->
          new TExpr.CallFun(f, all(args), extents.stream().map(this::size).toList(), stretched, type(type), span);
      case TExpr.Select(var c, var yes, var no, var type, var span) ->
          new TExpr.Select(expr(c), expr(yes), expr(no), type(type), span);
      case TExpr.Index(var base, var subs, var type, var span) ->
          new TExpr.Index(expr(base), subs.stream().map(this::sub).toList(), type(type), span);
      case TExpr.Range(var a, var b, var type, var span) -> new TExpr.Range(expr(a), expr(b), type(type), span);
      case TExpr.ArrayLit(var parts, var type, var span) -> new TExpr.ArrayLit(all(parts), type(type), span);
      case TExpr.Comprehension(var b, var body, var type, var span) ->
          new TExpr.Comprehension(b.stream().map(this::binder).toList(), expr(body), type(type), span);
      case TExpr.Reduce(var f, var b, var body, var type, var span) ->
          new TExpr.Reduce(f, b.stream().map(this::binder).toList(), expr(body), type(type), span);
      case TExpr.OfDist(var which, var d, var x, var type, var span) ->
          new TExpr.OfDist(which, dist(d), x.map(this::expr), type(type), span);
    };
  }

  private List<TExpr> all(List<TExpr> es) {
    return es.stream().map(this::expr).toList();
  }

  private TExpr.Sub sub(TExpr.Sub s) {
    return switch (s) {
      case TExpr.Sub.At(var i) -> new TExpr.Sub.At(expr(i));
      case TExpr.Sub.Slice(var a, var b) -> new TExpr.Sub.Slice(expr(a), expr(b));
      case TExpr.Sub.All all -> all;
    };
  }

  private TExpr.Binder binder(TExpr.Binder b) {
    return new TExpr.Binder(b.variable(), expr(b.from()), expr(b.to()));
  }

  private TDist dist(TDist d) {
    return switch (d) {
      case TDist.Named(var distribution, var form, var args, var span) ->
          new TDist.Named(distribution, form, all(args), span);
      case TDist.User(var def, var args, var extents, var span) ->
          new TDist.User(def, all(args), extents.stream().map(this::size).toList(), span);
      case TDist.Truncated(var inner, var l, var u, var span) ->
          new TDist.Truncated(dist(inner), maybe(l), maybe(u), span);
      case TDist.Censored(var inner, var l, var u, var span) ->
          new TDist.Censored(dist(inner), maybe(l), maybe(u), span);
      case TDist.Mixture(var w, var parts, var span) -> new TDist.Mixture(expr(w),
          parts.stream().map(this::dist).toList(), span);
      case TDist.MixtureOver(var w, var b, var part, var span) ->
          new TDist.MixtureOver(expr(w), binder(b), dist(part), span);
      case TDist.ZeroInflated(var p, var inner, var span) -> new TDist.ZeroInflated(expr(p), dist(inner), span);
      case TDist.Hurdle(var p, var inner, var span) -> new TDist.Hurdle(expr(p), dist(inner), span);
    };
  }

  private Optional<TExpr> maybe(Optional<TExpr> e) {
    return e.map(this::expr);
  }
}
