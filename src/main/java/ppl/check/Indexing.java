package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ast.Expr;
import ppl.ast.Expr.Subscript;
import ppl.lib.Shapes;
import ppl.lib.Sizes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.TExpr;
import ppl.typed.TExpr.Sub;
import ppl.typed.Type;

/// Checks subscripts.
final class Indexing {
  /// Subscripts, as many as there are dimensions, and the type of the part that they pick.
  record Picked(List<Sub> subs, Type type) {}

  private final Expressions exprs;
  private final Env env;

  Indexing(Expressions exprs) {
    this.exprs = exprs;
    this.env = exprs.env();
  }

  Optional<TExpr> check(Expr.Index i) {
    var column = column(i);
    if (column.isPresent()) {
      env.report(column.get());
      return Optional.empty();
    }
    var base = exprs.check(i.base());
    if (base.isEmpty()) {
      i.subscripts().forEach(this::errorsOf);
      return Optional.empty();
    }
    return pick(base.get(), i.subscripts(), i.span()).map(p ->
        new TExpr.Index(base.get(), p.subs(), p.type(), i.span()));
  }

  /// `homes["floor"]`.
  private Optional<Diagnostic> column(Expr.Index i) {
    return i.base() instanceof Expr.Ref(var table) && env.globals().tables().containsKey(table.text())
        && i.subscripts().size() == 1 && i.subscripts().getFirst() instanceof Subscript.At(Expr.StringLit(var name,
            var at))
        ? Optional.of(Diagnostic.error("E0206", i.span(), "`%s` is a table, and its columns are named after a point",
            table)
            .help("write `%s.%s`", table, name))
        : Optional.empty();
  }

  private void errorsOf(Subscript s) {
    if (s instanceof Subscript.At(var e) && !(e instanceof Expr.StringLit)) exprs.check(e);
  }

  /// The part of `base` that subscripts pick.
  Optional<Picked> pick(TExpr base, List<Subscript> subscripts, Span span) {
    var type = base.type();
    if (subscripts.size() > type.rank()) {
      env.report(Wrong.origin(Diagnostic.error("E0215", span, type.isScalar()
          ? "%s is one number and has no elements"
          : "%s has " + type.rank() + " dimension" + (type.rank() == 1 ? "" : "s") + " and gets " + subscripts.size()
              + " subscripts",
          Shapes.name(base)), base));
      return Optional.empty();
    }
    var subs = new ArrayList<Sub>();
    boolean broken = false;
    for (int d = 0; d < type.rank(); d++) {
      var sub = d < subscripts.size() ? sub(subscripts.get(d), type.dims().get(d), base)
          : Optional.of((Sub) new Sub.All());
      if (sub.isPresent()) subs.add(sub.get());
      else broken = true;
    }
    return broken ? Optional.empty() : dims(subs, type, span)
        .map(dims -> new Picked(List.copyOf(subs), type.with(dims)));
  }

  private Optional<Sub> sub(Subscript s, Dim dim, TExpr base) {
    return switch (s) {
      case Subscript.All(var span) -> Optional.of(new Sub.All());
      case Subscript.At(Expr.Range(var from, var to, var span)) -> slice(from, to, dim, span, base);
      case Subscript.At(Expr.StringLit(var text, var span)) -> label(text, span, dim, base);
      case Subscript.At(var e) -> exprs.check(e).flatMap(x -> at(x, dim, base));
    };
  }

  private Optional<Sub> label(String text, Span span, Dim dim, TExpr base) {
    if (dim.domain().isEmpty()) {
      env.report(Wrong.origin(Diagnostic.error("E0216", span,
          "this dimension of %s is numbered 1 to %s and has no labels",
          Shapes.name(base), dim.size()), base));
      return Optional.empty();
    }
    return Labels.level(text, dim.domain().get(), span, env).map(Sub.At::new);
  }

  private Optional<Sub> slice(Expr from, Expr to, Dim dim, Span span, TExpr base) {
    var a = exprs.whole(from, "an end of a range");
    var b = exprs.whole(to, "an end of a range");
    if (a.isEmpty() || b.isEmpty()) return Optional.empty();
    if (dim.domain().orElse(null) instanceof Domain.Factor f) {
      env.report(Wrong.origin(Diagnostic.error("E0216", span,
          "%s is indexed by `%s`, which has no numbers to count from and to",
          Shapes.name(base), f.name()), base).help("pick levels by a label or a category"));
      return Optional.empty();
    }
    for (var end : List.of(a.get(), b.get()))
      env.dataOnly(end, unknown -> Diagnostic.error("E0241", end.span(),
          "the ends of a range must be known before inference, and %s depends on the unknown `%s`", Shapes.name(end),
              unknown));
    return bounds(a.get(), dim, base) && bounds(b.get(), dim, base)
        ? Optional.of(new Sub.Slice(a.get(), b.get()))
        : Optional.empty();
  }

  private Optional<Sub> at(TExpr x, Dim dim, TExpr base) {
    if (x.type().isReal()) {
      env.report(Wrong.whole(Diagnostic.error("E0218", x.span(), "an index is a whole number, and %s is real",
          Shapes.name(x)), x));
      return Optional.empty();
    }
    if (x.type().rank() > 1) {
      env.report(Diagnostic.error("E0215", x.span(),
          "an index is one number or an array of one dimension, and %s has type %s",
          Shapes.name(x), x.written()));
      return Optional.empty();
    }
    var wrong = domain(x, dim, base).or(() -> mask(x, base));
    if (wrong.isPresent()) {
      env.report(wrong.get());
      return Optional.empty();
    }
    return bounds(x, dim, base) ? Optional.of(new Sub.At(x)) : Optional.empty();
  }

  /// Truth values pick no elements: an index counts from 1. A choice of numbers is none.
  private static Optional<Diagnostic> mask(TExpr x, TExpr base) {
    if (!Indicators.is(x) || x instanceof TExpr.Select) return Optional.empty();
    var error = Diagnostic.error("E0216", x.span(), "an index counts from 1, and %s is 0 or 1", Shapes.name(x));
    var it = x.span().text();
    return Optional.of(x instanceof TExpr.Apply && !x.type().isScalar()
        ? error.help("to pick elements where something holds write a loop, `for i in 1..N { if .. { %s[i] ~ .. } }`,"
            + " or a sum, `sum(i in 1..N : .. ? %s[i] : 0)`", base.span().text(), base.span().text())
        : error.help("write `%s[%s + 1]` if 0 is the first", base.span().text(), it));
  }

  /// Levels index their own dimension; numbers index numbered dimensions and the rows of tables.
  private Optional<Diagnostic> domain(TExpr x, Dim dim, TExpr base) {
    var level = x.type().level();
    if (level.equals(dim.domain())) return Optional.empty();
    var wanted = dim.domain().orElse(null);
    if (wanted instanceof Domain.Factor f)
      return Optional.of(Wrong.origin(Diagnostic.error("E0216", x.span(), "%s is indexed by a `%s`, and %s is %s",
          Shapes.name(base),
          f.name(), Shapes.name(x), level.map(d -> "a `" + d.name() + "`").orElse("a number")), base)
          .help("index it by a column or loop variable of `%s`, or by a label in quotes", f.name()));
    if (level.orElse(null) instanceof Domain.Factor f)
      return Optional.of(Wrong.origin(Diagnostic.error("E0216", x.span(), "%s is a `%s`, and %s is indexed by %s",
          Shapes.name(x),
          f.name(), Shapes.name(base), wanted == null ? "numbers" : "rows of `" + wanted.name() + "`"), base)
          .help("declare the dimension by the factor: `[%s]`", f.name()));
    if (level.isPresent() && wanted != null)
      return Optional.of(Wrong.origin(Diagnostic.error("E0216", x.span(),
          "%s is a row of `%s`, and %s is indexed by rows of `%s`",
          Shapes.name(x), level.get().name(), Shapes.name(base), wanted.name()), base));
    return Optional.empty();
  }

  /// A number as an index must lie in the dimension.
  private boolean bounds(TExpr x, Dim dim, TExpr base) {
    if (!(x instanceof TExpr.Num n)) return true;
    if (n.value() == 0 && dim.size().constant().orElse(1) > 0) {
      env.report(Diagnostic.error("E0216", x.span(), "indices start at 1").help("the first element is `[1]`"));
      return false;
    }
    if (n.value() < 0) {
      env.report(Diagnostic.error("E0216", x.span(), "an index cannot be negative")
          .help("count from the end by the size: `x[size(x)]` is the last element"));
      return false;
    }
    int size = dim.size().constant().orElse(Integer.MAX_VALUE);
    if (n.value() <= size) return true;
    env.report(Wrong.origin(Diagnostic.error("E0216", x.span(), "index %s is past the end: %s has %s", Types.text(n),
        Shapes.name(base), Shapes.count(dim)), base));
    return false;
  }

  /// The dimensions that are left: runs keep theirs, index arrays pair up where the first of them stands.
  private Optional<List<Dim>> dims(List<Sub> subs, Type type, Span span) {
    var dims = new ArrayList<Dim>();
    TExpr pair = null;
    for (int d = 0; d < subs.size(); d++)
      switch (subs.get(d)) {
        case Sub.All() -> dims.add(type.dims().get(d));
        case Sub.Slice(var from, var to) -> dims.add(Dim.of(Sizes.length(from, to)));
        case Sub.At(var index) when index.type().isScalar() -> {}
        case Sub.At(var index) -> {
          var mine = index.type().dims().getFirst();
          if (pair == null) {
            pair = index;
            dims.add(mine);
            continue;
          }
          var apart = Shapes.agree(pair.type().dims().getFirst(), pair, mine, index, env.checks());
          if (apart.isPresent()) {
            env.report(Wrong.of("index arrays pair up, one element each: " + apart.get(), List.of(pair, index), span));
            return Optional.empty();
          }
        }
      }
    return Optional.of(dims);
  }
}
