package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.lib.Functions;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Suggest;
import ppl.typed.Dim;
import ppl.typed.Domain;
import ppl.typed.Size;
import ppl.typed.TExpr;
import ppl.typed.TExpr.DistFunction;
import ppl.typed.Type;

/// Checks calls in value position.
final class Calls {
  private static final List<String> SPECIAL =
      List.of("logpdf", "cdf", "logcdf", "logccdf", "size", "levels", "rows", "cols", "ode", "sample");

  private final Expressions exprs;
  private final Env env;

  Calls(Expressions exprs) {
    this.exprs = exprs;
    this.env = exprs.env();
  }

  Optional<TExpr> check(Expr.Call c) {
    var name = c.function().text();
    if (env.globals().functions().containsKey(name)) return new UserCalls(exprs).call(c);
    return switch (name) {
      case "logpdf" -> ofDist(c, DistFunction.LOGPDF);
      case "cdf" -> ofDist(c, DistFunction.CDF);
      case "logcdf" -> ofDist(c, DistFunction.LOGCDF);
      case "logccdf" -> ofDist(c, DistFunction.LOGCCDF);
      case "mean" -> moment(c, DistFunction.MEAN);
      case "sd" -> moment(c, DistFunction.SD);
      case "sample" -> draw(c);
      case "size" -> size(c);
      case "levels" -> levels(c);
      case "rows" -> extent(c, 0);
      case "cols" -> extent(c, 1);
      case "ode" -> ode(c);
      default -> library(c);
    };
  }

  private Optional<TExpr> library(Expr.Call c) {
    var f = Functions.find(c.function().text());
    if (f.isEmpty()) {
      c.arguments().forEach(a -> errorsOf(a));
      env.report(unknown(c));
      return Optional.empty();
    }
    if (c.arguments().size() == 1 && c.arguments().getFirst() instanceof Argument.Over(var binders, var body)) {
      if (Functions.reduces(f.get())) return exprs.reduce(f.get(), binders, body, c.span());
      env.report(Diagnostic.error("E0214", c.span(), "`%s` does not run over indices", c.function())
          .help("write an array: `%s([.. for i in 1..N])`", c.function()));
      return Optional.empty();
    }
    var args = positional(c);
    if (args.isEmpty()) return Optional.empty();
    var checked = exprs.all(args.get());
    var multiplied = checked.flatMap(a -> Habits.multiplied(c, a));
    multiplied.ifPresent(env::report);
    return multiplied.isPresent() ? Optional.empty()
        : checked.flatMap(a -> exprs.apply(f.get(), a, c.span(), c.span()));
  }

  /// The arguments of a function, which have no names.
  private Optional<List<Expr>> positional(Expr.Call c) {
    var values = new ArrayList<Expr>();
    for (var a : c.arguments())
      switch (a) {
        case Argument.Positional(var value) -> values.add(value);
        case Argument.Named(var name, var value) -> {
          env.report(Diagnostic.error("E0214", name.span(), "functions take arguments by position, not by name")
              .help("write `%s(%s)`", c.function(), c.arguments().stream().map(x -> x.value().span().text())
                  .collect(Collectors.joining(", "))));
          return Optional.empty();
        }
        case Argument.Over(var binders, var value) -> {
          env.report(Diagnostic.error("E0214", value.span(), "`%s` does not run over indices", c.function()));
          return Optional.empty();
        }
      }
    return Optional.of(values);
  }

  private void errorsOf(Argument a) {
    if (a instanceof Argument.Positional(var value) && !isDistribution(value)
        && !(value instanceof Expr.StringLit)) exprs.check(value);
  }

  private Diagnostic unknown(Expr.Call c) {
    var name = c.function().text();
    if (Laws.isDistribution(name, env))
      return Diagnostic.error("E0206", c.span(), "`%s` is a distribution, not a value", name)
          .help("distributions stand after `~`; for its density at x write `logpdf(%s(..), x)`", name);
    if (c.arguments().isEmpty() && References.constant(c.function()).isPresent())
      return Diagnostic.error("E0207", c.span(), "`%s` is a number, not a function", name).help("write `%s`", name);
    if (c.arguments().isEmpty() && Habits.value(c.function()).isPresent()) return Habits.value(c.function()).get();
    var habit = Habits.function(c);
    if (habit.isPresent()) return habit.get();
    if (env.scope().find(name).isPresent())
      return Diagnostic.error("E0207", c.function().span(), "`%s` is a value, not a function", name)
          .help("elements are written with brackets, `%s[..]`; a product needs its `*`", name);
    var known = new ArrayList<>(env.globals().functions().keySet());
    Functions.all().forEach(f -> known.add(f.name()));
    known.addAll(SPECIAL);
    var error = Diagnostic.error("E0207", c.function().span(), "there is no function `%s`", name);
    return Suggest.help(name, known).map(error::help).orElse(error);
  }

  private boolean isDistribution(Expr e) {
    return switch (e) {
      case Expr.Call c -> Laws.isDistribution(c.function().text(), env);
      case Expr.Paren p -> isDistribution(p.inner());
      default -> false;
    };
  }

  private Optional<TExpr> ofDist(Expr.Call c, DistFunction which) {
    if (c.arguments().size() != 2 || !(c.arguments().get(0) instanceof Argument.Positional(var d))
        || !(c.arguments().get(1) instanceof Argument.Positional(var x))) {
      env.report(Diagnostic.error("E0214", c.span(), "`%s` takes a distribution and a value", c.function())
          .help("write `%s(Normal(mu, sigma), x)`", c.function()));
      return Optional.empty();
    }
    if (isDistribution(x) && !isDistribution(d)) {
      env.report(Diagnostic.error("E0214", c.span(), "the distribution comes first")
          .help("write `%s(%s, %s)`", c.function(), x.span().text(), d.span().text()));
      return Optional.empty();
    }
    var law = new Laws(exprs).check(d);
    var value = exprs.check(x);
    if (law.isEmpty() || value.isEmpty()) return Optional.empty();
    return law.get().function(which, Optional.of(value.get()), c.span(), env);
  }

  private Optional<TExpr> moment(Expr.Call c, DistFunction which) {
    if (c.arguments().size() != 1 || !(c.arguments().getFirst() instanceof Argument.Positional(var d))
        || !isDistribution(d))
      return library(c);
    return new Laws(exprs).check(d).flatMap(l -> l.function(which, Optional.empty(), c.span(), env));
  }

  private Optional<TExpr> draw(Expr.Call c) {
    if (c.arguments().size() != 1 || !(c.arguments().getFirst() instanceof Argument.Positional(var d))
        || !isDistribution(d)) {
      env.report(Diagnostic.error("E0214", c.span(), "`sample` takes a distribution")
          .help("write `sample(Normal(0, 1))`"));
      return Optional.empty();
    }
    if (!env.scope().within(Scope.Kind.GENERATE) && !env.scope().within(Scope.Kind.SAMPLE)) {
      env.report(Diagnostic.error("E0206", c.span(), "a random draw is possible only in the `sample` of a distribution")
          .help("an unknown is declared by `x : real ~ %s`; in `generate` that draws forward", d.span().text()));
      return Optional.empty();
    }
    return new Laws(exprs).check(d).flatMap(l -> l.function(DistFunction.DRAW, Optional.empty(), c.span(), env));
  }

  private Optional<TExpr> size(Expr.Call c) {
    var args = positional(c);
    if (args.isEmpty()) return Optional.empty();
    if (args.get().size() == 1 && args.get().getFirst() instanceof Expr.Ref(var name)
        && env.globals().tables().containsKey(name.text())) {
      env.shared().used().add(name.text());
      return Optional.of(new TExpr.SizeOf(Dim.of(env.globals().domain(name.text()).orElseThrow()).size(), c.span()));
    }
    if (args.get().size() == 2 && args.get().get(1) instanceof Expr.IntLit(var d, var at))
      return exprs.check(args.get().getFirst()).flatMap(x -> nth(x, (int) d - 1, c));
    if (args.get().size() != 1) {
      env.report(Diagnostic.error("E0214", c.span(),
          "`size` takes an array or a table, and for one of several dimensions its number")
          .help("write `size(x)` or `size(x, 2)`"));
      return Optional.empty();
    }
    return exprs.check(args.get().getFirst()).flatMap(x -> {
      if (x.type().rank() <= 1) return nth(x, 0, c);
      var all = x.type().dims().stream().map(Dim::size).reduce(Size.of(1), Size::times);
      return Optional.of(new TExpr.SizeOf(all, c.span()));
    });
  }

  private Optional<TExpr> extent(Expr.Call c, int d) {
    var args = positional(c);
    if (args.isEmpty() || args.get().size() != 1) {
      if (args.isPresent()) env.report(Diagnostic.error("E0214", c.span(), "`%s` takes one array", c.function()));
      return Optional.empty();
    }
    return exprs.check(args.get().getFirst()).flatMap(x -> nth(x, d, c));
  }

  private Optional<TExpr> nth(TExpr x, int d, Expr.Call c) {
    if (d >= 0 && d < x.type().rank()) return Optional.of(new TExpr.SizeOf(x.type().dims().get(d).size(), c.span()));
    env.report(Wrong.origin(Diagnostic.error("E0215", c.span(), "%s has %s", Shapes.name(x),
        x.type().isScalar() ? "no dimensions" : "only " + x.type()
            .rank() + " dimension" + (x.type().rank() == 1 ? "" : "s")), x));
    return Optional.empty();
  }

  private Optional<TExpr> levels(Expr.Call c) {
    var args = positional(c);
    if (args.isEmpty()) return Optional.empty();
    if (args.get().size() == 1 && args.get().getFirst() instanceof Expr.Ref(var name)
        && env.globals().domain(name.text()).orElse(null) instanceof Domain.Factor f) {
      env.shared().used().add(name.text());
      return Optional.of(new TExpr.SizeOf(Dim.of(f).size(), c.span()));
    }
    env.report(Diagnostic.error("E0214", c.span(), "`levels` takes the name of a factor")
        .help("for an array write `size(x)`"));
    return Optional.empty();
  }

  /// The solution of a differential equation: one state a time.
  private Optional<TExpr> ode(Expr.Call c) {
    env.refuse(Diagnostic.error("E0502", c.span(), "differential equations cannot be solved yet")
        .help("a discretised equation can be written as a loop over time"));
    var args = positional(c);
    if (args.isEmpty() || args.get().size() < 4) {
      if (args.isPresent()) env.report(Diagnostic.error("E0214", c.span(),
          "`ode` takes a function, the first state, the first time, the times and the function's further arguments")
          .help("write `ode(f, z0, t0, ts, p)`"));
      return Optional.empty();
    }
    var f = args.get().getFirst();
    if (f instanceof Expr.Ref(var name) && env.globals().functions().containsKey(name.text()))
      env.globals().functions().get(name.text()).used().mark();
    else env.report(Diagnostic.error("E0207", f.span(),
        "the first argument of `ode` is the name of a function of this file"));
    var rest = exprs.all(args.get().subList(1, args.get().size()));
    if (rest.isEmpty()) return Optional.empty();
    var state = rest.get().get(0);
    var times = rest.get().get(2);
    if (state.type().rank() != 1 || times.type().rank() != 1) {
      var wrong = state.type().rank() != 1 ? state : times;
      env.report(Diagnostic.error("E0211", wrong.span(),
          "`ode` wants an array of one dimension here, and %s has type %s", Shapes.name(wrong), wrong.written()));
      return Optional.empty();
    }
    var type = Type.REAL.with(List.of(times.type().dims().getFirst(), state.type().dims().getFirst()));
    return Optional.of(new TExpr.Num(0, type, c.span()));
  }
}
