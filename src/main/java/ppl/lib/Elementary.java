package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.each;
import static ppl.lib.Row.each1;
import static ppl.lib.Row.each2;
import static ppl.lib.Row.prim;

import java.util.List;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Prim;

/// Functions of numbers that everybody knows, applied element by element.
final class Elementary {
  private Elementary() {}

  static final List<Row> ROWS = List.of(
      prim(Prim.EXP, "e^x", "x"),
      prim(Prim.LOG, "natural logarithm", "x"),
      each1("log2(x : real) : real", "logarithm to base 2", x -> div(log(x), real(Math.log(2)))),
      each1("log10(x : real) : real", "logarithm to base 10", x -> div(log(x), real(Math.log(10)))),
      prim(Prim.LOG1P, "log(1 + x), exact near 0", "x"),
      prim(Prim.EXPM1, "exp(x) - 1, exact near 0", "x"),
      prim(Prim.SQRT, "square root", "x"),
      prim(Prim.CBRT, "cube root", "x"),
      each1("square(x : T) : T", "x^2", x -> square(x)),
      each1("inv(x : real) : real", "1 / x", x -> div(ONE, x)),
      each1("inv_sqrt(x : real) : real", "1 / sqrt(x)", x -> div(ONE, sqrt(x))),
      each1("abs(x : T) : T", "absolute value", x -> apply(x.kind() == Kind.INT ? Prim.IABS : Prim.ABS, x)),
      each1("sign(x : real) : int", "-1, 0 or 1", x -> sub(lt(ZERO, x), lt(x, ZERO))),
      prim(Prim.FLOOR, "greatest whole number not above x", "x"),
      prim(Prim.CEIL, "least whole number not below x", "x"),
      prim(Prim.ROUND, "nearest whole number", "x"),
      prim(Prim.TRUNC, "x without its fraction", "x"),
      each2("min(x : T, y : T) : T", "the smaller", (x, y) -> both(Prim.IMIN, Prim.FMIN, x, y)),
      each2("max(x : T, y : T) : T", "the larger", (x, y) -> both(Prim.IMAX, Prim.FMAX, x, y)),
      prim(Prim.SIN, "sine", "x"),
      prim(Prim.COS, "cosine", "x"),
      prim(Prim.TAN, "tangent", "x"),
      prim(Prim.ASIN, "arc sine", "x"),
      prim(Prim.ACOS, "arc cosine", "x"),
      prim(Prim.ATAN, "arc tangent", "x"),
      prim(Prim.SINH, "hyperbolic sine", "x"),
      prim(Prim.COSH, "hyperbolic cosine", "x"),
      prim(Prim.TANH, "hyperbolic tangent", "x"),
      prim(Prim.ASINH, "area hyperbolic sine", "x"),
      prim(Prim.ACOSH, "area hyperbolic cosine", "x"),
      prim(Prim.ATANH, "area hyperbolic tangent", "x"),
      prim(Prim.ATAN2, "angle of the point (x, y)", "y", "x"),
      prim(Prim.HYPOT, "sqrt(x^2 + y^2)", "x", "y"),
      each1("step(x : real) : int", "1 where x >= 0, else 0", x -> ge(x, ZERO)),
      each1("relu(x : real) : real", "x where positive, else 0", x -> select(gt(x, ZERO), x, ZERO)),
      each("fma(x : real, y : real, z : real) : real", "x * y + z", x -> add(mul(x.get(0), x.get(1)), x.get(2))),
      each2("pow(x : real, y : real) : real", "x^y", (x, y) -> Powers.power(toReal(x), y)),
      prim(Prim.FMOD, "remainder of x / y, with the sign of x", "x", "y"));

  private static Expr both(Prim whole, Prim real, Expr x, Expr y) {
    return apply(x.kind() == Kind.INT && y.kind() == Kind.INT ? whole : real, x, y);
  }
}
