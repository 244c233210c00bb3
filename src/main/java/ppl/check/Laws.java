package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.dist.Ability;
import ppl.dist.Distributions;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.source.Suggest;
import ppl.typed.Dim;
import ppl.typed.Size;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Checks distributions as written after `~` or in `logpdf`.
final class Laws {
  private static final List<String> COMBINATORS = List.of("truncated", "censored", "mixture", "zero_inflated",
      "hurdle");

  private final Expressions exprs;
  private final Env env;

  Laws(Expressions exprs) {
    this.exprs = exprs;
    this.env = exprs.env();
  }

  static boolean isDistribution(String name, Env env) {
    return env.globals().distributions().containsKey(name) || COMBINATORS.contains(name)
        || Distributions.find(name).isPresent();
  }

  Optional<Family> check(Expr e) {
    return switch (e) {
      case Expr.Paren(var inner, var span) -> check(inner);
      case Expr.Call c -> call(c);
      case Expr.Ref(var name) when isDistribution(name.text(), env) -> {
        env.report(Diagnostic.error("E0220", name.span(), "the arguments of `%s` are missing", name)
            .help(Arguments.signatureOf(name.text())));
        yield Optional.empty();
      }
      default -> {
        env.report(Habits.notADistribution(e).orElseGet(() ->
            Diagnostic.error("E0208", e.span(), "after `~` stands a distribution, as in `Normal(0, 1)`")
            .help("a value is given by `=`")));
        yield Optional.empty();
      }
    };
  }

  private Optional<Family> call(Expr.Call c) {
    var name = c.function();
    if (env.globals().distributions().containsKey(name.text())) return new UserCalls(exprs).distribution(c);
    return switch (name.text()) {
      case "truncated", "censored" -> bounded(c);
      case "mixture" -> mixture(c);
      case "zero_inflated", "hurdle" -> zeros(c);
      default -> {
        var d = Distributions.find(name.text());
        if (d.isPresent()) yield new Arguments(exprs).of(d.get(), c);
        env.report(unknown(c));
        yield Optional.empty();
      }
    };
  }

  private Diagnostic unknown(Expr.Call c) {
    var name = c.function();
    var habit = Habits.distribution(c);
    if (habit.isPresent()) return habit.get();
    if (env.globals().functions().containsKey(name.text()) || ppl.lib.Functions.find(name.text()).isPresent())
      return Diagnostic.error("E0208", name.span(), "`%s` is a function, not a distribution", name)
          .help("a value is given by `=`; after `~` stands a distribution, as in `Normal(%s, sigma)`", c.span().text());
    var known = new ArrayList<>(Distributions.names());
    known.addAll(COMBINATORS);
    known.addAll(env.globals().distributions().keySet());
    var error = Diagnostic.error("E0208", name.span(), "there is no distribution `%s`", name);
    return Suggest.help(name.text(), known).map(error::help).orElse(error);
  }

  /// `truncated(D, lower = , upper = )`, `censored(..)`.
  private Optional<Family> bounded(Expr.Call c) {
    var inner = first(c, 0, "a distribution and bounds: `%s(Normal(mu, sigma), lower = 0)`");
    var bounds = inner.isEmpty() ? Optional.<List<Optional<TExpr>>>empty() : bounds(c);
    if (inner.isEmpty() || bounds.isEmpty()) return Optional.empty();
    var f = inner.get();
    if (f.eventRank() > 0) {
      env.report(Diagnostic.error("E0224", c.span(), "`%s` is for distributions of one number", c.function()));
      return Optional.empty();
    }
    if (!f.can(Ability.TAILS, c.span(), env)) return Optional.empty();
    var lower = bounds.get().get(0);
    var upper = bounds.get().get(1);
    if (lower.isPresent() && upper.isPresent() && lower.get() instanceof TExpr.Num a
        && upper.get() instanceof TExpr.Num b && a.value() >= b.value()) {
      env.report(Diagnostic.error("E0219", a.span().to(b.span()), "nothing lies between %s and %s", Types.text(a),
          Types.text(b)));
      return Optional.empty();
    }
    var parts = new ArrayList<>(f.parts());
    lower.ifPresent(e -> parts.add(Family.Part.scalar(e)));
    upper.ifPresent(e -> parts.add(Family.Part.scalar(e)));
    var dist = c.function().text().equals("truncated")
        ? new TDist.Truncated(f.dist(), lower, upper, c.span())
        : new TDist.Censored(f.dist(), lower, upper, c.span());
    return Optional.of(f.with(dist, parts));
  }

  private Optional<List<Optional<TExpr>>> bounds(Expr.Call c) {
    Optional<TExpr> lower = Optional.empty();
    Optional<TExpr> upper = Optional.empty();
    boolean broken = c.arguments().size() < 2;
    if (broken) env.report(Diagnostic.error("E0224", c.span(), "`%s` needs a bound", c.function())
        .help("add `lower = ..` or `upper = ..`"));
    for (int i = 1; i < c.arguments().size(); i++) {
      var a = c.arguments().get(i);
      var name = a instanceof Argument.Named(var n, var v) ? n.text() : i == 1 ? "lower" : i == 2 ? "upper" : "";
      if (!name.equals("lower") && !name.equals("upper")) {
        var at = a instanceof Argument.Named(var n, var v) ? n.span() : a.value().span();
        var error = Diagnostic.error("E0224", at, "`%s` takes a distribution, `lower = ..` and `upper = ..`",
            c.function());
        env.report(Suggest.help(at.text(), List.of("lower", "upper")).map(error::help)
            .orElse(error.help("write `%s(D, lower = a, upper = b)`", c.function())));
        broken = true;
        continue;
      }
      var value = exprs.number(a.value());
      if (value.isEmpty()) broken = true;
      if (name.equals("lower")) lower = value;
      else upper = value;
    }
    return broken ? Optional.empty() : Optional.of(List.of(lower, upper));
  }

  private Optional<Family> first(Expr.Call c, int at, String usage) {
    if (c.arguments().size() > at && c.arguments().get(at) instanceof Argument.Positional(var d)) return check(d);
    env.report(Diagnostic.error("E0224", c.span(), "`%s` takes %s", c.function(), usage.formatted(c.function())));
    return Optional.empty();
  }

  /// `mixture(w, D1, D2)`, `mixture(w, k in 1..K : D)`.
  private Optional<Family> mixture(Expr.Call c) {
    if (c.arguments().size() < 2 || !(c.arguments().getFirst() instanceof Argument.Positional(var weights))) {
      env.report(Diagnostic.error("E0224", c.span(), "`mixture` takes weights and distributions")
          .help("write `mixture(w, Normal(0, 1), Normal(5, 1))` or `mixture(w, k in 1..K : Normal(mu[k], 1))`"));
      return Optional.empty();
    }
    var w = exprs.number(weights);
    if (c.arguments().get(1) instanceof Argument.Over(var binders, var body)) return over(c, w, binders, body);
    if (c.arguments().size() == 2 && c.arguments().get(1) instanceof Argument.Positional(Expr.ArrayLit list)) {
      env.report(Diagnostic.error("E0224", list.span(), "the parts of a mixture are no array: they stand one by one")
          .help("write `mixture(%s, %s)`", weights.span().text(),
              list.elements().stream().map(e -> e.span().text()).collect(Collectors.joining(", "))));
      return Optional.empty();
    }
    var parts = new ArrayList<Family>();
    boolean broken = w.isEmpty();
    for (var a : c.arguments().subList(1, c.arguments().size())) {
      var d = a instanceof Argument.Positional(var e) ? check(e) : Optional.<Family>empty();
      if (!(a instanceof Argument.Positional))
        env.report(Diagnostic.error("E0224", a.value().span(), "`mixture` takes weights and distributions"));
      d.ifPresent(parts::add);
      broken |= d.isEmpty();
    }
    if (broken) return Optional.empty();
    var n = Dim.of(Size.of(parts.size()));
    if (!weights(w.get(), n, parts.size() + (parts.size() == 1 ? " component" : " components"), c.span())) return Optional.empty();
    var one = parts.getFirst();
    for (var p : parts)
      if (p.integer() != one.integer() || p.eventRank() != one.eventRank()) {
        env.report(Diagnostic.error("E0224", p.dist().span(),
            "the parts of a mixture are all distributions of whole numbers or all of reals, of one shape"));
        return Optional.empty();
      }
    var args = new ArrayList<Family.Part>();
    args.add(new Family.Part(w.get(), w.get().type().rank() - 1));
    parts.forEach(p -> args.addAll(p.parts()));
    return Optional.of(Family.mixed(new TDist.Mixture(w.get(), parts.stream().map(Family::dist).toList(), c.span()), parts, args));
  }

  private Optional<Family> over(Expr.Call c, Optional<TExpr> w, List<Expr.Binder> binders, Expr body) {
    var bound = exprs.binders(binders, Scope.Kind.BINDER);
    var part = new Laws(new Expressions(bound.env())).check(body);
    if (binders.size() > 1)
      env.report(Diagnostic.error("E0224", binders.get(1).span(), "a mixture runs over one index")
          .help("mix a mixture"));
    if (w.isEmpty() || bound.binders().isEmpty() || part.isEmpty() || binders.size() > 1) return Optional.empty();
    var b = bound.binders().get().getFirst();
    if (!weights(w.get(), Expressions.dim(b), "components " + binders.getFirst().span().text(),
        c.span())) return Optional.empty();
    var args = new ArrayList<Family.Part>();
    args.add(new Family.Part(w.get(), w.get().type().rank() - 1));
    args.addAll(part.get().parts());
    return Optional.of(part.get().with(new TDist.MixtureOver(w.get(), b, part.get().dist(), c.span()), args));
  }

  private boolean weights(TExpr w, Dim components, String what, Span span) {
    if (w.type().isScalar()) {
      env.report(Diagnostic.error("E0224", w.span(), "a mixture has one weight per component, and %s is one number",
          Shapes.name(w))
          .help("for two components write `[%s, 1 - %s]`", w.span().text(), w.span().text()));
      return false;
    }
    var apart = Shapes.agree(components, new TExpr.Num(0, w.type(), span), w.type().dims().getLast(), w, env.checks());
    if (apart.isPresent())
      env.report(Wrong.origin(Diagnostic.error("E0223", w.span(), "%s holds %s where the mixture has %s",
          Shapes.name(w),
          Shapes.count(w.type().dims().getLast()).replace("element", "weight"), what), w));
    return apart.isEmpty();
  }

  private static Diagnostic negative(ppl.ast.Name word, Family f) {
    var error = Diagnostic.error("E0224", f.dist().span(),
        "`%s` is for distributions of counts and of numbers that are not negative", word);
    if (f.eventRank() > 0) return error;
    return f.dist() instanceof TDist.User
        ? error.help("declare `dist %s(..) on %s`", f.name(), f.integer() ? "count" : "nonnegative")
        : error.help("`truncated(%s, lower = 0)` is never negative", f.dist().span().text());
  }

  /// `zero_inflated(p, D)`, `hurdle(p, D)`.
  private Optional<Family> zeros(Expr.Call c) {
    if (c.arguments().size() != 2 || !(c.arguments().getFirst() instanceof Argument.Positional(var chance))) {
      env.report(Diagnostic.error("E0224", c.span(), "`%s` takes the probability of a zero and a distribution",
          c.function())
          .help("write `%s(p, Poisson(rate))`", c.function()));
      return Optional.empty();
    }
    if (chance instanceof Expr.Call k && isDistribution(k.function().text(), env)) {
      env.report(Diagnostic.error("E0224", c.span(), "the probability of a zero comes first")
          .help("write `%s(%s, %s)`", c.function(), c.arguments().get(1).value().span().text(), k.span().text()));
      return Optional.empty();
    }
    var p = exprs.number(chance);
    var inner = first(c, 1, "a probability and a distribution");
    if (p.isEmpty() || inner.isEmpty()) return Optional.empty();
    var f = inner.get();
    boolean inflated = c.function().text().equals("zero_inflated");
    if (f.eventRank() > 0 || new Ranges().of(f.dist()).low() < 0) {
      env.report(negative(c.function(), f));
      return Optional.empty();
    }
    var parts = new ArrayList<>(f.parts());
    parts.add(Family.Part.scalar(p.get()));
    return Optional.of(f.with(inflated ? new TDist.ZeroInflated(p.get(), f.dist(), c.span())
        : new TDist.Hurdle(p.get(), f.dist(), c.span()), parts));
  }
}
