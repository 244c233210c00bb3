package ppl.lib;

import static ppl.ir.Exprs.*;

import java.util.List;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.lib.Function.Outcome;
import ppl.typed.TExpr;
import ppl.typed.Type;

/// `x ^ y`. Small whole exponents are products, so that they are exact and cheap to differentiate.
final class Powers {
  private Powers() {}

  private static final int MAX_PRODUCT = 8;
  private static final Signature REALS = Signature.of("^(x : real, y : real) : real");

  static Outcome type(List<TExpr> args) {
    var reals = Typing.each(REALS, args);
    boolean whole = !args.get(0).type().isReal() && args.get(1) instanceof TExpr.Num n && !n.type().isReal()
        && n.value() >= 0;
    return whole && reals instanceof Outcome.Ok(var type, var checks)
        ? new Outcome.Ok(new Type(Type.INT_SCALAR, type.dims()), checks)
        : reals;
  }

  static Arr lower(Build b, List<Arr> args) {
    var x = args.get(0);
    var y = args.get(1);
    var longer = x.rank() >= y.rank() ? x : y;
    boolean whole = x.kind() == Kind.INT && y.rank() == 0 && y.scalar() instanceof Expr.Int(int n) && n >= 0;
    return new Arr(whole ? Kind.INT : Kind.REAL, longer.dims(), at -> {
      var base = x.at(at.subList(at.size() - x.rank(), at.size()));
      return power(whole ? base : toReal(base), y.at(at.subList(at.size() - y.rank(), at.size())));
    });
  }

  static Expr power(Expr x, Expr y) {
    double n = switch (y) {
      case Expr.Int(int v) -> v;
      case Expr.Real(double v) -> v;
      case Expr.Var _, Expr.Read _, Expr.Apply _, Expr.Reduce _, Expr.Select _ -> Double.NaN;
    };
    if (n == 0.5) return sqrt(x);
    if (n == Math.rint(n) && Math.abs(n) <= MAX_PRODUCT || x.kind() == Kind.INT && n >= 0)
      return n < 0 ? div(ONE, product(x, (int) -n)) : product(x, (int) n);
    return pow(x, y);
  }

  private static Expr product(Expr x, int n) {
    if (n == 0) return x.kind() == Kind.INT ? integer(1) : ONE;
    if (n == 1) return x;
    var half = product(x, n / 2);
    var both = multiplied(half, half);
    return n % 2 == 0 ? both : multiplied(both, x);
  }
}
