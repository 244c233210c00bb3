package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ast.Expr;
import ppl.ast.Name;
import ppl.ast.TypeExpr;
import ppl.lib.Shapes;
import ppl.lib.Sizes;
import ppl.source.Diagnostic;
import ppl.typed.Mentions;
import ppl.typed.Support;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.TStmt;
import ppl.typed.Type;

/// Names given by `=` as a whole.
final class Definitions {
  private final Env env;

  Definitions(Env env) {
    this.env = env;
  }

  Optional<Entry.Value> define(Name name, Optional<TypeExpr> declared, Expr e, Symbol.Role role, String doc) {
    var law = Habits.given(name.text() + declared.map(t -> " : " + t.span().text()).orElse(""), declared.isPresent(), e, env);
    if (law.isPresent()) {
      env.report(law.get());
      return declared.flatMap(t -> Types.read(t, env)).map(t -> Entry.Value.of(symbol(name, role, t, doc)));
    }
    var value = new Expressions(env).check(e);
    var type = declared.map(t -> Types.read(t, env)).orElse(Optional.of(new Types.Declared(Type.REAL, Support.ALL)));
    if (value.isEmpty() || type.isEmpty()) {
      // Followers still know the type that was declared.
      return declared.isPresent() && type.isPresent()
          ? Optional.of(Entry.Value.of(symbol(name, role, type.get(), doc)))
          : Optional.empty();
    }
    var v = value.get();
    if (declared.isPresent() && !fits(type.get().type(), v,
        name)) return Optional.of(Entry.Value.of(symbol(name, role, type.get(), doc)));
    var as = declared.isPresent() ? type.get() : new Types.Declared(v.type(), Support.ALL);
    if (role == Symbol.Role.DETERMINISTIC && as.type().isScalar() && Shapes.isNumber(as.type())) {
      var constant = constant(name, as.type(), v);
      if (constant.isPresent()) {
        var symbol = symbol(name, Symbol.Role.CONSTANT, new Types.Declared(constant.get().type(), as.support()), doc);
        return Optional.of(new Entry.Value(symbol, Optional.of(constant.get()), Optional.empty()));
      }
    }
    var symbol = symbol(name, role, as, doc);
    var place = new TStmt.Place(symbol, List.of(), as.type(), name.span());
    var give = new TStmt.Give(place, v, name.span().to(e.span()));
    env.shared().definitions().put(symbol, v);
    return Optional.of(new Entry.Value(symbol, size(role, as.type(), v), Optional.of(give)));
  }

  private static Symbol symbol(Name name, Symbol.Role role, Types.Declared t, String doc) {
    return new Symbol(name.text(), role, t.type(), t.support(), Optional.empty(), doc, name.span());
  }

  /// Whether `v` can be given to a place of type `type`; reports why not.
  boolean fits(Type type, TExpr v, Name name) {
    var whole = new TExpr.Num(0, type, name.span());
    var apart = Fit.into(type, v, whole, env);
    if (apart.isPresent()) {
      env.report(Wrong.origin(Diagnostic.error("E0211", v.span(), "the value does not fit: %s", apart.get()), v));
      return false;
    }
    if (!type.isReal() && v.type().isReal()) {
      env.report(Wrong.whole(Diagnostic.error("E0210", v.span(), "`%s` is a whole number, and its value is real", name)
          .help("declare `%s : real`, or use `div` for whole quotients", name), v));
      return false;
    }
    boolean sameKind = Shapes.isNumber(type) ? Shapes.isNumber(v.type()) : v.type().level().equals(type.level());
    if (!sameKind) env.report(Diagnostic.error("E0212", v.span(), "`%s` is %s, and %s is %s", name, type,
        Shapes.name(v), v.written()));
    return sameKind;
  }

  /// A number known at compile time: the value of the text, or what the user set.
  private Optional<TExpr.Num> constant(Name name, Type type, TExpr v) {
    var value = Constants.value(v);
    if (value.isEmpty()) return Optional.empty();
    var set = Optional.ofNullable(env.shared().sets().get(name.text()));
    double number = set.flatMap(text -> parse(name, type, text)).orElse(value.getAsDouble());
    return Optional.of(new TExpr.Num(number, type, name.span()));
  }

  private Optional<Double> parse(Name name, Type type, String text) {
    try {
      double v = Double.parseDouble(text);
      if (type.isReal() || v == Math.rint(v)) return Optional.of(v);
    } catch (NumberFormatException e) {
      // told below
    }
    env.report(Diagnostic.error("E0252", name.span(), "`%s` is %s, and --set gives it %s", name,
        type.isReal() ? "a number" : "a whole number", text));
    return Optional.empty();
  }

  /// A whole number over data stands for its size wherever it is mentioned, so that `M = N + 1` and `N + 1` are one.
  private Optional<TExpr> size(Symbol.Role role, Type type, TExpr v) {
    if (role != Symbol.Role.DETERMINISTIC || !type.isScalar() || type.isReal()
        || !Shapes.isNumber(type)) return Optional.empty();
    var symbols = new ArrayList<Symbol>();
    Mentions.of(v, symbols::add);
    return symbols.stream().allMatch(s -> s.role() == Symbol.Role.DATA)
        ? Optional.of(new TExpr.SizeOf(Sizes.of(v), v.span()))
        : Optional.empty();
  }
}
