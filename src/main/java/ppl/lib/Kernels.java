package ppl.lib;

import static ppl.ir.Exprs.*;
import static ppl.lib.Row.whole;

import java.util.List;
import java.util.function.BinaryOperator;
import ppl.ir.Arr;
import ppl.ir.Build;
import ppl.ir.Expr;
import ppl.ir.Kind;
import ppl.ir.Prim;
import ppl.typed.Interval;

/// Covariance functions of Gaussian processes: alpha^2 k(distance / rho). Rasmussen and Williams (2006), chapter 4.
final class Kernels {
  private Kernels() {}

  /// Not negative where the last argument, a length, is not.
  private static final Function.Ranging RANGE =
      x -> x.values().getLast().low() >= 0 ? Interval.NONNEGATIVE : Interval.ALL;

  static final List<Row> ROWS = List.of(
      self("gp_exp_quad", "alpha^2 exp(-d^2 / (2 rho^2))", Kernels::squared),
      cross("gp_exp_quad", "the same between two sets of points", Kernels::squared),
      self("gp_matern32", "Matern covariance, nu = 3/2", Kernels::matern32),
      cross("gp_matern32", "the same between two sets of points", Kernels::matern32),
      self("gp_matern52", "Matern covariance, nu = 5/2", Kernels::matern52),
      cross("gp_matern52", "the same between two sets of points", Kernels::matern52),
      self("gp_exponential", "alpha^2 exp(-d / rho)", Kernels::exponential),
      cross("gp_exponential", "the same between two sets of points", Kernels::exponential),
      whole("gp_periodic(x : real[n], alpha : real, rho : real, period : real) : real[n, n]",
          "alpha^2 exp(-2 sin(pi d / period)^2 / rho^2)", (b, a) -> periodic(b, a)).in(RANGE),
      points("gp_exp_quad", "points of several coordinates", Kernels::squared),
      pointsCross("gp_exp_quad", "the same between two sets of points", Kernels::squared));

  private static Row self(String name, String doc, BinaryOperator<Expr> of) {
    return whole(name + "(x : real[n], alpha : real, rho : real) : real[n, n]", doc,
        (b, a) -> matrix(b, a.get(0), a.get(0), a.get(1), a.get(2), of)).in(RANGE);
  }

  private static Row cross(String name, String doc, BinaryOperator<Expr> of) {
    return whole(name + "(x : real[n], y : real[m], alpha : real, rho : real) : real[n, m]", doc,
        (b, a) -> matrix(b, a.get(0), a.get(1), a.get(2), a.get(3), of)).in(RANGE);
  }

  private static Row points(String name, String doc, BinaryOperator<Expr> of) {
    return whole(name + "(x : real[n, d], alpha : real, rho : real) : real[n, n]", doc,
        (b, a) -> matrix(b, a.get(0), a.get(0), a.get(1), a.get(2), of)).in(RANGE);
  }

  private static Row pointsCross(String name, String doc, BinaryOperator<Expr> of) {
    return whole(name + "(x : real[n, d], y : real[m, d], alpha : real, rho : real) : real[n, m]", doc,
        (b, a) -> matrix(b, a.get(0), a.get(1), a.get(2), a.get(3), of)).in(RANGE);
  }

  /// @param of from the squared distance and rho to the correlation
  private static Arr matrix(Build b, Arr x, Arr y, Arr alpha, Arr rho, BinaryOperator<Expr> of) {
    var variance = b.store("variance", Arr.of(square(toReal(alpha.scalar())))).read();
    var scale = toReal(rho.scalar());
    return new Arr(Kind.REAL, List.of(x.dims().getFirst(), y.dims().getFirst()),
        at -> mul(variance, of.apply(squaredDistance(x, y, at), scale)));
  }

  private static Expr squaredDistance(Arr x, Arr y, List<Expr> at) {
    if (x.rank() == 1) return square(sub(toReal(x.at(at.get(0))), toReal(y.at(at.get(1)))));
    return sum(x.dims().get(1), d -> square(sub(toReal(x.at(at.get(0), d)), toReal(y.at(at.get(1), d)))));
  }

  private static Expr squared(Expr d2, Expr rho) {
    return exp(mul(real(-0.5), div(d2, square(rho))));
  }

  /// The distance; its derivative at 0 is taken as 0.
  private static Expr distance(Expr d2) {
    return select(eq(d2, ZERO), ZERO, sqrt(d2));
  }

  private static Expr matern32(Expr d2, Expr rho) {
    var r = mul(real(Math.sqrt(3)), div(distance(d2), rho));
    return mul(add(ONE, r), exp(neg(r)));
  }

  private static Expr matern52(Expr d2, Expr rho) {
    var r = mul(real(Math.sqrt(5)), div(distance(d2), rho));
    return mul(add(ONE, r, mul(real(1.0 / 3), square(r))), exp(neg(r)));
  }

  private static Expr exponential(Expr d2, Expr rho) {
    return exp(neg(div(distance(d2), rho)));
  }

  private static Arr periodic(Build b, List<Arr> a) {
    var x = a.get(0);
    var variance = b.store("variance", Arr.of(square(toReal(a.get(1).scalar())))).read();
    var rho = toReal(a.get(2).scalar());
    var n = x.dims().getFirst();
    return new Arr(Kind.REAL, List.of(n, n), at -> {
      var turn = div(mul(real(Math.PI), sub(toReal(x.at(at.get(0))), toReal(x.at(at.get(1))))),
          toReal(a.get(3).scalar()));
      return mul(variance, exp(mul(real(-2), div(square(apply(Prim.SIN, turn)), square(rho)))));
    });
  }
}
