package ppl.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ppl.ast.Expr;
import ppl.ast.Name;
import ppl.ast.Stmt;
import ppl.ast.TypeExpr;
import ppl.dist.Distributions;
import ppl.source.Diagnostic;
import ppl.typed.Symbol;

/// Puts the names that the statements of a block declare into its scope.
final class Blocks {
  private Blocks() {}

  /// The same environment, its scope filled; names are checked when they are wanted.
  static Env enter(List<Stmt> statements, Env env) {
    var givers = Givers.of(statements);
    for (var s : statements)
      switch (s) {
        case Stmt.Declare d -> declare(d, givers, env);
        case Stmt.Assign a -> {
          if (a.place() instanceof Expr.Ref(var name)) assign(a, name, env);
        }
        default -> {}
      }
    // these statements say so themselves
    statements.stream().flatMap(s -> s instanceof Stmt.Sample x ? Givers.root(x.left()).stream() : Stream.empty())
        .map(Name::text).filter(n -> env.scope().find(n).isEmpty() && !isColumn(n, env))
        .forEach(env.shared().undeclared()::add);
    return env;
  }

  private static boolean isColumn(String name, Env env) {
    return env.globals().columns().keySet().stream().anyMatch(k -> k.endsWith("." + name));
  }

  private static void declare(Stmt.Declare d, Givers givers, Env env) {
    if (clashes(d.name(), env)) return;
    boolean open = d.given().isEmpty();
    boolean tilde = open ? givers.byTilde().containsKey(d.name().text()) : d.given().get() instanceof Stmt.Given.Prior;
    if (open) given(d, givers, env);
    var role = role(tilde, env);
    env.scope().put(new Entry(d.name().text(), d.name().span(), open, env.shared().resolving(),
        () -> switch (d.given()) {
      case Optional<Stmt.Given> g when g.isPresent() && g.get() instanceof Stmt.Given.Value(var value) ->
          new Definitions(env).define(d.name(), Optional.of(d.type()), value, role, d.doc());
      default -> isDistribution(d.type(), env) ? Optional.empty() : Types.read(d.type(), env).map(t -> Entry.Value.of(
          new Symbol(d.name().text(), role, t.type(), t.support(), Optional.empty(), d.doc(), d.name().span())));
    }));
  }

  /// A name declared by its type alone must be given somewhere, by `~` or by `=`.
  private static void given(Stmt.Declare d, Givers givers, Env env) {
    var name = d.name();
    boolean tilde = givers.byTilde().containsKey(name.text());
    boolean value = givers.byValue().containsKey(name.text());
    if (isDistribution(d.type(), env)) {
      env.report(Diagnostic.error("E0209", d.type().span(), "`%s` is a distribution, not a type", d.type().name())
          .help("write `%s : %s ~ %s`", name, Distributions.find(d.type().name().text())
              .map(ppl.dist.Docs::type).orElse("real"), d.type().span().text()));
      return;
    }
    if (!tilde && !value)
      env.report(Diagnostic.error("E0231", name.span(), "`%s` is declared and never given", name)
          .help(isWhole(d.type()) ? "write `data %s : %s`"
              : "write `data %s : %s` for data; an unknown has a prior, `%1$s : %2$s ~ ..`, or says that it has none, "
                  + "`%1$s : %2$s ~ Flat()`",
              name, d.type().span().text()));
    if (tilde && value)
      env.refuse(Diagnostic.error("E0505", name.span(),
          "`%s` is given partly by `~` and partly by `=`, which is not supported yet", name)
          .note(givers.byValue().get(name.text()).span(), "here by `=`")
              .help("declare the unknown part under a name of its own and put the two together: `%s = append(.., ..)`",
              name));
  }

  private static boolean isDistribution(TypeExpr t, Env env) {
    return Laws.isDistribution(t.name().text(), env) && env.globals().domain(t.name().text()).isEmpty();
  }

  private static boolean isWhole(TypeExpr t) {
    return List.of("int", "count", "binary", "bool", "factor").contains(t.name().text());
  }

  /// A name given without a declaration is its own, unless it has a meaning already.
  private static void assign(Stmt.Assign a, Name name, Env env) {
    var known = env.scope().find(name.text());
    if (known.isPresent() && !env.scope().crossesFunction(name.text())) return;
    var role = role(false, env);
    if (role == Symbol.Role.LOCAL && !env.scope().within(Scope.Kind.FUNCTION)) env.shared().locals().put(name.text(),
        name.span());
    env.scope().put(new Entry(name.text(), name.span(), false, env.shared().resolving(),
        () -> new Definitions(env).define(name, Optional.<TypeExpr>empty(), a.value(), role, a.doc())));
  }

  private static Symbol.Role role(boolean tilde, Env env) {
    return switch (env.scope().kind()) {
      case TOP -> tilde ? Symbol.Role.UNKNOWN : Symbol.Role.DETERMINISTIC;
      case GENERATE -> Symbol.Role.GENERATED;
      case FOR, IF, BINDER, FUNCTION, SAMPLE, GUIDE -> Symbol.Role.LOCAL;
    };
  }

  /// Reports a name that has a meaning already. Arguments and loop variables may hide outer names, values may not.
  private static boolean clashes(Name name, Env env) {
    var before = env.scope().find(name.text());
    if (before.isEmpty() || env.scope().crossesFunction(name.text())) return false;
    var error = Diagnostic.error("E0202", name.span(), "`%s` is declared twice", name)
        .note(before.get().span(), "it is declared here");
    env.report(error.help("give the second one another name"));
    return true;
  }
}
