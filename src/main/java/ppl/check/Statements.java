package ppl.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import ppl.ast.Expr;
import ppl.ast.Name;
import ppl.ast.Stmt;
import ppl.dist.Ability;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.source.Suggest;
import ppl.typed.Mentions;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;

/// Checks statements in their order; the names that they declare are in scope already.
final class Statements {
  private final Env env;
  private final Expressions exprs;

  Statements(Env env) {
    this.env = env;
    this.exprs = new Expressions(env);
  }

  List<TStmt> all(List<Stmt> statements) {
    return statements.stream().flatMap(s -> check(s).stream()).toList();
  }

  List<TStmt> check(Stmt s) {
    return switch (s) {
      case Stmt.Declare d -> declare(d);
      case Stmt.Assign a -> assign(a);
      case Stmt.Sample x -> sample(x);
      case Stmt.For f -> loop(f);
      case Stmt.If i -> branch(i);
      case Stmt.Target t -> target(t);
      case Stmt.Data _, Stmt.Table _, Stmt.Learn _, Stmt.Fun _, Stmt.Dist _, Stmt.Return _, Stmt.Generate _,
          Stmt.Guide _,
          Stmt.Import _ -> List.of();
    };
  }

  private List<TStmt> declare(Stmt.Declare d) {
    var entry = env.scope().here(d.name().text());
    if (entry.isEmpty() || entry.get().span() != d.name().span()) return errorsOf(d);
    var value = entry.get().value();
    if (d.given().isPresent() && d.given().get() instanceof Stmt.Given.Prior(var e)) return prior(d, value, e);
    return value.flatMap(Entry.Value::give).map(List::of).orElse(List.of());
  }

  /// Errors in a declaration that does not count.
  private List<TStmt> errorsOf(Stmt.Declare d) {
    d.given().ifPresent(g -> {
      switch (g) {
        case Stmt.Given.Prior(var e) -> new Laws(exprs).check(e);
        case Stmt.Given.Value(var e) -> exprs.check(e);
      }
    });
    return List.of();
  }

  private List<TStmt> prior(Stmt.Declare d, Optional<Entry.Value> value, Expr dist) {
    var law = new Laws(exprs).check(dist);
    boolean place = switch (env.scope().kind()) {
      case TOP, GENERATE -> true;
      case FOR, IF, BINDER, FUNCTION, SAMPLE, GUIDE -> false;
    };
    if (!place) {
      env.report(Diagnostic.error("E0233", d.name().span(), "an unknown is declared outside of blocks")
          .help("declare `%s : %s[..]` before the block and write `%s[..] ~ %s` in it", d.name(),
              d.type().span().text(), d.name(), dist.span().text()));
      return List.of();
    }
    if (law.isEmpty() || value.isEmpty()) return List.of();
    var symbol = value.get().symbol();
    return give(law.get(), new TStmt.Place(symbol, List.of(), symbol.type(), d.name().span()), d.span());
  }

  /// `place ~ law`.
  private List<TStmt> give(Family law, TStmt.Place place, Span span) {
    var value = expression(place);
    if (!law.integer() && !place.type().isReal()) {
      env.report(Diagnostic.error("E0222", place.span(), "`%s` is a whole number, and `%s` is a distribution of reals",
          place.symbol(), law.name())
          .note(place.symbol().span(), "`%s` is declared here", place.symbol()).help("declare it as `real`"));
      return List.of();
    }
    if (!law.fits(value, env) || !Supports.agree(place.symbol(), law, env)) return List.of();
    if (place.symbol().role() == Symbol.Role.GENERATED && !law.can(Ability.DRAW, law.dist().span(), env)) return List.of();
    Restrictions.check(place, law, env);
    Atoms.check(place.symbol(), law.dist(), env);
    return List.of(new TStmt.Prior(place, law.dist(), span));
  }

  private static TExpr expression(TStmt.Place p) {
    var all = new TExpr.Ref(p.symbol(), p.span());
    return p.subs().isEmpty() ? all : new TExpr.Index(all, p.subs(), p.type(), p.span());
  }

  private List<TStmt> assign(Stmt.Assign a) {
    var root = Givers.root(a.place());
    if (root.isEmpty()) return List.of();
    var name = root.get();
    var entry = env.scope().find(name.text());
    if (a.place() instanceof Expr.Ref && entry.isPresent() && entry.get().span() == name.span())
      return entry.get().value().flatMap(Entry.Value::give).map(List::of).orElse(List.of());
    var law = Habits.given(a.place().span().text(), true, a.value(), env);
    if (law.isPresent()) {
      env.report(law.get());
      return List.of();
    }
    var value = exprs.check(a.value());
    var place = place(a.place(), name, "=");
    if (place.isEmpty() || value.isEmpty()) return List.of();
    if (!new Definitions(env).fits(place.get().type(), value.get(), name)) return List.of();
    return List.of(new TStmt.Give(place.get(), value.get(), a.span()));
  }

  /// What is given: a name declared by its type alone, or a part of one.
  private Optional<TStmt.Place> place(Expr e, Name name, String by) {
    var entry = env.scope().find(name.text());
    if (entry.isEmpty()) {
      env.report(undeclared(name, error -> error.help("declare the array first: `%s : real[..]`", name)));
      return Optional.empty();
    }
    if (e instanceof Expr.Index(Expr.Index _, var subs, var span)) {
      env.report(Diagnostic.error("E0215", span, "a place has one pair of brackets").help("write `%s[i, j]`", name));
      return Optional.empty();
    }
    var value = entry.get().value();
    if (value.isEmpty()) return Optional.empty();
    var symbol = value.get().symbol();
    if (!entry.get().open()) {
      env.report(by.equals("=") && symbol.role() == Symbol.Role.UNKNOWN
          ? Diagnostic.error("E0230", name.span(), "`%s` is an unknown with a prior, and has no value of its own", name)
              .note(symbol.span(), "`%s` is declared here", name)
              .help("give the second quantity another name")
          : again(symbol, name, env.scope().within(Scope.Kind.FOR)));
      return Optional.empty();
    }
    if (env.scope().crossesFunction(name.text())) {
      env.report(Diagnostic.error("E0242", name.span(), "functions give values to nothing but their own names"));
      return Optional.empty();
    }
    if (!(e instanceof Expr.Index(var base, var subs, var span)))
      return Optional.of(new TStmt.Place(symbol, List.of(), symbol.type(), name.span()));
    return new Indexing(exprs).pick(new TExpr.Ref(symbol, name.span()), subs, span)
        .map(p -> new TStmt.Place(symbol, p.subs(), p.type(), span));
  }

  private Diagnostic undeclared(Name name, UnaryOperator<Diagnostic> advice) {
    var error = Diagnostic.error("E0201", name.span(), "`%s` is not declared", name);
    var near = Suggest.closest(name.text(), env.scope().names());
    env.shared().undeclared().add(name.text());
    return near.map(n -> error.help("did you mean `%s`?", n)).orElseGet(() -> advice.apply(error));
  }

  /// How what stands before `~` is declared.
  private Diagnostic declaration(Diagnostic error, Name name, Stmt.Sample s, Optional<Family> law) {
    int subscripts = s.left() instanceof Expr.Index(var base, var subs, var span) ? subs.size() : 0;
    var type = subscripts > 0 ? law.map(f -> Variate.array(f, subscripts)).orElse("real[..]")
        : law.map(f -> Variate.type(f, env)).orElse("real");
    var declared = "`" + name + " : " + type + (subscripts > 0 ? "` before the block" : " ~ ..`");
    return env.scope().within(Scope.Kind.GENERATE) ? error.help("what is drawn is declared with its type: %s", declared)
        : error.help("an unknown is declared with its type, %s; what is observed is declared by `data %s : %s`", declared, name, type);
  }

  private static Diagnostic again(Symbol symbol, Name name, boolean loop) {
    var error = switch (symbol.role()) {
      case DATA -> Diagnostic.error("E0230", name.span(), "`%s` is data, which are bound, not given", name);
      case LOOP -> Diagnostic.error("E0230", name.span(), "`%s` is a loop variable", name);
      case PARAMETER, SIZE -> Diagnostic.error("E0230", name.span(), "`%s` is an argument", name);
      case UNKNOWN, LEARNED -> Diagnostic.error("E0230", name.span(), "`%s` has its distribution already", name)
          .help("to multiply in a second density write `target += logpdf(.., %s)`", name);
      case CONSTANT, DETERMINISTIC, LOCAL, GENERATED -> Diagnostic.error("E0230", name.span(),
          "`%s` has a value already, and a name is given once", name)
          .help(loop ? "to add up write `sum(i in 1..N : ..)`; to keep a value for every turn declare an array"
              : symbol.role() == Symbol.Role.CONSTANT ? "other values come from outside: `--set " + name + "=..`"
                  : "give the second one another name");
    };
    return error.note(symbol.span(), "`%s` is declared here", name);
  }

  private List<TStmt> sample(Stmt.Sample s) {
    var law = new Laws(exprs).check(s.distribution());
    var root = Givers.root(s.left());
    var entry = root.flatMap(n -> env.scope().find(n.text()));
    if (root.isPresent() && entry.isEmpty() && !env.globals().columns().keySet().stream()
        .anyMatch(k -> k.endsWith("." + root.get().text()))) {
      env.report(undeclared(root.get(), error -> declaration(error, root.get(), s, law)));
      return List.of();
    }
    var given = entry.filter(e -> e.open() || isUnknown(e)).flatMap(Entry::value).map(Entry.Value::symbol);
    if (given.isPresent()) {
      var symbol = given.get();
      if (symbol.role() == Symbol.Role.UNKNOWN || symbol.role() == Symbol.Role.GENERATED
          || symbol.role() == Symbol.Role.LEARNED) {
        var place = place(s.left(), root.get(), "~");
        return place.isPresent() && law.isPresent() ? give(law.get(), place.get(), s.span()) : List.of();
      }
    }
    if (entry.isPresent() && entry.get().open() && env.scope().kind() != Scope.Kind.TOP && given.isPresent()
        && given.get().role() == Symbol.Role.LOCAL) {
      env.report(Diagnostic.error("E0233", root.get().span(), "an unknown is declared outside of blocks")
          .note(given.get().span(), "`%s` is local to its block", root.get()));
      return List.of();
    }
    return observe(s, law);
  }

  private static boolean isUnknown(Entry e) {
    return e.value().map(v -> switch (v.symbol().role()) {
      case UNKNOWN, LEARNED, GENERATED -> true;
      case DATA, CONSTANT, DETERMINISTIC, LOOP, LOCAL, PARAMETER, SIZE -> false;
    }).orElse(false);
  }

  private List<TStmt> observe(Stmt.Sample s, Optional<Family> law) {
    var left = exprs.check(s.left());
    if (left.isEmpty() || law.isEmpty()) return List.of();
    if (env.scope().within(Scope.Kind.GENERATE) || env.scope().within(Scope.Kind.FUNCTION)) {
      env.report(Diagnostic.error("E0232", s.span(), env.scope().within(Scope.Kind.GENERATE)
          ? "nothing is observed in `generate`, which runs after inference"
          : "nothing is observed in a function").help("observe at top level"));
      return List.of();
    }
    var l = left.get();
    env.dataOnly(l, unknown -> deterministic(s, l, unknown));
    if (!law.get().fits(l, env)) return List.of();
    return List.of(new TStmt.Observe(l, law.get().dist(), s.span()));
  }

  /// Why `~` cannot stand after something that is computed from unknowns.
  private static Diagnostic deterministic(Stmt.Sample s, TExpr left, Symbol unknown) {
    var text = left.span().text();
    boolean self = left instanceof TExpr.Ref(var symbol, var at) && symbol == unknown;
    var error = Diagnostic.error("E0232", left.span(), self
        ? "%s has its distribution already"
        : "`~` observes data or declares an unknown, and %s is computed from the unknown `" + unknown + "`",
            Shapes.name(left));
    return self
        ? error.note(unknown.span(), "declared here")
            .help("to multiply in a second density write `target += logpdf(%s, %s)`", s.distribution().span().text(),
            text)
        : error.help("to add this density to the model, Jacobian included by you, write `target += logpdf(%s, %s)`",
            s.distribution().span().text(), text);
  }

  private List<TStmt> loop(Stmt.For f) {
    var bound = exprs.binders(f.binders(), Scope.Kind.FOR);
    var inner = Blocks.enter(f.body(), bound.env());
    var body = new Statements(inner).all(f.body());
    if (bound.binders().isEmpty()) return List.of();
    for (var b : bound.binders().get().reversed()) body = List.of(new TStmt.For(b, body, f.span()));
    return body;
  }

  private List<TStmt> branch(Stmt.If i) {
    var condition = exprs.whole(i.condition(), "a condition");
    var then = new Statements(Blocks.enter(i.then(), env.inner(Scope.Kind.IF))).all(i.then());
    var otherwise = i.otherwise().map(o -> new Statements(Blocks.enter(o, env.inner(Scope.Kind.IF))).all(o))
        .orElse(List.of());
    if (condition.isEmpty()) return List.of();
    var c = condition.get();
    if (!env.scope().within(Scope.Kind.GENERATE)) {
      if (isUnknown(c, new HashSet<>())) excuse(i);
      env.dataOnly(c, unknown -> Diagnostic.error("E0240", c.span(),
          "which statements a model has must be known before inference, and this depends on the unknown `%s`", unknown)
          .help("choose between values instead: `x = %s ? a : b`", c.span().text()));
    }
    return List.of(new TStmt.If(c, then, otherwise, i.span()));
  }

  private boolean isUnknown(TExpr e, Set<Symbol> seen) {
    var mentioned = new ArrayList<Symbol>();
    Mentions.of(e, mentioned::add);
    return mentioned.stream().filter(seen::add).anyMatch(s -> s.role() == Symbol.Role.UNKNOWN
        || env.shared().definitions().containsKey(s) && isUnknown(env.shared().definitions().get(s), seen));
  }

  /// What branches give that there cannot be will be given in another way, and is not missed after them.
  private void excuse(Stmt.If i) {
    Stream.concat(i.then().stream(), i.otherwise().stream().flatMap(List::stream))
        .flatMap(s -> s instanceof Stmt.Assign a ? Givers.root(a.place()).stream() : Stream.empty())
        .filter(n -> env.shared().locals().containsKey(n.text())).forEach(n -> env.shared().undeclared().add(n.text()));
  }

  private List<TStmt> target(Stmt.Target t) {
    var value = exprs.number(t.value());
    if (env.scope().within(Scope.Kind.GENERATE) || env.scope().within(Scope.Kind.FUNCTION)) {
      env.report(Diagnostic.error("E0233", t.span(), env.scope().within(Scope.Kind.GENERATE)
          ? "`generate` runs after inference and cannot change the target"
          : "a function cannot change the target").help("write it at top level"));
      return List.of();
    }
    return value.map(v -> List.<TStmt>of(new TStmt.Target(v, t.span()))).orElse(List.of());
  }
}
