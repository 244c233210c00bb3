package ppl.fmt;

import static ppl.fmt.Doc.brackets;
import static ppl.fmt.Doc.commas;
import static ppl.fmt.Doc.group;
import static ppl.fmt.Doc.indent;
import static ppl.fmt.Doc.line;
import static ppl.fmt.Doc.seq;
import static ppl.fmt.Doc.space;
import static ppl.fmt.Doc.word;
import static ppl.fmt.Doc.words;

import java.util.ArrayList;
import java.util.List;
import ppl.ast.Expr;
import ppl.ast.Expr.Argument;
import ppl.ast.Expr.BinaryOp;
import ppl.ast.Expr.Subscript;
import ppl.ast.Expr.UnaryOp;
import ppl.ast.Precedence;
import ppl.ast.TypeExpr;

/// Expressions and types as documents, with the parentheses that precedence asks for and no others.
final class ExprDoc {
  private ExprDoc() {}

  static Doc of(Expr e) {
    return of(e, Precedence.RANGE);
  }

  static Doc type(TypeExpr t) {
    var name = word(Spelling.name(t.name()));
    var arguments = t.arguments().isEmpty() ? Doc.empty() : arguments(t.arguments());
    var dimensions = t.dimensions().isEmpty() ? Doc.empty()
        : subscripts(t.dimensions().stream().map(ExprDoc::tight).toList());
    return seq(name, arguments, dimensions);
  }

  static Doc binders(List<Expr.Binder> binders) {
    return Doc.separated(binders.stream().map(ExprDoc::binder).toList(), seq(word(","), space()));
  }

  private static Doc binder(Expr.Binder b) {
    return words(word(Spelling.name(b.variable())), word("in"), of(b.domain()));
  }

  /// As an operand where at least `context` is needed; nothing that binds follows.
  private static Doc of(Expr e, Precedence context) {
    return of(e, context, Precedence.RANGE, false);
  }

  /// @param context the loosest precedence that needs no parentheses here
  /// @param follow  the precedence of the operator that comes next, `RANGE` if none does
  /// @param right   stands right of an operator, where a prefix operator is always understood; it then reaches as
  ///                far as it can, so what follows must be looser
  private static Doc of(Expr e, Precedence context, Precedence follow, boolean right) {
    boolean bare = !Precedence.of(e).looserThan(context)
        || right && e instanceof Expr.Unary u && follow.looserThan(u.op().precedence);
    return bare ? bare(e, follow) : group(word("("), indent(bare(e, Precedence.RANGE)), word(")"));
  }

  private static Doc bare(Expr e, Precedence follow) {
    return switch (e) {
      case Expr.IntLit i -> word(Integer.toString(i.value()));
      case Expr.RealLit r -> word(r.text());
      case Expr.StringLit s -> word(Spelling.string(s.value()));
      case Expr.Ref r -> word(Spelling.name(r.name()));
      case Expr.Member m -> seq(word(Spelling.name(m.table())), word("."), word(Spelling.name(m.column())));
      case Expr.Index i -> seq(of(i.base(), Precedence.POSTFIX), index(i.subscripts()));
      case Expr.Call c -> seq(word(Spelling.name(c.function())), arguments(c.arguments()));
      case Expr.Unary u -> unary(u, follow);
      case Expr.Binary b -> binary(b, follow);
      case Expr.Transpose t -> seq(of(t.operand(), Precedence.POSTFIX), word("'"));
      case Expr.Ternary t -> ternary(t);
      case Expr.Range r -> seq(tight(r.from(), Precedence.CONDITIONAL), word(".."),
          tight(r.to(), Precedence.CONDITIONAL));
      case Expr.ArrayLit a -> brackets("[", commas(a.elements().stream().map(ExprDoc::of).toList()), "]");
      case Expr.Comprehension c ->
          brackets("[", seq(of(c.body()), line(), word("for"), space(), binders(c.binders())), "]");
      case Expr.Paren p -> group(word("("), indent(of(p.inner())), word(")"));
    };
  }

  private static Doc unary(Expr.Unary u, Precedence follow) {
    var op = word(u.op().symbol);
    var operand = of(u.operand(), u.op().precedence, follow, true);
    return u.op() == UnaryOp.NOT ? seq(op, space(), operand) : seq(op, operand);
  }

  /// A chain of operators of one precedence is one group, broken before each.
  private static Doc binary(Expr.Binary b, Precedence follow) {
    var parts = new ArrayList<Doc>();
    var first = chain(b, b.op().precedence, follow, parts);
    return group(first, indent(seq(parts)));
  }

  private static Doc chain(Expr.Binary b, Precedence level, Precedence follow, List<Doc> out) {
    boolean leftward = level.associativity() == Precedence.Associativity.LEFT;
    boolean rightward = level.associativity() == Precedence.Associativity.RIGHT;
    var first = leftward && b.left() instanceof Expr.Binary inner && inner.op().precedence == level
        ? chain(inner, level, level, out)
        : of(b.left(), leftward ? level : level.tighter(), level, false);
    var operand = of(b.right(), rightward ? level : level.tighter(), follow, true);
    out.add(b.op() == BinaryOp.POW
        ? seq(word(b.op().symbol), operand)
        : seq(line(), word(b.op().symbol), space(), operand));
    return first;
  }

  private static Doc ternary(Expr.Ternary t) {
    return group(of(t.condition(), Precedence.OR),
        indent(line(), word("?"), space(), of(t.yes(), Precedence.CONDITIONAL),
            line(), word(":"), space(), of(t.no(), Precedence.CONDITIONAL)));
  }

  /// As a subscript or the end of a range, where simple arithmetic reads better without spaces: `h[t-1]`.
  static Doc tight(Expr e) {
    return tight(e, Precedence.RANGE);
  }

  private static Doc tight(Expr e, Precedence context) {
    return isSimple(e) ? simple(e) : of(e, context);
  }

  private static boolean isSimple(Expr e) {
    return switch (e) {
      case Expr.Ref _, Expr.IntLit _ -> true;
      case Expr.Binary b -> isTightOperator(b.op()) && isSimple(b.left()) && isSimple(b.right())
          && !(b.right() instanceof Expr.Binary) && leftHolds(b);
      default -> false;
    };
  }

  private static boolean isTightOperator(BinaryOp op) {
    return op == BinaryOp.ADD || op == BinaryOp.SUB || op == BinaryOp.MUL;
  }

  private static boolean leftHolds(Expr.Binary b) {
    return !Precedence.of(b.left()).looserThan(b.op().precedence);
  }

  private static Doc simple(Expr e) {
    return e instanceof Expr.Binary b
        ? seq(simple(b.left()), word(b.op().symbol), simple(b.right()))
        : bare(e, Precedence.RANGE);
  }

  private static Doc index(List<Subscript> subscripts) {
    return subscripts(subscripts.stream().map(ExprDoc::subscript).toList());
  }

  private static Doc subscript(Subscript s) {
    return switch (s) {
      case Subscript.At(var index) -> tight(index);
      case Subscript.All _ -> Doc.empty();
    };
  }

  private static Doc subscripts(List<Doc> parts) {
    return seq(word("["), indent(Doc.separated(parts, seq(word(","), space()))), word("]"));
  }

  private static Doc arguments(List<Argument> arguments) {
    if (arguments.isEmpty()) return seq(word("("), word(")"));
    return brackets("(", commas(arguments.stream().map(ExprDoc::argument).toList()), ")");
  }

  private static Doc argument(Argument a) {
    return switch (a) {
      case Argument.Positional(var value) -> of(value);
      case Argument.Named(var name, var value) -> words(word(Spelling.name(name)), word("="), of(value));
      case Argument.Over(var binders, var value) ->
          group(binders(binders), space(), word(":"), indent(line(), of(value)));
    };
  }
}
