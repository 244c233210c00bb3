package ppl.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import ppl.ast.Expr;
import ppl.ast.Expr.UnaryOp;
import ppl.ast.Name;
import ppl.lib.Function;
import ppl.lib.Function.Outcome;
import ppl.lib.Functions;
import ppl.lib.Operators;
import ppl.lib.Shapes;
import ppl.lib.Sizes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.Mentions;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Checks expressions. An expression with an error gives nothing: the error has been reported, and what contains it
/// keeps silent.
final class Expressions {
  private final Env env;

  Expressions(Env env) {
    this.env = env;
  }

  Env env() {
    return env;
  }

  Optional<TExpr> check(Expr e) {
    return switch (e) {
      case Expr.IntLit(var value, var span) -> Optional.of(new TExpr.Num(value, Type.INT, span));
      case Expr.RealLit(var value, var text, var span) -> Optional.of(new TExpr.Num(value, Type.REAL, span));
      case Expr.StringLit(var value, var span) -> {
        env.report(Diagnostic.error("E0217", span, "a label has no meaning here")
            .help("a label picks a level, `alpha[\"%s\"]`, or is compared with a category, `county == \"%s\"`", value,
                value));
        yield Optional.empty();
      }
      case Expr.Ref(var name) -> new References(env).value(name);
      case Expr.Member(var table, var column, var span) -> new References(env).column(table, column, span);
      case Expr.Index i -> new Indexing(this).check(i);
      case Expr.Call c -> new Calls(this).check(c);
      case Expr.Unary(var op, var operand, var span) -> unary(op, operand, span);
      case Expr.Binary b -> binary(b);
      case Expr.Transpose(var operand, var span) -> check(operand).flatMap(x -> transpose(x, span));
      case Expr.Ternary t -> ternary(t);
      case Expr.Range(var from, var to, var span) -> range(from, to, span);
      case Expr.ArrayLit(var elements, var span) -> literal(elements, span);
      case Expr.Comprehension(var body, var binders, var span) -> comprehension(body, binders, span);
      case Expr.Paren(var inner, var span) -> check(inner);
    };
  }

  /// An expression that is a number, or an array of some.
  Optional<TExpr> number(Expr e) {
    return check(e).filter(v -> {
      if (Shapes.isNumber(v.type())) return true;
      env.report(Wrong.category(Diagnostic.error("E0212", v.span(), "%s is a category, not a number", Shapes.name(v)),
          v));
      return false;
    });
  }

  /// One whole number.
  Optional<TExpr> whole(Expr e, String what) {
    return number(e).filter(v -> {
      if (v.type().isScalar() && !v.type().isReal()) return true;
      env.report(Wrong.whole(Diagnostic.error("E0213", v.span(), "%s is a whole number, and %s has type %s", what,
          Shapes.name(v), v.written()), v));
      return false;
    });
  }

  /// All of `parts`, or nothing if one has an error.
  Optional<List<TExpr>> all(List<Expr> parts) {
    var checked = parts.stream().map(this::check).toList();
    return checked.stream().allMatch(Optional::isPresent)
        ? Optional.of(checked.stream().flatMap(Optional::stream).toList())
        : Optional.empty();
  }

  /// A library function applied.
  Optional<TExpr> apply(Function f, List<TExpr> args, Span span, Span place) {
    return switch (f.typing().of(args)) {
      case Outcome.Ok(var type, var checks) -> {
        env.checks().addAll(checks);
        yield Optional.of(new TExpr.Apply(f, args, type, span)).flatMap(this::possible);
      }
      case Outcome.Wrong(var message, var at) -> {
        var error = Wrong.of(message, at.stream().map(args::get).toList(), place);
        env.report(Turned.of(f, args).map(turned -> error.help("%s", turned)).orElse(error));
        yield Optional.empty();
      }
    };
  }

  /// The same, unless it is certain that there is no such whole number or no such array.
  private Optional<TExpr> possible(TExpr.Apply e) {
    if (!e.type().isReal() && e.type().isScalar()) {
      var range = new Ranges().of(e);
      if (range.low() > Integer.MAX_VALUE || range.high() < Integer.MIN_VALUE) {
        env.report(Diagnostic.error("E0247", e.span(), "whole numbers go from -2147483648 to 2147483647, and %s is beyond",
            Shapes.name(e)).help("with `1.0 * ..` it is a real number"));
        return Optional.empty();
      }
    }
    for (var d : e.type().dims())
      if (e.args().stream().noneMatch(a -> a.type().dims().contains(d))
          && !Outnumbered.check(d.size(), Shapes.name(e), e.span(), env)) return Optional.empty();
    return Optional.of(e);
  }

  private Optional<TExpr> unary(UnaryOp op, Expr operand, Span span) {
    return check(operand).flatMap(x -> {
      if (op == UnaryOp.PLUS) return Optional.of(x);
      if (op == UnaryOp.NEG && x instanceof TExpr.Num n) return Optional.of(new TExpr.Num(-n.value(), n.type(), span));
      return apply(op == UnaryOp.NEG ? Operators.SUBTRACT : Operators.NOT, List.of(x), span, x.span());
    });
  }

  private Optional<TExpr> binary(Expr.Binary b) {
    var compared = Labels.comparison(b, this);
    if (compared.isPresent()) return compared.get();
    var left = check(b.left());
    var right = check(b.right());
    if (left.isEmpty() || right.isEmpty()) return Optional.empty();
    return apply(Functions.operator(b.op().symbol), List.of(left.get(), right.get()), b.span(), b.span());
  }

  private Optional<TExpr> transpose(TExpr x, Span span) {
    if (x.type().rank() == 1) {
      env.report(Diagnostic.error("E0211", span, "%s has one dimension; there is nothing to transpose", Shapes.name(x))
          .help("write `dot(x, y)` for x' y and `outer(x, y)` for x y'"));
      return Optional.empty();
    }
    return apply(Operators.TRANSPOSE, List.of(x), span, x.span());
  }

  private Optional<TExpr> ternary(Expr.Ternary t) {
    var parts = all(List.of(t.condition(), t.yes(), t.no()));
    if (parts.isEmpty()) return Optional.empty();
    var p = parts.get();
    var condition = p.getFirst();
    if (condition.type().isReal() || !Shapes.isNumber(condition.type())) {
      env.report(Diagnostic.error("E0213", condition.span(),
          "a condition is true or false (1 or 0), and %s has type %s",
          Shapes.name(condition), condition.written()).help("compare: `%s > 0`", condition.span().text()));
      return Optional.empty();
    }
    var levels = p.get(1).type().level();
    var scalar = levels.isPresent() && levels.equals(p.get(2).type().level())
        ? p.get(1).type().scalar()
        : p.get(1).type().isReal() || p.get(2).type().isReal() ? Type.REAL_SCALAR : Type.INT_SCALAR;
    return switch (Shapes.broadcast(scalar, p)) {
      case Outcome.Ok(var type, var checks) -> {
        env.checks().addAll(checks);
        yield Optional.of(new TExpr.Select(p.get(0), p.get(1), p.get(2), type, t.span()));
      }
      case Outcome.Wrong(var message, var at) -> {
        env.report(Wrong.of(message, at.stream().map(p::get).toList(), t.span()));
        yield Optional.empty();
      }
    };
  }

  private Optional<TExpr> range(Expr from, Expr to, Span span) {
    var a = whole(from, "an end of a range");
    var b = whole(to, "an end of a range");
    if (a.isEmpty() || b.isEmpty()) return Optional.empty();
    var type = Type.INT.with(List.of(Dim.of(Sizes.length(a.get(), b.get()))));
    return Optional.of(new TExpr.Range(a.get(), b.get(), type, span));
  }

  private Optional<TExpr> literal(List<Expr> elements, Span span) {
    if (elements.isEmpty()) return Optional.of(new TExpr.ArrayLit(List.of(),
        Type.REAL.with(List.of(Dim.of(ppl.typed.Size.of(0)))), span));
    var parts = all(elements);
    if (parts.isEmpty()) return Optional.empty();
    var first = parts.get().getFirst();
    for (var part : parts.get()) {
      var apart = part.type().rank() != first.type().rank()
          ? Optional.of("%s has type %s where %s has type %s".formatted(Shapes.name(part), part.written(),
              Shapes.name(first), first.written()))
          : Fit.into(first.type(), part, first, env);
      if (apart.isPresent()) {
        env.report(Wrong.of("elements of an array have one type: " + apart.get(), List.of(first, part), span));
        return Optional.empty();
      }
      if (!Shapes.isNumber(part.type()) && !part.type().level().equals(first.type().level())) {
        env.report(Diagnostic.error("E0212", part.span(), "%s is a category, not a number", Shapes.name(part)));
        return Optional.empty();
      }
    }
    boolean real = parts.get().stream().anyMatch(p -> p.type().isReal());
    var scalar = real ? Type.REAL_SCALAR : Shapes.isNumber(first.type()) ? Type.INT_SCALAR : first.type().scalar();
    var type = new Type(scalar, first.type().dims()).family(List.of(Dim.of(ppl.typed.Size.of(parts.get().size()))));
    return Optional.of(new TExpr.ArrayLit(parts.get(), type, span));
  }

  private Optional<TExpr> comprehension(Expr body, List<Expr.Binder> binders, Span span) {
    var bound = binders(binders, Scope.Kind.BINDER);
    var inner = new Expressions(bound.env()).check(body);
    if (bound.binders().isEmpty() || inner.isEmpty()) return Optional.empty();
    int alike = alike(bound.binders().get());
    if (alike < binders.size()) {
      env.report(ragged(binders.get(alike)).help("give all rows one length, or reduce: `sum(i in .., j in .. : ..)`"));
      return Optional.empty();
    }
    var dims = bound.binders().get().stream().map(Expressions::dim).toList();
    return Optional.of(new TExpr.Comprehension(bound.binders().get(), inner.get(), inner.get().type().family(dims),
        span));
  }

  /// Loop variables with the names in sight inside; no binders if one has an error.
  record Bound(Optional<List<TExpr.Binder>> binders, Env env) {}

  Bound binders(List<Expr.Binder> binders, Scope.Kind kind) {
    var checked = new ArrayList<TExpr.Binder>();
    boolean broken = false;
    var inner = env;
    for (var b : binders) {
      var binder = new Expressions(inner).binder(b);
      inner = inner.inner(kind);
      if (binder.isPresent()) {
        checked.add(binder.get());
        inner.scope().put(Entry.of(binder.get().variable(), env.shared().resolving()));
      } else {
        broken = true;
        inner.scope().put(new Entry(b.variable().text(), b.variable().span(), false, env.shared().resolving(),
            Optional::empty));
      }
    }
    return new Bound(broken ? Optional.empty() : Optional.of(List.copyOf(checked)), inner);
  }

  private Optional<TExpr.Binder> binder(Expr.Binder b) {
    var domain = b.domain() instanceof Expr.Ref(var name) ? env.globals()
        .domain(name.text()) : Optional.<Domain>empty();
    if (domain.isPresent()) {
      env.shared().used().add(((Expr.Ref) b.domain()).name().text());
      var one = new TExpr.Num(1, Type.INT, b.domain().span());
      var n = new TExpr.SizeOf(Dim.of(domain.get()).size(), b.domain().span());
      return Optional.of(new TExpr.Binder(loop(b.variable(), Type.level(domain.get())), one, n));
    }
    if (b.domain() instanceof Expr.Range(var from, var to, var span)) {
      var a = whole(from, "an end of a range");
      var z = whole(to, "an end of a range");
      if (a.isEmpty() || z.isEmpty()) return Optional.empty();
      for (var end : List.of(a.get(), z.get()))
        env.dataOnly(end, unknown -> Diagnostic.error("E0241", end.span(),
            "the ends of a range must be known before inference, and %s depends on the unknown `%s`", Shapes.name(end),
                unknown));
      return Optional.of(new TExpr.Binder(loop(b.variable(), Type.INT), a.get(), z.get()));
    }
    check(b.domain()).ifPresent(v -> {
      var error = Diagnostic.error("E0219", v.span(),
          "after `in` stands a range, a factor or a table, and %s has type %s",
          Shapes.name(v), v.written());
      env.report(v.type().isScalar() ? error.help("write `1..%s`", v.span().text())
          : error.help("write `%s in 1..size(%s)`; the element is `%s[%1$s]`", b.variable(), v.span().text(),
              v.span().text()));
    });
    return Optional.empty();
  }

  private static Symbol loop(Name name, Type type) {
    return new Symbol(name.text(), Symbol.Role.LOOP, type, ppl.typed.Support.ALL, Optional.empty(), "", name.span());
  }

  /// The dimension that a binder runs over.
  static Dim dim(TExpr.Binder b) {
    return b.variable().type().level().map(Dim::of).orElseGet(() -> Dim.of(Sizes.length(b.from(), b.to())));
  }

  /// `sum(i in .. : body)`.
  Optional<TExpr> reduce(Function f, List<Expr.Binder> binders, Expr body, Span span) {
    var bound = binders(binders, Scope.Kind.BINDER);
    var inner = new Expressions(bound.env()).number(body);
    if (bound.binders().isEmpty() || inner.isEmpty()) return Optional.empty();
    var b = inner.get();
    if (!b.type().isScalar()) {
      env.report(Diagnostic.error("E0211", b.span(), "what is reduced must be one number, and %s has type %s",
          Shapes.name(b), b.written())
          .help("reduce it too: `%s(%s)`", f.name(), b.span().text()));
      return Optional.empty();
    }
    int alike = alike(bound.binders().get());
    if (alike < binders.size() && !Functions.reducesByParts(f)) {
      env.report(ragged(binders.get(alike)).help("`%s` is of an array; a `sum` may have such a range", f.name()));
      return Optional.empty();
    }
    return reduce(f, bound.binders().get(), b, span);
  }

  /// Binders whose ranges depend on others' variables are reduced first.
  private Optional<TExpr> reduce(Function f, List<TExpr.Binder> binders, TExpr body, Span span) {
    int alike = alike(binders);
    if (alike < binders.size())
      return reduce(f, binders.subList(alike, binders.size()), body, span)
          .flatMap(inner -> reduce(f, binders.subList(0, alike), inner, span));
    var all = new TExpr.Comprehension(binders, body, body.type().family(binders.stream().map(Expressions::dim).toList()), span);
    return apply(f, List.of(all), span, body.span()).map(r -> new TExpr.Reduce(f, binders, body, r.type(), span));
  }

  /// How many binders there are before one whose range depends on the variable of another.
  private static int alike(List<TExpr.Binder> binders) {
    var before = new HashSet<Symbol>();
    for (int i = 0; i < binders.size(); i++) {
      var dependent = new boolean[1];
      for (var end : List.of(binders.get(i).from(), binders.get(i).to()))
        Mentions.of(end, s -> dependent[0] |= before.contains(s));
      if (dependent[0]) return i;
      before.add(binders.get(i).variable());
    }
    return binders.size();
  }

  private static Diagnostic ragged(Expr.Binder b) {
    return Diagnostic.error("E0211", b.domain().span(), "the rows of an array have one length, and the range of `%s`"
        + " depends on another variable", b.variable().text());
  }
}
