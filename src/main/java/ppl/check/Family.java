package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.dist.Ability;
import ppl.dist.Domain;
import ppl.lib.Function.Outcome;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.Abilities;
import ppl.typed.Dim;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;
import ppl.typed.TExpr.DistFunction;
import ppl.typed.Type;

/// A checked distribution: what an event of it is, and the arguments that may differ from event to event.
///
/// @param integer whether its values are whole numbers
/// @param event   extents of one event, as far as the arguments tell
/// @param domain  where its values lie, or empty where that is not told
record Family(TDist dist, boolean integer, List<Optional<Extent>> event, List<Part> parts, Optional<Domain> domain) {
  /// @param of the argument that tells it
  record Extent(Dim dim, TExpr of) {}

  /// @param lead how many leading dimensions are over events
  record Part(TExpr arg, int lead) {
    static Part scalar(TExpr arg) {
      return new Part(arg, arg.type().rank());
    }

    /// The argument with its leading dimensions alone.
    TExpr leading() {
      return new TExpr.Num(0, arg.type().with(arg.type().dims().subList(0, lead)), arg.span());
    }
  }

  int eventRank() {
    return event.size();
  }

  Family with(TDist d, List<Part> p) {
    return new Family(d, integer, event, p, domain);
  }

  /// A mixture of parts of one shape, whose domain is the one among theirs that has all others in it, if there is one.
  static Family mixed(TDist d, List<Family> mixed, List<Part> p) {
    var one = mixed.getFirst();
    var whole = mixed.stream().flatMap(f -> f.domain.stream())
        .filter(a -> mixed.stream().allMatch(f -> f.domain.filter(a::includes).isPresent())).findFirst();
    return new Family(d, one.integer, one.event, p, whole);
  }

  /// Reports why `value` cannot have this distribution; true if it can.
  boolean fits(TExpr value, Env env) {
    var wrong = scalar(value).or(() -> rank(value)).or(() -> events(value, env))
        .or(() -> batch(value, env)).or(() -> Indicators.of(dist, value));
    wrong.ifPresent(env::report);
    return wrong.isEmpty();
  }

  private Optional<Diagnostic> scalar(TExpr value) {
    var type = value.type();
    if (integer && type.isReal()) {
      var error = Wrong.origin(Diagnostic.error("E0222", value.span(),
          "%s is real, and `%s` is a distribution of whole numbers",
          Shapes.name(value), name()), value);
      return Optional.of(error.help("declare it as %s", domain.filter(d -> d == Domain.BINARY)
          .isPresent() ? "`binary`" : "`int` or `count`"));
    }
    boolean category = !Shapes.isNumber(type);
    if (category && !(integer && domain.filter(d -> d == Domain.POSITIVE_INT).isPresent()))
      return Optional.of(Wrong.origin(Diagnostic.error("E0222", value.span(),
          "%s is a category, and `%s` is a distribution of numbers",
          Shapes.name(value), name()), value).help("categories have distributions such as `Categorical`"));
    return Optional.empty();
  }

  private Optional<Diagnostic> rank(TExpr value) {
    if (value.type().rank() >= eventRank()) return Optional.empty();
    return Optional.of(Wrong.origin(Diagnostic.error("E0223", value.span(),
        "`%s` is a distribution of %s, and %s is %s", name(),
        eventRank() == 1 ? "vectors" : "matrices", Shapes.name(value),
        value.type().isScalar() ? "one number" : "an array of one dimension"), value));
  }

  private Optional<Diagnostic> events(TExpr value, Env env) {
    int lead = value.type().rank() - eventRank();
    for (int d = 0; d < eventRank(); d++) {
      if (event.get(d).isEmpty()) continue;
      var e = event.get(d).get();
      var apart = Shapes.agree(e.dim(), e.of(), value.type().dims().get(lead + d), value, env.checks());
      if (apart.isPresent()) return Optional.of(mismatch(apart.get(), e.of(), value));
    }
    return Optional.empty();
  }

  private Optional<Diagnostic> batch(TExpr value, Env env) {
    var lead = value.type().with(value.type().dims().subList(0, value.type().rank() - eventRank()));
    for (var p : parts) {
      var apart = Fit.into(lead, p.leading(), value, env);
      if (apart.isPresent()) return Optional.of(mismatch(apart.get(), p.arg(), value));
    }
    return Optional.empty();
  }

  private Diagnostic mismatch(String apart, TExpr arg, TExpr value) {
    var error = Wrong.origin(Wrong.origin(Diagnostic.error("E0223", arg.span(),
        "an argument does not fit the value: %s", apart), value), arg);
    return value.type().isScalar() && arg.type().rank() == 1 && arg instanceof TExpr.Ref
        ? error.help("pick one element, `%s[..]`", arg.span().text())
        : Wrong.levels(List.of(value, arg)).or(() -> Wrong.matrices(List.of(value, arg))).map(h -> error.help("%s", h)).or(() -> row(value).map(i -> error.help("a column without an index stands for all its rows: in this loop write `x[%s]`", i)))
            .orElse(error);
  }

  /// The loop variable over rows that picks `value`.
  private static Optional<Symbol> row(TExpr value) {
    return value instanceof TExpr.Index i && value.type().isScalar() ? i.subs().stream().<Symbol>mapMulti((s, into) -> {
      if (s instanceof TExpr.Sub.At(TExpr.Ref(var symbol, var span))
          && symbol.role() == Symbol.Role.LOOP) into.accept(symbol);
    }).findFirst() : Optional.empty();
  }

  String name() {
    return name(dist);
  }

  static String name(TDist d) {
    return switch (d) {
      case TDist.Named n -> n.distribution().name();
      case TDist.User u -> u.definition().name();
      case TDist.Truncated t -> name(t.inner());
      case TDist.Censored c -> name(c.inner());
      case TDist.Mixture m -> "mixture";
      case TDist.MixtureOver m -> "mixture";
      case TDist.ZeroInflated z -> name(z.inner());
      case TDist.Hurdle h -> name(h.inner());
    };
  }

  /// Whether this distribution can be asked for `ability`; reports where not, with the part that lacks it.
  boolean can(Ability ability, Span span, Env env) {
    var lacking = Abilities.lacking(dist, ability);
    if (lacking.isEmpty()) return true;
    var part = lacking.get().part();
    var what = part instanceof TDist.Named || part instanceof TDist.User ? name(part) : part.span().text();
    var error = Diagnostic.error("E0227", span, "`%s` %s", what, switch (lacking.get().ability()) {
      case TAILS -> "has no distribution function, which this needs";
      case MEAN -> "has no mean that can be computed";
      case SD -> "has no standard deviation that can be computed";
      case DRAW -> "cannot be drawn from";
    });
    env.report(!(part instanceof TDist.User u) ? error : switch (lacking.get().ability()) {
      case TAILS -> error.help("add `cdf(x) = ..` to `dist %s`", u.definition().name());
      case DRAW -> error.help("add `sample = ..` to `dist %s`", u.definition().name());
      case MEAN, SD -> error.help("what a `dist` states is its density, `cdf` and `sample`; write the moment as a function");
    });
    return false;
  }

  private static Optional<Ability> needed(DistFunction which) {
    return switch (which) {
      case LOGPDF -> Optional.empty();
      case CDF, LOGCDF, LOGCCDF -> Optional.of(Ability.TAILS);
      case MEAN -> Optional.of(Ability.MEAN);
      case SD -> Optional.of(Ability.SD);
      case DRAW -> Optional.of(Ability.DRAW);
    };
  }

  /// `logpdf(D, x)` and its like, over all events of arguments and value together.
  Optional<TExpr> function(DistFunction which, Optional<TExpr> x, Span span, Env env) {
    boolean density = which == DistFunction.LOGPDF;
    if (eventRank() > 0 && !density && which != DistFunction.MEAN && which != DistFunction.SD
        && which != DistFunction.DRAW) {
      env.report(Diagnostic.error("E0224", span, "`%s` is a distribution of vectors or matrices and has no cdf",
          name()));
      return Optional.empty();
    }
    var needed = needed(which);
    if (needed.isPresent() && !can(needed.get(), span, env)) return Optional.empty();
    var all = new ArrayList<TExpr>();
    if (x.isPresent()) {
      var wrong = scalar(x.get()).or(() -> rank(x.get())).or(() -> events(x.get(), env));
      if (wrong.isPresent()) {
        env.report(wrong.get());
        return Optional.empty();
      }
      all.add(new Part(x.get(), x.get().type().rank() - eventRank()).leading());
    }
    parts.forEach(p -> all.add(p.leading()));
    return switch (Shapes.broadcast(Type.REAL_SCALAR, all)) {
      case Outcome.Wrong(var message, var at) -> {
        env.report(Wrong.of(message, at.stream().map(all::get).toList(), span));
        yield Optional.empty();
      }
      case Outcome.Ok(var type, var checks) -> {
        env.checks().addAll(checks);
        if (x.isPresent()) yield Optional.of(new TExpr.OfDist(which, dist, x, type, span));
        if (event.stream().anyMatch(Optional::isEmpty)) {
          env.report(Diagnostic.error("E0224", span, "the size of `%s` is not told by its arguments", name()));
          yield Optional.empty();
        }
        var dims = new ArrayList<>(type.dims());
        event.forEach(e -> dims.add(e.orElseThrow().dim()));
        var scalar = integer && which == DistFunction.DRAW ? Type.INT_SCALAR : Type.REAL_SCALAR;
        yield Optional.of(new TExpr.OfDist(which, dist, x, new Type(scalar, dims), span));
      }
    };
  }
}
