package ppl.ir;

import static ppl.ir.Exprs.*;
import static ppl.ir.PrimCalls.*;

import java.util.List;

/// The longer derivatives: of distribution functions, and of the densities that are derivatives themselves.
final class PrimPartials {
  private PrimPartials() {}

  /// What is divided by, as the derivatives of its log by both shapes and the argument.
  interface Divisor {
    List<Expr> slopes(Expr a, Expr b, Expr x);
  }

  /// The derivative of the gamma log density by its shape, at rate 1.
  static Expr gammaScore(Expr a, Expr x) {
    return sub(log(x), digamma(a));
  }

  /// The derivative of the gamma log density by its argument, at rate 1.
  static Expr gammaSlope(Expr a, Expr x) {
    return sub(div(sub(a, ONE), x), ONE);
  }

  /// Of a beta density, of either sign, over a divisor.
  static Partials betaDensity(Divisor divisor) {
    return (args, y) -> {
      var a = args.get(0);
      var b = args.get(1);
      var x = args.get(2);
      var both = digamma(add(a, b));
      var slopes = List.of(
          add(sub(log(x), digamma(a)), both),
          add(sub(log1m(x), digamma(b)), both),
          sub(div(sub(a, ONE), x), div(sub(b, ONE), sub(ONE, x))));
      var less = divisor.slopes(a, b, x);
      return List.of(mul(y, sub(slopes.get(0), less.get(0))), mul(y, sub(slopes.get(1), less.get(1))),
          mul(y, sub(slopes.get(2), less.get(2))));
    };
  }

  static Expr owensByH(Expr h, Expr a) {
    var tail = apply(Prim.ERF, mul(real(Math.sqrt(0.5)), mul(a, h)));
    return mul(real(-0.5 / Math.sqrt(2 * Math.PI)), mul(exp(mul(real(-0.5), square(h))), tail));
  }

  /// Over exp(log).
  static Expr owensByA(Expr h, Expr a, Expr log) {
    var q = add(ONE, square(a));
    return div(exp(sub(mul(real(-0.5), mul(square(h), q)), log)), mul(real(2 * Math.PI), q));
  }

  /// The derivative of Student's log density by the degrees of freedom.
  static Expr studentScore(Expr nu, Expr t) {
    var half = mul(real(0.5), nu);
    var t2 = square(t);
    var ratio = div(t2, nu);
    var gammas = sub(digamma(add(half, real(0.5))), digamma(half));
    var rest = sub(div(mul(add(nu, ONE), ratio), add(nu, t2)), add(div(ONE, nu), apply(Prim.LOG1P, ratio)));
    return mul(real(0.5), add(gammas, rest));
  }

  /// The von Mises density over exp(log).
  static Expr vonMises(Expr x, Expr k, Expr log) {
    var norm = add(real(Math.log(2 * Math.PI)), add(apply(Prim.LOG_BESSEL_I0, k), log));
    var inside = le(apply(Prim.ABS, x), real(Math.PI));
    return select(inside, exp(sub(mul(k, cos(x)), norm)), ZERO);
  }
}
