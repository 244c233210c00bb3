package ppl.ir;

import java.util.List;
import java.util.function.Function;

/// Makes expressions, the obvious simplifications done on the way: constants are folded, neutral elements vanish,
/// whole-number sums keep their constant last so that `(i + 1) - 1` is `i`.
public final class Exprs {
  /// Numbers to this size move positions.
  private static final int LARGEST_SHIFT = 1 << 20;

  public static final Expr ZERO = new Expr.Real(0);
  public static final Expr ONE = new Expr.Real(1);

  private Exprs() {}

  public static Expr real(double value) {
    return value == 0 ? ZERO : value == 1 ? ONE : new Expr.Real(value);
  }

  public static Expr integer(int value) {
    return new Expr.Int(value);
  }

  public static Expr var(Index index) {
    return new Expr.Var(index);
  }

  /// The application of a primitive; kinds are converted where a whole number stands for a real.
  public static Expr apply(Prim prim, Expr... args) {
    return apply(prim, List.of(args));
  }

  public static Expr apply(Prim prim, List<Expr> args) {
    var converted = new java.util.ArrayList<Expr>(args.size());
    for (int i = 0; i < args.size(); i++)
      converted.add(prim.parameters().get(i) == Kind.REAL ? toReal(args.get(i)) : args.get(i));
    return Simplify.apply(prim, converted);
  }

  /// A whole number as a real; a real as it is.
  public static Expr toReal(Expr e) {
    if (e.kind() == Kind.REAL) return e;
    return e instanceof Expr.Int(int v) ? real(v) : new Expr.Apply(Prim.REAL_OF, List.of(e));
  }

  public static Expr add(Expr a, Expr b) {
    return bothInt(a, b) ? apply(Prim.IADD, a, b) : apply(Prim.ADD, a, b);
  }

  public static Expr add(Expr a, Expr b, Expr c, Expr... more) {
    var sum = add(add(a, b), c);
    for (var e : more) sum = add(sum, e);
    return sum;
  }

  public static Expr sub(Expr a, Expr b) {
    return bothInt(a, b) ? apply(Prim.ISUB, a, b) : apply(Prim.SUB, a, b);
  }

  public static Expr mul(Expr a, Expr b) {
    return bothInt(a, b) ? apply(Prim.IMUL, a, b) : apply(Prim.MUL, a, b);
  }

  public static Expr mul(Expr a, Expr b, Expr c, Expr... more) {
    var product = mul(mul(a, b), c);
    for (var e : more) product = mul(product, e);
    return product;
  }

  /// The sum as a model has it: of whole numbers it is a whole number, or there is none. What is counted by loops and
  /// moved by a number stays within an array.
  public static Expr added(Expr a, Expr b) {
    return bothInt(a, b) && !isPosition(a) && !isPosition(b) ? apply(Prim.EADD, a, b) : add(a, b);
  }

  public static Expr subtracted(Expr a, Expr b) {
    return bothInt(a, b) && !isPosition(a) && !isPosition(b) ? apply(Prim.ESUB, a, b) : sub(a, b);
  }

  public static Expr multiplied(Expr a, Expr b) {
    return bothInt(a, b) ? apply(Prim.EMUL, a, b) : mul(a, b);
  }

  private static boolean isPosition(Expr e) {
    return switch (e) {
      case Expr.Int(int v) -> Math.abs((long) v) <= LARGEST_SHIFT;
      case Expr.Var _ -> true;
      case Expr.Apply(Prim p, var args) -> (p == Prim.IADD || p == Prim.ISUB) && args.stream().allMatch(Exprs::isPosition);
      case Expr.Real _, Expr.Read _, Expr.Reduce _, Expr.Select _ -> false;
    };
  }

  /// Real division, also of whole numbers.
  public static Expr div(Expr a, Expr b) {
    return apply(Prim.DIV, a, b);
  }

  public static Expr neg(Expr a) {
    return a.kind() == Kind.INT ? apply(Prim.INEG, a) : apply(Prim.NEG, a);
  }

  public static Expr square(Expr a) {
    return mul(a, a);
  }

  public static Expr exp(Expr a) {
    return apply(Prim.EXP, a);
  }

  public static Expr log(Expr a) {
    return apply(Prim.LOG, a);
  }

  public static Expr sqrt(Expr a) {
    return apply(Prim.SQRT, a);
  }

  public static Expr pow(Expr a, Expr b) {
    return apply(Prim.POW, a, b);
  }

  public static Expr lt(Expr a, Expr b) {
    return bothInt(a, b) ? apply(Prim.ILT, a, b) : apply(Prim.LT, a, b);
  }

  public static Expr le(Expr a, Expr b) {
    return bothInt(a, b) ? apply(Prim.ILE, a, b) : apply(Prim.LE, a, b);
  }

  public static Expr gt(Expr a, Expr b) {
    return lt(b, a);
  }

  public static Expr ge(Expr a, Expr b) {
    return le(b, a);
  }

  public static Expr eq(Expr a, Expr b) {
    return bothInt(a, b) ? apply(Prim.IEQ, a, b) : apply(Prim.EQ, a, b);
  }

  public static Expr and(Expr a, Expr b) {
    return apply(Prim.AND, a, b);
  }

  public static Expr or(Expr a, Expr b) {
    return apply(Prim.OR, a, b);
  }

  public static Expr not(Expr a) {
    return apply(Prim.NOT, a);
  }

  /// `yes` where the condition holds; a whole number beside a real is converted.
  public static Expr select(Expr condition, Expr yes, Expr no) {
    return yes.kind() == no.kind()
        ? Simplify.select(condition, yes, no)
        : Simplify.select(condition, toReal(yes), toReal(no));
  }

  /// Sum over `0 <= i < n`.
  public static Expr sum(Expr n, Function<Expr, Expr> body) {
    return reduce(Expr.Reducer.SUM, n, body);
  }

  /// Sum over `from <= index < to` of a body that is made already.
  public static Expr sum(Index index, Expr from, Expr to, Expr body) {
    return Simplify.reduce(Expr.Reducer.SUM, index, from, to, body);
  }

  public static Expr reduce(Expr.Reducer reducer, Expr n, Function<Expr, Expr> body) {
    var i = new Index("k");
    return Simplify.reduce(reducer, i, integer(0), n, body.apply(var(i)));
  }

  /// log of the sum of exp(body) over `0 <= i < n`, without overflow. The largest term is subtracted first.
  public static Expr logSumExp(Expr n, Function<Expr, Expr> body) {
    var max = apply(Prim.DETACH, reduce(Expr.Reducer.MAX, n, body));
    var safe = select(eq(max, real(Double.NEGATIVE_INFINITY)), ZERO, max);
    return add(safe, log(sum(n, i -> exp(sub(body.apply(i), safe)))));
  }

  private static boolean bothInt(Expr a, Expr b) {
    return a.kind() == Kind.INT && b.kind() == Kind.INT;
  }
}
