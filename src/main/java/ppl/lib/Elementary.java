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
import ppl.typed.Interval;

/// Functions of numbers that everybody knows, applied element by element.
final class Elementary {
  private Elementary() {}

  static final List<Row> ROWS = List.of(
      prim(Prim.EXP, "e^x", "x").in(Ranges.rising(Prim.EXP)),
      prim(Prim.LOG, "natural logarithm", "x").in(Ranges.rising(Prim.LOG, Interval.NONNEGATIVE)),
      each1("log2(x : real) : real", "logarithm to base 2", x -> div(log(x), real(Math.log(2))))
          .in(Ranges.of(x -> x.and(Interval.NONNEGATIVE).rising(v -> Math.log(v) / Math.log(2)))),
      each1("log10(x : real) : real", "logarithm to base 10", x -> div(log(x), real(Math.log(10))))
          .in(Ranges.of(x -> x.and(Interval.NONNEGATIVE).rising(Math::log10))),
      prim(Prim.LOG1P, "log(1 + x), exact near 0", "x").in(Ranges.rising(Prim.LOG1P, Interval.from(-1))),
      prim(Prim.EXPM1, "exp(x) - 1, exact near 0", "x").in(Ranges.rising(Prim.EXPM1)),
      prim(Prim.SQRT, "square root", "x").in(Ranges.rising(Prim.SQRT, Interval.NONNEGATIVE)),
      prim(Prim.CBRT, "cube root", "x").in(Ranges.rising(Prim.CBRT)),
      each1("square(x : T) : T", "x^2", x -> square(x)).in(Ranges.of(Interval::square)),
      each1("inv(x : real) : real", "1 / x", x -> div(ONE, x)).in(Ranges.of(Interval::inverse)),
      each1("inv_sqrt(x : real) : real", "1 / sqrt(x)", x -> div(ONE, sqrt(x)))
          .in(Ranges.of(x -> x.and(Interval.NONNEGATIVE).rising(Math::sqrt).inverse())),
      each1("abs(x : T) : T", "absolute value", x -> apply(x.kind() == Kind.INT ? Prim.IABS : Prim.ABS, x))
          .in(Ranges.of(Interval::absolute)),
      each1("sign(x : real) : int", "-1, 0 or 1", x -> sub(lt(ZERO, x), lt(x, ZERO))).in(Ranges.rising(Math::signum)),
      prim(Prim.FLOOR, "greatest whole number not above x", "x").in(Ranges.rising(Prim.FLOOR)),
      prim(Prim.CEIL, "least whole number not below x", "x").in(Ranges.rising(Prim.CEIL)),
      prim(Prim.ROUND, "nearest whole number", "x").in(Ranges.rising(Prim.ROUND)),
      prim(Prim.TRUNC, "x without its fraction", "x").in(Ranges.rising(Prim.TRUNC)),
      each2("min(x : T, y : T) : T", "the smaller", (x, y) -> both(Prim.IMIN, Prim.FMIN, x, y))
          .in(x -> new Interval(Math.min(x.get(0).low(), x.get(1).low()), Math.min(x.get(0).high(), x.get(1).high()))),
      each2("max(x : T, y : T) : T", "the larger", (x, y) -> both(Prim.IMAX, Prim.FMAX, x, y))
          .in(x -> new Interval(Math.max(x.get(0).low(), x.get(1).low()), Math.max(x.get(0).high(), x.get(1).high()))),
      prim(Prim.SIN, "sine", "x").in(Ranges.always(new Interval(-1, 1))),
      prim(Prim.COS, "cosine", "x").in(Ranges.always(new Interval(-1, 1))),
      prim(Prim.TAN, "tangent", "x"),
      prim(Prim.ASIN, "arc sine", "x"),
      prim(Prim.ACOS, "arc cosine", "x").in(Ranges.NONNEGATIVE),
      prim(Prim.ATAN, "arc tangent", "x").in(Ranges.rising(Prim.ATAN)),
      prim(Prim.SINH, "hyperbolic sine", "x").in(Ranges.rising(Prim.SINH)),
      prim(Prim.COSH, "hyperbolic cosine", "x").in(Ranges.always(Interval.from(1))),
      prim(Prim.TANH, "hyperbolic tangent", "x").in(Ranges.rising(Prim.TANH)),
      prim(Prim.ASINH, "area hyperbolic sine", "x").in(Ranges.rising(Prim.ASINH)),
      prim(Prim.ACOSH, "area hyperbolic cosine", "x").in(Ranges.NONNEGATIVE),
      prim(Prim.ATANH, "area hyperbolic tangent", "x").in(Ranges.rising(Prim.ATANH, new Interval(-1, 1))),
      prim(Prim.ATAN2, "angle of the point (x, y)", "y", "x"),
      prim(Prim.HYPOT, "sqrt(x^2 + y^2)", "x", "y").in(Ranges.NONNEGATIVE),
      each1("step(x : real) : int", "1 where x >= 0, else 0", x -> ge(x, ZERO)).in(Ranges.UNIT),
      each1("relu(x : real) : real", "x where positive, else 0", x -> select(gt(x, ZERO), x, ZERO))
          .in(Ranges.rising(v -> Math.max(v, 0))),
      each("fma(x : real, y : real, z : real) : real", "x * y + z", x -> add(mul(x.get(0), x.get(1)), x.get(2)))
          .in(x -> x.get(0).times(x.get(1)).plus(x.get(2))),
      each2("pow(x : real, y : real) : real", "x^y", (x, y) -> Powers.power(toReal(x), y)).in(Ranges::power),
      prim(Prim.FMOD, "remainder of x / y, with the sign of x", "x", "y"));

  private static Expr both(Prim whole, Prim real, Expr x, Expr y) {
    return apply(x.kind() == Kind.INT && y.kind() == Kind.INT ? whole : real, x, y);
  }
}
