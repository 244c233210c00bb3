package ppl.ast;

import java.util.List;
import ppl.source.Span;

/// An expression as written. Distributions are written as calls and are told apart by the checker.
public sealed interface Expr {
  Span span();

  /// A whole number, `3`.
  record IntLit(int value, Span span) implements Expr {}

  /// A real number, `0.5`, `1e-3`; `text` is the literal as written.
  record RealLit(double value, String text, Span span) implements Expr {}

  /// A label or a path, `"ANOKA"`.
  record StringLit(String value, Span span) implements Expr {}

  /// A name in value position.
  record Ref(Name name) implements Expr {
    public Span span() {
      return name.span();
    }
  }

  /// `homes.floor`.
  record Member(Name table, Name column, Span span) implements Expr {}

  /// `base[subscripts]`.
  record Index(Expr base, List<Subscript> subscripts, Span span) implements Expr {}

  /// `f(args)`: a function, a distribution, a combinator or a reduction.
  record Call(Name function, List<Argument> arguments, Span span) implements Expr {}

  /// `-x`, `not x`.
  record Unary(UnaryOp op, Expr operand, Span span) implements Expr {}

  record Binary(BinaryOp op, Expr left, Expr right, Span span) implements Expr {}

  /// `x'`.
  record Transpose(Expr operand, Span span) implements Expr {}

  /// `condition ? yes : no`.
  record Ternary(Expr condition, Expr yes, Expr no, Span span) implements Expr {}

  /// `from..to`, both ends included.
  record Range(Expr from, Expr to, Span span) implements Expr {}

  /// `[a, b, c]`; nested for matrices.
  record ArrayLit(List<Expr> elements, Span span) implements Expr {}

  /// `[body for i in 1..N, j in 1..M]`.
  record Comprehension(Expr body, List<Binder> binders, Span span) implements Expr {}

  /// Written in parentheses; kept so that the formatter gives back what was written.
  record Paren(Expr inner, Span span) implements Expr {}

  /// One place between the brackets of an index.
  sealed interface Subscript {
    Span span();

    /// `[e]`; a range `a..b` is an expression too.
    record At(Expr index) implements Subscript {
      public Span span() {
        return index.span();
      }
    }

    /// A blank: everything, `X[, k]`.
    record All(Span span) implements Subscript {}
  }

  /// One place between the parentheses of a call.
  sealed interface Argument {
    Expr value();

    record Positional(Expr value) implements Argument {}

    /// `sd = 2`.
    record Named(Name name, Expr value) implements Argument {}

    /// `i in 1..N, j in 1..M : value`; ends the argument list of a reduction or a `mixture`.
    record Over(List<Binder> binders, Expr value) implements Argument {}
  }

  /// `i in domain`; the domain is a range, a factor or a table.
  record Binder(Name variable, Expr domain, Span span) {}

  enum UnaryOp {
    NEG("-", Precedence.SIGN), PLUS("+", Precedence.SIGN), NOT("not", Precedence.NOT);

    public final String symbol;
    public final Precedence precedence;

    UnaryOp(String symbol, Precedence precedence) {
      this.symbol = symbol;
      this.precedence = precedence;
    }
  }

  enum BinaryOp {
    ADD("+", Precedence.SUM), SUB("-", Precedence.SUM),
    MUL("*", Precedence.PRODUCT), DIV("/", Precedence.PRODUCT),
    ELT_MUL(".*", Precedence.PRODUCT), ELT_DIV("./", Precedence.PRODUCT),
    IDIV("div", Precedence.PRODUCT), MOD("mod", Precedence.PRODUCT),
    POW("^", Precedence.POWER),
    LT("<", Precedence.COMPARISON), LE("<=", Precedence.COMPARISON),
    GT(">", Precedence.COMPARISON), GE(">=", Precedence.COMPARISON),
    EQ("==", Precedence.COMPARISON), NE("!=", Precedence.COMPARISON),
    AND("and", Precedence.AND), OR("or", Precedence.OR);

    public final String symbol;
    public final Precedence precedence;

    BinaryOp(String symbol, Precedence precedence) {
      this.symbol = symbol;
      this.precedence = precedence;
    }
  }
}
