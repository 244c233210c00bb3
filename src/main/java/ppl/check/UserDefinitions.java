package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ast.Stmt;
import ppl.lib.Shapes;
import ppl.source.Diagnostic;
import ppl.source.Suggest;
import ppl.typed.DistDef;
import ppl.typed.FunDef;
import ppl.typed.SizeCheck;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Checks the definitions of functions and distributions.
final class UserDefinitions {
  private final Env file;

  /// @param file what functions of this file see
  UserDefinitions(Env file) {
    this.file = file;
  }

  private record Head(Env env, List<Symbol> parameters, List<Symbol> sizes) {}

  /// A scope with the parameters and the sizes that their types bind.
  private Optional<Head> head(List<Stmt.Parameter> parameters, Scope.Kind kind) {
    var checks = new ArrayList<SizeCheck>();
    var env = new Env(file.shared(), file.globals(), file.scope().inner(Scope.Kind.FUNCTION).inner(kind), checks);
    var symbols = new ArrayList<Symbol>();
    var sizes = new ArrayList<Symbol>();
    boolean broken = false;
    for (var p : parameters) {
      var type = Types.parameter(p.type(), env, (name, span) -> env.scope().here(name).flatMap(Entry::value)
          .map(Entry.Value::symbol).orElseGet(() -> {
        var s = new Symbol(name, Symbol.Role.SIZE, Type.INT, Support.ALL, Optional.empty(), "", span);
        sizes.add(s);
        env.scope().put(Entry.of(s, env.shared().resolving()));
        return s;
      }));
      if (env.scope().here(p.name().text()).isPresent()) {
        env.report(Diagnostic.error("E0202", p.name().span(), "`%s` is already an argument", p.name()));
        broken = true;
      }
      broken |= type.isEmpty();
      type.ifPresent(t -> {
        var s = new Symbol(p.name().text(), Symbol.Role.PARAMETER, t.type(), t.support(), Optional.empty(), "",
            p.span());
        symbols.add(s);
        env.scope().put(Entry.of(s, env.shared().resolving()));
      });
    }
    return broken ? Optional.empty() : Optional.of(new Head(env, symbols, sizes));
  }

  Optional<FunDef> function(Stmt.Fun f) {
    var head = head(f.parameters(), Scope.Kind.FUNCTION);
    if (head.isEmpty()) return Optional.empty();
    var result = Types.read(f.result(), head.get().env());
    var body = new FunctionBody(head.get().env(), f.span()).of(f.body());
    if (result.isEmpty() || body.isEmpty()) return Optional.empty();
    return result(body.get(), result.get().type(), f.name().text(), head.get());
  }

  private Optional<FunDef> result(FunctionBody.Result body, Type declared, String name, Head head) {
    var value = body.value();
    var whole = new TExpr.Num(0, declared, value.span());
    Optional<String> apart = value.type().rank() != declared.rank()
        ? Optional.of("it has type " + value.written())
        : Fit.into(declared, value, whole, head.env());
    if (apart.isEmpty() && !declared.isReal() && value.type().isReal()) apart = Optional.of("it is real");
    if (apart.isEmpty() && Shapes.isNumber(declared) != Shapes.isNumber(value.type())) apart =
        Optional.of("it has type " + value.written());
    if (apart.isPresent()) {
      head.env().report(Diagnostic.error("E0244", value.span(), "`%s` is declared to give %s, and %s", name, declared,
          apart.get()));
      return Optional.empty();
    }
    var def = new FunDef(name, head.parameters(), head.sizes(), body.lets(), value);
    head.env().shared().functions().put(def, new Env.FunInfo(declared, head.env().checks()));
    return Optional.of(def);
  }

  Optional<DistDef> distribution(Stmt.Dist d) {
    var head = head(d.parameters(), Scope.Kind.FUNCTION);
    if (head.isEmpty()) return Optional.empty();
    var on = Types.read(d.on(), head.get().env());
    if (on.isEmpty()) return Optional.empty();
    Optional<FunDef> logpdf = Optional.empty();
    Optional<FunDef> cdf = Optional.empty();
    Optional<FunDef> sample = Optional.empty();
    boolean broken = false;
    boolean density = false;
    for (var m : d.methods()) {
      var def = method(m, d, on.get(), head.get());
      broken |= def.isEmpty();
      switch (m.name().text()) {
        case "logpdf" -> {
          density = true;
          logpdf = def;
        }
        case "cdf" -> cdf = def;
        case "sample" -> sample = def;
        default -> {}
      }
    }
    if (!density && broken) return Optional.empty();
    if (!density) {
      file.report(Diagnostic.error("E0246", d.name().span(), "distribution `%s` has no density", d.name())
          .help("add `logpdf(x) = ..`"));
      return Optional.empty();
    }
    if (broken) return Optional.empty();
    var h = head.get();
    return Optional.of(new DistDef(d.name().text(), h.parameters(), h.sizes(), on.get().type(), on.get().support(),
        logpdf.get(), cdf, sample));
  }

  private Optional<FunDef> method(Stmt.Method m, Stmt.Dist d, Types.Declared on, Head head) {
    var name = m.name().text();
    var known = List.of("logpdf", "cdf", "sample");
    if (!known.contains(name)) {
      var error = Diagnostic.error("E0246", m.name().span(), "a distribution has no `%s`", name);
      boolean density = List.of("pdf", "pmf", "lpdf", "lpmf", "density", "logp", "log_prob", "logpmf").contains(name);
      file.report(density ? error.help("the log of the density is `logpdf(x) = ..`") : Suggest.help(name, known)
          .map(error::help)
          .orElse(error.help("it has `logpdf(x)` and, if you like, `cdf(x)` and `sample`")));
      return Optional.empty();
    }
    boolean sample = name.equals("sample");
    if (sample == m.argument().isPresent()) {
      file.report(sample
          ? Diagnostic.error("E0246", m.span(), "`sample` takes no argument").help("write `sample = ..`")
          : Diagnostic.error("E0246", m.span(), "`%s` needs a name for the value", name)
              .help("write `%s(x) = ..`", name));
      return Optional.empty();
    }
    var checks = new ArrayList<SizeCheck>();
    var inner = new Env(file.shared(), file.globals(), head.env().scope()
        .inner(sample ? Scope.Kind.SAMPLE : Scope.Kind.BINDER), checks);
    var parameters = new ArrayList<>(head.parameters());
    m.argument().ifPresent(a -> {
      var x = new Symbol(a.text(), Symbol.Role.PARAMETER, on.type(), on.support(), Optional.empty(), "", a.span());
      parameters.add(x);
      inner.scope().put(Entry.of(x, file.shared().resolving()));
    });
    var body = new FunctionBody(inner, m.span()).of(m.body());
    return body.flatMap(b -> result(b, sample ? on.type() : Type.REAL, d.name() + "." + name,
        new Head(inner, parameters, head.sizes())));
  }
}
