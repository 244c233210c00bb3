package ppl.ir;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Index notation as text, close to mathematics. Subscripts count from 0. What an expression uses more than once gets
/// a name by `let`, before the statement or at the head of the reduction that it depends on.
public final class Printer {
  private static final int LONGEST = 240;
  private static final int ATOM = 10;

  private final StringBuilder out = new StringBuilder();
  private int depth;

  private Printer() {}

  public static String print(Expr e) {
    var text = new Text(List.of(e));
    return text.lets(Set.of()) + text.of(e);
  }

  public static String print(Stmt statement) {
    var p = new Printer();
    p.statement(statement);
    return p.out.toString();
  }

  public static String print(Unit unit) {
    var p = new Printer();
    p.line("unit " + unit.name());
    unit.data().forEach(a -> p.line("data " + declaration(a)));
    unit.prepared().forEach(a -> p.line("prepared " + declaration(a)));
    p.body("prepare", unit.prepare());
    for (var r : unit.routines())
      p.body(r.name() + Stream.concat(r.groups().stream().map(Printer::group), r.arguments().stream().map(Printer::declaration))
          .collect(Collectors.joining(", ", "(", ")")) + (r.random() ? " random" : ""), r.body());
    return p.out.toString();
  }

  private static String group(List<Array> arrays) {
    return arrays.stream().map(Printer::declaration).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String declaration(Array a) {
    var kind = a.kind() == Kind.INT ? "int" : "real";
    return a.name() + " : " + kind + subscripts(a.dims().stream().map(Printer::print).toList());
  }

  private static String subscripts(List<String> at) {
    return at.isEmpty() ? "" : "[" + String.join(", ", at) + "]";
  }

  private void line(String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }

  private void body(String head, Stmt.Block block) {
    line(head + " {");
    depth++;
    statement(block);
    depth--;
    line("}");
  }

  private void statement(Stmt s) {
    var text = new Text(Stmts.expressions(s));
    switch (s) {
      case Stmt.Set(Array a, var at, Expr value) -> assign(text, a, at, "=", value);
      case Stmt.Add(Array a, var at, Expr value) -> assign(text, a, at, "+=", value);
      case Stmt.Fill(Array a, Expr value) -> with(text, a.name() + "[..] = " + text.of(value));
      case Stmt.For f -> {
        var kind = (f.independent() ? "for each " : "for ") + f.index() + " in ";
        var order = f.reverse() ? " down" : "";
        letLines(text);
        body(kind + text.of(f.from()) + " ..< " + text.of(f.to()) + order, f.body());
      }
      case Stmt.If i -> {
        letLines(text);
        body("if " + text.of(i.condition()), i.then());
        if (!i.otherwise().isEmpty()) body("else", i.otherwise());
      }
      case Stmt.Call c -> with(text, names(c.outputs()) + " = " + c.op().name() + "(" + names(c.inputs())
          + (c.sizes().isEmpty() ? "" : "; " + texts(text, c.sizes())) + ")");
      case Stmt.Draw(Sampler sampler, Array a, var at, var args) ->
          with(text, element(text, a, at) + " ~ " + sampler.name() + "(" + texts(text, args) + ")");
      case Stmt.Block b -> {
        b.arrays().forEach(a -> line("var " + declaration(a)));
        b.statements().forEach(this::statement);
      }
    }
  }

  private void assign(Text text, Array a, List<Expr> at, String sign, Expr value) {
    with(text, element(text, a, at) + " " + sign + " " + text.of(value));
  }

  private void with(Text text, String line) {
    letLines(text);
    line(line);
  }

  private void letLines(Text text) {
    text.pending(Set.of()).forEach(this::line);
  }

  private static String element(Text text, Array a, List<Expr> at) {
    return a.name() + subscripts(at.stream().map(text::of).toList());
  }

  private static String names(List<Array> arrays) {
    return arrays.stream().map(Array::name).collect(Collectors.joining(", "));
  }

  private static String texts(Text text, List<Expr> list) {
    return list.stream().map(text::of).collect(Collectors.joining(", "));
  }

  /// The texts of all nodes of one statement, made from the leaves up.
  private static final class Text {
    private record Piece(String text, int precedence) {}

    private record Let(String line, Set<Index> free) {}

    private final Graph.Free free = new Graph.Free();
    private final Map<Expr, Integer> uses = new IdentityHashMap<>();
    private final Map<Expr, Piece> pieces = new IdentityHashMap<>();
    private List<Let> lets = new ArrayList<>();
    private int names;

    Text(List<Expr> roots) {
      var nodes = Graph.nodes(roots);
      for (var e : nodes) for (var c : e.children()) uses.merge(c, 1, Integer::sum);
      for (var r : roots) uses.merge(r, 1, Integer::sum);
      for (var e : nodes) pieces.put(e, named(e, piece(e)));
    }

    String of(Expr e) {
      return pieces.get(e).text();
    }

    String lets(Set<Index> bound) {
      return pending(bound).stream().map(l -> l + "; ").collect(Collectors.joining());
    }

    /// The lets that depend on `bound`, or all if none is given; they are taken off the list.
    List<String> pending(Set<Index> bound) {
      var taken = new ArrayList<String>();
      var left = new ArrayList<Let>();
      for (var l : lets)
        if (bound.isEmpty() || l.free().stream().anyMatch(bound::contains)) taken.add(l.line());
        else left.add(l);
      lets = left;
      return taken;
    }

    private Piece named(Expr e, Piece piece) {
      boolean shared = uses.get(e) > 1 && piece.precedence() < ATOM;
      if (!shared && piece.text().length() <= LONGEST) return piece;
      var name = "t" + ++names;
      lets.add(new Let("let " + name + " = " + piece.text(), free.of(e)));
      return new Piece(name, ATOM);
    }

    private Piece piece(Expr e) {
      return switch (e) {
        case Expr.Int(int n) -> new Piece("" + n, ATOM);
        case Expr.Real(double x) -> new Piece(number(x), ATOM);
        case Expr.Var(Index i) -> new Piece(i.name(), ATOM);
        case Expr.Read(Array a, var at) -> new Piece(a.name() + subscripts(at.stream().map(this::of).toList()), ATOM);
        case Expr.Select(Expr c, Expr yes, Expr no) ->
            new Piece(within(c, 2) + " ? " + within(yes, 1) + " : " + within(no, 1), 1);
        case Expr.Reduce r -> new Piece(r.reducer().name().toLowerCase(java.util.Locale.ROOT) + "(" + r.index() + " in "
            + of(r.from()) + " ..< " + of(r.to()) + " : " + lets(Set.of(r.index())) + of(r.body()) + ")", 9);
        case Expr.Apply(Prim p, var args) -> apply(p, args);
      };
    }

    private Piece apply(Prim p, List<Expr> args) {
      int level = precedence(p);
      if (level < 9 && args.size() == 2)
        return new Piece(p == Prim.IADD && args.get(1) instanceof Expr.Int(int v) && v < 0
            ? within(args.get(0), level) + " - " + -(long) v
            : within(args.get(0), level) + " " + p.symbol() + " " + within(args.get(1), level + 1), level);
      if (level < 9) return new Piece(p.symbol() + within(args.get(0), level), level);
      return new Piece(p.symbol() + args.stream().map(this::of).collect(Collectors.joining(", ", "(", ")")), 9);
    }

    private String within(Expr e, int level) {
      var p = pieces.get(e);
      return p.precedence() >= level ? p.text() : "(" + p.text() + ")";
    }

    private static int precedence(Prim p) {
      return switch (p.symbol()) {
        case "or" -> 2;
        case "and" -> 3;
        case "<", "<=", "==" -> 4;
        case "+" -> 5;
        case "-" -> p.parameters().size() == 2 ? 5 : 7;
        case "*", "/" -> 6;
        case "^" -> 8;
        default -> 9;
      };
    }

    private static String number(double x) {
      return x == Math.rint(x) && Math.abs(x) < 1e9 ? "" + (long) x : "" + x;
    }
  }
}
