package ppl.lib;

import static ppl.lib.Row.each1;
import static ppl.lib.Row.each2;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Expr;
import ppl.ir.Exprs;
import ppl.ir.Prim;
import ppl.lib.Function.Outcome;
import ppl.typed.Interval;
import ppl.typed.TExpr;

/// The operators.
public final class Operators {
  private Operators() {}

  public static final Function ADD = Overloads.of(List.of(
      each2("+(x : T, y : T) : T", "sum", Exprs::added).in(x -> x.get(0).plus(x.get(1))),
      each1("+(x : T) : T", "itself", x -> x).in(Ranges.THEIRS)));
  public static final Function SUBTRACT = Overloads.of(List.of(
      each2("-(x : T, y : T) : T", "difference", Exprs::subtracted).in(x -> x.get(0).minus(x.get(1))),
      each1("-(x : T) : T", "negative", Exprs::neg).in(Ranges.of(Interval::negative))));
  public static final Function MULTIPLY = Overloads.of(List.of(Row.special("*(x : T[..], y : T[..]) : T",
      "matrix product where one operand has two dimensions and the other at least one, else elementwise",
      Products::type, Products::lower)
          .in(x -> Products.isMatrix(x.ranks()) ? Ranges.CROSS.of(x).sum() : Ranges.PRODUCT.of(x))));
  public static final Function DIVIDE = Overloads.of(List.of(each2("/(x : real, y : real) : real", "quotient",
      Exprs::div).in(Ranges.QUOTIENT)));
  public static final Function TIMES = Overloads.of(List.of(each2(".*(x : T, y : T) : T", "elementwise product",
      Exprs::multiplied).in(Ranges.PRODUCT)));
  public static final Function OVER = Overloads.of(List.of(each2("./(x : real, y : real) : real",
      "elementwise quotient", Exprs::div).in(Ranges.QUOTIENT)));
  public static final Function POWER = Overloads.of(List.of(Row.special("^(x : T[..], y : T[..]) : T",
      "power; a whole number where both are whole and the exponent is a number that is not negative",
      Powers::type, Powers::lower).in(Ranges::power)));
  public static final Function LESS = compare("<", Exprs::lt);
  public static final Function LESS_EQUAL = compare("<=", Exprs::le);
  public static final Function GREATER = compare(">", Exprs::gt);
  public static final Function GREATER_EQUAL = compare(">=", Exprs::ge);
  public static final Function EQUAL = compare("==", Exprs::eq);
  public static final Function NOT_EQUAL = compare("!=", (x, y) -> Exprs.not(Exprs.eq(x, y)));
  public static final Function AND = logic("and", Exprs::and);
  public static final Function OR = logic("or", Exprs::or);
  public static final Function NOT = Overloads.of(List.of(each1("not(x : int) : int", "1 where x is 0, else 0",
      Exprs::not).in(Ranges.UNIT)));
  public static final Function WHOLE_QUOTIENT = whole("div", "quotient rounded down", Prim.IDIV,
      x -> Ranges.QUOTIENT.of(x).rising(Math::floor));
  public static final Function REMAINDER = whole("mod", "remainder of div", Prim.IMOD,
      x -> x.get(1).low() >= 0 ? new Interval(0, x.get(1).high()) : Interval.ALL);
  public static final Function TRANSPOSE = Overloads.of(List.of(Row.whole("'(x : T[n, m]) : T[m, n]", "transpose",
      (b, args) -> {
        var x = args.getFirst();
        return new Arr(x.kind(), x.dims().reversed(), at -> x.at(at.reversed()));
      }).in(Ranges.THEIRS)));

  static final List<Function> ALL = List.of(ADD, SUBTRACT, MULTIPLY, DIVIDE, TIMES, OVER, POWER, LESS, LESS_EQUAL,
      GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL, AND, OR, NOT, WHOLE_QUOTIENT, REMAINDER, TRANSPOSE);

  private static Function compare(String symbol, java.util.function.BinaryOperator<Expr> test) {
    var row = each2(symbol + "(x : real, y : real) : int", "1 where it holds, else 0", test);
    return Overloads.of(List.of(
        Row.special(row.signature().text(), row.doc(), args -> comparison(row, args), row.lowering()).in(Ranges.UNIT)));
  }

  /// Numbers, or levels of one factor.
  private static Outcome comparison(Row row, List<TExpr> args) {
    var a = args.get(0).type().level();
    var b = args.get(1).type().level();
    return a.isPresent() && a.equals(b)
        ? Shapes.broadcast(ppl.typed.Type.INT_SCALAR, args)
        : row.typing().of(args);
  }

  private static Function logic(String name, java.util.function.BinaryOperator<Expr> f) {
    return Overloads.of(List.of(each2(name + "(x : int, y : int) : int", "1 or 0; anything but 0 counts as 1", f)
          .in(Ranges.UNIT)));
  }

  private static Function whole(String name, String doc, Prim prim, Function.Ranging range) {
    return Overloads.of(List.of(each2(name + "(x : int, y : int) : int", doc, (x, y) -> Exprs.apply(prim, x, y))
          .in(range)));
  }
}
