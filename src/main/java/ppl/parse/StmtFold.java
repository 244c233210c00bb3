package ppl.parse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import ppl.ast.Expr;
import ppl.ast.Stmt;
import ppl.parse.generated.PplLexer;
import ppl.parse.generated.PplParser.*;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;
import ppl.source.Span;

/// Folds the statements of an ANTLR tree into syntax records.
final class StmtFold {
  private final ExprFold expr;
  private final Map<Integer, String> docs;
  private final Diagnostics diagnostics;

  /// @param docs the documentation before tokens, by offset
  StmtFold(Source source, Map<Integer, String> docs, Diagnostics diagnostics) {
    this.expr = new ExprFold(source, diagnostics);
    this.docs = docs;
    this.diagnostics = diagnostics;
  }

  Stmt statement(StatementContext s) {
    var span = expr.span(s);
    var doc = doc(s);
    return switch (s) {
      case DataContext c -> new Stmt.Data(expr.name(c.name()), expr.type(c.type()), doc, span);
      case TableContext c -> table(c, doc, span);
      case LearnContext c -> new Stmt.Learn(expr.name(c.name()), expr.type(c.type()),
          Optional.ofNullable(c.expression()).map(expr::expression), doc, span);
      case FunContext c -> new Stmt.Fun(expr.name(c.name()), parameters(c.parameters()), expr.type(c.type()),
          body(c.body()), doc, span);
      case DistContext c -> new Stmt.Dist(expr.name(c.name()), parameters(c.parameters()), expr.type(c.type()),
          c.method().stream().map(this::method).toList(), doc, span);
      case ForContext c -> new Stmt.For(expr.binders(c.binders()), block(c.block()), span);
      case IfContext c -> branch(c, 0);
      case TargetContext c -> new Stmt.Target(expr.expression(c.expression()), span);
      case ReturnContext c -> new Stmt.Return(expr.expression(c.expression()), span);
      case GenerateContext c -> new Stmt.Generate(block(c.block()), span);
      case GuideContext c -> new Stmt.Guide(block(c.block()), span);
      case ImportContext c -> new Stmt.Import(Literals.string(c.STRING().getText(), expr.span(c.STRING().getSymbol()),
          diagnostics), span);
      case DeclareContext c -> new Stmt.Declare(expr.name(c.name()), expr.type(c.type()), given(c), doc, span);
      case RelateContext c -> relate(c, doc, span);
      default -> throw new IllegalStateException("no such statement: " + s.getClass());
    };
  }

  private String doc(ParserRuleContext c) {
    return docs.getOrDefault(c.getStart().getStartIndex(), "");
  }

  private Stmt table(TableContext c, String doc, Span span) {
    var columns = c.column().stream()
        .map(k -> new Stmt.Column(expr.name(k.name()), expr.type(k.type()), doc(k), expr.span(k)))
        .toList();
    var by = c.name().size() > 1 ? Optional.of(expr.name(c.name(1))) : Optional.<ppl.ast.Name>empty();
    return new Stmt.Table(expr.name(c.name(0)), by, columns, doc, span);
  }

  private List<Stmt> block(BlockContext c) {
    return c.statement().stream().map(this::statement).toList();
  }

  /// The `i`-th condition of an `if .. else if ..` and all after it.
  private Stmt.If branch(IfContext c, int i) {
    int conditions = c.expression().size();
    if (i == Nesting.MAX_DEPTH) diagnostics.add(Nesting.tooManyBranches(expr.span(c.expression(i))));
    Optional<List<Stmt>> otherwise = i + 1 < conditions && i < Nesting.MAX_DEPTH
        ? Optional.of(List.of(branch(c, i + 1)))
        : c.block().size() > conditions ? Optional.of(block(c.block(conditions))) : Optional.empty();
    var start = i == 0 ? c.getStart() : c.IF(i).getSymbol();
    var span = expr.span(start).to(expr.span(c.getStop()));
    return new Stmt.If(expr.expression(c.expression(i)), block(c.block(i)), otherwise, span);
  }

  private List<Stmt.Parameter> parameters(ParametersContext c) {
    if (c == null) return List.of();
    return c.parameter().stream()
        .map(p -> new Stmt.Parameter(expr.name(p.name()), expr.type(p.type()), expr.span(p)))
        .toList();
  }

  private Stmt.Method method(MethodContext c) {
    var argument = c.name().size() > 1 ? Optional.of(expr.name(c.name(1))) : Optional.<ppl.ast.Name>empty();
    return new Stmt.Method(expr.name(c.name(0)), argument, body(c.body()), expr.span(c));
  }

  private Stmt.Body body(BodyContext c) {
    return switch (c) {
      case BodyOfContext b -> new Stmt.Body.Of(expr.expression(b.expression()));
      case BodyBlockContext b -> new Stmt.Body.Block(block(b.block()));
      default -> throw new IllegalStateException("no such body: " + c.getClass());
    };
  }

  private Optional<Stmt.Given> given(DeclareContext c) {
    if (c.op == null) return Optional.empty();
    var e = expr.expression(c.expression());
    return Optional.of(isTilde(c.op) ? new Stmt.Given.Prior(e) : new Stmt.Given.Value(e));
  }

  private Stmt relate(RelateContext c, String doc, Span span) {
    var place = expr.place(c.place());
    var e = expr.expression(c.expression());
    if (isTilde(c.op)) return new Stmt.Sample(place, e, doc, span);
    if (place instanceof Expr.Ref || place instanceof Expr.Index(Expr.Ref _, _, _))
      return new Stmt.Assign(place, e, doc, span);
    var linked = Links.turned(place, e);
    if (linked.isEmpty()) refusePlace(place, e);
    linked.ifPresent(l -> diagnostics.add(Diagnostic.error("E0130", place.span(), "a link function stands on the right")
        .help("write `%s = %s`", l.place().span().text(), l.shown())));
    return new Stmt.Assign(linked.map(Links.Linked::place).orElse(place), linked.map(Links.Linked::value).orElse(e), doc,
        span);
  }

  private void refusePlace(Expr place, Expr value) {
    var error = Diagnostic.error("E0130", place.span(), "only a name or an element of one can be given by `=`");
    diagnostics.add(place instanceof Expr.Call call
        ? error.help("a function is written `fun %s(x : real) : real = ..`", call.function())
        : error.help("if both sides are given and should agree, say how closely: `%s ~ Normal(%s, ..)`",
            Excerpt.of(place), Excerpt.of(value)));
  }

  private static boolean isTilde(Token t) {
    return t.getType() == PplLexer.TILDE;
  }
}
