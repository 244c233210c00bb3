package ppl.typed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Typed models as text: what `--show=typed` prints.
public final class TypedPrinter {
  private TypedPrinter() {}

  public static String model(Typed m) {
    var s = new StringBuilder("model " + m.name() + "\n");
    m.domains().forEach(d -> s.append(domain(d)).append('\n'));
    m.tables().forEach(t -> s.append("table ").append(t.name()).append(t.by().map(f -> " by " + f.name()).orElse(""))
        .append('\n'));
    symbols(s, m.data());
    symbols(s, m.unknowns());
    symbols(s, m.deterministic());
    statements(s, m.body(), "");
    if (!m.generated().isEmpty() || !m.generate().isEmpty()) {
      s.append("generate\n");
      symbols(s, m.generated());
      statements(s, m.generate(), "  ");
    }
    m.checks().forEach(c -> s.append("check ").append(c.left()).append(c.must() == SizeCheck.Must.EQUAL ? " = " + c.right() : " >= 0").append('\n'));
    return s.toString();
  }

  /// What a model is made of, in numbers: `3 data, 2 unknowns, 1 observation`.
  public static String counts(Typed m) {
    var parts = new ArrayList<String>();
    parts.add(m.data().size() + " data");
    parts.add(count(m.unknowns().size(), "unknown"));
    parts.add(count(observations(m.body()), "observation"));
    int quantities = m.deterministic().size() + m.generated().size();
    if (quantities > 0) parts.add(count(quantities, "quantity", "quantities"));
    return String.join(", ", parts);
  }

  private static String count(int n, String one) {
    return count(n, one, one + "s");
  }

  private static String count(int n, String one, String many) {
    return n + " " + (n == 1 ? one : many);
  }

  /// Statements that add to the density something that is no prior.
  private static int observations(List<TStmt> body) {
    return body.stream().mapToInt(s -> switch (s) {
      case TStmt.Observe _, TStmt.Target _ -> 1;
      case TStmt.For f -> observations(f.body());
      case TStmt.If i -> observations(i.then()) + observations(i.otherwise());
      case TStmt.Give _, TStmt.Prior _ -> 0;
    }).sum();
  }

  private static String domain(Domain d) {
    return switch (d) {
      case Domain.Factor f -> "factor " + f.name() + f.levels().map(l -> " " + l).orElse("");
      case Domain.Rows r -> "rows " + r.name();
    };
  }

  private static void symbols(StringBuilder s, List<Symbol> symbols) {
    for (var x : symbols)
      s.append(x.role().name().toLowerCase(java.util.Locale.ROOT)).append(' ').append(x.name()).append(" : ")
          .append(x.type()).append(support(x.support())).append('\n');
  }

  public static String support(Support support) {
    return switch (support) {
      case Support.All() -> "";
      case Support.Between(var lower, var upper, var strict) -> " in "
          + (strict || lower.isEmpty() ? "(" : "[") + lower.map(TypedPrinter::bound).orElse("-infinity") + " .. "
          + upper.map(u -> bound(u) + "]").orElse("infinity)");
      case Support.Shaped(var shape) -> " in " + shape.word();
    };
  }

  private static String bound(TExpr e) {
    return expr(e).replaceAll("^(-?\\d+)\\.0$", "$1");
  }

  private static void statements(StringBuilder s, List<TStmt> body, String indent) {
    for (var x : body) statement(s, x, indent);
  }

  private static void statement(StringBuilder s, TStmt x, String indent) {
    s.append(indent);
    switch (x) {
      case TStmt.Give(var place, var value, var span) ->
          s.append(place(place)).append(" : ").append(place.type()).append(" = ").append(expr(value)).append('\n');
      case TStmt.Prior(var place, var dist, var span) -> s.append(place(place)).append(" ~ ").append(dist(dist))
          .append('\n');
      case TStmt.Observe(var left, var dist, var span) ->
          s.append("observe ").append(expr(left)).append(" ~ ").append(dist(dist)).append('\n');
      case TStmt.Target(var value, var span) -> s.append("target += ").append(expr(value)).append('\n');
      case TStmt.For(var b, var body, var span) -> {
        s.append("for ").append(binder(b)).append('\n');
        statements(s, body, indent + "  ");
      }
      case TStmt.If(var c, var then, var otherwise, var span) -> {
        s.append("if ").append(expr(c)).append('\n');
        statements(s, then, indent + "  ");
        if (!otherwise.isEmpty()) {
          s.append(indent).append("else\n");
          statements(s, otherwise, indent + "  ");
        }
      }
    }
  }

  private static String place(TStmt.Place p) {
    return p.symbol().name() + subs(p.subs());
  }

  private static String subs(List<TExpr.Sub> subs) {
    return subs.isEmpty() ? "" : subs.stream().map(sub -> switch (sub) {
      case TExpr.Sub.At(var i) -> expr(i);
      case TExpr.Sub.Slice(var a, var b) -> expr(a) + ".." + expr(b);
      case TExpr.Sub.All() -> "";
    }).collect(Collectors.joining(", ", "[", "]"));
  }

  public static String dist(TDist d) {
    return switch (d) {
      case TDist.Named(var distribution, var form, var args, var span) -> {
        var s = new StringBuilder(distribution.name()).append('(');
        for (int i = 0; i < args.size(); i++)
          s.append(i == 0 ? "" : ", ").append(form.names().get(i)).append(" = ").append(expr(args.get(i)));
        yield s.append(')').toString();
      }
      case TDist.User(var def, var args, var sizes, var span) -> def.name() + list(args);
      case TDist.Truncated(var inner, var l, var u, var span) -> "truncated(" + dist(inner) + bounds(l, u) + ")";
      case TDist.Censored(var inner, var l, var u, var span) -> "censored(" + dist(inner) + bounds(l, u) + ")";
      case TDist.Mixture(var w, var parts, var span) -> "mixture(" + expr(w) + ", "
          + parts.stream().map(TypedPrinter::dist).collect(Collectors.joining(", ")) + ")";
      case TDist.MixtureOver(var w, var b, var part, var span) ->
          "mixture(" + expr(w) + ", " + binder(b) + " : " + dist(part) + ")";
      case TDist.ZeroInflated(var p, var inner, var span) -> "zero_inflated(" + expr(p) + ", " + dist(inner) + ")";
      case TDist.Hurdle(var p, var inner, var span) -> "hurdle(" + expr(p) + ", " + dist(inner) + ")";
    };
  }

  private static String bounds(Optional<TExpr> lower, Optional<TExpr> upper) {
    return lower.map(e -> ", lower = " + expr(e)).orElse("") + upper.map(e -> ", upper = " + expr(e)).orElse("");
  }

  private static String binder(TExpr.Binder b) {
    return b.variable().name() + " in " + expr(b.from()) + ".." + expr(b.to());
  }

  private static String binders(List<TExpr.Binder> binders) {
    return binders.stream().map(TypedPrinter::binder).collect(Collectors.joining(", "));
  }

  private static String list(List<TExpr> args) {
    return args.stream().map(TypedPrinter::expr).collect(Collectors.joining(", ", "(", ")"));
  }

  /// An expression; equal texts mean equal expressions where names do.
  public static String expr(TExpr e) {
    return switch (e) {
      case TExpr.Num n -> n.type().isReal() || n.value() != Math.rint(n.value())
          ? String.valueOf(n.value())
          : String.valueOf((long) n.value());
      case TExpr.Ref r -> r.symbol().name();
      case TExpr.Label l -> '"' + l.text() + '"';
      case TExpr.SizeOf s -> "(" + s.size() + ")";
      case TExpr.Apply(var f, var args, var type, var span) -> Character.isLetter(f.name().charAt(0))
          && args.size() != 2
          || Character.isLetter(f.name().charAt(0)) && !f.name().equals("and") && !f.name().equals("or")
              ? f.name() + list(args)
              : args.size() == 1 ? f.name() + expr(args.getFirst())
                  : "(" + expr(args.get(0)) + " " + f.name() + " " + expr(args.get(1)) + ")";
      case TExpr.CallFun c -> c.function().name() + list(c.args());
      case TExpr.Select(var c, var yes, var no, var type, var span) ->
          "(" + expr(c) + " ? " + expr(yes) + " : " + expr(no) + ")";
      case TExpr.Index(var base, var subs, var type, var span) -> expr(base) + subs(subs);
      case TExpr.Range(var a, var b, var type, var span) -> "(" + expr(a) + ".." + expr(b) + ")";
      case TExpr.ArrayLit(var parts, var type, var span) ->
          parts.stream().map(TypedPrinter::expr).collect(Collectors.joining(", ", "[", "]"));
      case TExpr.Comprehension(var b, var body, var type, var span) -> "[" + expr(body) + " for " + binders(b) + "]";
      case TExpr.Reduce(var f, var b, var body, var type, var span) ->
          f.name() + "(" + binders(b) + " : " + expr(body) + ")";
      case TExpr.OfDist(var which, var d, var x, var type, var span) ->
          which.name().toLowerCase(java.util.Locale.ROOT) + "(" + dist(d) + x.map(v -> ", " + expr(v)).orElse("") + ")";
    };
  }
}
