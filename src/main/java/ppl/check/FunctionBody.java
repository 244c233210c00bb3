package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ast.Stmt;
import ppl.lib.Function.Outcome;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Type;

/// Checks what a function does: statements, then one value. A `return` inside `if` becomes a choice of values.
final class FunctionBody {
  record Result(List<TStmt> lets, TExpr value) {}

  private final Env env;
  private final Span function;

  FunctionBody(Env env, Span function) {
    this.env = env;
    this.function = function;
  }

  Optional<Result> of(Stmt.Body body) {
    return switch (body) {
      case Stmt.Body.Of(var value) -> new Expressions(env).check(value).map(v -> new Result(List.of(), v));
      case Stmt.Body.Block(var statements) -> block(statements)
          .map(r -> new Result(Flow.order(r.lets(), env), r.value()));
    };
  }

  private Optional<Result> block(List<Stmt> statements) {
    var inner = Blocks.enter(statements, env.inner(Scope.Kind.FUNCTION.equals(env.scope().kind()) ? Scope.Kind.BINDER
        : env.scope().kind()));
    var lets = new ArrayList<TStmt>();
    for (int i = 0; i < statements.size(); i++) {
      var s = statements.get(i);
      if (s instanceof Stmt.Return(var value, var span)) {
        if (i + 1 < statements.size())
          env.report(Diagnostic.error("E0245", statements.get(i + 1).span(), "nothing is done after `return`"));
        return new Expressions(inner).check(value).map(v -> new Result(List.copyOf(lets), v));
      }
      if (s instanceof Stmt.If branch && returns(s)) return choice(branch,
          statements.subList(i + 1, statements.size()), inner, lets);
      if (returns(s)) {
        env.report(Diagnostic.error("E0245", s.span(), "`return` cannot stand in a loop")
            .help("fill an array in the loop and return after it"));
        return Optional.empty();
      }
      new Statements(inner).check(s).forEach(lets::add);
    }
    env.report(Diagnostic.error("E0245", statements.isEmpty() ? function : statements.getLast().span(),
        "this function ends without `return`")
        .help("end it with `return ..`"));
    return Optional.empty();
  }

  private Optional<Result> choice(Stmt.If branch, List<Stmt> rest, Env inner, List<TStmt> lets) {
    var condition = new Expressions(inner).whole(branch.condition(), "a condition");
    var thenBody = branch.then();
    var elseBody = branch.otherwise().orElse(List.of());
    boolean thenEnds = ends(thenBody);
    boolean elseEnds = ends(elseBody);
    if (!thenEnds && !elseEnds) {
      env.report(Diagnostic.error("E0245", branch.span(), "this `if` returns on some paths only inside its branches")
          .help("let one of its branches end in `return` on every path"));
      return Optional.empty();
    }
    if (thenEnds && elseEnds && !rest.isEmpty())
      env.report(Diagnostic.error("E0245", rest.getFirst().span(), "nothing is done after `return`"));
    var body = new FunctionBody(inner, function);
    var yes = body.block(thenEnds ? thenBody : join(thenBody, rest));
    var no = body.block(elseEnds ? elseBody : join(elseBody, rest));
    if (condition.isEmpty() || yes.isEmpty() || no.isEmpty()) return Optional.empty();
    lets.addAll(yes.get().lets());
    lets.addAll(no.get().lets());
    var a = yes.get().value();
    var b = no.get().value();
    var scalar = a.type().isReal() || b.type().isReal() ? Type.REAL_SCALAR : a.type().scalar();
    return switch (Shapes.broadcast(scalar, List.of(a, b))) {
      case Outcome.Ok(var type, var checks) -> {
        env.checks().addAll(checks);
        yield Optional.of(new Result(List.copyOf(lets), new TExpr.Select(condition.get(), a, b, type, branch.span())));
      }
      case Outcome.Wrong(var message, var at) -> {
        env.report(Wrong.of("the two ways out of this function differ: " + message, List.of(a, b), branch.span()));
        yield Optional.empty();
      }
    };
  }

  private static List<Stmt> join(List<Stmt> a, List<Stmt> b) {
    var all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  /// Whether every path through `body` returns.
  private static boolean ends(List<Stmt> body) {
    return !body.isEmpty() && switch (body.getLast()) {
      case Stmt.Return r -> true;
      case Stmt.If i -> ends(i.then()) && i.otherwise().map(FunctionBody::ends).orElse(false);
      default -> false;
    };
  }

  private static boolean returns(Stmt s) {
    return switch (s) {
      case Stmt.Return r -> true;
      case Stmt.If i -> i.then().stream().anyMatch(FunctionBody::returns)
          || i.otherwise().orElse(List.of()).stream().anyMatch(FunctionBody::returns);
      case Stmt.For f -> f.body().stream().anyMatch(FunctionBody::returns);
      default -> false;
    };
  }
}
