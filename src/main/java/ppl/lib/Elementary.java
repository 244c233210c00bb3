package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.each;
import static ppl.lib.Row.each1;
import static ppl.lib.Row.each2;

import java.util.List;

/// Functions of numbers that everybody knows, applied element by element.
final class Elementary {
  private Elementary() {}

  static final List<Row> ROWS = List.of(
      each1("exp(x : real) : real", "e^x", x -> exp(x)),
      each1("log(x : real) : real", "natural logarithm", x -> log(x)),
      each1("log2(x : real) : real", "logarithm to base 2", x -> div(log(x), real(Math.log(2)))),
      each1("log10(x : real) : real", "logarithm to base 10", x -> div(log(x), real(Math.log(10)))),
      prim1("log1p", "log(1 + x), exact near 0"),
      prim1("expm1", "exp(x) - 1, exact near 0"),
      each1("sqrt(x : real) : real", "square root", x -> sqrt(x)),
      prim1("cbrt", "cube root"),
      each1("square(x : T) : T", "x^2", x -> square(x)),
      each1("inv(x : real) : real", "1 / x", x -> div(ONE, x)),
      each1("abs(x : T) : T", "absolute value", x -> x.kind() == ppl.ir.Kind.INT
          ? select(lt(x, integer(0)), neg(x), x)
          : new Prims("ABS").apply(x)),
      each1("sign(x : T) : int", "-1, 0 or 1", x -> select(lt(x, integer(0)), integer(-1), select(gt(x, integer(0)), integer(1), integer(0)))),
      prim1("floor", "greatest whole number not above x"),
      prim1("ceil", "least whole number not below x"),
      prim1("round", "nearest whole number, halves to even"),
      each1("trunc(x : real) : real", "x without its fraction",
          x -> select(lt(x, ZERO), new Prims("CEIL").apply(x), new Prims("FLOOR").apply(x))),
      each2("min(x : T, y : T) : T", "the smaller", (x, y) -> select(le(x, y), x, y)),
      each2("max(x : T, y : T) : T", "the larger", (x, y) -> select(le(x, y), y, x)),
      prim1("sin", "sine"), prim1("cos", "cosine"), prim1("tan", "tangent"),
      prim1("asin", "arc sine"), prim1("acos", "arc cosine"), prim1("atan", "arc tangent"),
      prim1("sinh", "hyperbolic sine"), prim1("cosh", "hyperbolic cosine"), prim1("tanh", "hyperbolic tangent"),
      prim2("atan2", "y", "x", "angle of the point (x, y)"),
      each2("hypot(x : real, y : real) : real", "sqrt(x^2 + y^2)", (x, y) -> sqrt(add(square(x), square(y)))),
      each1("step(x : real) : int", "1 where x >= 0, else 0", x -> ge(x, ZERO)),
      each1("relu(x : real) : real", "x where positive, else 0", x -> select(gt(x, ZERO), x, ZERO)),
      each("fma(x : real, y : real, z : real) : real", "x * y + z", x -> add(mul(x.get(0), x.get(1)), x.get(2))),
      each2("pow(x : real, y : real) : real", "x^y", Powers::power));

  /// A primitive of one number that has the function's name.
  static Row prim1(String name, String doc) {
    return each1(name + "(x : real) : real", doc, x -> new Prims(name.toUpperCase(java.util.Locale.ROOT)).apply(x));
  }

  static Row prim2(String name, String first, String second, String doc) {
    return each2(name + "(" + first + " : real, " + second + " : real) : real", doc,
        (x, y) -> new Prims(name.toUpperCase(java.util.Locale.ROOT)).apply(x, y));
  }
}
