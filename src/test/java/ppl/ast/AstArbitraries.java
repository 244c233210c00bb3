package ppl.ast;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import ppl.ast.Expr.Argument;
import ppl.ast.Expr.BinaryOp;
import ppl.ast.Expr.Binder;
import ppl.ast.Expr.Subscript;
import ppl.ast.Expr.UnaryOp;
import ppl.source.Source;
import ppl.source.Span;

/// Random syntax trees with every record and every operator; places are empty.
public final class AstArbitraries {
  private static final Source SOURCE = new Source("random.ppl", "");
  private static final Span HERE = new Span(SOURCE, 0, 0);

  private AstArbitraries() {}

  public static Arbitrary<Ast> files() {
    return statements(2).filter(s -> !s.isEmpty()).map(s -> new Ast(SOURCE, s));
  }

  public static Arbitrary<Expr> expressions() {
    return expressions(4);
  }

  static Arbitrary<Name> names() {
    var plain = Arbitraries.of("a", "b", "x", "mu", "sigma_y", "σ₁", "Normal", "T", "by", "on", "logpdf", "real",
        "_k2");
    var odd = Arbitraries.of("body mass (g)", "data", "not", "2x", "a.b", "été", "x²");
    return Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(9, plain), net.jqwik.api.Tuple.of(1, odd))
        .map(t -> new Name(t, HERE));
  }

  private static Arbitrary<Expr> leaves() {
    return Arbitraries.oneOf(
        Arbitraries.integers().greaterOrEqual(0).map(v -> new Expr.IntLit(v, HERE)),
        Arbitraries.of("0.5", "1e-3", "2.5E+10", "3.0").map(t -> new Expr.RealLit(Double.parseDouble(t), t, HERE)),
        Arbitraries.of("ANOKA", "", "a \"b\" \\ c", "line\nend\ttab\r", "// no comment", "é日")
            .map(v -> new Expr.StringLit(v, HERE)),
        names().map(Expr.Ref::new),
        names().map(Expr.Ref::new),
        Combinators.combine(names(), names()).as((a, b) -> new Expr.Member(a, b, HERE)));
  }

  private static Arbitrary<Expr> expressions(int depth) {
    if (depth == 0) return leaves();
    var e = Arbitraries.lazy(() -> expressions(depth - 1));
    return Arbitraries.oneOf(
        leaves(),
        Combinators.combine(e, subscripts(e).list().ofMinSize(1).ofMaxSize(3)).as((b, s) -> new Expr.Index(b, s, HERE)),
        call(e),
        call(e),
        Combinators.combine(Arbitraries.of(UnaryOp.class), e).as((o, x) -> new Expr.Unary(o, x, HERE)),
        Combinators.combine(Arbitraries.of(BinaryOp.class), e, e).as((o, x, y) -> new Expr.Binary(o, x, y, HERE)),
        Combinators.combine(Arbitraries.of(BinaryOp.class), e, e).as((o, x, y) -> new Expr.Binary(o, x, y, HERE)),
        e.map(x -> new Expr.Transpose(x, HERE)),
        Combinators.combine(e, e, e).as((c, x, y) -> new Expr.Ternary(c, x, y, HERE)),
        Combinators.combine(e, e).as((x, y) -> new Expr.Range(x, y, HERE)),
        e.list().ofMaxSize(3).map(x -> new Expr.ArrayLit(x, HERE)),
        Combinators.combine(e, binders(e)).as((b, i) -> new Expr.Comprehension(b, i, HERE)),
        e.map(x -> new Expr.Paren(x, HERE)));
  }

  private static Arbitrary<Subscript> subscripts(Arbitrary<Expr> e) {
    return Arbitraries.oneOf(e.map(Subscript.At::new), arithmetic(2).map(Subscript.At::new),
        Arbitraries.just(new Subscript.All(HERE)));
  }

  /// As subscripts have it, grouped either way: `t - (a - 1)`.
  private static Arbitrary<Expr> arithmetic(int depth) {
    Arbitrary<Expr> leaf = Arbitraries.oneOf(names().map(Expr.Ref::new), Arbitraries.integers().between(0, 9).map(i -> new Expr.IntLit(i, HERE)));
    if (depth == 0) return leaf;
    var inner = arithmetic(depth - 1);
    return Arbitraries.oneOf(leaf, Combinators.combine(Arbitraries.of(BinaryOp.ADD, BinaryOp.SUB, BinaryOp.MUL), inner, inner)
        .as((o, x, y) -> new Expr.Binary(o, x, y, HERE)));
  }

  private static Arbitrary<List<Binder>> binders(Arbitrary<Expr> e) {
    return Combinators.combine(names(), e).as((n, d) -> new Binder(n, d, HERE)).list().ofMinSize(1).ofMaxSize(2);
  }

  private static Arbitrary<List<Argument>> arguments(Arbitrary<Expr> e) {
    Arbitrary<Argument> plain = Arbitraries.oneOf(e.map(Argument.Positional::new),
        Combinators.combine(names(), e).as(Argument.Named::new));
    Arbitrary<Argument> over = Combinators.combine(binders(e), e).as(Argument.Over::new);
    return Combinators.combine(plain.list().ofMaxSize(3), over.optional(0.3)).as((all, last) ->
        java.util.stream.Stream.concat(all.stream(), last.stream()).toList());
  }

  private static Arbitrary<Expr> call(Arbitrary<Expr> e) {
    return Combinators.combine(names(), arguments(e)).as((f, a) -> new Expr.Call(f, a, HERE));
  }

  private static Arbitrary<TypeExpr> types() {
    var e = expressions(1);
    return Combinators.combine(names(), arguments(e), e.list().ofMaxSize(2))
        .as((n, a, d) -> new TypeExpr(n, a, d, HERE));
  }

  /// What may stand left of `~`: it begins with a name.
  private static Arbitrary<Expr> places() {
    Arbitrary<Expr> place = assignable();
    return Arbitraries.oneOf(place, call(expressions(1)),
        Combinators.combine(Arbitraries.of(BinaryOp.class), place, expressions(1))
            .as((o, x, y) -> new Expr.Binary(o, x, y, HERE)));
  }

  private static Arbitrary<Expr> assignable() {
    Arbitrary<Expr> ref = names().map(Expr.Ref::new);
    return Arbitraries.oneOf(ref, Combinators.combine(ref, subscripts(expressions(1)).list().ofMinSize(1).ofMaxSize(2))
        .as((b, s) -> new Expr.Index(b, s, HERE)));
  }

  private static Arbitrary<String> docs() {
    return Arbitraries.of("", "", "", "What it is.", "Two\nlines", "  indented", "\nlater", "/ slash");
  }

  private static Arbitrary<List<Stmt>> statements(int depth) {
    return Arbitraries.oneOf(simple(), simple(), depth == 0 ? simple() : top(depth)).list().ofMaxSize(3);
  }

  /// Statements that may stand in any block.
  private static Arbitrary<Stmt> simple() {
    var e = expressions(3);
    Arbitrary<Stmt.Given> given = Arbitraries.oneOf(e.map(Stmt.Given.Prior::new), e.map(Stmt.Given.Value::new));
    return Arbitraries.oneOf(
        Combinators.combine(names(), types(), given.optional(), docs())
            .as((n, t, g, d) -> new Stmt.Declare(n, t, g, d, HERE)),
        Combinators.combine(assignable(), e, docs()).as((p, v, d) -> new Stmt.Assign(p, v, d, HERE)),
        Combinators.combine(places(), e, docs()).as((p, v, d) -> new Stmt.Sample(p, v, d, HERE)),
        e.map(v -> new Stmt.Target(v, HERE)));
  }

  private static Arbitrary<List<Stmt>> inner(int depth, boolean function) {
    var plain = depth == 0 ? simple() : Arbitraries.oneOf(simple(), nested(depth - 1, function));
    return (function ? Arbitraries.oneOf(plain, expressions(2).map(e -> new Stmt.Return(e, HERE)))
        : plain).list().ofMaxSize(3);
  }

  private static Arbitrary<Stmt> nested(int depth, boolean function) {
    var e = expressions(2);
    var body = inner(depth, function);
    return Arbitraries.oneOf(
        Combinators.combine(binders(e), body).as((b, s) -> new Stmt.For(b, s, HERE)),
        Combinators.combine(e, body, body.optional()).as((c, t, o) -> new Stmt.If(c, t, o, HERE)));
  }

  private static Arbitrary<Stmt> top(int depth) {
    var column = Combinators.combine(names(), types(), docs()).as((n, t, d) -> new Stmt.Column(n, t, d, HERE));
    var parameter = Combinators.combine(names(), types()).as((n, t) -> new Stmt.Parameter(n, t, HERE));
    Arbitrary<Stmt.Body> body = Arbitraries.oneOf(expressions(2).map(Stmt.Body.Of::new),
        inner(depth - 1, true).map(Stmt.Body.Block::new));
    var method = Combinators.combine(names(), names().optional(), body).as((n, a, b) -> new Stmt.Method(n, a, b, HERE));
    var parameters = parameter.list().ofMaxSize(3);
    Arbitrary<Optional<Expr>> initial = expressions(2).optional();
    return Arbitraries.oneOf(
        Combinators.combine(names(), types(), docs()).as((n, t, d) -> new Stmt.Data(n, t, d, HERE)),
        Combinators.combine(names(), names().optional(), column.list().ofMaxSize(3), docs())
            .as((n, b, c, d) -> new Stmt.Table(n, b, c, d, HERE)),
        Combinators.combine(names(), types(), initial, docs()).as((n, t, i, d) -> new Stmt.Learn(n, t, i, d, HERE)),
        Combinators.combine(names(), parameters, types(), body, docs())
            .as((n, p, t, b, d) -> new Stmt.Fun(n, p, t, b, d, HERE)),
        Combinators.combine(names(), parameters, types(), method.list().ofMaxSize(2), docs())
            .as((n, p, t, m, d) -> new Stmt.Dist(n, p, t, m, d, HERE)),
        nested(depth, false),
        inner(depth, false).map(s -> new Stmt.Generate(s, HERE)),
        inner(depth, false).map(s -> new Stmt.Guide(s, HERE)),
        Arbitraries.of("lib.ppl", "a b\\c").map(p -> new Stmt.Import(new Expr.StringLit(p, HERE), HERE)));
  }
}
