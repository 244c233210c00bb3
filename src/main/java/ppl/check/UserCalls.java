package ppl.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.lib.Function.Outcome;
import ppl.lib.Shapes;
import ppl.lib.Sizes;
import ppl.source.Diagnostic;
import ppl.source.Suggest;
import ppl.typed.Dim;
import ppl.typed.FunDef;
import ppl.typed.Size;
import ppl.typed.SizeCheck;
import ppl.typed.Substitution;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TDist;
import ppl.typed.TExpr;

/// Checks calls of functions and distributions that the file defines.
final class UserCalls {
  private final Expressions exprs;
  private final Env env;

  UserCalls(Expressions exprs) {
    this.exprs = exprs;
    this.env = exprs.env();
  }

  Optional<TExpr> call(Expr.Call c) {
    var fun = env.globals().functions().get(c.function().text());
    fun.used().mark();
    var names = fun.ast().parameters().stream().map(p -> p.name().text()).toList();
    var args = arguments(c, names, fun.ast().span());
    var def = fun.def().get();
    return def.isEmpty() || args.isEmpty() ? Optional.empty() : call(def.get(), args.get(), c);
  }

  private Optional<TExpr> call(FunDef f, List<TExpr> args, Expr.Call c) {
    var info = env.shared().functions().get(f);
    boolean scalars = info.result().isScalar() && f.parameters().stream().allMatch(p -> p.type().isScalar());
    boolean stretched = scalars && args.stream().anyMatch(a -> !a.type().isScalar());
    var bound = bind(f.parameters(), args, f.name(), scalars);
    if (bound.isEmpty()) return Optional.empty();
    var type = bound.get().type(info.result());
    if (!checks(f, bound.get(), c)) return Optional.empty();
    if (stretched)
      switch (Shapes.broadcast(type.scalar(), args)) {
        case Outcome.Ok(var t, var checks) -> {
          env.checks().addAll(checks);
          type = t;
        }
        case Outcome.Wrong(var message, var at) -> {
          env.report(Wrong.of(message, at.stream().map(args::get).toList(), c.span()));
          return Optional.empty();
        }
      }
    return Optional.of(new TExpr.CallFun(f, args, sizes(f.sizes(), bound.get()), stretched, type, c.span()));
  }

  private static List<Size> sizes(List<Symbol> symbols, Substitution bound) {
    return symbols.stream().map(s -> bound.sizes().getOrDefault(s, Size.of(0))).toList();
  }

  /// What the body compares, with the sizes of this call.
  private boolean checks(FunDef f, Substitution bound, Expr.Call c) {
    for (var check : env.shared().functions().get(f).checks()) {
      var left = bound.size(check.left());
      if (check.must() == SizeCheck.Must.EXIST) {
        Outnumbered.check(left, "in `" + f.name() + "`: " + check.what(), c.span(), env);
        continue;
      }
      var right = bound.size(check.right());
      switch (left.match(right)) {
        case SAME -> {}
        case LATER -> env.checks().add(new SizeCheck(left, right, "in `" + f.name() + "`: " + check.what(), c.span()));
        case DIFFERENT -> {
          env.report(Diagnostic.error("E0211", c.span(), "inside `%s`, %s; here these are %s and %s", f.name(),
              check.what(), left, right)
              .note(check.span(), "this place of `%s`", f.name()));
          return false;
        }
      }
    }
    return true;
  }

  /// The values of all parameters, in order, whether written by position or by name.
  private Optional<List<TExpr>> arguments(Expr.Call c, List<String> names, ppl.source.Span definition) {
    Map<String, Expr> byName = new HashMap<>();
    int position = 0;
    boolean broken = false;
    for (var a : c.arguments()) {
      var name = a instanceof Argument.Named(var n, var v) ? n.text() : position < names.size() ? names.get(position)
          : "";
      position++;
      if (a instanceof Argument.Named(var n, var v) && !names.contains(name)) {
        var error = Diagnostic.error("E0244", n.span(), "`%s` has no argument `%s`", c.function(), n)
            .note(definition, "`%s` is defined here", c.function());
        env.report(Suggest.help(name, names).map(error::help).orElse(error));
        broken = true;
      } else if (a instanceof Argument.Over o) {
        env.report(Diagnostic.error("E0244", o.value().span(), "`%s` does not run over indices", c.function()));
        broken = true;
      } else byName.putIfAbsent(name, a.value());
    }
    if (!broken && (c.arguments().size() != names.size() || !byName.keySet().containsAll(names))) {
      env.report(Diagnostic.error("E0244", c.span(), "`%s` takes %s, and here %s", c.function(),
          names.size() == 1 ? "1 argument" : names.size() + " arguments",
              c.arguments().size() == 1 ? "is 1" : "are " + c.arguments().size())
          .note(definition, "`%s` is defined here", c.function()));
      broken = true;
    }
    if (broken) {
      c.arguments().forEach(a -> {
        if (!(a instanceof Argument.Over)) exprs.check(a.value());
      });
      return Optional.empty();
    }
    return exprs.all(names.stream().map(byName::get).toList());
  }

  /// What parameters stand for in a call. `anyLead` lets arguments have further leading dimensions.
  private Optional<Substitution> bind(List<Symbol> parameters, List<TExpr> args, String name, boolean anyLead) {
    var bound = new Substitution(new IdentityHashMap<>(), new IdentityHashMap<>());
    for (int i = 0; i < args.size(); i++) {
      var p = parameters.get(i);
      bound.values().put(p, args.get(i));
      if (p.type().isScalar() && !p.type().isReal() && args.get(i).type().isScalar() && !args.get(i).type().isReal())
        bound.sizes().put(p, Sizes.of(args.get(i)));
    }
    for (int i = 0; i < args.size(); i++) if (!bind(parameters.get(i), args.get(i), name, anyLead,
        bound)) return Optional.empty();
    return Optional.of(bound);
  }

  private boolean bind(Symbol p, TExpr arg, String name, boolean anyLead, Substitution bound) {
    var wrong = scalar(p, arg, name);
    int lead = arg.type().rank() - p.type().rank();
    if (wrong.isEmpty() && (anyLead ? lead < 0 : lead != 0))
      wrong = Optional.of(Wrong.origin(Diagnostic.error("E0244", arg.span(),
          "`%s` wants `%s` to be %s, and %s has type %s", name, p.name(), p.written(),
          Shapes.name(arg), arg.written()), arg).note(p.span(), "`%s` is declared here", p.name()));
    if (wrong.isPresent()) {
      env.report(wrong.get());
      return false;
    }
    for (int d = 0; d < p.type().rank(); d++)
      if (!extent(p, p.type().dims().get(d), arg.type().dims().get(lead + d), arg, bound)) return false;
    return true;
  }

  private boolean extent(Symbol p, Dim wanted, Dim given, TExpr arg, Substitution bound) {
    var letter = sizeParameter(wanted.size());
    if (letter.isPresent() && letter.get().role() == Symbol.Role.SIZE
        && bound.sizes().putIfAbsent(letter.get(), given.size()) == null) return true;
    var apart = Shapes.agree(bound.dim(wanted), new TExpr.Num(0, p.type(), p.span()), given, arg, env.checks());
    if (apart.isPresent())
      env.report(Wrong.origin(Diagnostic.error("E0211", arg.span(), "`%s` is %s, and %s has %s", p.name(), p.written(),
          Shapes.name(arg),
          Shapes.count(given)), arg).note(p.span(), "here that makes %s", Shapes.count(bound.dim(wanted))));
    return apart.isEmpty();
  }

  static Optional<Symbol> sizeParameter(Size s) {
    if (s.terms().size() != 1) return Optional.empty();
    var term = s.terms().values().iterator().next();
    return term.coefficient() == 1 && term.atoms().size() == 1
        && term.atoms().getFirst() instanceof Size.Atom.Scalar(var symbol)
        ? Optional.of(symbol)
        : Optional.empty();
  }

  private static Optional<Diagnostic> scalar(Symbol p, TExpr arg, String name) {
    if (!arg.type().level().equals(p.type().level()) && !(Shapes.isNumber(arg.type()) && Shapes.isNumber(p.type())))
      return Optional.of(Diagnostic.error("E0244", arg.span(), "`%s` wants `%s` to be %s, and %s is %s", name,
          p.name(), p.written(), Shapes.name(arg),
          arg.type().level().map(d -> "a `" + d.name() + "`").orElse("a number")));
    if (!p.type().isReal() && arg.type().isReal())
      return Optional.of(Wrong.whole(Diagnostic.error("E0244", arg.span(),
          "`%s` wants `%s` to be a whole number, and %s is real", name, p.name(), Shapes.name(arg)), arg)
          .note(p.span(), "`%s` is declared here", p.name()));
    if (arg instanceof TExpr.Num n && p.support() instanceof Support.Between(var lower, var upper, var strict)) {
      boolean low = lower.isPresent() && lower.get() instanceof TExpr.Num l
          && (strict ? n.value() <= l.value() : n.value() < l.value());
      boolean high = upper.isPresent() && upper.get() instanceof TExpr.Num u && n.value() > u.value();
      if (low || high) return Optional.of(Diagnostic.error("E0225", arg.span(), "%s lies outside of what `%s` may be",
          Types.text(n), p.name())
          .note(p.span(), "`%s` is declared here", p.name()));
    }
    return Optional.empty();
  }

  /// A user distribution with its arguments.
  Optional<Family> distribution(Expr.Call c) {
    var dist = env.globals().distributions().get(c.function().text());
    dist.used().mark();
    var names = dist.ast().parameters().stream().map(p -> p.name().text()).toList();
    var args = arguments(c, names, dist.ast().name().span());
    var def = dist.def().get();
    if (def.isEmpty() || args.isEmpty()) return Optional.empty();
    var d = def.get();
    var bound = bind(d.parameters(), args.get(), d.name(), true);
    if (bound.isEmpty()) return Optional.empty();
    var methods = new ArrayList<>(List.of(d.logpdf()));
    d.cdf().ifPresent(methods::add);
    d.sample().ifPresent(methods::add);
    for (var m : methods) if (!checks(m, bound.get(), c)) return Optional.empty();
    var event = bound.get().type(d.on()).dims().stream()
        .map(dim -> Optional.of(new Family.Extent(dim, new TExpr.Num(0, d.on(), c.function().span())))).toList();
    var parts = IntStream.range(0, args.get().size())
        .mapToObj(i -> new Family.Part(args.get().get(i), args.get().get(i).type().rank() - d.parameters().get(i).type()
            .rank())).toList();
    var user = new TDist.User(d, args.get(), sizes(d.sizes(), bound.get()), c.span());
    return Optional.of(new Family(user, !d.on().isReal(), event, parts, Optional.empty()));
  }
}
