package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ppl.ast.Expr;
import ppl.ast.TypeExpr;
import ppl.lib.Shapes;
import ppl.lib.Sizes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.source.Suggest;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.Size;
import ppl.typed.Support;
import ppl.typed.Support.Shape;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Reads types as written.
final class Types {
  /// A type with the restriction that it declares.
  record Declared(Type type, Support support) {}

  /// What a type word without parentheses stands for.
  private record Word(Type.Scalar scalar, Optional<Double> lower, Optional<Double> upper, boolean strict) {
    static Word of(Type.Scalar s) {
      return new Word(s, Optional.empty(), Optional.empty(), false);
    }
  }

  private static final Map<String, Word> WORDS = new TreeMap<>(Map.of(
      "int", Word.of(Type.INT_SCALAR),
      "real", Word.of(Type.REAL_SCALAR),
      "vector", Word.of(Type.REAL_SCALAR),
      "matrix", Word.of(Type.REAL_SCALAR),
      "bool", new Word(Type.INT_SCALAR, Optional.of(0.0), Optional.of(1.0), false),
      "binary", new Word(Type.INT_SCALAR, Optional.of(0.0), Optional.of(1.0), false),
      "count", new Word(Type.INT_SCALAR, Optional.of(0.0), Optional.empty(), false),
      "positive", new Word(Type.REAL_SCALAR, Optional.of(0.0), Optional.empty(), true),
      "nonnegative", new Word(Type.REAL_SCALAR, Optional.of(0.0), Optional.empty(), false),
      "unit", new Word(Type.REAL_SCALAR, Optional.of(0.0), Optional.of(1.0), false)));

  private static final Map<String, Integer> RANKS = Map.of("vector", 1, "matrix", 2);

  private final Env env;
  private final Optional<BiFunction<String, Span, Symbol>> binds;
  private boolean broken;

  private Types(Env env, Optional<BiFunction<String, Span, Symbol>> binds) {
    this.env = env;
    this.binds = binds;
  }

  /// The type, or nothing if an error has been reported.
  static Optional<Declared> read(TypeExpr t, Env env) {
    return new Types(env, Optional.empty()).read(t);
  }

  /// The type of a parameter: size names in it are bound, by `binds`.
  static Optional<Declared> parameter(TypeExpr t, Env env, BiFunction<String, Span, Symbol> binds) {
    return new Types(env, Optional.of(binds)).read(t);
  }

  private Optional<Declared> read(TypeExpr t) {
    var dims = t.dimensions().stream().map(this::dim).toList();
    var declared = element(t, dims);
    return broken || dims.stream().anyMatch(Optional::isEmpty) ? Optional.empty() : declared;
  }

  private Optional<Declared> element(TypeExpr t, List<Optional<Dim>> parts) {
    var name = t.name().text();
    var dims = parts.stream().flatMap(Optional::stream).toList();
    var word = WORDS.get(name);
    if (word != null) {
      int rank = RANKS.getOrDefault(name, parts.size());
      if (rank != parts.size()) {
        fail(Diagnostic.error("E0209", t.span(), "a `%s` has %d dimension%s, and here are %d", name, rank,
            rank == 1 ? "" : "s", parts.size()).help(parts.isEmpty() ? "write its sizes in brackets, `%s[%s]`; a single number is `real`"
                .formatted(name, rank == 1 ? "N" : "N, K") : "for other shapes write `real[..]` with all dimensions"));
        return Optional.empty();
      }
      return support(t, word).map(s -> new Declared(new Type(word.scalar(), dims), s)).map(d -> boundsFit(d, t));
    }
    for (var shape : Shape.values()) if (shape.word().equals(name)) return shaped(t, shape, dims);
    if (name.equals("factor")) {
      fail(Diagnostic.error("E0209", t.span(), "only data can declare a `factor`")
          .help("declare it with the data, and use its name as a type or a dimension here"));
      return Optional.empty();
    }
    var domain = env.globals().domain(name);
    if (domain.isPresent()) {
      env.shared().used().add(name);
      if (!t.arguments().isEmpty()) fail(Diagnostic.error("E0209", t.span(), "`%s` takes nothing in parentheses",
          name));
      return Optional.of(new Declared(new Type(new Type.Scalar.Level(domain.get()), dims), Support.ALL));
    }
    fail(Habits.type(t).orElseGet(() -> unknown(t)));
    return Optional.empty();
  }

  /// Numbers with a sum or a length that is given are at least one.
  private boolean exists(TypeExpr t, Shape shape, Size size) {
    return switch (shape) {
      case SIMPLEX, UNIT_VECTOR, SUM_TO_ZERO ->
          Outnumbered.check(size.minus(Size.of(1)), "a `" + shape.word() + "` has an element at least", t.span(), env,
              n -> "a `" + shape.word() + "` has an element at least");
      case ORDERED, POSITIVE_ORDERED, COV, CORR, COV_CHOLESKY, CORR_CHOLESKY -> true;
    };
  }

  private Diagnostic unknown(TypeExpr t) {
    var known = new ArrayList<>(WORDS.keySet());
    for (var s : Shape.values()) known.add(s.word());
    known.add("factor");
    known.addAll(env.globals().domains().keySet());
    var error = Diagnostic.error("E0209", t.name().span(), "there is no type `%s`", t.name());
    return Suggest.help(t.name().text(), known).map(error::help)
        .orElse(error.help("types are real, int, positive, unit, simplex[K], .. and the names of factors"));
  }

  private Optional<Declared> shaped(TypeExpr t, Shape shape, List<Dim> dims) {
    if (!t.arguments().isEmpty())
      fail(Diagnostic.error("E0209", t.span(), "`%s` takes nothing in parentheses", shape.word())
          .help("its size stands in brackets: `%s[%s]`", shape.word(), t.arguments().stream().map(a -> a.value().span().text())
              .collect(Collectors.joining(", "))));
    if (t.dimensions().isEmpty() && t.arguments().isEmpty()) {
      fail(Diagnostic.error("E0209", t.span(), "a `%s` needs its size: `%s[K]`", shape.word(), shape.word()));
      return Optional.empty();
    }
    if (dims.isEmpty()) return Optional.empty();
    var all = new ArrayList<>(dims);
    if (shape.rank() == 2) all.add(dims.getLast());
    if (!exists(t, shape, dims.getLast().size())) return Optional.empty();
    if (shape.rank() == 2 && dims.size() > 1 && dims.get(dims.size() - 2).size().match(dims.getLast().size()) == Size.Match.SAME)
      env.report(Diagnostic.warning("W0214", t.span(), "these are %s matrices, each %1$s by %1$s: the size of one is written once", dims.getLast())
          .help("write `%s[%s]` if there is one %s", shape.word(), dims.subList(0, dims.size() - 1).stream().map(Dim::toString)
              .collect(Collectors.joining(", ")), dims.size() == 2 ? "matrix" : "for each element before"));
    return Optional.of(new Declared(new Type(Type.REAL_SCALAR, all), new Support.Shaped(shape)));
  }

  private Optional<Support> support(TypeExpr t, Word word) {
    if (t.arguments().isEmpty()) {
      if (word.lower().isEmpty() && word.upper().isEmpty()) return Optional.of(Support.ALL);
      return Optional.of(new Support.Between(number(word.lower(), t, word), number(word.upper(), t, word),
          word.strict()));
    }
    if (word.lower().isPresent()) {
      fail(Diagnostic.error("E0209", t.span(), "`%s` has its bounds already", t.name())
          .help("write `real(lower = .., upper = ..)`"));
      return Optional.empty();
    }
    return bounds(t);
  }

  private static Optional<TExpr> number(Optional<Double> v, TypeExpr t, Word word) {
    return v.map(x -> new TExpr.Num(x, new Type(word.scalar(), List.of()), t.name().span()));
  }

  private Optional<Support> bounds(TypeExpr t) {
    Optional<TExpr> lower = Optional.empty();
    Optional<TExpr> upper = Optional.empty();
    var exprs = new Expressions(env);
    if (t.arguments().size() == 2 && t.arguments().get(0) instanceof Expr.Argument.Positional(var from)
        && t.arguments().get(1) instanceof Expr.Argument.Positional(var to)) {
      fail(Diagnostic.error("E0209", from.span().to(to.span()), "two bounds are written as a range, with dots")
          .help("write `%s(%s..%s)`", t.name(), from.span().text(), to.span().text()));
      return Optional.empty();
    }
    for (var a : t.arguments())
      switch (a) {
        case Expr.Argument.Positional(Expr.Range r) -> {
          lower = bound(exprs, r.from(), Double.NEGATIVE_INFINITY);
          upper = bound(exprs, r.to(), Double.POSITIVE_INFINITY);
        }
        case Expr.Argument.Named(var name, var value) when name.text().equals("lower") -> lower =
            bound(exprs, value, Double.NEGATIVE_INFINITY);
        case Expr.Argument.Named(var name, var value) when name.text().equals("upper") -> upper =
            bound(exprs, value, Double.POSITIVE_INFINITY);
        case Expr.Argument.Named(var name, var value) -> {
          var error = Diagnostic.error("E0209", name.span(), "`%s` is no bound", name);
          fail(Suggest.help(name.text(), List.of("lower", "upper")).map(error::help)
              .orElse(error.help("bounds are `lower = ..` and `upper = ..`")));
        }
        case Expr.Argument.Positional(var value) -> fail(Diagnostic.error("E0209", value.span(),
            "is this the lower or the upper bound?")
            .help("write `%s(lower = ..)`, `%s(upper = ..)` or `%s(a..b)`", t.name(), t.name(), t.name()));
        case Expr.Argument.Over o -> fail(Diagnostic.error("E0209", t.span(), "bounds are two numbers, `a..b`"));
      }
    return broken ? Optional.empty() : Optional.of(new Support.Between(lower, upper, false));
  }

  /// @param none what is no bound at all
  private Optional<TExpr> bound(Expressions exprs, Expr e, double none) {
    var value = exprs.number(e);
    if (value.isEmpty()) broken = true;
    if (value.isPresent() && value.get() instanceof TExpr.Num n && n.value() == -none)
      fail(Diagnostic.error("E0219", n.span(), "nothing lies %s %s", none < 0 ? "above" : "below", e.span().text()));
    return value.filter(v -> !(v instanceof TExpr.Num n && n.value() == none));
  }

  /// Bounds are one number, or stretch over the quantity; the lower is not above the upper.
  private Declared boundsFit(Declared d, TypeExpr t) {
    if (!(d.support() instanceof Support.Between(var lower, var upper, var strict))) return d;
    var whole = new TExpr.Num(0, d.type(), t.span());
    for (var b : List.of(lower, upper))
      b.ifPresent(e -> {
        var fits = Fit.into(d.type(), e, whole, env);
        if (fits.isPresent()) fail(Diagnostic.error("E0211", e.span(), "the bound does not fit the declared shape: %s",
            fits.get()));
        if (!d.type().isReal() && e.type().isReal())
          fail(Diagnostic.error("E0213", e.span(), "a bound of whole numbers is a whole number"));
      });
    if (lower.isPresent() && upper.isPresent() && lower.get() instanceof TExpr.Num a
        && upper.get() instanceof TExpr.Num b
        && (a.value() > b.value() || d.type().isReal() && a.value() == b.value()))
      fail(Diagnostic.error("E0219", a.span().to(b.span()), "nothing lies between %s and %s", text(a), text(b))
          .help("the lower bound comes first"));
    return d;
  }

  static String text(TExpr.Num n) {
    return n.value() == Math.rint(n.value()) && Math.abs(n.value()) < 1e15
        ? String.valueOf((long) n.value())
        : String.valueOf(n.value());
  }

  private Optional<Dim> dim(Expr e) {
    if (e instanceof Expr.Ref(var name)) {
      var domain = env.globals().domain(name.text());
      if (domain.isPresent()) {
        env.shared().used().add(name.text());
        return Optional.of(Dim.of(domain.get()));
      }
      if (binds.isPresent()) {
        return Optional.of(Dim.of(Size.of(new Size.Atom.Scalar(binds.get().apply(name.text(), name.span())))));
      }
    }
    return size(e).map(Dim::of);
  }

  private Optional<Size> size(Expr e) {
    if (e instanceof Expr.Range r) {
      fail(Diagnostic.error("E0213", r.span(), "a size is one number, not a range")
          .help("indices start at 1 by themselves: write `[%s]`", r.to().span().text()));
      return Optional.empty();
    }
    var value = new Expressions(env).check(e);
    if (value.isEmpty()) return Optional.empty();
    var v = value.get();
    if (!v.type().isScalar() || v.type().isReal() || !Shapes.isNumber(v.type())) {
      var error = Wrong.whole(Diagnostic.error("E0213", v.span(), "a size is a whole number, and %s has type %s",
          Shapes.name(v), v.written()), v);
      var given = v instanceof TExpr.Ref(var s, var _) ? env.shared().definitions().get(s) : null;
      fail(given == null ? error : Wrong.whole(error, given));
      return Optional.empty();
    }
    env.dataOnly(v, unknown -> Diagnostic.error("E0241", v.span(),
        "a size must be known before inference, and %s depends on the unknown `%s`", Shapes.name(v), unknown));
    var size = Sizes.of(v);
    if (size.constant().isPresent() && size.constant().getAsInt() < 0) {
      fail(Diagnostic.error("E0213", v.span(), "a size cannot be negative"));
      return Optional.empty();
    }
    return Optional.of(size);
  }

  private void fail(Diagnostic d) {
    env.report(d);
    broken = true;
  }

  /// The levels of a factor as declared, or nothing where they come from data.
  static Optional<List<String>> levels(TypeExpr t, Env env) {
    var levels = new ArrayList<String>();
    for (var a : t.arguments())
      if (a instanceof Expr.Argument.Positional(Expr.StringLit(var text, var span))) {
        if (levels.contains(text)) env.report(Diagnostic.error("E0202", span, "the level \"%s\" is listed twice",
            text));
        else levels.add(text);
      } else env.report(Diagnostic.error("E0209", a.value().span(), "levels of a factor are labels in quotes")
          .help("write `factor(\"low\", \"high\")`"));
    return t.arguments().isEmpty() ? Optional.empty() : Optional.of(List.copyOf(levels));
  }

  /// The dimensions of a factor's own declaration, `factor[N]`.
  static Optional<List<Dim>> dims(TypeExpr t, Env env) {
    var types = new Types(env, Optional.empty());
    var dims = t.dimensions().stream().map(types::dim).toList();
    return types.broken || dims.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(dims.stream().flatMap(Optional::stream).toList());
  }

  /// Whether a name stands for a type of numbers.
  static boolean isWord(String name) {
    return WORDS.containsKey(name) || Stream.of(Shape.values()).anyMatch(s -> s.word().equals(name));
  }

  static boolean isFactor(TypeExpr t) {
    return t.name().text().equals("factor");
  }

  static Domain.Factor factor(String name, TypeExpr t, Env env, Span span) {
    return new Domain.Factor(name, levels(t, env), span);
  }
}
