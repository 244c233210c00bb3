package ppl.ast;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import ppl.ast.Expr.Argument;
import ppl.ast.Expr.Subscript;

/// A syntax tree as an indented text: a node and its parts in one line in parentheses where they fit, else the parts
/// below and further in. Places are left out, everything else is there.
public final class AstPrinter {
  private static final int WIDTH = 100;

  /// A label with parts; a leaf has none.
  private record Node(String label, List<Node> parts) {
    static Node leaf(String label) {
      return new Node(label, List.of());
    }

    static Node of(String label, Node... parts) {
      return new Node(label, List.of(parts));
    }

    String inOneLine() {
      if (parts.isEmpty()) return label;
      var out = new StringBuilder("(").append(label);
      parts.forEach(p -> out.append(' ').append(p.inOneLine()));
      return out.append(')').toString();
    }

    /// The length of [#inOneLine], or something over the width.
    int width() {
      int width = label.length();
      for (var p : parts) {
        if (width > WIDTH) return width;
        width += p.width() + 1;
      }
      return parts.isEmpty() ? width : width + 2;
    }
  }

  private AstPrinter() {}

  public static String print(Ast ast) {
    var out = new StringBuilder();
    ast.statements().forEach(s -> print(statement(s), 0, out));
    return out.toString();
  }

  public static String print(Expr e) {
    var out = new StringBuilder();
    print(expression(e), 0, out);
    return out.toString();
  }

  private static void print(Node node, int indent, StringBuilder out) {
    boolean fits = indent + node.width() <= WIDTH;
    out.repeat(' ', indent).append(fits ? node.inOneLine() : node.label()).append('\n');
    if (!fits) node.parts().forEach(p -> print(p, indent + 2, out));
  }

  private static Node statement(Stmt statement) {
    return switch (statement) {
      case Stmt.Data s -> documented(s.doc(), "data " + s.name(), type(s.type()));
      case Stmt.Table s -> documented(s.doc(), "table " + s.name() + s.by().map(b -> " by " + b).orElse(""),
          s.columns().stream().map(c -> documented(c.doc(), "column " + c.name(), type(c.type())))
              .toArray(Node[]::new));
      case Stmt.Declare s -> documented(s.doc(), "declare " + s.name(),
          Stream.concat(Stream.of(type(s.type())), s.given().map(AstPrinter::given).stream()).toArray(Node[]::new));
      case Stmt.Assign s -> documented(s.doc(), "assign", expression(s.place()), expression(s.value()));
      case Stmt.Sample s -> documented(s.doc(), "sample", expression(s.left()), expression(s.distribution()));
      case Stmt.For s -> new Node("for", concat(binders(s.binders()), List.of(block("do", s.body()))));
      case Stmt.If s -> new Node("if", concat(List.of(expression(s.condition()), block("then", s.then())),
          s.otherwise().map(o -> block("else", o)).stream().toList()));
      case Stmt.Target s -> Node.of("target", expression(s.value()));
      case Stmt.Learn s -> documented(s.doc(), "learn " + s.name(),
          Stream.concat(Stream.of(type(s.type())), s.initial().map(AstPrinter::expression).stream())
              .toArray(Node[]::new));
      case Stmt.Fun s -> documented(s.doc(), "fun " + s.name(), parameters(s.parameters()), type(s.result()),
          body(s.body()));
      case Stmt.Dist s -> documented(s.doc(), "dist " + s.name(),
          concat(List.of(parameters(s.parameters()), type(s.on())),
          s.methods().stream().map(AstPrinter::method).toList()).toArray(Node[]::new));
      case Stmt.Return s -> Node.of("return", expression(s.value()));
      case Stmt.Generate s -> block("generate", s.body());
      case Stmt.Guide s -> block("guide", s.body());
      case Stmt.Import s -> Node.of("import", expression(s.path()));
    };
  }

  private static Node documented(String doc, String label, Node... parts) {
    return new Node(label, doc.isEmpty() ? List.of(parts)
        : concat(List.of(Node.leaf("doc " + quoted(doc))), List.of(parts)));
  }

  private static Node given(Stmt.Given given) {
    return switch (given) {
      case Stmt.Given.Prior(var distribution) -> Node.of("~", expression(distribution));
      case Stmt.Given.Value(var value) -> Node.of("=", expression(value));
    };
  }

  private static Node body(Stmt.Body body) {
    return switch (body) {
      case Stmt.Body.Of(var value) -> Node.of("=", expression(value));
      case Stmt.Body.Block(var statements) -> block("block", statements);
    };
  }

  private static Node block(String label, List<Stmt> statements) {
    return new Node(label, statements.stream().map(AstPrinter::statement).toList());
  }

  private static Node method(Stmt.Method m) {
    return Node.of("method " + m.name() + m.argument().map(a -> "(" + a + ")").orElse(""), body(m.body()));
  }

  private static Node parameters(List<Stmt.Parameter> parameters) {
    return new Node("parameters", parameters.stream().map(p -> Node.of(p.name().text(), type(p.type()))).toList());
  }

  private static List<Node> binders(List<Expr.Binder> binders) {
    return binders.stream().map(b -> Node.of("in", Node.leaf(b.variable().text()), expression(b.domain()))).toList();
  }

  private static Node type(TypeExpr t) {
    var arguments = t.arguments().stream().map(AstPrinter::argument).toList();
    var name = new Node("type " + t.name(), arguments);
    if (t.dimensions().isEmpty()) return arguments.isEmpty() ? Node.of("type", Node.leaf(t.name().text())) : name;
    var dimensions = new Node("dimensions", t.dimensions().stream().map(AstPrinter::expression).toList());
    return new Node(name.label(), concat(arguments, List.of(dimensions)));
  }

  private static Node expression(Expr expr) {
    return switch (expr) {
      case Expr.IntLit e -> Node.leaf(Integer.toString(e.value()));
      case Expr.RealLit e -> Node.leaf(e.text());
      case Expr.StringLit e -> Node.leaf(quoted(e.value()));
      case Expr.Ref e -> Node.leaf(e.name().text());
      case Expr.Member e -> Node.leaf(e.table() + "." + e.column());
      case Expr.Index e -> new Node("index", concat(List.of(expression(e.base())),
          e.subscripts().stream().map(AstPrinter::subscript).toList()));
      case Expr.Call e -> new Node("call " + e.function(), e.arguments().stream().map(AstPrinter::argument).toList());
      case Expr.Unary e -> Node.of(e.op().symbol, expression(e.operand()));
      case Expr.Binary e -> Node.of(e.op().symbol, expression(e.left()), expression(e.right()));
      case Expr.Transpose e -> Node.of("'", expression(e.operand()));
      case Expr.Ternary e -> Node.of("?:", expression(e.condition()), expression(e.yes()), expression(e.no()));
      case Expr.Range e -> Node.of("..", expression(e.from()), expression(e.to()));
      case Expr.ArrayLit e -> new Node("array", e.elements().stream().map(AstPrinter::expression).toList());
      case Expr.Comprehension e -> new Node("each", concat(binders(e.binders()), List.of(expression(e.body()))));
      case Expr.Paren e -> Node.of("paren", expression(e.inner()));
    };
  }

  private static Node subscript(Subscript subscript) {
    return switch (subscript) {
      case Subscript.At(var index) -> expression(index);
      case Subscript.All _ -> Node.leaf("all");
    };
  }

  private static Node argument(Argument argument) {
    return switch (argument) {
      case Argument.Positional(var value) -> expression(value);
      case Argument.Named(var name, var value) -> Node.of(name + " =", expression(value));
      case Argument.Over(var binders, var value) ->
          new Node("over", concat(binders(binders), List.of(expression(value))));
    };
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private static List<Node> concat(List<Node> first, List<Node> second) {
    var all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
