package ppl.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ppl.ast.Name;
import ppl.lib.Functions;
import ppl.source.Diagnostic;
import ppl.source.Span;
import ppl.source.Suggest;
import ppl.typed.Domain;
import ppl.typed.Symbol;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// Names in value position.
final class References {
  private final Env env;

  References(Env env) {
    this.env = env;
  }

  Optional<TExpr> value(Name name) {
    var entry = env.scope().find(name.text());
    if (entry.isPresent()) {
      env.shared().used().add(name.text());
      return entry.get().value().flatMap(v -> mention(v, name));
    }
    var known = constant(name);
    if (known.isPresent()) return known;
    if (env.shared().undeclared().add(name.text())) env.report(unknown(name));
    return Optional.empty();
  }

  private Optional<TExpr> mention(Entry.Value v, Name name) {
    if (env.scope().crossesFunction(name.text()) && !seenByFunctions(v.symbol(), name)) return Optional.empty();
    if (v.inline().isEmpty()) return Optional.of(new TExpr.Ref(v.symbol(), name.span()));
    return Optional.of(switch (v.inline().get()) {
      case TExpr.Num n -> new TExpr.Num(n.value(), n.type(), name.span());
      case TExpr.SizeOf s -> new TExpr.SizeOf(s.size(), name.span());
      default -> v.inline().get();
    });
  }

  private boolean seenByFunctions(Symbol s, Name name) {
    java.util.function.Function<Symbol, Diagnostic> error = unknown -> {
      var e = Diagnostic.error("E0242", name.span(), unknown == s
          ? "functions see data and constants, and `" + s.name() + "` is an unknown"
          : "functions see data and constants, and `" + s.name() + "` depends on the unknown `" + unknown.name() + "`");
      return e.help("pass it as an argument");
    };
    switch (s.role()) {
      case UNKNOWN, LEARNED -> {
        env.report(error.apply(s));
        return false;
      }
      case DETERMINISTIC -> env.dataOnly(new TExpr.Ref(s, name.span()), error);
      case DATA, CONSTANT, LOOP, LOCAL, PARAMETER, SIZE, GENERATED -> {}
    }
    return true;
  }

  static Optional<TExpr> constant(Name name) {
    return switch (name.text()) {
      case "pi" -> Optional.of(new TExpr.Num(Math.PI, Type.REAL, name.span()));
      case "infinity" -> Optional.of(new TExpr.Num(Double.POSITIVE_INFINITY, Type.REAL, name.span()));
      default -> Optional.empty();
    };
  }

  private Diagnostic unknown(Name name) {
    var text = name.text();
    var columns = env.globals().columns().keySet().stream().filter(k -> k.endsWith("." + text)).toList();
    if (columns.size() > 1)
      return Diagnostic.error("E0204", name.span(), "more than one table has a column `%s`", text)
          .help("write %s", String.join(" or ", columns.stream().map(c -> "`" + c + "`").toList()));
    if (env.globals().tables().containsKey(text))
      return Diagnostic.error("E0206", name.span(), "`%s` is a table, not a value", text)
          .help("`size(%s)` is its number of rows, `%s.column` one of its columns", text, text);
    if (env.globals().domain(text).isPresent())
      return Diagnostic.error("E0206", name.span(), "`%s` is a category, and no single column is meant", text)
          .help("write `table.%s`", text);
    if (env.globals().functions().containsKey(text) || Functions.find(text).isPresent())
      return Diagnostic.error("E0206", name.span(), "`%s` is a function: its arguments are missing", text)
          .help("write `%s(..)`; a quantity of this name needs a declaration, `%s : real ~ ..`", text, text);
    if (env.globals().distributions().containsKey(text) || ppl.dist.Distributions.find(text).isPresent())
      return Diagnostic.error("E0206", name.span(), "`%s` is a distribution, not a value", text)
          .help("distributions stand after `~`, as in `x : real ~ %s(..)`", text);
    if (Types.isWord(text))
      return Diagnostic.error("E0206", name.span(), "`%s` is a type, not a value", text)
          .help("a declaration has a colon: `x : %s`", text);
    return Habits.value(name).orElseGet(() -> undeclared(name));
  }

  private Diagnostic undeclared(Name name) {
    var error = Diagnostic.error("E0201", name.span(), "`%s` is not declared", name);
    if (env.globals().elsewhere().containsKey(name.text()))
      return error.note(env.globals().elsewhere().get(name.text()), "a constant of an imported file, which only the functions of that file see")
          .help("give it here too, or let a function of that file give it: `fun %s_of() : real = %1$s`", name);
    if (env.shared().later().contains(name.text()))
      return error.help("`generate` gives it, after inference: move what the model needs out of there");
    if (env.shared().locals().containsKey(name.text()))
      return error.note(env.shared().locals().get(name.text()), "here it is given, for its block alone")
          .help("declare it before the block, `%s : real[..]`, and give its elements there, `%<s[i] = ..`", name);
    var labelled = env.globals().domains().values().stream()
        .filter(d -> d instanceof Domain.Factor f && f.levels()
            .stream().anyMatch(l -> l.contains(name.text()))).findFirst();
    if (labelled.isPresent())
      return error.help("a level of `%s` stands in quotes: `\"%s\"`", labelled.get().name(), name);
    var known = new ArrayList<>(env.scope().names());
    known.addAll(List.of("pi", "infinity"));
    known.addAll(env.globals().domains().keySet());
    return Suggest.help(name.text(), known).map(error::help).orElse(error.help(env.globals().library()
        ? "give it in this file, `%s = ..`; data and unknowns of a model are handed to functions as arguments"
        : name.text().length() == 1 && Character.isUpperCase(name.text().charAt(0))
            ? "if it is a size of the data, declare `data %s : int`" + (name.text().equals("T") ? "; the transpose of X is `X'`" : "")
            : "declare it: `data %s : real`, `%<s : real ~ Normal(0, 1)` or `%<s = ..`", name));
  }

  Optional<TExpr> column(Name table, Name column, Span span) {
    if (!env.globals().tables().containsKey(table.text())) {
      if (Habits.isNamespace(table.text())) {
        env.report(Habits.namespace(table, column, span));
        return Optional.empty();
      }
      var attribute = env.scope().find(table.text()).flatMap(_ -> Habits.attribute(table, column, span));
      if (attribute.isPresent()) {
        env.report(attribute.get());
        return Optional.empty();
      }
      var error = Diagnostic.error("E0205", table.span(), "`%s` is not a table", table);
      env.report(Suggest.help(table.text(), env.globals().tables().keySet()).map(error::help)
          .orElse(error.help("a point stands between a table and its column, as in `homes.floor`")));
      return Optional.empty();
    }
    var entry = env.globals().columns().get(table.text() + "." + column.text());
    if (entry == null) {
      var known = env.globals().columns().keySet().stream().filter(k -> k.startsWith(table.text() + "."))
          .map(k -> k.substring(table.text().length() + 1)).toList();
      var error = Diagnostic.error("E0205", column.span(), "table `%s` has no column `%s`", table, column);
      env.report(Suggest.help(column.text(), known).map(error::help)
          .orElse(error.help("its columns are %s", String.join(", ", known))));
      return Optional.empty();
    }
    env.shared().used().add(column.text());
    env.shared().used().add(table.text() + "." + column.text());
    return entry.value().map(v -> new TExpr.Ref(v.symbol(), span));
  }
}
