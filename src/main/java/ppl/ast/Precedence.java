package ppl.ast;

/// How tightly an expression holds together, loosest first; the one table that parser and formatter share.
/// As in R and Stan, with the range loosest: `1..n - 1` ends at `n - 1`, and `-x^2` is `-(x^2)`.
public enum Precedence {
  RANGE, CONDITIONAL, OR, AND, NOT, COMPARISON, SUM, PRODUCT, SIGN, POWER, POSTFIX;

  /// Which neighbours of the same precedence need no parentheses.
  public enum Associativity { LEFT, RIGHT, NONE }

  public Associativity associativity() {
    return switch (this) {
      case POWER, CONDITIONAL -> Associativity.RIGHT;
      case COMPARISON, RANGE -> Associativity.NONE;
      case OR, AND, NOT, SUM, PRODUCT, SIGN, POSTFIX -> Associativity.LEFT;
    };
  }

  /// The next tighter one.
  public Precedence tighter() {
    return values()[Math.min(ordinal() + 1, values().length - 1)];
  }

  public boolean looserThan(Precedence that) {
    return ordinal() < that.ordinal();
  }

  /// The precedence of an expression's outermost construct.
  public static Precedence of(Expr e) {
    return switch (e) {
      case Expr.Range _ -> RANGE;
      case Expr.Ternary _ -> CONDITIONAL;
      case Expr.Binary b -> b.op().precedence;
      case Expr.Unary u -> u.op().precedence;
      case Expr.IntLit _, Expr.RealLit _, Expr.StringLit _, Expr.Ref _, Expr.Member _, Expr.Index _, Expr.Call _,
          Expr.Transpose _, Expr.ArrayLit _, Expr.Comprehension _, Expr.Paren _ -> POSTFIX;
    };
  }
}
