package ppl.parse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import ppl.ast.Expr;
import ppl.ast.Expr.BinaryOp;
import ppl.ast.Expr.UnaryOp;
import ppl.ast.Name;
import ppl.ast.TypeExpr;
import ppl.parse.generated.PplLexer;
import ppl.parse.generated.PplParser.*;
import ppl.source.Diagnostic;
import ppl.source.Diagnostics;
import ppl.source.Source;
import ppl.source.Span;

/// Folds the expressions and types of an ANTLR tree into syntax records.
final class ExprFold {
  /// No tree is higher, so whoever walks it by recursion has stack enough.
  static final int MAX_HEIGHT = 1000;

  private static final Map<Integer, BinaryOp> BINARY = operators();

  private final Source source;
  private final Diagnostics diagnostics;
  private int height;

  ExprFold(Source source, Diagnostics diagnostics) {
    this.source = source;
    this.diagnostics = diagnostics;
  }

  private static Map<Integer, BinaryOp> operators() {
    var map = new HashMap<Integer, BinaryOp>();
    for (var op : BinaryOp.values())
      for (int type = 1; type <= PplLexer.UNKNOWN; type++)
        if (("'" + op.symbol + "'").equals(PplLexer.VOCABULARY.getLiteralName(type))) map.put(type, op);
    return Map.copyOf(map);
  }

  Span span(ParserRuleContext c) {
    return span(c.getStart()).to(span(c.getStop()));
  }

  Span span(Token t) {
    return new Span(source, t.getStartIndex(), t.getStopIndex() + 1);
  }

  Name name(NameContext c) {
    var text = c.getStart().getText();
    return new Name(Names.read(text), span(c));
  }

  TypeExpr type(TypeContext c) {
    var dimensions = c.expression().stream().map(this::expression).toList();
    return new TypeExpr(name(c.name()), arguments(c.arguments()), dimensions, span(c));
  }

  List<Expr.Binder> binders(BindersContext c) {
    return c.binder().stream()
        .map(b -> new Expr.Binder(name(b.name()), expression(b.expression()), span(b)))
        .toList();
  }

  Expr expression(ExpressionContext c) {
    var from = conditional(c.conditional(0));
    return c.conditional().size() == 1 ? from : new Expr.Range(from, conditional(c.conditional(1)), span(c));
  }

  /// `a ? b : c ? d : e` is one list in the tree; it associates to the right.
  private Expr conditional(ConditionalContext c) {
    int last = c.operation().size() - 1;
    if (last == 0) return operation(c.operation(0));
    if (tooHigh(last, c)) return placeholder(c);
    var result = operation(c.operation(last));
    for (int i = last - 1; i >= 0; i--) {
      var condition = operation(c.operation(i));
      var yes = conditional(c.conditional(i));
      result = new Expr.Ternary(condition, yes, result, condition.span().to(result.span()));
    }
    height -= last;
    return result;
  }

  private Expr operation(OperationContext c) {
    return chain(c, c.operand().stream().map(this::asOperand).toList(), c.operator());
  }

  /// What stands left of `~` and `=`.
  Expr place(PlaceContext c) {
    var operands = new ArrayList<Climb.Operand>();
    operands.add(new Climb.Operand(List.of(), () -> suffixed(reference(c.reference()), c.suffix(), c)));
    c.operand().forEach(o -> operands.add(asOperand(o)));
    return chain(c, operands, c.operator());
  }

  private Expr chain(ParserRuleContext c, List<Climb.Operand> operands, List<OperatorContext> operators) {
    int prefixes = operands.stream().mapToInt(o -> o.prefixes().size()).max().orElse(0);
    int levels = operators.size() + prefixes;
    if (tooHigh(levels, c)) return placeholder(c);
    var ops = operators.stream().map(o -> new Climb.Operator(BINARY.get(o.getStart().getType()), span(o))).toList();
    var result = new Climb(operands, ops, diagnostics).whole();
    height -= levels;
    return result;
  }

  private Climb.Operand asOperand(OperandContext c) {
    var prefixes = c.prefix().stream().map(p -> new Climb.Prefix(unary(p.getStart()), span(p))).toList();
    return new Climb.Operand(prefixes, () -> suffixed(primary(c.primary()), c.suffix(), c));
  }

  private static UnaryOp unary(Token t) {
    return switch (t.getType()) {
      case PplLexer.MINUS -> UnaryOp.NEG;
      case PplLexer.PLUS -> UnaryOp.PLUS;
      default -> UnaryOp.NOT;
    };
  }

  private Expr suffixed(Expr base, List<SuffixContext> suffixes, ParserRuleContext whole) {
    if (suffixes.isEmpty()) return base;
    if (tooHigh(suffixes.size(), whole)) return placeholder(whole);
    var result = base;
    for (var s : suffixes) {
      var span = base.span().to(span(s));
      result = s instanceof IndexContext index
          ? new Expr.Index(result, index.subscript().stream().map(this::subscript).toList(), span)
          : new Expr.Transpose(result, span);
    }
    height -= suffixes.size();
    return result;
  }

  /// A blank has an empty rule; its place is where it would stand.
  private Expr.Subscript subscript(SubscriptContext c) {
    if (c.expression() != null) return new Expr.Subscript.At(expression(c.expression()));
    int at = c.getStart().getStartIndex();
    return new Expr.Subscript.All(new Span(source, at, at));
  }

  private Expr primary(PrimaryContext c) {
    return switch (c) {
      case NamedContext n -> reference(n.reference());
      case IntLitContext _ -> Literals.integer(c.getText(), span(c), diagnostics);
      case RealLitContext _ -> Literals.real(c.getText(), span(c), diagnostics);
      case StringLitContext _ -> Literals.string(c.getText(), span(c), diagnostics);
      case ParenContext p -> paren(p);
      case BracketedContext b -> bracketed(b);
      default -> throw new IllegalStateException("no such primary: " + c.getClass());
    };
  }

  private Expr paren(ParenContext c) {
    if (tooHigh(1, c)) return placeholder(c);
    var result = new Expr.Paren(expression(c.expression()), span(c));
    height--;
    return result;
  }

  private Expr bracketed(BracketedContext c) {
    if (tooHigh(1, c)) return placeholder(c);
    var elements = c.expression().stream().map(this::expression).toList();
    height--;
    return c.binders() == null
        ? new Expr.ArrayLit(elements, span(c))
        : new Expr.Comprehension(elements.getFirst(), binders(c.binders()), span(c));
  }

  private Expr reference(ReferenceContext c) {
    var name = name(c.name(0));
    if (c.DOT() != null) return new Expr.Member(name, name(c.name(1)), span(c));
    if (c.LPAREN() == null) return new Expr.Ref(name);
    if (tooHigh(1, c)) return placeholder(c);
    var result = new Expr.Call(name, arguments(c.arguments()), span(c));
    height--;
    return result;
  }

  private List<Expr.Argument> arguments(ArgumentsContext c) {
    if (c == null) return List.of();
    var arguments = c.argument().stream().map(this::argument).toList();
    if (arguments.size() == 2 && arguments.get(0) instanceof Expr.Argument.Over(var binders, var end)
        && binders.size() == 1 && !(binders.getFirst().domain() instanceof Expr.Range))
      return List.of(ranged(binders.getFirst(), end, arguments.get(1).value()));
    for (int i = 0; i < arguments.size() - 1; i++)
      if (arguments.get(i) instanceof Expr.Argument.Over over)
        diagnostics.add(Diagnostic.error("E0124", arguments.get(i + 1).value().span(),
            "nothing may follow the body of `%s in ..`", over.binders().getFirst().variable())
            .help("write the other arguments first"));
    return arguments;
  }

  /// `i in 1:N, x[i]`, read as it is meant.
  private Expr.Argument ranged(Expr.Binder b, Expr end, Expr body) {
    var domain = new Expr.Range(b.domain(), end, b.domain().span().to(end.span()));
    diagnostics.add(Diagnostic.error("E0115", domain.span(), "a range is written with two points, not with a colon")
        .help("write `%s in %s..%s : %s`", b.variable(), b.domain().span().text(), end.span().text(),
            body.span().text()));
    return new Expr.Argument.Over(List.of(new Expr.Binder(b.variable(), domain, b.span().to(end.span()))), body);
  }

  private Expr.Argument argument(ArgumentContext c) {
    return switch (c) {
      case NamedArgumentContext n -> new Expr.Argument.Named(name(n.name()), expression(n.expression()));
      case OverArgumentContext o -> new Expr.Argument.Over(binders(o.binders()), expression(o.expression()));
      case PositionalArgumentContext p -> new Expr.Argument.Positional(expression(p.expression()));
      default -> throw new IllegalStateException("no such argument: " + c.getClass());
    };
  }

  /// Takes `levels` of the height that is left, or says that there is too little.
  private boolean tooHigh(int levels, ParserRuleContext c) {
    if (height + levels > MAX_HEIGHT) {
      diagnostics.add(Nesting.tooLong(span(c)));
      return true;
    }
    height += levels;
    return false;
  }

  private Expr placeholder(ParserRuleContext c) {
    return new Expr.IntLit(0, span(c));
  }
}
